"""Utterances with markers in place of time expressions, so that `{when}` matches only a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from arion_host.language.spans import Grain, TimeSpan
from arion_host.language.times import find_times
from arion_kit.words import Language

# Letters nobody types here. They are word characters, so that word boundaries hold, and no
# digits, so that a number slot does not take them.
MARKERS = "ᚠᚢᚦᚨᚱᚲᚷᚹᚺᚾ"
_ANY_MARKER = re.compile(f"[{MARKERS}]")
_PREPOSITION = re.compile(r"(?:on|at|in|from|between|around) ", re.IGNORECASE)
_NOT_MEANT = re.compile(r"\s?말고(?=\s|$)")
_TIME_PARTICLE = re.compile(r"(?:에는|에|쯤에|경에|으?로)?(?=\s|$)")


_NAMES: dict[Language, tuple[str, ...]] = {
    "ko": ("아침", "점심", "저녁"),
    "en": ("morning", "afternoon", "evening", "night"),
}
"""Parts of the day that name something beside an hour: 7시에 저녁, a morning stretch at 7."""


@dataclass(frozen=True)
class Marked:
    """One way to read an utterance."""

    text: str
    spans: tuple[TimeSpan, ...]
    """The i-th stands where the i-th marker does."""
    moved: bool = False
    """A time of day was taken from its place, to stand with its day."""
    unmarked: tuple[str, ...] = ()
    """The words of times that were left as they are."""

    def restore(self, text: str) -> str:
        """A piece of the marked text in the words that were said."""
        return _ANY_MARKER.sub(lambda mark: self.spans[MARKERS.index(mark.group())].text, text)

    def swallowed(self, text: str) -> int:
        """How many times lie in a piece of the marked text."""
        return len(_ANY_MARKER.findall(text))


def mark(text: str, spans: Sequence[TimeSpan]) -> Marked:
    """`text` with its first ten times replaced by markers."""
    spans = tuple(spans)[: len(MARKERS)]
    for marker, span in reversed(list(zip(MARKERS, spans, strict=False))):
        text = text[: span.begin] + marker + text[span.finish :]
    return Marked(text, spans)


def without_prepositions(spans: Sequence[TimeSpan]) -> tuple[TimeSpan, ...]:
    """The times without the English preposition in front, which a template may bring itself."""
    return tuple(
        replace(span, text=span.text[lead.end() :], begin=span.begin + lead.end())
        if (lead := _PREPOSITION.match(span.text))
        else span
        for span in spans
    )


def without_markers(text: str) -> str:
    """`text` with marker letters that somebody typed after all taken out."""
    return _ANY_MARKER.sub("", text)


def fold(
    text: str,
    spans: Sequence[TimeSpan],
    language: Language,
    now: datetime,
    *,
    past: bool = False,
) -> Marked | None:
    """A day and a time of day that stand apart, read as one: `내일 치과 3시에 잡아줘`.

    None where the utterance has not exactly these two. `past` as for `find_times`.
    """
    if len(spans) != 2 or spans[0].until or spans[1].until:
        return None
    names = [span for span in spans if span.text in _NAMES[language]]
    rest = tuple(span for span in spans if span not in names)
    if len(names) == 1 and rest[0].grain in (Grain.HOUR, Grain.MINUTE):
        # "금요일 7시에 수민이랑 저녁": what is eaten then.
        return mark(text, rest)
    day, hour = sorted(spans, key=lambda span: span.grain is not Grain.DAY)
    aside = _NOT_MEANT.match(text, hour.finish) is not None
    if day.grain is not Grain.DAY or hour.grain.is_dated_only or aside:
        return None
    if day.begin > hour.finish and hour.to == hour.at and hour.start.date() == day.start.date():
        # "12월 24일 저녁 일곱 시 크리스마스이브 파티": the day said again is part of a name.
        return mark(text, (hour,))
    joined = find_times(f"{day.text} {hour.text}", language, now, past=past)
    # "내일 모레 3시에" names a day in the second too and stays two times.
    if len(joined) != 1 or joined[0].start.date() != day.start.date():
        return None
    if joined[0].grain.is_dated_only:
        return None
    both = replace(joined[0], text=day.text, begin=day.begin, finish=day.finish)
    if hour.begin > day.begin:
        behind = _TIME_PARTICLE.match(text, hour.finish)
        rest = text[behind.end() if behind else hour.finish :]
        marked = text[: day.begin] + MARKERS[0] + text[day.finish : hour.begin].rstrip() + rest
    else:
        behind = _TIME_PARTICLE.match(text, hour.finish)
        gap = text[behind.end() if behind else hour.finish : day.begin]
        marked = text[: hour.begin] + gap.lstrip() + MARKERS[0] + text[day.finish :]
    return Marked(marked, (both,), moved=True)
