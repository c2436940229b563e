"""Time expressions of an utterance, placed in the person's time zone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import lru_cache

from arion_host.language import english_time, korean_time
from arion_host.language.anchor import Anchor
from arion_host.language.day_parts import PARTS
from arion_host.language.spans import Grain, LocalSpan, TimeSpan
from arion_host.language.speak_time import speak_span
from arion_kit.speech import speak_time
from arion_kit.words import Language

_KEPT = 256
"""Texts whose times are kept: one utterance is looked at many times in its turn."""
_HALF_DAY = timedelta(hours=12)
_EVENING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"저녁|회식|술자리|한잔|야식|공연|콘서트"),
    "en": re.compile(r"\b(?:dinner|supper|drinks|concert)\b", re.IGNORECASE),
}
_LIMITED: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"부터|까지|동안|(?:\d|[한두세네])\s?(?:번|회)(?!\s?째)"),
    "en": re.compile(
        r"\b(?:from|starting|beginning|until|till|through|times|for \w+ (?:days|weeks|months))\b",
        re.I,
    ),
}
"""Bounds of a series, which its rule does not say."""
_OFTEN: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?:하루|주일?|달|년|분기)에\s?(?:\d|[한두세네])\s?(?:번|회)"),
    "en": re.compile(r"\b(?:once|twice|times) (?:a|an|every) (?:day|week|month|year)\b", re.I),
}
"""Series that no days were named for."""
_REST: dict[Language, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "ko": (re.compile(r"(?!)"), re.compile(r"(?:에|의|은|는)?\s?남은|(?<=말)까지")),
    "en": (re.compile(r"(?:rest|remainder) of $", re.I), re.compile(r"(?!)")),
}
"""What before or behind a period that has begun leaves only its rest of it."""
_SIDES: dict[Language, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "ko": (
        re.compile(r"(?!)(?P<later>)"),
        re.compile(
            r"\s?(?:(?P<later>이후(?:로|에)?|넘어서?|지나서?)|이전(?:에)?)(?=\s|[은는의]|$)"
        ),
    ),
    "en": (
        re.compile(r"\b(?:(?P<later>after)|before)\s$", re.IGNORECASE),
        re.compile(r"\s(?P<later>onwards?|on(?=$|[?!.,]))", re.IGNORECASE),
    ),
}
"""What before or behind an hour means all of its day on one side of it."""
_HOURS = (Grain.MINUTE, Grain.HOUR)
CLOCK: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:(?:새벽|아침|오전|낮|점심|오후|저녁|밤)\s*)?"
        r"(?:\d{1,2}|열?\s?[한두]|[세네열]|다섯|여섯|일곱|여덟|아홉)\s*시"
        r"(?:\s*(?:반|정각|[\d일이삼사오육칠팔구십]+\s*분))?|정오|자정|\d{1,2}:\d\d"
    ),
    "en": re.compile(
        r"(?:at\s+|to\s+|around\s+)?(?:(?:(?:a\s+)?quarter|half|[a-z-]+(?:\s+minutes)?)"
        r"\s+(?:past|to|after)\s+)?"
        r"(?:(?:\d{1,2}(?::\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
        r"(?:\s+(?:thirty|fifteen|forty[- ]five|twenty|ten))?\s*(?:[ap]\.?\s?m\.?|o'clock)?"
        r"(?:\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night))?"
        r"|noon|midday|midnight)",
        re.IGNORECASE,
    ),
}
"""Expressions that name a time of day and no day."""


def find_times(
    text: str, language: Language, now: datetime, *, past: bool = False
) -> tuple[TimeSpan, ...]:
    """Every time expression in `text`, in order, none overlapping.

    `now` carries the person's time zone, in which the results are. With `past`, what leaves its
    day, year or hour open ("on Friday") is the latest that has been, not the next to come.

    Raises:
        ValueError: `now` is naive.
    """
    if now.tzinfo is None:
        raise ValueError("`now` must carry the person's time zone")
    return _found(text, language, now, now.tzinfo, past)


@lru_cache(maxsize=_KEPT)
def _found(
    text: str, language: Language, now: datetime, zone: tzinfo, past: bool
) -> tuple[TimeSpan, ...]:
    # The same moment in two zones is equal, so the zone stands beside it.
    local_now = now.replace(tzinfo=None, second=0, microsecond=0)
    find = korean_time.find_local if language == "ko" else english_time.find_local
    anchor = Anchor(local_now, past)
    spans = [
        _as_series(_by_occasion(local, text, language), text, language)
        for local in find(text, anchor)
    ]
    rest = (_rest(_to_one_side(it, text, language), text, language, local_now) for it in spans)
    return tuple(_placed(span, text, language, now, local_now, zone) for span in rest)


def _to_one_side(local: LocalSpan, text: str, language: Language) -> LocalSpan:
    """세 시 이후, before noon: from that hour on to the end of its day, or from its beginning."""
    if local.grain not in _HOURS or local.has_end or local.is_elapsed or local.recurrence:
        return local
    before, behind = _SIDES[language]
    side = before.search(text, 0, local.begin) or behind.match(text, local.finish)
    if side is None:
        return local
    day = datetime.combine(local.start.date(), time())
    open_end = side["later"] is not None
    return replace(
        local,
        start=local.start if open_end else day,
        end=day + timedelta(days=1) if open_end else local.start,
        begin=min(local.begin, side.start()),
        finish=max(local.finish, side.end()),
        has_end=True,
        ambiguous=tuple(sorted({*local.ambiguous, "vague"})),
    )


def _rest(local: LocalSpan, text: str, language: Language, now: datetime) -> LocalSpan:
    """이번 달 남은 일정, the rest of the week: from today on."""
    today = datetime.combine(now.date(), time())
    if not local.grain.is_dated_only or not local.start < today < local.end:
        return local
    before, behind = _REST[language]
    if before.search(text, 0, local.begin) or behind.match(text, local.finish):
        return replace(local, start=today)
    return local


def _as_series(local: LocalSpan, text: str, language: Language) -> LocalSpan:
    """A series whose end was said elsewhere is not one without end; "twice a week" is a series."""
    if local.recurrence is None:
        is_often = _OFTEN[language].search(text)
        flags = {*local.ambiguous, "recurring"} if is_often else local.ambiguous
        return replace(local, ambiguous=tuple(sorted(flags)))
    around = text[: local.begin] + " " + text[local.finish :]
    return replace(local, recurrence=None) if _LIMITED[language].search(around) else local


def _by_occasion(local: LocalSpan, text: str, language: Language) -> LocalSpan:
    """An hour whose half of the day was guessed, moved to the evening for a dinner."""
    around = text[: local.begin] + " " + text[local.finish :]
    guessed = "meridiem" in local.ambiguous and 5 <= local.start.hour < 12
    if not guessed or not _EVENING[language].search(around):
        return local
    return replace(local, start=local.start + _HALF_DAY, end=local.end + _HALF_DAY)


def _placed(
    local: LocalSpan,
    text: str,
    language: Language,
    now: datetime,
    local_now: datetime,
    zone: tzinfo,
) -> TimeSpan:
    start, end = _in_zone(local.start, zone), _in_zone(local.end, zone)
    if local.is_elapsed:
        instant = now.replace(second=0, microsecond=0).astimezone(UTC) + (local.start - local_now)
        start = instant.astimezone(zone)
        end = (instant + (local.end - local.start)).astimezone(zone)
    at = start
    if local.part is not None:
        at = _in_zone(_usual(local, PARTS[local.part].usual, local_now), zone)
    days_only = local.grain.is_dated_only
    words = text[local.begin : local.finish]
    clock_only = local.grain in _HOURS and CLOCK[language].fullmatch(words)
    spoken = speak_span(local, local_now, language)
    return TimeSpan(
        start=start,
        end=end,
        grain=local.grain,
        at=_stamp(at, days_only),
        until=_stamp(end, days_only) if local.has_end else None,
        to=start.strftime("%H:%M") if clock_only else _stamp(at, days_only),
        to_spoken=speak_time(start, language) if clock_only else spoken,
        spoken=spoken,
        text=words,
        begin=local.begin,
        finish=local.finish,
        ambiguous=local.ambiguous,
        recurrence=local.recurrence,
    )


def _usual(local: LocalSpan, usual: time, now: datetime) -> datetime:
    """The usual hour of a part of a day, or the next full hour once that has gone by."""
    at = datetime.combine(local.start.date(), usual)
    coming = now.replace(minute=0) + timedelta(hours=1)
    return coming if at < now < coming < local.end else at


def _in_zone(local: datetime, zone: tzinfo) -> datetime:
    """A wall-clock time in a zone; one that the clock skips is moved past the gap (PEP 495)."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _stamp(moment: datetime, days_only: bool) -> str:
    return moment.date().isoformat() if days_only else moment.isoformat(timespec="seconds")


def is_past(span: TimeSpan, now: datetime) -> bool:
    """Whether everything the span names lies behind `now`, to the minute."""
    if span.grain in _HOURS:
        return span.start < now - timedelta(minutes=1)
    return span.end <= now
