"""One-shot recognition beside stock faster-whisper: the same model, clips and threads.

Both hear each clip once, greedily and without hints. The clips are sentences of the synthetic
voices and, where a folder of recordings is given, its speech, cut at pauses.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from arion_voice.engines import SAMPLE_RATE, Language, Samples
from arion_voice.models.manifest import WHISPER
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings
from arion_voice.stt import decode
from tests.bench.readback import characters_wrong
from tests.bench.report import Report

CUT_AFTER_S = 0.3
"""Pauses at which a recording is cut, in seconds."""
LONGEST_S = 20.0


@dataclass(frozen=True)
class Clip:
    """Speech with what was said; a long recording is a list of pieces."""

    pieces: tuple[Samples, ...]
    language: Language
    text: str


@dataclass
class Heard:
    """What one recogniser made of all clips."""

    errors: int = 0
    characters: int = 0
    cpu_s: float = 0.0

    @property
    def cer(self) -> float | None:
        """Character error rate; None without clips."""
        return self.errors / self.characters if self.characters else None


def pieces_of(samples: Samples) -> tuple[Samples, ...]:
    """A recording cut in the middle of its pauses, into pieces of at most `LONGEST_S`."""
    frame = SAMPLE_RATE // 50
    loud = np.abs(samples[: len(samples) // frame * frame]).reshape(-1, frame).max(axis=1)
    quiet = loud < 0.02 * np.abs(samples).max()
    pieces: list[Samples] = []
    start = 0
    run = 0
    for index, silent in enumerate([*quiet.tolist(), False]):
        if silent:
            run += 1
            continue
        middle = (index - run // 2) * frame
        if run * 0.02 >= CUT_AFTER_S and middle - start > SAMPLE_RATE:
            pieces.append(samples[start:middle])
            start = middle
        run = 0
    pieces.append(samples[start:])
    if any(len(piece) > LONGEST_S * SAMPLE_RATE for piece in pieces):
        raise ValueError(f"a recording has no pause for {LONGEST_S:g} s")
    return tuple(pieces)


def hear_all(clips: Iterable[Clip], transcribe: Callable[[Samples, Language], str]) -> Heard:
    """Recognises every piece of every clip, and counts characters and CPU time."""
    heard = Heard()
    for clip in clips:
        began = time.process_time()
        said = " ".join(transcribe(piece, clip.language) for piece in clip.pieces)
        heard.cpu_s += time.process_time() - began
        wrong, letters = characters_wrong(clip.text, said, clip.language)
        heard.errors += wrong
        heard.characters += letters
    return heard


def add_recognition(report: Report, spoken: list[Clip], recorded: list[Clip]) -> None:
    """Adds error rates and the ratio of CPU time; None where the model is missing.

    Args:
        report: takes the figures.
        spoken: sentences of synthetic voices.
        recorded: speech of people, if any is given.
    """
    store = ModelStore(VoiceSettings())
    clips = [*spoken, *recorded]
    n = sum(len(clip.pieces) for clip in clips)
    if store.find(WHISPER) is None or not clips:
        for name in ("stt_cpu_ratio", "cer", "cer_stock", "cer_recorded", "cer_recorded_stock"):
            report.add(name, None, 0)
        return
    folder = store.require(WHISPER)
    threads = os.cpu_count() or 1
    stock = _stock(str(folder), threads)

    def ours(samples: Samples, language: Language) -> str:
        return decode.transcribe(folder, threads, samples, language, {}).text

    for warm in (ours, stock):
        warm(clips[0].pieces[0], clips[0].language)
    ours_spoken, stock_spoken = hear_all(spoken, ours), hear_all(spoken, stock)
    ours_recorded, stock_recorded = hear_all(recorded, ours), hear_all(recorded, stock)
    cpu_s = ours_spoken.cpu_s + ours_recorded.cpu_s
    report.add("stt_cpu_ratio", cpu_s / (stock_spoken.cpu_s + stock_recorded.cpu_s), n)
    report.add("cer", ours_spoken.cer, len(spoken))
    report.add("cer_stock", stock_spoken.cer, len(spoken))
    report.add("cer_recorded", ours_recorded.cer, len(recorded))
    report.add("cer_recorded_stock", stock_recorded.cer, len(recorded))


def _stock(folder: str, threads: int) -> Callable[[Samples, Language], str]:
    from faster_whisper import WhisperModel

    model: Any = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=threads)

    def transcribe(samples: Samples, language: Language) -> str:
        segments, _ = model.transcribe(
            samples, language=language, beam_size=1, without_timestamps=True
        )
        return " ".join(segment.text for segment in segments)

    return transcribe
