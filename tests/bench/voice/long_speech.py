"""Utterances of fifteen seconds: when their whole text is there after their end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.bench.report import Report, median, percentile
from tests.bench.voice.recordings import Recording, joined
from tests.bench.voice.studio import CLAUSES, CONCLUSIONS
from tests.bench.voice.utterances import Outcome

UTTERANCES = 8
LONG_S = 15.0
PAUSES_S = (0.3, 0.5, 0.4, 0.6, 0.25)
"""Between clauses, in turn, in seconds."""


def long_utterances(spoken: Mapping[str, Recording]) -> dict[str, Recording]:
    """Clause after clause until `LONG_S` is reached, by name; another order each time."""
    found: dict[str, Recording] = {}
    for number in range(UTTERANCES):
        conclusion = spoken[CONCLUSIONS[number % len(CONCLUSIONS)]]
        parts = [conclusion]
        step = 1 if number < len(CLAUSES) else 5
        position = number
        while _length_s(parts) < LONG_S:
            parts.insert(-1, spoken[CLAUSES[position % len(CLAUSES)]])
            position += step
        pauses_s = [PAUSES_S[(number + n) % len(PAUSES_S)] for n in range(len(parts) - 1)]
        found[f"long-{number}"] = joined(parts, pauses_s)
    return found


def _length_s(parts: Sequence[Recording]) -> float:
    return sum(part.speech_s for part in parts) + 0.4 * (len(parts) - 1)


def add_long_speech(report: Report, outcomes: Sequence[Outcome]) -> None:
    """Adds the time to the final text of those that were not cut."""
    finals = [ms for outcome in outcomes if (ms := outcome.final_ms) is not None]
    report.add("final_15s_p50_ms", median(finals), len(finals))
    report.add("final_15s_p95_ms", percentile(finals, 95), len(finals))
