"""The gold files of time expressions: dated right in themselves, and understood."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta

import pytest
from korean_datetime import lunar_to_solar
from tests.gold.times import SEOUL, Case, cases, is_right

from arion_host.language.times import find_times
from arion_kit.words import Language

pytestmark = pytest.mark.thorough

LANGUAGES: tuple[Language, ...] = ("ko", "en")
EVERY = [pytest.param(case, id=case.id) for language in LANGUAGES for case in cases(language)]

LUNAR = {
    2024: ("02-10", "02-24", "05-15", "09-17"),
    2025: ("01-29", "02-12", "05-05", "10-06"),
    2026: ("02-17", "03-03", "05-24", "09-25"),
    2027: ("02-07", "02-21", "05-13", "09-15"),
    2028: ("01-27", "02-10", "05-02", "10-03"),
    2029: ("02-13", "02-27", "05-20", "09-22"),
    2030: ("02-03", "02-17", "05-09", "09-12"),
    2031: ("01-23", "02-06", "05-28", "10-01"),
    2032: ("02-11", "02-25", "05-16", "09-19"),
    2033: ("01-31", "02-14", "05-06", "09-08"),
    2034: ("02-19", "03-05", "05-25", "09-27"),
    2035: ("02-08", "02-22", "05-15", "09-16"),
}
"""설날, 정월대보름, 부처님 오신 날 and 추석: the library and ICU's dangi calendar agree on them."""
HOLIDAYS = ("설날", "정월대보름", "부처님 오신 날", "추석")


def month_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def in_days(today: date, steps: int, _of: str) -> date:
    return today + timedelta(days=steps)


def in_weeks(today: date, steps: int, weekday: str) -> date:
    year, week, _ = today.isocalendar()
    return date.fromisocalendar(year, week, int(weekday or 1)) + timedelta(weeks=steps)


def in_months(today: date, steps: int, day: str) -> date:
    return month_after(today, steps).replace(day=int(day or 1))


def on_nth_weekday(today: date, steps: int, which: str) -> date:
    month = month_after(today, steps)
    nth, weekday = map(int, which.split("/"))
    rows = calendar.monthcalendar(month.year, month.month)
    days = [row[weekday - 1] for row in rows if row[weekday - 1]]
    return month.replace(day=days[nth - 1 if nth > 0 else nth])


def in_years(today: date, steps: int, day: str) -> date:
    return date.fromisoformat(f"{today.year + steps}-{day or '01-01'}")


CHECK = re.compile(r"(?P<unit>[DWMY])(?P<steps>[+-]\d+)(?:(?P<nth>#)|/)?(?P<of>.*)")
COUNTED = {"D": in_days, "W": in_weeks, "M": in_months, "M#": on_nth_weekday, "Y": in_years}


@pytest.mark.parametrize("case", EVERY)
def test_a_gold_line_names_the_same_day_twice(case: Case) -> None:
    said = CHECK.fullmatch(case.check)
    assert said is not None
    count = COUNTED[said["unit"] + (said["nth"] or "")]
    assert case.start.date() == count(case.now.date(), int(said["steps"]), said["of"])
    assert case.start < case.end


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_and_utterances_are_told_apart(language: Language) -> None:
    every = cases(language)
    assert len({case.id for case in every}) == len(every)
    assert all(case.text.count(case.time) == 1 for case in every if len(case.time) > 2)


def test_the_gold_files_are_large_and_of_many_moments() -> None:
    assert len(cases("ko")) >= 200
    assert len(cases("en")) >= 120
    assert len({case.now for language in LANGUAGES for case in cases(language)}) >= 8


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("half", ["tuning", "test"])
def test_times_are_understood(language: Language, half: str) -> None:
    of_half = [case for case in cases(language) if case.half == half]
    wrong = [case.text for case in of_half if not is_right(case, language)]
    assert len(wrong) <= 0.03 * len(of_half), wrong


@pytest.mark.parametrize("year", LUNAR)
def test_lunar_holidays_are_those_of_the_table(year: int) -> None:
    days = [lunar_to_solar(year, *day) for day in ((1, 1), (1, 15), (4, 8), (8, 15))]
    assert [f"{day:%m-%d}" for day in days] == list(LUNAR[year])


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("year", LUNAR)
def test_a_lunar_holiday_is_found_by_its_name(year: int, number: int) -> None:
    now = datetime(year - 1, 12, 20, 9, 0, tzinfo=SEOUL)
    (span,) = find_times(f"내년 {HOLIDAYS[number]}에 뭐 있어?", "ko", now)
    assert span.at == f"{year}-{LUNAR[year][number]}"
