"""Whatever bytes come, they are read as what they are or refused with a kind, in bounded time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_voice.errors import ProtocolError, VoiceErrorKind
from arion_voice.frames import MAX_AUDIO_BYTES, AudioFrame, decode_audio, encode_audio
from arion_voice.protocol import MAX_EVENT_CHARACTERS, decode_client_event, encode_event
from arion_voice.realtime import incoming

pytestmark = pytest.mark.thorough

T = TypeVar("T")

REFUSALS = {VoiceErrorKind.BAD_FRAME, VoiceErrorKind.TOO_LARGE, VoiceErrorKind.UNSUPPORTED}
TYPES = st.sampled_from(
    ["hello", "ack", "listen", "text", "confirm", "interrupt", "played", "voice", "ready", ""]
)
FIELDS = st.sampled_from(
    ["protocol", "codecs", "language", "session", "token", "seen", "turn", "played_ms", "seq", "on",
     "text", "id", "answer", "question", "ms", "voice", "speed", "more"]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
EVENTS = st.builds(
    lambda kind, rest: {**rest, "type": kind}, TYPES, st.dictionaries(FIELDS, VALUES, max_size=6)
).map(json.dumps)
HOSTILE = st.sampled_from(
    [
        "[" * 16_000, '{"type":' * 2_000, "{", "null", "[]", "1e999", "NaN", '"\\ud800"', "\x00",
        '{"type":"text","text":"\\ud800\\udc00 \\ud800"}',
        '{"type":"text","text":"' + "가" * 20_000,
        '{"type":"text","type":"interrupt"}', '{"type":"played","turn":1e400,"ms":0}',
        '{"type":"played","turn":' + "9" * 5_000 + ',"ms":1}',
    ]
)  # fmt: skip


def read(decode: Callable[[Any], T], data: str | bytes) -> T | None:
    """What was read; None where it was refused as it should be."""
    try:
        return decode(data)
    except ProtocolError as error:
        refusal = error
    assert refusal.kind in REFUSALS
    assert 0 < len(refusal.message) < 1000
    return None


@given(st.text() | EVENTS | HOSTILE)
def test_a_text_frame_is_an_event_or_refused(data: str) -> None:
    event = read(decode_client_event, data)
    if event is not None:
        assert decode_client_event(encode_event(event)) == event


@given(st.binary(max_size=100) | st.binary(min_size=8).map(lambda rest: b"\x01\x01" + rest))
def test_a_binary_frame_is_sound_or_refused(data: bytes) -> None:
    frame = read(decode_audio, data)
    if frame is not None:
        assert encode_audio(frame) == data


@given(st.binary(max_size=200).filter(lambda pcm: len(pcm) % 2 == 0), st.data())
def test_a_frame_that_is_cut_off_or_spoiled_never_breaks_the_reader(
    pcm: bytes, data: st.DataObject
) -> None:
    whole = bytearray(encode_audio(AudioFrame(pcm, 3, 70_000)))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    spoiled, cut = read(decode_audio, bytes(whole)), read(decode_audio, bytes(whole[:at]))
    assert spoiled is None or len(spoiled.pcm) == len(pcm)
    assert cut is None or len(cut.pcm) < len(pcm)


@given(st.text() | HOSTILE | st.dictionaries(st.text(max_size=8), VALUES).map(json.dumps))
def test_a_realtime_event_is_understood_or_refused(data: str) -> None:
    message = read(incoming.decode, data)
    assert message is None or message.type in json.loads(data).values()


@pytest.mark.parametrize("size", [MAX_AUDIO_BYTES + 1, 10 * MAX_AUDIO_BYTES])
def test_sound_over_the_limit_is_too_large(size: int) -> None:
    with pytest.raises(ProtocolError) as refusal:
        decode_audio(b"\x01\x01" + bytes(size - 2))
    assert refusal.value.kind is VoiceErrorKind.TOO_LARGE


def test_text_over_the_limit_is_too_large_whatever_is_in_it() -> None:
    with pytest.raises(ProtocolError) as refusal:
        decode_client_event(" " * (MAX_EVENT_CHARACTERS + 1))
    assert refusal.value.kind is VoiceErrorKind.TOO_LARGE
