from __future__ import annotations

import numpy as np
import pytest

from arion_voice.coding import Coding
from arion_voice.errors import ProtocolError
from arion_voice.frames import (
    AudioCodec,
    AudioFrame,
    CodedFrame,
    decode_audio,
    decode_frame,
    encode_audio,
    encode_frame,
)
from arion_voice.opus import OPUS_RATE, OpusEncoder
from arion_voice.protocol import AudioEnded, AudioStarted, Hello, Interrupted, Ready, SpeechEnded


def agreed(*codecs: str) -> Coding:
    coding = Coding()
    coding.agree(Hello(protocol="arion.voice.v1", codecs=codecs))
    return coding


def tone(rate: int, seconds: float) -> bytes:
    time = np.arange(round(rate * seconds)) / rate
    return (9_000 * np.sin(2 * np.pi * 220 * time)).astype("<i2").tobytes()


def test_a_client_without_opus_is_told_of_and_sent_pcm16():
    coding = agreed("pcm16", "flac")
    ready, started = Ready(session="s"), AudioStarted(turn=1, sample_rate=22_050)
    assert coding.tell(ready) == ((), ready)
    assert (ready.codec, ready.answer_codec) == ("pcm16", "pcm16")
    assert coding.tell(started) == ((), started)
    frame = AudioFrame(tone(22_050, 0.04), turn=1, sequence=3)
    assert [decode_audio(data) for data in coding.encode(frame)] == [frame]


def test_a_client_with_opus_is_told_what_each_direction_takes():
    coding = agreed("pcm16", "opus")
    _, ready = coding.tell(Ready(session="s"))
    assert isinstance(ready, Ready)
    assert (ready.codec, ready.sample_rate, ready.answer_codec) == ("opus", 16_000, "opus")
    _, started = coding.tell(AudioStarted(turn=1, sample_rate=22_050, from_ms=800))
    assert isinstance(started, AudioStarted)
    assert (started.codec, started.sample_rate, started.from_ms) == ("opus", OPUS_RATE, 800)


def test_where_opus_is_not_installed_it_is_not_offered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("arion_voice.opus.has_opus", lambda: False)
    ready = Ready(session="s")
    assert agreed("pcm16", "opus").tell(ready) == ((), ready)


def test_an_answer_in_opus_is_whole_before_it_is_told_to_have_ended():
    coding = agreed("pcm16", "opus")
    coding.tell(AudioStarted(turn=70_000, sample_rate=22_050))
    sound = tone(22_050, 0.5)
    data = [
        it
        for n in range(0, len(sound), 1764)
        for it in coding.encode(AudioFrame(sound[n : n + 1764], 70_000, n))
    ]
    rest, event = coding.tell(AudioEnded(turn=70_000))
    assert isinstance(event, AudioEnded)
    frames = [decode_frame(it) for it in (*data, *rest)]
    assert {(it.codec, it.turn) for it in frames} == {(AudioCodec.OPUS, 70_000 & 0xFFFF)}
    assert [it.sequence for it in frames] == list(range(len(frames)))
    assert 25 < len(frames) <= 27
    listener = agreed("opus", "pcm16")
    heard = b"".join(listener.decode(encode_frame(it)).pcm for it in frames)
    assert 16_000 <= len(heard) <= 18_000
    loudest = np.abs(np.frombuffer(heard, "<i2").astype(int)).max()
    assert 8_000 < loudest < 10_500


def test_another_rate_in_the_same_turn_goes_on_with_its_numbers():
    coding = agreed("pcm16", "opus")
    coding.tell(AudioStarted(turn=1, sample_rate=24_000))
    first = [decode_frame(it) for it in coding.encode(AudioFrame(tone(24_000, 0.03), 1, 0))]
    rest, _ = coding.tell(AudioStarted(turn=1, sample_rate=22_050, from_ms=30))
    second = coding.encode(AudioFrame(tone(22_050, 0.1), 1, 1))
    numbers = [it.sequence for it in first] + [decode_frame(it).sequence for it in (*rest, *second)]
    assert len(rest) == 1
    assert numbers == list(range(len(numbers)))


def test_of_an_interrupted_answer_nothing_more_is_sent():
    coding = agreed("pcm16", "opus")
    coding.tell(AudioStarted(turn=1, sample_rate=24_000))
    coding.encode(AudioFrame(tone(24_000, 0.03), 1, 0))
    assert coding.tell(Interrupted(turn=1)) == ((), Interrupted(turn=1))
    assert coding.tell(AudioEnded(turn=1)) == ((), AudioEnded(turn=1))
    assert coding.tell(SpeechEnded()) == ((), SpeechEnded())


def test_a_microphone_may_send_either_once_opus_is_agreed():
    coding = agreed("pcm16", "opus")
    [packet] = OpusEncoder(16_000).encode(tone(16_000, 0.03))
    opus = coding.decode(encode_frame(CodedFrame(AudioCodec.OPUS, packet, 0, 7)))
    assert (len(opus.pcm) // 2, opus.sequence) == (pytest.approx(320, abs=20), 7)
    pcm = AudioFrame(tone(16_000, 0.02), 0, 8)
    assert coding.decode(encode_audio(pcm)) == pcm


def test_opus_that_was_not_agreed_is_refused():
    with pytest.raises(ProtocolError) as caught:
        agreed("pcm16").decode(encode_frame(CodedFrame(AudioCodec.OPUS, b"\x08")))
    assert caught.value.kind == "bad_frame"
