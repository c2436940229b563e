"""Korean time expressions, on korean-datetime.

The library finds expressions and resolves most of them. Done differently here: which half of the
day a bare "3시" is in, n-th weeks, and the hours of parts of a day; added: durations, series,
dates of the lunar calendar, seasons, and times of what has been.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from korean_datetime import Ambiguity, Cycle, Kind, ParseOptions, TemporalExpression, TemporalParser
from korean_datetime import Grain as LibraryGrain

from arion_host.language import korean_hours, korean_periods, korean_readings, korean_series
from arion_host.language.anchor import Anchor
from arion_host.language.day_parts import KOREAN_NAMES, hours_of
from arion_host.language.rewriting import Rewritten, StandIn
from arion_host.language.spans import Grain, LocalSpan

_PARSERS = {
    False: TemporalParser(),
    True: TemporalParser(ParseOptions(cycle=Cycle.PAST)),
}
"""By whether what has been is meant."""
_DAY = timedelta(days=1)

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

_BARE_PART = re.compile(rf"(?:^|\s)({'|'.join(KOREAN_NAMES)})$")
_ELAPSED = re.compile(r"(?:시간|분|초)(?:\s?반)?\s?(?:뒤|후|전|있다가|이따가)$")
_RELATIVE = re.compile(r"(?:시간|분|일|하루|이틀|사흘|주|주일)(?:\s?반)?만?\s?(?:뒤|후|전)$")
_OF_SOMETHING = re.compile(
    r"(?:으?로(?=\s?(?:[미옮당늦]|조금|좀|변경|연기|바[꿔꾸])|\s*$)"
    r"|(?<=전)(?:에|에도|부터|쯤|쯤에)?\s?(?:미리\s?)?(?:알림|알려|알람|리마인|노티|푸시|통지))"
)
"""What makes a length before or behind it one of another time: 십 분 전에 알림, 30분 뒤로 미뤄."""
_CLOCK_HOUR = re.compile(r"시(?!간)")
_RECURRING = re.compile(r"매(?:일|주|달|월|년)\s?(?:[월화수목금토일]요일)?\s?$|^매(?:주|달|월|년)")
_VAGUE = re.compile(r"방금|금방|이따|이따가")
"""Near now, but no minute that anything could be looked up by."""
_PART_OF_MONTH = re.compile(r"(?:초|초순|중순|하순|(?<!주)말)$")
_WEEK_OF_MONTH = re.compile(r"(?:째|마지막|첫)\s?주$|\d주차$")
_WEEKDAYS = "월화수목금토일"
_WEEKDAY = re.compile(r"[월화수목금토일](?:요일|욜)")
_NEXT_WEEKDAY = re.compile(r"다음\s+[월화수목금토일](?:요일|욜)")
_DATED_WEEKDAY = re.compile(r"\d일\s?([월화수목금토일])요일")
_SINCE = re.compile(r"\s?부터\s?")
_TOMORROW = re.compile(r"(?:내일|낼)(?!\s?모레)")
_SMALL_HOURS = 4
"""Before this hour people who are still up say tomorrow for the day that has begun."""
_TAIL = re.compile(
    r"\s?(?:쯤|경|즈음|정도|사이|내내|늦게|일찍|하루\s?종일|종일|하루|중)(?=에|의|으로|부터|까지|\s|$)"
)


def find_local(text: str, anchor: Anchor) -> list[LocalSpan]:
    """Time expressions of a Korean text in wall-clock time."""
    own = [
        *korean_periods.periods_from_now(text, anchor.now),
        *korean_readings.seasons(text, anchor),
    ]
    longer_last = sorted(korean_series.heads(text), key=lambda head: head.finish)
    heads = {head.begin: head for head in longer_last}
    readable = Rewritten(
        text,
        [
            *(StandIn(span.begin, span.finish, " ") for span in own),
            *(StandIn(head.begin, head.finish, "내일", head.flag) for head in heads.values()),
            # "내일부터 매일" is no range.
            *(
                StandIn(*since.span(), "□")
                for since in _SINCE.finditer(text)
                if since.end() in heads
            ),
            *korean_readings.stand_ins(text, anchor),
        ],
    )
    items = _PARSERS[anchor.past].parse_all(readable.text, anchor.now)
    found = [
        _in_series(_local(item, readable, text, anchor), heads, anchor)
        for item in items
        if not _VAGUE.fullmatch(item.text)
    ]
    found = [span for span in found if span is None or not _is_relative(span, text)]
    placed = [*own, *(span for span in found if span is not None)]
    spans: list[LocalSpan] = []
    for span in sorted(placed, key=lambda span: span.begin):
        if not spans or span.begin >= spans[-1].finish:
            spans.append(span)
        if len(spans) > 1 and (
            joined := korean_hours.joined(spans[-2], spans[-1], text)
            or _since(spans[-2], spans[-1], text, heads, anchor)
        ):
            spans[-2:] = [joined]
    return spans


def _is_relative(span: LocalSpan, text: str) -> bool:
    words = text[span.begin : span.finish]
    return bool(_RELATIVE.search(words) and _OF_SOMETHING.match(text, span.finish))


def _in_series(
    span: LocalSpan, heads: dict[int, korean_series.Head], anchor: Anchor
) -> LocalSpan | None:
    """`span` on the first day of the series that it begins with, if it does with one.

    None if that day never comes.
    """
    head = heads.get(span.begin)
    if head is None or span.finish < head.finish:
        return span
    return head.series.placed(span, anchor)


def _since(
    first: LocalSpan,
    second: LocalSpan,
    text: str,
    heads: dict[int, korean_series.Head],
    anchor: Anchor,
) -> LocalSpan | None:
    """내일부터 매일 9시: the series from the day it is to begin on."""
    if second.recurrence is None or not first.grain.is_dated_only or first.has_end:
        return None
    if not _SINCE.fullmatch(text, first.finish, second.begin):
        return None
    series = heads[second.begin].series
    placed = series.placed(second, anchor, since=first.start.date())
    return replace(placed, begin=first.begin) if placed else None


def _local(item: TemporalExpression, readable: Rewritten, text: str, anchor: Anchor) -> LocalSpan:
    begin, finish = readable.origin(*item.span)
    start, end, guessed = korean_hours.plausible(item, anchor)
    flags = {_FLAGS[flag] for flag in item.ambiguities if flag in _FLAGS}
    flags |= readable.flags(begin, finish) | _guesses(item, start, anchor)
    if guessed:
        flags.add("meridiem")
    if text.startswith("마다", finish):
        flags.add("recurring")
        finish += len("마다")
    if recurring := _RECURRING.search(text[:begin]) or _RECURRING.match(item.text):
        flags.add("recurring")
        begin = min(begin, recurring.start()) if recurring.string is not item.text else begin
    if anchor.past and _is_todays_weekday(item, anchor):
        start, end = start - 7 * _DAY, end - 7 * _DAY
        flags.add("weekday")
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
    span = korean_periods.with_duration(_with_part(span, item, anchor), text)
    if about := korean_readings.about_now(span, text, anchor):
        return about
    if tail := _TAIL.match(text, span.finish):
        span = replace(span, finish=tail.end())
    return span


def _guesses(item: TemporalExpression, start: datetime, anchor: Anchor) -> set[str]:
    """What the words alone leave open."""
    flags: set[str] = set()
    if _PART_OF_MONTH.search(item.text):
        flags.add("vague")
    if _WEEK_OF_MONTH.search(item.text):
        flags.add("week_of_month")
    if _NEXT_WEEKDAY.match(item.text):
        flags.add("weekday")
    named = _DATED_WEEKDAY.search(item.text)
    if named and named[1] != _WEEKDAYS[start.weekday()]:
        flags.add("weekday")
    if anchor.now.hour < _SMALL_HOURS and _TOMORROW.match(item.text):
        flags.add("day")
    return flags


def _is_todays_weekday(item: TemporalExpression, anchor: Anchor) -> bool:
    """What happened on Monday did not happen today, which is one."""
    return bool(_WEEKDAY.match(item.text)) and item.start.date() == anchor.today


def _grain(item: TemporalExpression) -> Grain:
    if item.grain is LibraryGrain.DAY and "주말" in item.text:
        return Grain.WEEKEND
    if item.grain is LibraryGrain.DAY and not item.is_range and item.end - item.start > 7 * _DAY:
        return Grain.MONTH
    return _GRAINS[item.grain]


def _is_elapsed(item: TemporalExpression) -> bool:
    return bool(_ELAPSED.search(item.text)) and not _CLOCK_HOUR.search(item.text)


def _with_part(span: LocalSpan, item: TemporalExpression, anchor: Anchor) -> LocalSpan:
    word = _BARE_PART.search(item.text)
    if word is None or item.is_range:
        return span
    part = KOREAN_NAMES[word.group(1)]
    start, end = hours_of(part, span.start.replace(hour=0, minute=0))
    if anchor.past and item.kind is Kind.TIME and start > anchor.now:
        start, end = start - _DAY, end - _DAY
    return replace(span, start=start, end=end, grain=Grain.PART, part=part)
