"""Series: their rules, and the first day they fall on."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.gold.times import Case, cases

from arion_host.language.series import WORKDAYS, Series
from arion_host.language.times import find_times
from arion_kit.words import Language
from arion_sandbox.recurrence import parse_recurrence

pytestmark = pytest.mark.thorough

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SEOUL)
LATER = datetime.fromisoformat("2040-01-01")
SERIES = [
    pytest.param(case, language, id=case.id)
    for language in ("ko", "en")
    for case in cases(language)
    if case.recurrence
]


@pytest.mark.parametrize(("case", "language"), SERIES)
def test_the_first_time_is_one_of_its_series(case: Case, language: Language) -> None:
    (span,) = find_times(case.text, language, case.now)
    start = span.start.replace(tzinfo=None)
    rule = parse_recurrence([f"RRULE:{span.recurrence}"], SEOUL)
    assert next(rule.starts(start, LATER)) == start


@pytest.mark.parametrize(
    ("text", "language", "rule", "start"),
    [
        ("매월 말일에 정산 넣어줘", "ko", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30"),
        ("세 번째 금요일마다 회식", "ko", "FREQ=MONTHLY;BYDAY=3FR", "2026-12-18"),
        ("이틀마다 물 주기", "ko", "FREQ=DAILY;INTERVAL=2", "2026-11-23"),
        ("매주 월~금 9시", "ko", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-24"),
        ("다음 주부터 매주 월요일 10시", "ko", "FREQ=WEEKLY;BYDAY=MO", "2026-11-30"),
        ("12월부터 매달 15일", "ko", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15"),
        ("모레부터 매일 9시에 운동", "ko", "FREQ=DAILY", "2026-11-25"),
        ("every two days", "en", "FREQ=DAILY;INTERVAL=2", "2026-11-23"),
        ("on the last day of every month", "en", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30"),
    ],
)
def test_a_series_has_a_rule_and_a_first_day(
    text: str, language: Language, rule: str, start: str
) -> None:
    (span,) = find_times(text, language, NOW)
    assert (span.recurrence, span.start.date().isoformat()) == (rule, start)
    assert "recurring" in span.ambiguous


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("매주 월요일이랑 수요일 10시", "매주 월요일과 수요일 오전 10시"),
        ("격주 화요일 오후 2시부터 3시까지", "격주 화요일 오후 2시부터 3시까지"),
        ("3주마다 목요일", "3주마다 목요일"),
        ("평일 아침 9시", "평일마다 오전 9시"),
        ("주말마다 아침에", "주말마다 아침"),
        ("매달 15일", "매달 15일"),
        ("매달 마지막 금요일 저녁 7시", "매달 마지막 금요일 오후 7시"),
        ("매월 말일", "매달 마지막 날"),
        ("매년 3월 2일", "매년 3월 2일"),
        ("매일 밤 11시", "매일 오후 11시"),
        ("3일마다", "3일마다"),
        ("every Monday and Friday at 10 am", "every Monday and Friday at 10 AM"),
        ("every other Tuesday from 2 to 3 pm", "every other Tuesday from 2 to 3 PM"),
        ("every 3 weeks on Thursday", "every 3 weeks on Thursday"),
        ("every weekday at noon", "every weekday at noon"),
        ("every weekend", "every weekend"),
        ("on the 22nd of every month", "on the 22nd of every month"),
        ("the 13th of each month", "on the 13th of every month"),
        ("the last day of every month", "on the last day of every month"),
        ("the second Friday of every month", "on the second Friday of every month"),
        ("every year on March 2", "every year on March 2"),
        ("every night", "every day at night"),
        ("every morning", "every day in the morning"),
        ("every 3 days", "every 3 days"),
        ("every other day", "every other day"),
    ],
)
def test_a_series_is_said_back_whole(text: str, spoken: str) -> None:
    language: Language = "en" if text.isascii() else "ko"
    (span,) = find_times(text, language, NOW)
    assert span.spoken == spoken


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("평일 영업하는 카페 찾아줘", "ko"),
        ("매일경제 기사 찾아줘", "ko"),
        ("매출 3월 보고서", "ko"),
        ("다음 주 월요일 10시", "ko"),
        ("next Monday at 10", "en"),
        ("the daily mail archive", "en"),
    ],
)
def test_what_is_said_of_one_day_is_no_series(text: str, language: Language) -> None:
    assert [span.recurrence for span in find_times(text, language, NOW) if span.recurrence] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("매년 크리스마스에 뭐 해", "ko"),
        ("매월 1일과 15일에 정산 넣어줘", "ko"),
        ("아침마다 조깅 넣어줘", "ko"),
        ("매주 월요일 10시에 회의 네 번 넣어줘", "ko"),
        ("12월까지 매주 월요일 10시에 회의 넣어줘", "ko"),
        ("내일부터 일주일에 두 번 운동 넣어줘", "ko"),
        ("every Monday at 10 until Christmas", "en"),
        ("every day at 9 for two weeks", "en"),
        ("every Monday from December", "en"),
        ("twice a week from tomorrow", "en"),
    ],
)
def test_a_series_that_cannot_be_written_down_is_still_called_one(
    text: str, language: Language
) -> None:
    span = find_times(text, language, NOW)[0 if "12월" not in text else 1]
    assert span.recurrence is None
    assert "recurring" in span.ambiguous


@pytest.mark.parametrize(
    ("text", "language"), [("매년 2월 31일에 알려줘", "ko"), ("every year on February 31", "en")]
)
def test_a_day_that_never_comes_is_no_series(text: str, language: Language) -> None:
    assert [span for span in find_times(text, language, NOW) if span.recurrence] == []


@given(
    series=st.builds(
        Series,
        every=st.just("WEEKLY"),
        interval=st.integers(1, 4),
        weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    )
)
def test_a_weekly_rule_is_read_as_its_own_weekdays(series: Series) -> None:
    rule = parse_recurrence([f"RRULE:{series.rule}"], SEOUL)
    starts = rule.starts(NOW.replace(tzinfo=None), LATER)
    assert {day.weekday() for day in islice(starts, 20)} == set(series.weekdays)


def test_workdays_need_no_other_monday() -> None:
    assert not Series("WEEKLY", weekdays=WORKDAYS).names_weekdays
