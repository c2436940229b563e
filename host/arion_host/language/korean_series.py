"""Korean words for what comes again and again: 매주 월요일, 격주 화요일, 매달 15일, 평일, 매일."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from arion_host.language.numbers import parse_number
from arion_host.language.series import WEEKEND, WORKDAYS, Series

_WEEK = "월화수목금토일"
_DAY = f"[{_WEEK}]"
_DAY_NAME = rf"{_DAY}(?:요일|욜)"
_AND = r"\s?(?:,|·|랑|이랑|하고|과|와|및)?\s?"
_DAYS = (
    rf"(?P<from>{_DAY})(?:요일)?\s?(?:부터|~|-)\s?(?P<to>{_DAY})(?:요일)?(?:\s?까지)?"
    rf"|(?P<days>{_DAY_NAME}(?:{_AND}{_DAY_NAME})*|{_DAY}(?:[,·]?{_DAY})+(?:요일)?)"
    r"|(?P<weekend>주말)|(?P<workdays>평일)"
)
_NUMBER = r"\d{1,2}|[일이삼사오육칠팔구십]{1,3}"
_EVERY_DAYS = {"이틀": 2, "사흘": 3, "나흘": 4}
_NTHS = {"첫": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "마지막": -1}
_ONCE = r"(?:마다|에\s?한\s?번(?:씩)?)"
_END = r"(?=\s|에|$|[,.!?~])"

_MONTHLY = r"(?:매달|매월|다달이|달마다)"
_NTH_WEEKDAY = (
    r"(?P<nth>첫|둘|두|셋|세|넷|네|마지막|[1-4])\s?(?:번\s?)?째?\s?(?P<row>주차|주)?\s?"
    rf"(?P<weekday>{_DAY})(?:요일|욜)"
)

_HEADS = tuple(
    re.compile(rf"(?<!\w)(?:{pattern})")
    for pattern in (
        rf"(?P<weekly>매주|격주(?:로|마다)?|(?P<weeks>[2-4]|이|삼|사|두|세|네)\s?주\s?{_ONCE})"
        rf"\s?(?:{_DAYS})(?:마다)?",
        rf"(?:{_DAYS})(?:마다|(?=\s?(?:새벽|아침|오전|점심|낮|오후|저녁|밤)마다))",
        # Not 평일 영업: only where a time of day, or a particle, follows.
        r"(?P<workdays>평일)(?=에|\s(?:아침|오전|점심|낮|오후|저녁|밤|새벽|매일|\d|\S{1,2}\s?시))",
        # Not 매월 1일과 15일, which takes two rules.
        rf"{_MONTHLY}\s?"
        rf"(?:(?P<day>{_NUMBER})일(?!\s?(?:,|과|하고|이랑|·)\s?\d)|(?P<last>말일|마지막\s?날))",
        rf"{_MONTHLY}\s?{_NTH_WEEKDAY}",
        rf"{_NTH_WEEKDAY}마다",
        rf"(?:매년|해마다)\s?(?P<month>{_NUMBER}|유|시)월\s?(?P<day>{_NUMBER})일",
        rf"(?P<daily>매일(?:매일)?|날마다|하루에\s?한\s?번)(?!\s?\S{{1,2}}\s?번){_END}",
        rf"(?:(?P<spell>이틀|사흘|나흘)|(?P<count>\d{{1,2}})일)\s?{_ONCE}",
    )
)

_HINT = re.compile(r"매|마다|격주|평일|한\s?번|다달이")
"""Without any of these, no series is named."""


@dataclass(frozen=True)
class Head:
    """Words that name a series, without the time of day."""

    begin: int
    finish: int
    series: Series
    flag: str | None = None


def heads(text: str) -> Iterator[Head]:
    """Every series named in a text."""
    if not _HINT.search(text):
        return
    for pattern in _HEADS:
        for match in pattern.finditer(text):
            series = _series(match.groupdict())
            if series is not None:
                flag = "week_of_month" if match.groupdict().get("row") else None
                yield Head(match.start(), match.end(), series, flag)


def _series(said: dict[str, str | None]) -> Series | None:
    if weekday := said.get("weekday"):
        nth = said["nth"] or ""
        return Series("MONTHLY", weekdays=(_WEEK.index(weekday),), nth=_NTHS.get(nth) or int(nth))
    if said.get("last"):
        return Series("MONTHLY", day=-1)
    if day := said.get("day"):
        return _on_date(said.get("month"), day)
    if said.get("daily"):
        return Series("DAILY")
    if said.get("spell") or said.get("count"):
        return Series("DAILY", _EVERY_DAYS.get(said["spell"] or "") or int(said["count"] or 1))
    return Series("WEEKLY", _weeks(said), _weekdays(said))


def _on_date(month: str | None, day: str) -> Series | None:
    number = parse_number(day) or 0
    if not 1 <= number <= 31:
        return None
    if month is None:
        return Series("MONTHLY", day=number)
    of_year = {"유": 6, "시": 10}.get(month) or parse_number(month) or 0
    return Series("YEARLY", month=of_year, day=number) if 1 <= of_year <= 12 else None


def _weeks(said: dict[str, str | None]) -> int:
    if count := said.get("weeks"):
        return parse_number(count) or 1
    return 2 if (said.get("weekly") or "").startswith("격주") else 1


def _weekdays(said: dict[str, str | None]) -> tuple[int, ...]:
    if said.get("workdays"):
        return WORKDAYS
    if said.get("weekend"):
        return WEEKEND
    if days := said.get("days"):
        letters = re.sub(r"요일|욜|[^월화수목금토일]|이랑", "", days)
        return tuple(sorted({_WEEK.index(letter) for letter in letters}))
    first, last = (_WEEK.index(said[end] or "월") for end in ("from", "to"))
    return tuple(sorted((first + number) % 7 for number in range((last - first) % 7 + 1)))
