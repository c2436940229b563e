"""What the speech process does. Every function here runs in it, and what they load stays there.

Both engines sit in the one process: espeak-ng also tells Kokoro how English words sound.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import soxr  # pyright: ignore[reportMissingTypeStubs]

from arion_voice.engines import Language
from arion_voice.tts.espeak import Espeak
from arion_voice.tts.kokoro import SAMPLE_RATE, Kokoro, to_pcm
from arion_voice.tts.korean_loanwords import borrow_words
from arion_voice.tts.korean_pronunciation import pronounce
from arion_voice.tts.phonemes import phonemes, pieces

FIRST_LINE_SYMBOLS = 40
"""Some 15 Korean characters: the wait for the first sound is that for this line."""
LATER_LINE_SYMBOLS = 100
"""Bounds the memory (a peak of 400 MB) and what an interruption has to wait for."""


def warm_fast() -> None:
    """Load espeak-ng and its dictionaries.

    Raises:
        SpeechError: it cannot be loaded.
    """
    _espeak().ipa("ready")
    _espeak().speak("네", "ko")


def warm_natural(folder: Path, threads: int, voice: str) -> None:
    """Load Kokoro and let it make the memory plan of a short line.

    Raises:
        SpeechError: a file is missing or unusable.
    """
    _kokoro(folder, threads).speak("ne.", voice, 1.0)


def speak_fast(text: str, language: Language, speed: float) -> bytes:
    """Return the speech of espeak-ng: little-endian int16 mono at `SAMPLE_RATE`.

    Raises:
        SpeechError: espeak-ng failed.
    """
    espeak = _espeak()
    # espeak-ng knows the letters of Korean better than its rules of pronunciation.
    said = pronounce(borrow_words(text, espeak.ipa)) if language == "ko" else text
    samples = np.frombuffer(espeak.speak(said, language, speed), dtype="<i2")
    resampled = soxr.resample(samples, espeak.sample_rate, SAMPLE_RATE)
    return resampled.astype("<i2").tobytes()


def symbols(text: str, language: Language) -> list[str]:
    """Return `text`, spoken in `language`, as lines of Kokoro's symbols, each for one run.

    Raises:
        SpeechError: espeak-ng failed.
    """
    return pieces(phonemes(text, language, _espeak().ipa), FIRST_LINE_SYMBOLS, LATER_LINE_SYMBOLS)


def speak_natural(line: str, folder: Path, threads: int, voice: str, speed: float) -> bytes:
    """Return Kokoro's speech of a line from `symbols`: int16 mono at `SAMPLE_RATE`.

    Raises:
        SpeechError: the model cannot be used or has no such voice.
    """
    return to_pcm(_kokoro(folder, threads).speak(line, voice, speed))


@cache
def _espeak() -> Espeak:
    return Espeak()


@cache
def _kokoro(folder: Path, threads: int) -> Kokoro:
    return Kokoro(folder, threads)
