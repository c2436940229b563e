"""What one utterance says, and what code makes of it: words, times and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache

from arion_host.language.numbers import numbers_in
from arion_host.language.spans import Grain, TimeSpan
from arion_host.language.times import find_times
from arion_host.policy.wording import Wording
from arion_kit.words import Language

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"\d\d:\d\d(?::\d\d)?")
_MOMENT = re.compile(rf"{_DATE.pattern}[T ]{_CLOCK.pattern}(?:Z|[+-]\d\d:\d\d)?")
_FIGURE = re.compile(
    r"(?<![\w@./+\-&=%#~:,])\d+(?:,\d{3})*(?:\.\d+)?"
    r"(?![a-z0-9_만천백십억]|[@./+\-&=%#~:][a-z0-9])",
    re.IGNORECASE,
)
"""Digits that stand by themselves, but for a counter: no part of an address, a code or `5만`."""
_AN_INSTANT = timedelta(seconds=1)
_SCALED = re.compile(r"\d[만천백십억]")
_LATIN_OR_JOINED = re.compile(r"[@/_.:-]|\d[a-z]|[a-z]\d", re.IGNORECASE)


@dataclass(frozen=True)
class WordsSaid:
    """One utterance of the person."""

    text: str
    language: Language
    now: datetime
    """In the person's time zone."""

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.text)

    @cached_property
    def spans(self) -> tuple[TimeSpan, ...]:
        """The times in it, as plans are made of them and as searches are."""
        # "On Monday" is the next one in a plan and the last one in a search: both were said.
        coming = find_times(self.text, self.language, self.now)
        return coming + find_times(self.text, self.language, self.now, past=True)

    @cached_property
    def _dates(self) -> frozenset[date]:
        # The end of whole days is the next one's beginning; people name the last day.
        return frozenset(
            at.date() for it in self.spans for at in (it.start, it.end, it.end - _AN_INSTANT)
        )

    @cached_property
    def _clocks(self) -> frozenset[time]:
        exact = (Grain.MINUTE, Grain.HOUR, Grain.PART)
        return frozenset(
            at.time() for span in self.spans if span.grain in exact for at in (span.start, span.end)
        )

    @cached_property
    def _moments(self) -> frozenset[datetime]:
        spans = self.spans
        usual = {datetime.fromisoformat(it.at) for it in spans}
        named = {at for it in spans for at in (it.start, it.end)}
        return frozenset(at.replace(tzinfo=None) for at in usual | named)

    @cached_property
    def _without_times(self) -> str:
        text = self.text
        for span in self.spans:
            text = text[: span.begin] + " " * (span.finish - span.begin) + text[span.finish :]
        return text

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every number that was said and that is no part of a time, a word or an address."""
        text = self._without_times
        found: set[float] = {float(it.replace(",", "")) for it in _FIGURE.findall(text)}
        for word in text.split():
            if not _LATIN_OR_JOINED.search(word):
                said = list(numbers_in(word, self.language))
                found.update([max(said)] if _SCALED.search(word) else said)
        return frozenset(found)

    def has(self, words: str) -> bool:
        """Whether `words` were said, as whole words."""
        return self._wording.has(words)

    def has_number(self, digits: str) -> bool:
        """Whether a text of digits was said, as a number of its own and not as part of a time."""
        return float(digits) in self.numbers and Wording(self._without_times).has(digits)

    def means_time(self, stamp: str) -> bool:
        """Whether a date, a time of day or both, in ISO 8601, is what was said.

        A day of one expression may come with the hour of another: "on the 5th at ten, or at four".
        """
        try:
            if _DATE.fullmatch(stamp):
                return date.fromisoformat(stamp) in self._dates
            if _CLOCK.fullmatch(stamp):
                return time.fromisoformat(stamp) in self._clocks
            if not _MOMENT.fullmatch(stamp):
                return False
            moment = datetime.fromisoformat(stamp)
        except ValueError:
            return False
        if moment.tzinfo is not None:
            moment = moment.astimezone(self.now.tzinfo).replace(tzinfo=None)
        if moment in self._moments:
            return True
        return moment.date() in self._dates and moment.time() in self._clocks


@lru_cache(maxsize=64)
def heard(text: str, language: Language, now: datetime) -> WordsSaid:
    """The utterance, kept for the next calls of the same turn."""
    return WordsSaid(text, language, now)
