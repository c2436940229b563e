"""Speech in sound files."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import soundfile  # pyright: ignore[reportMissingTypeStubs]
import soxr  # pyright: ignore[reportMissingTypeStubs]

from arion_host.errors import RequestRefused
from arion_kit.words import ErrorKind
from arion_voice.engines import SAMPLE_RATE, Samples

LONGEST_S = 600
"""Longest recording that is taken, in seconds."""

LOWEST_RATE = 8_000
"""Lowest sample rate that still holds speech, in Hz."""

QUIET = 0.02
"""What stays below this part of the loudest sample is not speech."""

_NEXT_STEP = "Give a WAV file, for example from: ffmpeg -i IN -ar 16000 -ac 1 OUT.wav"


def read_speech(path: Path) -> Samples:
    """Read a recording as mono samples at 16 kHz, mixed and resampled where it is otherwise.

    Raises:
        RequestRefused: no sound file, broken, empty, too long, or of too low a sample rate.
    """
    try:
        with soundfile.SoundFile(path) as file:
            rate = file.samplerate
            if rate < LOWEST_RATE:
                raise _refused(f"{path} has {rate} samples a second; speech needs {LOWEST_RATE}.")
            if file.frames > LONGEST_S * rate:
                raise _refused(f"{path} is longer than {LONGEST_S // 60} minutes.")
            channels = file.read(dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        if not path.exists():
            raise _refused(f"There is no file {path}.") from error
        raise _refused(f"{path} is no sound file that can be read.") from error
    if not channels.size:
        raise _refused(f"{path} holds no sound.")
    samples = channels.mean(axis=1)
    resampled = samples if rate == SAMPLE_RATE else soxr.resample(samples, rate, SAMPLE_RATE)
    return resampled.astype(np.float32)


def write_speech(path: Path, pcm: bytes, sample_rate: int) -> None:
    """Write 16-bit mono PCM as a WAV file.

    Raises:
        RequestRefused: the file cannot be written.
    """
    try:
        with path.open("wb") as raw, wave.open(raw, "wb") as file:
            file.setparams((1, 2, sample_rate, 0, "NONE", "not compressed"))
            file.writeframes(pcm)
    except OSError as error:
        raise RequestRefused(
            ErrorKind.BAD_INPUT,
            f"{path} cannot be written: {error.strerror}.",
            next_step="Name a file in a folder that exists and can be written to.",
        ) from error


def end_of_speech_s(samples: Samples) -> float:
    """Return where the last sample lies that is loud enough to be speech, in seconds."""
    loudness = np.abs(samples)
    loud = np.flatnonzero(loudness > QUIET * loudness.max())
    return float(loud[-1] + 1) / SAMPLE_RATE if loud.size else 0.0


def pcm16(samples: Samples) -> bytes:
    """Return samples as little-endian signed 16-bit PCM."""
    return (np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes()


def _refused(message: str) -> RequestRefused:
    return RequestRefused(ErrorKind.BAD_INPUT, message, next_step=_NEXT_STEP)
