from __future__ import annotations

import numpy as np
import pytest

from arion_voice.errors import ProtocolError
from arion_voice.opus import OPUS_RATE, PACKET_SAMPLES, OpusDecoder, OpusEncoder

RATE = 16_000


def speechlike(rate: int, seconds: float) -> np.ndarray:
    """A voice's harmonics, whose pitch and loudness wander."""
    time = np.arange(round(rate * seconds)) / rate
    phase = 2 * np.pi * (140 * time + 3 * np.sin(2 * np.pi * 2 * time))
    tone = sum(np.sin(n * phase) / n for n in range(1, 9))
    return (5_000 * tone * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * time))).astype("<i2")


def through(rate: int, sound: np.ndarray, step: int) -> np.ndarray:
    """What a 16 kHz listener hears of a sound that is handed over in steps of samples."""
    encoder, decoder = OpusEncoder(rate), OpusDecoder()
    packets = [
        packet
        for start in range(0, len(sound), step)
        for packet in encoder.encode(sound[start : start + step].tobytes())
    ]
    packets += encoder.finish()
    return np.frombuffer(b"".join(map(decoder.decode, packets)), "<i2")


def likeness(heard: np.ndarray, said: np.ndarray) -> float:
    """Correlation of the two at the best delay of up to 20 ms."""
    heard = np.pad(heard.astype(float), (0, max(0, len(said) + 320 - len(heard))))
    return max(
        float(np.corrcoef(heard[delay : delay + len(said)], said)[0, 1]) for delay in range(320)
    )


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000])
@pytest.mark.parametrize("step", [137, 960, 100_000])
def test_speech_sounds_the_same_however_it_is_cut(rate: int, step: int):
    heard = through(rate, speechlike(rate, 1.0), step)
    said = speechlike(RATE, 1.0)
    assert len(said) <= len(heard) <= len(said) + 2 * RATE // 50
    assert likeness(heard, said) > 0.97


def test_the_end_of_the_sound_is_not_lost_in_the_codec():
    said = speechlike(RATE, 0.4)
    heard = through(24_000, speechlike(24_000, 0.4), 480)
    assert likeness(heard[-480 - 1600 :], said[-1600:]) > 0.9


def test_a_packet_holds_20_ms_at_the_bit_rate_of_speech():
    packets = OpusEncoder(OPUS_RATE).encode(speechlike(OPUS_RATE, 2.0).tobytes())
    assert len(packets) == 2 * OPUS_RATE // PACKET_SAMPLES == 100
    assert 10_000 <= sum(map(len, packets)) * 8 / 2 <= 32_000
    decoder = OpusDecoder()
    decoded = [len(decoder.decode(it)) for it in packets]
    assert set(decoded[1:]) == {2 * RATE // 50}


def test_a_damaged_packet_is_refused_and_the_next_is_heard():
    packets = OpusEncoder(OPUS_RATE).encode(speechlike(OPUS_RATE, 1.0).tobytes())
    decoder, whole = OpusDecoder(), OpusDecoder()
    for packet in packets[:20]:
        decoder.decode(packet)
        whole.decode(packet)
    for damaged in (b"", b"\xff\xff\xff", b"\x03", bytes(3826)):
        with pytest.raises(ProtocolError) as caught:
            decoder.decode(damaged)
        assert caught.value.kind == "bad_frame"
    assert decoder.decode(packets[20]) == whole.decode(packets[20])


def test_nothing_said_is_no_packet():
    assert OpusEncoder(22_050).finish() == []
