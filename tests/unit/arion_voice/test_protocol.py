from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_voice.errors import ProtocolError, VoiceErrorKind
from arion_voice.frames import MAX_AUDIO_BYTES, AudioFrame, decode_audio, encode_audio
from arion_voice.protocol import (
    MAX_EVENT_CHARACTERS,
    Answer,
    Confirm,
    Hello,
    Text,
    TurnEnded,
    decode_client_event,
    decode_server_event,
    encode_event,
)


def test_a_hello_is_read_with_what_it_leaves_out() -> None:
    event = decode_client_event(
        '{"type": "hello", "protocol": "arion.voice.v1", "codecs": ["opus", "pcm16"]}'
    )
    assert event == Hello(protocol="arion.voice.v1", codecs=("opus", "pcm16"))
    assert isinstance(event, Hello)
    assert (event.language, event.voice, event.session) == (None, None, None)


@pytest.mark.parametrize("event", [Confirm(answer=True), Text(text="내일 일정 알려줘")])
def test_client_events_come_back_as_they_went(event: Confirm | Text) -> None:
    assert decode_client_event(encode_event(event)) == event


@pytest.mark.parametrize(
    "event",
    [
        Answer(turn=1, text="네.", language="ko", detail={"calls": [{"tool": "x"}]}),
        TurnEnded(turn=70_000, timings_ms={"stt": 512.5}),
    ],
)
def test_server_events_come_back_as_they_went(event: Answer | TurnEnded) -> None:
    assert decode_server_event(encode_event(event)) == event


@pytest.mark.parametrize(
    ("data", "names"),
    [
        ("", "JSON"),
        ("[]", "event"),
        ("{}", "type"),
        ('{"type": "sing"}', "sing"),
        ('{"type": "listen"}', "listen.on"),
        ('{"type": "listen", "on": 1}', "listen.on"),
        ('{"type": "text", "text": "  "}', "text.text"),
        ('{"type": "interrupt", "now": true}', "interrupt.now"),
        ('{"type": "hello", "protocol": "x", "codecs": [], "session": "../x"}', "hello.session"),
    ],
)
def test_a_malformed_event_is_refused_and_the_field_named(data: str, names: str) -> None:
    with pytest.raises(ProtocolError, match=names) as failure:
        decode_client_event(data)
    assert failure.value.kind is VoiceErrorKind.BAD_FRAME


def test_an_oversize_event_is_refused_unread() -> None:
    with pytest.raises(ProtocolError) as failure:
        decode_client_event(" " * (MAX_EVENT_CHARACTERS + 1))
    assert failure.value.kind is VoiceErrorKind.TOO_LARGE


def test_the_header_is_eight_bytes_big_endian() -> None:
    data = encode_audio(AudioFrame(b"\x01\x02", turn=0x1234, sequence=0x01020304))
    assert data == b"\x01\x01\x12\x34\x01\x02\x03\x04\x01\x02"


@given(
    pcm=st.binary(max_size=64).filter(lambda data: len(data) % 2 == 0),
    turn=st.integers(0, 0xFFFF),
    sequence=st.integers(0, 0xFFFF_FFFF),
)
def test_audio_comes_back_as_it_went(pcm: bytes, turn: int, sequence: int) -> None:
    frame = AudioFrame(pcm, turn, sequence)
    assert decode_audio(encode_audio(frame)) == frame


def test_turn_numbers_beyond_the_header_start_over() -> None:
    assert decode_audio(encode_audio(AudioFrame(b"", turn=65_537))).turn == 1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", VoiceErrorKind.BAD_FRAME),
        (b"\x01\x01\x00", VoiceErrorKind.BAD_FRAME),
        (b"\x07\x01" + bytes(6), VoiceErrorKind.BAD_FRAME),
        (b"\x01\x09" + bytes(6), VoiceErrorKind.BAD_FRAME),
        (b"\x01\x01" + bytes(7), VoiceErrorKind.BAD_FRAME),
        (b"\x01\x01" + bytes(MAX_AUDIO_BYTES), VoiceErrorKind.TOO_LARGE),
    ],
)
def test_a_malformed_audio_frame_is_refused(data: bytes, kind: VoiceErrorKind) -> None:
    with pytest.raises(ProtocolError) as failure:
        decode_audio(data)
    assert failure.value.kind is kind


@given(st.binary(max_size=200))
def test_garbage_is_refused_and_never_breaks_the_reader(data: bytes) -> None:
    with contextlib.suppress(ProtocolError):
        assert decode_audio(data).pcm == data[8:]
    with contextlib.suppress(ProtocolError):
        decode_client_event(data.decode("latin-1"))
