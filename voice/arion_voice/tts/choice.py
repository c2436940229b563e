"""Which engine speaks a sentence. Pure.

The better voice comes first where it can be had: `cloud`, then `natural` (Kokoro), then `fast`
(espeak-ng). An answer keeps the voice it began with; only a failure, or the end of the day's
budget, takes it to a lesser one, and never back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from arion_voice.engines import VoiceName


class EngineName(StrEnum):
    """Who can speak."""

    CLOUD = "cloud"
    NATURAL = "natural"
    FAST = "fast"


WHOLE_ANSWER_CHARS = 200
"""Budget that has to be left when an answer begins in the cloud, so that it can also end there; a
tenth of the day's where that is less."""

_REAL_TIME = 1.0
"""Seconds of making a second of speech beyond which an answer would stutter."""

_WANTED: dict[VoiceName, tuple[EngineName, ...]] = {
    "best": (EngineName.CLOUD, EngineName.NATURAL, EngineName.FAST),
    "natural": (EngineName.NATURAL, EngineName.FAST),
    "fast": (EngineName.FAST,),
}


@dataclass(frozen=True)
class Sentence:
    """What is to be spoken."""

    voice: VoiceName
    """The quality that is wanted."""
    characters: int
    spoke: EngineName | None = None
    """Who spoke the answer so far; None: it begins, or the sentence stands alone."""


@dataclass(frozen=True)
class Standing:
    """How the engines are."""

    present: frozenset[EngineName]
    resting: frozenset[EngineName] = frozenset()
    """Those that failed too often."""
    budget: int = 0
    """Characters that the cloud may still speak today."""
    budget_a_day: int = 0
    real_time_factor: float | None = None
    """Seconds that the natural voice takes for a second of speech; None: not known."""


def choose(sentence: Sentence, standing: Standing) -> tuple[EngineName, ...]:
    """Return the engines to try, in order. Empty where none is there that may be asked.

    Those that rest or are too slow come last: they are better than silence.
    """
    wanted = [
        name
        for name in _since(_WANTED[sentence.voice], sentence.spoke)
        if name in standing.present
        and (name is not EngineName.CLOUD or _is_affordable(sentence, standing))
    ]
    unfit = [name for name in wanted if _is_unfit(name, sentence, standing)]
    return (*(name for name in wanted if name not in unfit), *unfit)


def _since(wanted: tuple[EngineName, ...], spoke: EngineName | None) -> tuple[EngineName, ...]:
    return wanted[wanted.index(spoke) :] if spoke in wanted else wanted


def _is_affordable(sentence: Sentence, standing: Standing) -> bool:
    needed = sentence.characters
    if sentence.spoke is not EngineName.CLOUD:
        needed = max(needed, min(WHOLE_ANSWER_CHARS, standing.budget_a_day // 10))
    return 0 < needed <= standing.budget


def _is_unfit(name: EngineName, sentence: Sentence, standing: Standing) -> bool:
    if name in standing.resting:
        return True
    if name is not EngineName.NATURAL or sentence.spoke is name:
        return False
    factor = standing.real_time_factor
    return factor is not None and factor > _REAL_TIME
