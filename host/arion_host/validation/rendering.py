"""A call as one sentence that can be spoken: what is read back, and what a model checks.

The sentence is the server's, from its language pack; a tool without one is named by its title,
with every argument behind it. Nothing is left out either way but the ids that the pack says are
ids, since an id says nothing to a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast

from pydantic import JsonValue

from arion_host.agents.phrases import PHRASES
from arion_host.language.speak_series import speak_series
from arion_host.tools.catalogue import CatalogueTool
from arion_kit.speech import (
    ADDRESS,
    Particle,
    counted,
    josa,
    number_word,
    speak_date,
    speak_moment,
    speak_time,
    speakable,
)
from arion_kit.words import Language, LanguagePack

_PLACE = re.compile(
    r"\{(?P<quote>'?)(?P<name>\w+)'?(?::(?:(?P<silent>-)|#(?P<counter>[^{}]+)|(?P<particle>\w+)))?\}"
)
_MAILBOX = re.compile(r"[^<>@:\n]{0,60}<[^<>\s]+@[^<>\s]+>")
_ID = re.compile(
    r"(?=.*\d)(?:[a-z]?[0-9a-f-]{8,}|(?!.*//)[\w:/=+#,|~-]{20,})|(?:\w+:|r-?)?\d+", re.ASCII
)
"""Hexadecimal, numbers (`coupang:7100000131`, `r-1234`), or what is too long for a name."""
_SERIES = re.compile(r"(?:RRULE:)?((?:(?:FREQ|INTERVAL|BYDAY|BYMONTH|BYMONTHDAY)=[^;]+;?)+)")
_CLOCK = re.compile(r"\d\d:\d\d")
_LARGE = 10_000
"""From here on a number is written with commas; below it may be that of an issue, or a year."""
_LONGEST_VALUE = 80
"""Characters of a value that is read aloud; the card has all of it."""


def render_call(
    tool: CatalogueTool,
    arguments: Mapping[str, JsonValue],
    pack: LanguagePack | None,
    language: Language,
    now: datetime,
) -> str:
    """Ask about a call in one sentence; `now` carries the person's zone."""
    rendering = pack.renderings.get(tool.name) if pack else None
    speaker = _Speaker(pack, language, now)
    ids = rendering.said if rendering else ()
    said = {it: value for it, value in arguments.items() if it not in ids or not _is_id(value)}
    for sentence in rendering.sentence.get(language, ()) if rendering else ():
        if _fits(sentence, arguments, said):
            return speaker.filled(sentence, arguments, said)
    title = title_of(tool, pack, language)
    listed = speaker.listed(said)
    head = f"{title}: {listed}" if listed else title
    return PHRASES[language].needs_yes.format(title=head)


def title_of(tool: CatalogueTool, pack: LanguagePack | None, language: Language) -> str:
    """What a tool does, in a few words."""
    rendering = pack.renderings.get(tool.name) if pack else None
    return (rendering.title.get(language) if rendering else None) or speakable(tool.title)


def label_of(name: str, pack: LanguagePack | None, language: Language) -> str:
    """What people call a parameter."""
    return (pack.labels.get(name, {}) if pack else {}).get(language, name)


@dataclass(frozen=True)
class _Speaker:
    """Says values to one person, in the words of one server."""

    pack: LanguagePack | None
    language: Language
    now: datetime

    def filled(
        self, sentence: str, arguments: Mapping[str, JsonValue], said: Mapping[str, JsonValue]
    ) -> str:
        """The sentence with its values, and behind it what else is to be `said`."""

        def placed(place: re.Match[str]) -> str:
            value = arguments[place["name"]]
            if place["silent"]:
                return ""
            if place["counter"]:
                return self._counted(value, place["counter"])
            text = f"{place['quote']}{self._value(place['name'], value)}{place['quote']}"
            return josa(text, cast("Particle", place["particle"])) if place["particle"] else text

        named = {place["name"] for place in _PLACE.finditer(sentence) if _says(place)}
        rest = self.listed({name: it for name, it in said.items() if name not in named})
        text = _PLACE.sub(placed, sentence)
        return f"{text} ({rest})" if rest else text

    def listed(self, arguments: Mapping[str, JsonValue]) -> str:
        """Every argument behind its label."""
        return ", ".join(
            f"{label_of(name, self.pack, self.language)} {self._value(name, value)}"
            for name, value in arguments.items()
        )

    def _value(self, name: str, value: JsonValue) -> str:
        """A value as people say it: times by day and hour, lists one after the other."""
        phrases = PHRASES[self.language]
        if isinstance(value, bool):
            return phrases.yes if value else phrases.no
        if value is None or _is_empty(value):
            return phrases.nothing
        if isinstance(value, list):
            return ", ".join(self._value(name, item) for item in value)
        if isinstance(value, dict):
            return self.listed(value)
        if isinstance(value, str):
            words = self.pack.values.get(name, {}).get(value, {}) if self.pack else {}
            return words.get(self.language) or self._time(value) or self._text(value)
        return f"{value:,}" if abs(value) >= _LARGE else str(value)

    def _text(self, value: str) -> str:
        # An address is what the person has to know, however it sounds.
        if ADDRESS.fullmatch(value) or _MAILBOX.fullmatch(value):
            return value
        text = speakable(value, _LONGEST_VALUE)
        cut = "…" if len(text) < len(speakable(value, len(value))) else ""
        return ", ".join(filter(None, (f"{text}{cut}", *ADDRESS.findall(value))))

    def _time(self, text: str) -> str | None:
        today = self.now.date()
        series = _SERIES.fullmatch(text)
        try:
            if series:
                return speak_series(series[1], self.language)
            if _CLOCK.fullmatch(text):
                return speak_time(time.fromisoformat(text), self.language)
            if len(text) == len("2026-11-23"):
                return speak_date(date.fromisoformat(text), self.language, today=today)
            moment = datetime.fromisoformat(text)
        except (ValueError, LookupError):
            return None
        local = moment.astimezone(self.now.tzinfo) if moment.tzinfo else moment
        return speak_moment(local, self.language, today=today)

    def _counted(self, value: JsonValue, counter: str) -> str:
        count = len(value) if isinstance(value, list) else 1
        if self.language == "ko":
            return counted(count, counter)
        one, _, many = counter.partition("/")
        return f"{number_word(count)} {one if count == 1 else many}"


def _fits(sentence: str, arguments: Mapping[str, JsonValue], said: Mapping[str, JsonValue]) -> bool:
    """Whether all that the sentence needs is given."""
    return all(
        not _is_empty((said if _says(place) else arguments).get(place["name"]))
        for place in _PLACE.finditer(sentence)
    )


def _says(place: re.Match[str]) -> bool:
    """Whether the value itself is said here."""
    return not place["silent"] and not place["counter"]


def _is_empty(value: JsonValue) -> bool:
    return value is None or value in ("", [], {})


def _is_id(value: JsonValue) -> bool:
    """Whether it says nothing to a person: an id, several of them, or nothing at all."""
    if isinstance(value, list):
        return all(_is_id(item) for item in value)
    if isinstance(value, str) and value:
        return _ID.fullmatch(value) is not None
    return isinstance(value, int) or _is_empty(value)
