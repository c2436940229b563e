"""Korean durations: on their own ("앞으로 3일") and behind a time ("3시부터 한 시간 동안")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from arion_host.language.numbers import parse_number
from arion_host.language.spans import Grain, LocalSpan

_COUNT = r"(?P<count>\d{1,3}|[가-힣]{1,3}?)\s?"
_DURATION = re.compile(
    rf"(?P<nights>\d)박\s?\d일|(?P<whole>하루|이틀|사흘|나흘|일주일|보름)|{_COUNT}(?P<unit>시간|분|일|주일|주(?!말)|개월|달)"
    r"(?:\s?(?P<half>반)(?=[\s간동짜])|\s(?P<minutes>\d+|[가-힣]{1,4}?)\s?분)?"
)
_WHOLE_DAYS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "일주일": 7, "보름": 15}
_UNIT_DAYS = {"일": 1, "주일": 7, "주": 7, "개월": 30, "달": 30}
_DURING = re.compile(r"\s?(?:간|동안|짜리)")
_FROM = re.compile(r"\s?부터\s?")
_THEN = re.compile(r"\s?에?\s?")
_FROM_NOW = re.compile(r"(?<!\w)(앞으로|향후|최근|지난)\s")


@dataclass(frozen=True)
class _Duration:
    length: timedelta
    is_days: bool
    finish: int
    is_marked: bool
    """간, 동안 or 짜리 follows, so that it can be nothing but a duration."""


def _duration_at(text: str, position: int) -> _Duration | None:
    match = _DURATION.match(text, position)
    if match is None:
        return None
    length, is_days = timedelta(), True
    if match["nights"]:
        # 2박 3일: as many days as nights, and one.
        length = timedelta(days=int(match["nights"]) + 1)
        return _Duration(length, is_days, match.end(), is_marked=True)
    if match["whole"]:
        length = timedelta(days=_WHOLE_DAYS[match["whole"]])
    else:
        count = parse_number(match["count"])
        if not count:
            return None
        is_days = match["unit"] in _UNIT_DAYS
        length = _length(count, match["unit"], match["half"], match["minutes"])
    during = _DURING.match(text, match.end())
    return _Duration(length, is_days, during.end() if during else match.end(), during is not None)


def _length(count: int, unit: str, half: str | None, minutes: str | None) -> timedelta:
    if unit in _UNIT_DAYS:
        return timedelta(days=count * _UNIT_DAYS[unit])
    if unit == "분":
        return timedelta(minutes=count)
    extra = 30 if half else parse_number(minutes or "") or 0
    return timedelta(hours=count, minutes=extra)


def periods_from_now(text: str, now: datetime) -> list[LocalSpan]:
    """`앞으로 3일`, `최근 일주일`: whole days, today included on either side."""
    today = now.replace(hour=0, minute=0)
    spans: list[LocalSpan] = []
    for way in _FROM_NOW.finditer(text):
        duration = _duration_at(text, way.end())
        # 지난 3일 may be the third of the month; 지난 3일 동안 and 최근 3일 may not.
        if duration is None or not duration.is_days:
            continue
        if way[1] == "지난" and not (duration.is_marked or "일주일" in text[way.end() :]):
            continue
        ahead = way[1] in ("앞으로", "향후")
        start = today if ahead else today - duration.length
        end = today + duration.length if ahead else today + timedelta(days=1)
        spans.append(LocalSpan(start, end, Grain.DAY, way.start(), duration.finish, has_end=True))
    return spans


def with_duration(span: LocalSpan, text: str) -> LocalSpan:
    """`span`, lengthened by a duration that follows it: 부터 한 시간, 에 한 시간 동안."""
    if span.has_end:
        return span
    start_marked = _FROM.match(text, span.finish)
    lead = start_marked or _THEN.match(text, span.finish)
    duration = _duration_at(text, lead.end()) if lead else None
    if duration is None or not (start_marked or duration.is_marked):
        return span
    if span.part is not None and not start_marked:
        return span  # "내일 오후에 한 시간짜리 회의" leaves the hour open
    if duration.is_days != span.grain.is_dated_only:
        return span
    return replace(
        span,
        end=span.start + duration.length,
        finish=duration.finish,
        has_end=True,
        grain=Grain.MINUTE if span.grain is Grain.PART else span.grain,
        part=None,
    )
