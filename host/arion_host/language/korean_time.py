"""Korean time expressions, on korean-datetime.

The library finds expressions and resolves most of them. Done differently here: which half of the
day a bare "3시" is in, n-th weeks, and the hours of parts of a day; added: durations.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from korean_datetime import Ambiguity, Kind, TemporalExpression, TemporalParser
from korean_datetime import Grain as LibraryGrain

from arion_host.language import korean_periods
from arion_host.language.day_parts import KOREAN_NAMES, hours_of
from arion_host.language.spans import Grain, LocalSpan

_PARSER = TemporalParser()
_HALF_DAY = timedelta(hours=12)

_GRAINS: dict[LibraryGrain, Grain] = {
    LibraryGrain.YEAR: Grain.YEAR,
    LibraryGrain.HALF_YEAR: Grain.YEAR,
    LibraryGrain.QUARTER: Grain.MONTH,
    LibraryGrain.MONTH: Grain.MONTH,
    LibraryGrain.WEEK: Grain.WEEK,
    LibraryGrain.DAY: Grain.DAY,
    LibraryGrain.HOUR: Grain.HOUR,
    LibraryGrain.MINUTE: Grain.MINUTE,
    LibraryGrain.SECOND: Grain.MINUTE,
}
_FLAGS: dict[Ambiguity, str] = {
    Ambiguity.MERIDIEM: "meridiem",
    Ambiguity.NOON_OR_MIDNIGHT: "meridiem",
    Ambiguity.SAME_WEEKDAY: "weekday",
    Ambiguity.NEXT_WEEKEND: "weekday",
    Ambiguity.DAY_ATTRIBUTION: "day",
    Ambiguity.MULTI_DAY_TIME: "day",
    Ambiguity.CALENDAR_ROW_SPILL: "week_of_month",
    Ambiguity.TWO_DIGIT_YEAR: "year",
}

_NTH_WEEK = re.compile(
    r"((?:첫|둘|두|셋|세|넷|네|다섯|[1-5])\s?(?:번\s?)?째\s?|마지막\s?)주(?=\s?[월화수목금토일]요?일)"
)
_DAY_PART = re.compile(r"새벽|아침|오전|점심|낮|오후|저녁|밤")
_BARE_PART = re.compile(rf"(?:^|\s)({'|'.join(KOREAN_NAMES)})$")
_CLOCK_FACE = re.compile(r"(?<![\d:])[1-6]:[0-5]\d(?![\d:])")
_ELAPSED = re.compile(r"(?:시간|분|초)(?:\s?반)?\s?(?:뒤|후|전|있다가|이따가)$")
_CLOCK_HOUR = re.compile(r"시(?!간)")
_RECURRING = re.compile(r"매(?:일|주|달|월|년)\s?(?:[월화수목금토일]요일)?\s?$|^매(?:주|달|월|년)")
_FROM = re.compile(r"\s?(?:부터|에서|~)\s?")
_UNTIL = re.compile(r"\s?까지")
_AGENDA = re.compile(r"(?<=\s)일정")
_VAGUE = re.compile(r"방금|금방|이따|이따가")
"""Near now, but no minute that anything could be looked up by."""
_TAIL = re.compile(
    r"\s?(?:쯤|경|즈음|정도|사이|내내|하루\s?종일|종일|하루)(?=에|의|부터|까지|\s|$)"
)


def find_local(text: str, now: datetime) -> list[LocalSpan]:
    """Time expressions of a Korean text in wall-clock time; `now` is naive, to the minute."""
    periods = korean_periods.periods_from_now(text, now)
    # Rewritten to the same length, so that offsets stay: 첫째 주 월요일 is the month's first
    # Monday for nearly everybody, while the library goes by the rows of a printed calendar.
    readable = _NTH_WEEK.sub(lambda nth: nth.group(1) + " ", text)
    # In "12/1 일정" the library would read "1 일".
    readable = _AGENDA.sub("□□", readable)
    for period in periods:
        blank = " " * (period.finish - period.begin)
        readable = readable[: period.begin] + blank + readable[period.finish :]
    items = _PARSER.parse_all(readable, now)
    found = [_local(item, text, now) for item in items if not _VAGUE.fullmatch(item.text)]
    spans: list[LocalSpan] = []
    for span in sorted([*periods, *found], key=lambda span: span.begin):
        if not spans or span.begin >= spans[-1].finish:
            spans.append(span)
        if len(spans) > 1 and (joined := _range(spans[-2], spans[-1], text)):
            spans[-2:] = [joined]
    return spans


def _range(first: LocalSpan, second: LocalSpan, text: str) -> LocalSpan | None:
    """9시부터 오후 6시까지: the half of the day of the start follows from the end."""
    clocks = (Grain.HOUR, Grain.MINUTE)
    if not _FROM.fullmatch(text, first.finish, second.begin) or first.has_end or second.has_end:
        return None
    if first.grain not in clocks or second.grain not in clocks:
        return None
    if "meridiem" not in first.ambiguous or "meridiem" in second.ambiguous:
        return None
    hour = timedelta(hours=first.start.hour % 12, minutes=first.start.minute)
    midnight = second.start.replace(hour=0, minute=0)
    starts = [midnight + hour, midnight + hour + _HALF_DAY]
    start = max((start for start in starts if start < second.start), default=None)
    if start is None:
        return None
    until = _UNTIL.match(text, second.finish)
    return replace(
        first,
        start=start,
        end=second.start,
        finish=until.end() if until else second.finish,
        has_end=True,
        ambiguous=second.ambiguous,
    )


def _local(item: TemporalExpression, text: str, now: datetime) -> LocalSpan:
    begin, finish = item.span
    start, end, guessed = _plausible(item, now)
    flags = {_FLAGS[flag] for flag in item.ambiguities if flag in _FLAGS}
    if guessed:
        flags.add("meridiem")
    if _NTH_WEEK.search(text, begin, finish):
        flags.add("week_of_month")
    if recurring := _RECURRING.search(text[:begin]) or _RECURRING.match(item.text):
        flags.add("recurring")
        begin = min(begin, recurring.start()) if recurring.string is not item.text else begin
    span = LocalSpan(
        start=start,
        end=end,
        grain=_grain(item),
        begin=begin,
        finish=finish,
        has_end=item.is_range,
        is_elapsed=_is_elapsed(item),
        ambiguous=tuple(sorted(flags)),
    )
    span = korean_periods.with_duration(_with_part(span, item), text)
    if tail := _TAIL.match(text, span.finish):
        span = replace(span, finish=tail.end())
    return span


def _grain(item: TemporalExpression) -> Grain:
    if item.grain is LibraryGrain.DAY and "주말" in item.text:
        return Grain.WEEKEND
    return _GRAINS[item.grain]


def _is_elapsed(item: TemporalExpression) -> bool:
    return bool(_ELAPSED.search(item.text)) and not _CLOCK_HOUR.search(item.text)


def _with_part(span: LocalSpan, item: TemporalExpression) -> LocalSpan:
    word = _BARE_PART.search(item.text)
    if word is None or item.is_range:
        return span
    part = KOREAN_NAMES[word.group(1)]
    start, end = hours_of(part, span.start.replace(hour=0, minute=0))
    return replace(span, start=start, end=end, grain=Grain.PART, part=part)


def _plausible(item: TemporalExpression, now: datetime) -> tuple[datetime, datetime, bool]:
    """Start, end, and whether a half of the day had to be chosen.

    Nobody means 3 at night by "3시", so 1 to 6 are in the afternoon and 12 is noon; from 7 on
    it is whichever comes next.
    """
    unsaid = (
        Ambiguity.MERIDIEM in item.ambiguities or Ambiguity.NOON_OR_MIDNIGHT in item.ambiguities
    )
    face = bool(_CLOCK_FACE.search(item.text)) and not _DAY_PART.search(item.text)
    if not (unsaid or face):
        return item.start, item.end, False
    start = item.start
    if start.hour < 7:
        start += _HALF_DAY
        # The library looked for the next 3 at night; the next 3 in the afternoon may be sooner.
        if item.kind is Kind.TIME and start - timedelta(days=1) >= now:
            start -= timedelta(days=1)
    if item.is_range and _DAY_PART.search(_FROM.split(item.text)[-1]):
        # 3시부터 오후 5시까지: the end was said and stays.
        return (start, item.end, True) if start < item.end else (item.start, item.end, True)
    end = start + (item.end - item.start)
    if item.is_range and item.start.hour >= 7 and end.date() > start.date():
        # 9시부터 6시까지 is a working day, not a night.
        shift = _HALF_DAY if item.kind is Kind.TIME else -_HALF_DAY
        return start + shift, end + shift, True
    return start, end, True
