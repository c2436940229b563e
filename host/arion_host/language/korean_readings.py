"""Korean words that korean-datetime does not read, said in words that it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from korean_datetime import lunar_to_solar

from arion_host.language.anchor import Anchor
from arion_host.language.numbers import parse_number
from arion_host.language.rewriting import StandIn
from arion_host.language.seasons import season_in, season_near
from arion_host.language.spans import Grain, LocalSpan

_YEARS = {
    "재작년": -2, "작년": -1, "지난해": -1, "올해": 0, "올": 0, "내년": 1, "내후년": 2,
}  # fmt: skip
_SEASONS = {"봄": "spring", "여름": "summer", "가을": "autumn", "겨울": "winter"}

_NTH = r"(?:첫|둘|두|셋|세|넷|네|다섯|[1-5])\s?(?:번\s?)?째"
_NTH_WEEK = re.compile(
    rf"(?P<nth>{_NTH}\s?|첫\s?|마지막\s?|(?P<row>[1-5])\s?)주(?(row)차)(?=\s?[{'월화수목금토일'}]요?[일욜])"
)
_ORDINALS = ("첫째", "둘째", "셋째", "넷째", "다섯째")
_LUNAR = re.compile(
    r"(?:(?P<year>재작년|작년|올해|내년)\s?)?음력(?:으로)?\s?(?P<leap>윤)?\s?"
    r"(?P<month>\d{1,2}|정|유|시|동짓|섣|[일이삼사오육칠팔구십]{1,2})[월달]\s?"
    r"(?:(?P<day>\d{1,2}|[일이삼사오육칠팔구십]{1,3})일|(?P<full>보름)|(?P<first>초하루))"
)
_LUNAR_MONTHS = {"정": 1, "유": 6, "시": 10, "동짓": 11, "섣": 12}
_SEASON = re.compile(
    r"(?<!\w)(?:(?P<year>재작년|작년|지난해|올해|올|내년|내후년|지난|이번|다음|오는)\s?)?"
    r"(?P<season>봄|여름|가을|겨울)(?(year)|(?=에(?:\s|$)))"
)


def stand_ins(text: str, anchor: Anchor) -> Iterator[StandIn]:
    """What to read in place of pieces of `text`."""
    for pattern, words, flag in _PLAIN:
        for match in pattern.finditer(text):
            said = words if isinstance(words, str) else words(match)
            yield StandIn(*match.span(), said, flag)
    for pattern, reading in _FROM_TODAY:
        for match in pattern.finditer(text):
            yield StandIn(*match.span(), reading(match, anchor))
    for match in _LUNAR.finditer(text):
        if (day := _solar(match, anchor)) is not None:
            yield StandIn(*match.span(), _dated(day))


def _weekday_of_month(match: re.Match[str]) -> str:
    """첫째 주 월요일 is the month's first Monday for nearly everybody.

    The library goes by the rows of a printed calendar.
    """
    nth = match["nth"].strip()
    if match["row"] or nth == "첫":
        nth = _ORDINALS[int(match["row"] or 1) - 1]
    return f"{nth} "


_PLAIN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str], str | None], ...] = (
    (_NTH_WEEK, _weekday_of_month, "week_of_month"),
    (
        re.compile(r"(?<!\w)퇴근\s?(?:하고(?:\s?나서)?|한\s?(?:뒤|후)에?|이?후|길|뒤)"),
        "저녁",
        "vague",
    ),
    (re.compile(r"점심\s?(?:먹고(?:\s?나서)?|먹은\s?(?:뒤|후)|이?후)(?!\w*식)"), "오후", "vague"),
    (
        re.compile(r"(?<!\w)(?P<part>아침|점심|저녁)(?:시간(?!표)|\s?(?:때|무렵|나절)|(?=\s시간))"),
        # The mark keeps "점심때 시간 돼?" from being read as 점심 시간.
        lambda match: match["part"] + "□",
        None,
    ),
    (re.compile(r"(?<!\w)(?:어젯밤|간밤|지난밤|밤사이)"), "어제 밤", None),
    (re.compile(r"(?<=작년|올해|내년)\s?말(?=에|까지|쯤|\s|$)"), " 12월", "vague"),
    (re.compile(r"(?<=작년|올해|내년)\s?초(?=에|까지|쯤|\s|$)"), " 1월", "vague"),
    (re.compile(r"엊그(?:저께|제)"), "그제", "vague"),
    (re.compile(r"(?<=분|간)만(?=\s?(?:있다가|이따가?|뒤|후))"), " ", None),
    (re.compile(r"(?<=다음|지난)번\s?(?=[월화수목금토일]요?[일욜])"), " ", None),
    (re.compile(r"(?<!\w)설(?=\s?(?:전날|다음\s?날))"), "설날", None),
    # The hour stays as it is: no time of its own.
    (
        re.compile(r"(?:같은|그)\s?시간(?:대)?(?=으로|에\s?(?:옮|미[루뤄]|바[꾸꿔]|변경))"),
        "□□",
        None,
    ),
    (re.compile(r"(?<!\w)식목일"), "4월 5일", None),
    (re.compile(r"(?<!\w)국군의\s?날"), "10월 1일", None),
    (re.compile(r"크리스마스이브"), "크리스마스 이브", None),
    # Within the week, not on its working days; the words are read as a tail.
    (re.compile(r"(?<=주)\s중(?=에|으로|\s|$)"), "□□", None),
    # In "12/1 일정" the library would read "1 일"; 이맘때 is read by `about_now`.
    (re.compile(r"(?<=\s)일정|이\s?맘때(?:쯤)?"), "□□", None),
)
"""Patterns, what to read for them, and what that guesses."""


def _quarter(match: re.Match[str], anchor: Anchor) -> str:
    """지난 분기, 이번 분기, 다음 분기."""
    steps = {"지난": -1, "저번": -1, "이번": 0, "다음": 1}[match["which"]]
    number = anchor.today.year * 4 + (anchor.today.month - 1) // 3 + steps
    return f"{number // 4}년 {number % 4 + 1}분기"


def _weeks_away(match: re.Match[str], anchor: Anchor) -> str:
    """2주 뒤 금요일, 3주 전 월요일: that day of that week."""
    weeks = parse_number(match["weeks"]) or 1
    monday = anchor.today - timedelta(days=anchor.today.weekday())
    monday += timedelta(weeks=-weeks if match["way"] == "전" else weeks)
    return _dated(monday + timedelta(days="월화수목금토일".index(match["weekday"])))


_FROM_TODAY: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Anchor], str]], ...] = (
    (re.compile(r"(?P<which>지난|저번|이번|다음)\s?분기"), _quarter),
    (
        re.compile(
            r"(?P<weeks>\d{1,2}|한|두|세|네|[일이삼사])\s?주일?\s?(?P<way>전|뒤|후)\s?"
            r"(?P<weekday>[월화수목금토일])(?:요일|욜)"
        ),
        _weeks_away,
    ),
    (
        re.compile(
            r"지금부터\s?(?P<length>(?:\d{1,3}|[가-힣]{1,4})\s?(?:시간|분)(?:\s?반)?\s?[뒤후])"
        ),
        lambda match, _: match["length"],
    ),
)


def _dated(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"


def _solar(match: re.Match[str], anchor: Anchor) -> date | None:
    """The day of a date of the lunar calendar: in the year said, else the next or latest."""
    month = _LUNAR_MONTHS.get(match["month"]) or parse_number(match["month"]) or 0
    day = 15 if match["full"] else 1 if match["first"] else parse_number(match["day"]) or 0
    # The last months of a lunar year fall into the next solar one.
    years = range(anchor.today.year - 2, anchor.today.year + 4)
    if match["year"]:
        years = (anchor.today.year + _YEARS[match["year"]],)
    days = [found for year in years if (found := _lunar(year, month, day, bool(match["leap"])))]
    if match["year"]:
        return next(iter(days), None)
    if anchor.past:
        return max((found for found in days if found <= anchor.today), default=None)
    return min((found for found in days if found >= anchor.today), default=None)


def _lunar(year: int, month: int, day: int, is_leap: bool) -> date | None:
    try:
        return lunar_to_solar(year, month, day, is_leap)
    except ValueError:
        return None


def seasons(text: str, anchor: Anchor) -> Iterator[LocalSpan]:
    """작년 여름, 이번 겨울: whole months, for nobody knows the day."""
    for match in _SEASON.finditer(text):
        first, end = _season(_SEASONS[match["season"]], match["year"] or "", anchor)
        yield LocalSpan(
            anchor.midnight.replace(year=first.year, month=first.month, day=1),
            anchor.midnight.replace(year=end.year, month=end.month, day=1),
            Grain.MONTH,
            match.start(),
            match.end(),
            ambiguous=("vague",),
        )


def _season(season: str, which: str, anchor: Anchor) -> tuple[date, date]:
    if which in _YEARS and (season != "winter" or which != "올" or anchor.today.month > 2):
        return season_in(season, anchor.today.year + _YEARS[which])
    if which == "지난":
        return season_near(season, Anchor(anchor.now, past=True), whole=True)
    if which in ("다음", "오는"):
        return season_near(season, Anchor(anchor.now), whole=True)
    return season_near(season, Anchor(anchor.now, past=anchor.past and not which))


_TIME_OF_YEAR = re.compile(r"\s?이\s?맘때(?:쯤)?")


def about_now(span: LocalSpan, text: str, anchor: Anchor) -> LocalSpan | None:
    """다음 주 이맘때: the hour, or the day, that now is, so much later or earlier."""
    match = _TIME_OF_YEAR.match(text, span.finish)
    if match is None or span.has_end or not span.grain.is_dated_only:
        return None
    now, today = anchor.now, anchor.midnight
    if span.grain is Grain.DAY:
        start = span.start + (now - today)
    elif span.grain is Grain.WEEK:
        start = now + (span.start - (today - timedelta(days=today.weekday())))
    else:
        month = span.start.month if span.grain is Grain.MONTH else today.month
        following = date(span.start.year + month // 12, month % 12 + 1, 1)
        day = min(today.day, (following - timedelta(days=1)).day)
        start = today.replace(year=span.start.year, month=month, day=day)
    is_hour = span.grain in (Grain.DAY, Grain.WEEK)
    return LocalSpan(
        start,
        start + (timedelta(hours=1) if is_hour else timedelta(days=1)),
        Grain.HOUR if is_hour else Grain.DAY,
        span.begin,
        match.end(),
        ambiguous=("vague",),
    )
