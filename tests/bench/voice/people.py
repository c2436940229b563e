"""Speech of people, from a folder that ARION_BENCH_AUDIO names.

It holds `NAME.wav`, 16 kHz mono PCM16, with what is said in `NAME.txt`; Korean, or English where
the name ends in `_en`.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from arion_voice.engines import Language, Samples
from tests.bench.voice.recognition import Clip, pieces_of
from tests.bench.voice.recordings import Recording, read_wav

COMMAND_S = (2.0, 6.0)
"""Length of a piece that counts as a command, in seconds."""


def folder() -> Path | None:
    """The folder that is given, if one is."""
    name = os.environ.get("ARION_BENCH_AUDIO")
    return Path(name) if name else None


def commands(folder: Path) -> dict[str, Recording]:
    """Korean pieces between two pauses that are as long as a command, by name."""
    found: dict[str, Recording] = {}
    for path in wavs(folder):
        if language_of(path) == "ko":
            for number, piece in enumerate(pieces_of(_samples(path))):
                recording = Recording.of("", np.rint(piece * 32_768).astype(np.int16))
                if COMMAND_S[0] <= recording.speech_s <= COMMAND_S[1]:
                    found[f"{path.stem}-{number}"] = recording
    return found


def clips(folder: Path) -> list[Clip]:
    """All of it with its words, for recognition."""
    return [
        Clip(
            pieces_of(_samples(path)),
            language_of(path),
            path.with_suffix(".txt").read_text(encoding="utf-8").strip(),
        )
        for path in wavs(folder)
    ]


def wavs(folder: Path) -> list[Path]:
    """The recordings whose words are known, in order."""
    return [path for path in sorted(folder.glob("*.wav")) if path.with_suffix(".txt").exists()]


def language_of(path: Path) -> Language:
    """By its name."""
    return "en" if path.stem.endswith("_en") else "ko"


def _samples(path: Path) -> Samples:
    return read_wav(path).astype(np.float32) / 32_768
