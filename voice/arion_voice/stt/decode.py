"""Audio to transcript with Whisper; runs in the worker process."""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arion_voice.engines import SAMPLE_RATE, Hints, Language, Samples, Transcript
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.stt.engine import MAX_FRAMES, Decoded, Device, WhisperEngine
from arion_voice.stt.guards import clean_text, is_made_up
from arion_voice.stt.windows import split_at_silence

_WINDOW_S = 25.0
"""Longest window, in seconds: the encoder's 30 without the padding."""

_PADDING_S = 5.0
"""Silence after the speech, in seconds. With less the decoder repeats itself more often; with
this much it is as accurate as with the usual 30 s of context, for a third of the CPU."""

_TOKENS_PER_S = 8
"""More tokens a second than anyone speaks: Korean takes five to seven."""

_MAX_TOKENS = 224


@functools.cache
def load(folder: Path, threads: int, device: Device = "cpu") -> WhisperEngine:
    """The model, loaded once.

    Raises:
        SpeechError: `engine_failed`, the files are no model.
    """
    try:
        return WhisperEngine(folder, threads, device)
    except (RuntimeError, OSError, ValueError) as error:
        raise SpeechError(
            VoiceErrorKind.ENGINE_FAILED, f"the model in {folder} cannot be loaded: {error}"
        ) from error


def warm(folder: Path, threads: int, device: Device = "cpu") -> None:
    """Load the model."""
    load(folder, threads, device)


@dataclass(frozen=True)
class _Encoded:
    """Speech that the encoder has taken in."""

    engine: WhisperEngine
    windows: Sequence[tuple[Any, int]]
    """Each with its length in samples."""
    samples: int
    took_s: float


_last: list[_Encoded] = []
"""The one that is to be decoded next: a process recognises one stretch at a time."""


def encode(folder: Path, threads: int, samples: Samples, device: Device = "cpu") -> None:
    """Take speech in, so that `decode` can tell its words: the first third of the work.

    Raises:
        SpeechError: `engine_failed`.
    """
    began = time.perf_counter()
    engine = load(folder, threads, device)
    windows = [
        (engine.encode(window, frames=_frames(len(window))), len(window))
        for window in split_at_silence(samples, limit_s=_WINDOW_S)
    ]
    _last[:] = [_Encoded(engine, windows, len(samples), time.perf_counter() - began)]


def decode(language: Language | None, hints: Hints) -> Transcript:
    """What was said in the speech that was encoded last. The text is empty where no words were.

    Raises:
        SpeechError: `engine_failed`, the process was started anew in between.
    """
    began = time.perf_counter()
    if not _last:
        raise SpeechError(VoiceErrorKind.ENGINE_FAILED, "nothing is encoded that could be decoded")
    encoded = _last.pop()
    engine = encoded.engine
    spoken: list[Decoded] = []
    quietest = 1.0
    for window, length in encoded.windows:
        language = language or engine.language(window)
        decoded = engine.decode(
            window,
            language=language,
            hint=hints.get(language, ""),
            max_tokens=_max_tokens(length),
        )
        quietest = min(quietest, decoded.no_speech)
        text = clean_text(decoded.text)
        if not is_made_up(text, no_speech=decoded.no_speech, avg_logprob=decoded.avg_logprob):
            spoken.append(Decoded(text, decoded.no_speech, decoded.avg_logprob))
    return Transcript(
        text=" ".join(decoded.text for decoded in spoken),
        language=language or "ko",
        no_speech=quietest,
        avg_logprob=min((decoded.avg_logprob for decoded in spoken), default=0.0),
        audio_s=encoded.samples / SAMPLE_RATE,
        decode_s=encoded.took_s + time.perf_counter() - began,
    )


def transcribe(
    folder: Path,
    threads: int,
    samples: Samples,
    language: Language | None,
    hints: Hints,
    device: Device = "cpu",
) -> Transcript:
    """What was said, at one go.

    Raises:
        SpeechError: `engine_failed`.
    """
    encode(folder, threads, samples, device)
    return decode(language, hints)


def _frames(samples: int) -> int:
    seconds = samples / SAMPLE_RATE + _PADDING_S
    return min(MAX_FRAMES, math.ceil(seconds) * 100)


def _max_tokens(samples: int) -> int:
    return min(_MAX_TOKENS, 12 + math.ceil(_TOKENS_PER_S * samples / SAMPLE_RATE))
