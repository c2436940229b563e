from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile

from arion_host.cli.wav import end_of_speech_s, pcm16, read_speech, write_speech
from arion_host.errors import RequestRefused
from arion_kit.words import ErrorKind


def tone(seconds: float, rate: int) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)


def wav(path: Path, data: bytes, rate: int = 16_000, width: int = 2, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, width, rate, 0, "NONE", ""))
        file.writeframes(data)
    return path


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
def test_any_usual_rate_becomes_sixteen_kilohertz(tmp_path: Path, rate: int):
    path = wav(tmp_path / "a.wav", pcm16(tone(0.5, rate)), rate)
    samples = read_speech(path)
    assert samples.dtype == np.float32
    assert abs(len(samples) - 8_000) <= 2
    assert 0.45 < np.abs(samples).max() < 0.55


def test_channels_are_mixed(tmp_path: Path):
    left, right = tone(0.1, 16_000), np.zeros(1_600)
    both = np.stack([left, right], axis=1)
    samples = read_speech(wav(tmp_path / "a.wav", pcm16(both), channels=2))
    assert np.allclose(samples, left / 2, atol=1e-3)


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_every_width_of_samples_is_read(tmp_path: Path, width: int):
    values = tone(0.1, 16_000)
    whole = np.round(values * (2 ** (8 * width - 1) - 1)).astype(np.int64)
    if width == 1:
        data = (whole + 128).astype(np.uint8).tobytes()
    else:
        data = b"".join(int(v).to_bytes(width, "little", signed=True) for v in whole)
    samples = read_speech(wav(tmp_path / "a.wav", data, width=width))
    assert np.allclose(samples, values, atol=0.01)


BROKEN = {
    "nothing": b"",
    "text": b"this is no sound",
    "header only": b"RIFF\x24\x00\x00\x00WAVE",
    "another kind": b"RIFF\x24\x00\x00\x00AVI fmt " + bytes(32),
    "compressed": b"RIFF\x32\x00\x00\x00WAVEfmt \x12\x00\x00\x00\x55\x00\x01\x00" + bytes(40),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_no_sound_is_refused_by_name(tmp_path: Path, content: bytes):
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(RequestRefused, match=r"a\.wav") as raised:
        read_speech(path)
    assert raised.value.kind is ErrorKind.BAD_INPUT
    assert raised.value.next_step is not None


def test_a_file_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path):
    path = wav(tmp_path / "a.wav", pcm16(tone(1, 16_000)))
    path.write_bytes(path.read_bytes()[:-16_001])
    assert len(read_speech(path)) == 16_000 - 8_001


def test_recordings_that_cannot_be_a_command_are_refused(tmp_path: Path):
    absent = tmp_path / "absent.wav"
    empty = wav(tmp_path / "empty.wav", b"")
    low = wav(tmp_path / "low.wav", bytes(1_000), rate=4_000)
    long = wav(tmp_path / "long.wav", bytes(2 * 8_000 * 601), rate=8_000)
    reasons = {}
    for path in (absent, empty, low, long, tmp_path):
        with pytest.raises(RequestRefused) as raised:
            read_speech(path)
        reasons[path.name] = raised.value.message
    assert "no file" in reasons["absent.wav"]
    assert "no sound" in reasons["empty.wav"]
    assert "4000 samples a second" in reasons["low.wav"]
    assert "10 minutes" in reasons["long.wav"]


def test_the_end_of_speech_is_the_last_loud_sample():
    samples = np.concatenate([np.zeros(8_000), tone(1, 16_000), np.full(16_000, 0.001)])
    assert end_of_speech_s(samples.astype(np.float32)) == pytest.approx(1.5, abs=0.01)
    assert end_of_speech_s(np.zeros(16_000, np.float32)) == 0


def test_an_answer_that_cannot_be_written_is_told(tmp_path: Path):
    with pytest.raises(RequestRefused, match="cannot be written"):
        write_speech(tmp_path / "absent" / "out.wav", b"", 24_000)


def test_an_answer_is_written_as_it_was_heard(tmp_path: Path):
    path = tmp_path / "out.wav"
    write_speech(path, b"\1\0\2\0", 24_000)
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24_000)
        assert file.readframes(9) == b"\1\0\2\0"


@pytest.mark.parametrize("subtype", ["FLOAT", "PCM_24", "PCM_16"])
def test_wav_files_of_other_programs_are_read(tmp_path: Path, subtype: str):
    path = tmp_path / "a.wav"
    # WAVEX is what sox and Windows write for anything but 16-bit mono.
    soundfile.write(path, tone(0.5, 44_100), 44_100, subtype=subtype, format="WAVEX")
    assert read_speech(path).shape == (8_000,)
