"""Spoken pieces: particles, counts, days, times, periods and windows."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arion_kit.speech import (
    Particle,
    counted,
    join_spoken,
    josa,
    number_word,
    speak_date,
    speak_day,
    speak_days,
    speak_moment,
    speak_period,
    speak_time,
    speak_times,
    speak_window,
    speakable,
)
from arion_kit.words import Language

SEOUL = ZoneInfo("Asia/Seoul")
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=SEOUL)
TODAY = NOW.date()


def at(day: int, hour: int = 0, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("word", "particle", "spoken"),
    [
        ("일정", "을를", "일정을"),
        ("회의", "을를", "회의를"),
        ("'치과 예약'", "을를", "'치과 예약'을"),
        ("팀 회의(주간)", "이가", "팀 회의(주간)이"),
        ("서울", "으로로", "서울로"),
        ("부산", "으로로", "부산으로"),
        ("회의실 2", "이가", "회의실 2가"),
        ("회의실 3", "이가", "회의실 3이"),
        ("2026", "이에요예요", "2026이에요"),
        ("1", "으로로", "1로"),
        ("PDF", "은는", "PDF는"),
        ("URL", "으로로", "URL로"),
        ("Zoom", "과와", "Zoom과"),
        ("Google", "을를", "Google을"),
        ("lunch", "이에요예요", "lunch예요"),
        ("meeting", "이가", "meeting이"),
        ("🎉", "을를", "🎉를"),
        ("", "을를", "를"),
    ],
)
def test_particle_follows_the_last_sound(word: str, particle: Particle, spoken: str) -> None:
    assert josa(word, particle) == spoken


@settings(max_examples=40)
@given(st.text(max_size=20))
def test_particle_never_loses_the_word(word: str) -> None:
    assert josa(word, "을를") in (word + "을", word + "를")


@pytest.mark.parametrize(
    ("number", "spoken"),
    [(1, "한 개"), (2, "두 개"), (11, "열한 개"), (20, "스무 개"), (21, "스물한 개"), (50, "50개")],
)
def test_small_counts_use_native_numerals(number: int, spoken: str) -> None:
    assert counted(number, "개") == spoken


def test_english_numbers_are_words_up_to_ten() -> None:
    assert [number_word(number) for number in (0, 1, 10, 11)] == ["no", "one", "ten", "11"]


def test_lists_are_joined_as_each_language_says_them() -> None:
    assert join_spoken(["가", "나", "다"], "ko") == "가, 나, 다"
    assert join_spoken(["a", "b"], "en") == "a and b"
    assert join_spoken(["a", "b", "c"], "en") == "a, b, and c"
    assert join_spoken([], "en") == ""


def test_foreign_text_loses_addresses_and_symbols() -> None:
    text = "🎉 **주간 회의** https://meet.example.com/abc kim@example.com"
    assert speakable(text) == "주간 회의"


def test_foreign_text_is_cut_between_words() -> None:
    assert speakable("분기 실적 보고 및 다음 분기 계획 논의", 12) == "분기 실적 보고 및"
    assert speakable("가" * 50, 10) == "가" * 10


@pytest.mark.parametrize(
    ("moment", "ko", "en"),
    [
        (time(15), "오후 3시", "3 PM"),
        (time(15, 30), "오후 3시 반", "3:30 PM"),
        (time(10, 5), "오전 10시 5분", "10:05 AM"),
        (time(12), "낮 12시", "noon"),
        (time(12, 30), "낮 12시 반", "12:30 PM"),
        (time(0), "0시", "12 AM"),
        (time(0, 30), "0시 30분", "12:30 AM"),
        (time(5), "새벽 5시", "5 AM"),
    ],
)
def test_times_of_day(moment: time, ko: str, en: str) -> None:
    assert (speak_time(moment, "ko"), speak_time(moment, "en")) == (ko, en)


@pytest.mark.parametrize(
    ("day", "ko", "en"),
    [
        (date(2026, 11, 20), "그저께", "Friday, November 20"),
        (date(2026, 11, 21), "어제", "yesterday"),
        (date(2026, 11, 22), "오늘", "today"),
        (date(2026, 11, 23), "내일", "tomorrow"),
        (date(2026, 11, 24), "모레", "Tuesday, November 24"),
        (date(2026, 11, 25), "11월 25일 수요일", "Wednesday, November 25"),
        (date(2027, 1, 4), "내년 1월 4일 월요일", "Monday, January 4, 2027"),
        (date(2029, 1, 1), "2029년 1월 1일 월요일", "Monday, January 1, 2029"),
    ],
)
def test_days_are_relative_when_near(day: date, ko: str, en: str) -> None:
    assert (speak_day(day, "ko", today=TODAY), speak_day(day, "en", today=TODAY)) == (ko, en)


def test_a_date_is_spoken_whole_even_when_near() -> None:
    assert speak_date(date(2026, 11, 23), "ko", today=TODAY) == "11월 23일 월요일"
    assert speak_date(date(2026, 11, 23), "en", today=TODAY) == "Monday, November 23"


def test_a_moment_is_a_day_and_a_time() -> None:
    assert speak_moment(at(23, 15), "ko", today=TODAY) == "내일 오후 3시"
    assert speak_moment(at(23, 15), "en", today=TODAY) == "tomorrow at 3 PM"


def test_half_of_day_is_said_once_when_it_does_not_change() -> None:
    assert speak_times(time(15), time(16, 30), "ko") == "오후 3시부터 4시 반까지"
    assert speak_times(time(11), time(13), "ko") == "오전 11시부터 오후 1시까지"
    assert speak_times(time(15), time(16, 30), "en") == "3 to 4:30 PM"
    assert speak_times(time(11), time(12), "en") == "11 AM to noon"


def test_whole_days_include_the_last() -> None:
    first, last = date(2026, 11, 23), date(2026, 11, 25)
    assert speak_days(first, last, "ko", today=TODAY) == "내일부터 11월 25일 수요일까지"
    assert speak_days(first, first, "en", today=TODAY) == "tomorrow"


@pytest.mark.parametrize(
    ("start", "end", "ko", "en"),
    [
        (at(23, 15), at(23, 16), "내일 오후 3시부터 4시까지", "tomorrow from 3 to 4 PM"),
        (at(23, 22), at(24), "내일 오후 10시부터 밤 12시까지", "tomorrow from 10 PM to midnight"),
        (
            at(23, 22),
            at(24, 1),
            "내일 오후 10시부터 모레 새벽 1시까지",
            "tomorrow at 10 PM to Tuesday, November 24 at 1 AM",
        ),
    ],
)
def test_periods(start: datetime, end: datetime, ko: str, en: str) -> None:
    spoken = [speak_period(start, end, language, today=TODAY) for language in _BOTH]
    assert spoken == [ko, en]


_BOTH: tuple[Language, Language] = ("ko", "en")


@pytest.mark.parametrize(
    ("start", "end", "ko", "en"),
    [
        (at(23), at(24), "내일", "tomorrow"),
        (at(22, 10), at(23), "오늘", "today"),
        (at(22, 15), at(23), "오늘 오후 3시 이후", "after 3 PM today"),
        (at(25), at(26), "11월 25일 수요일", "on Wednesday, November 25"),
        (at(16), at(23), "이번 주", "this week"),
        (at(23), at(30), "다음 주", "next week"),
        (at(28), at(30), "다음 주말", "next weekend"),
        (at(1), at(1, month=12), "이번 달", "this month"),
        (at(1, month=9), at(1, month=10), "9월", "in September"),
        (
            at(23),
            at(26),
            "내일부터 11월 25일 수요일까지",
            "from tomorrow to Wednesday, November 25",
        ),
        (at(23, 12), at(23, 18), "내일 오후", "tomorrow afternoon"),
        (at(22, 18), at(22, 22), "오늘 저녁", "this evening"),
        (at(22, 18), at(23), "오늘 밤", "tonight"),
        (at(23, 11), at(23, 14), "내일 점심", "tomorrow lunchtime"),
        (
            at(25, 6),
            at(25, 12),
            "11월 25일 수요일 오전",
            "in the morning of Wednesday, November 25",
        ),
        (at(23, 14), at(23, 15), "내일 오후 2시부터 3시까지", "from 2 to 3 PM tomorrow"),
        (
            at(23, 14),
            at(25, 9),
            "내일 오후 2시부터 11월 25일 수요일 오전 9시까지",
            "from tomorrow at 2 PM to Wednesday, November 25 at 9 AM",
        ),
    ],
)
def test_windows_are_named_as_people_name_them(
    start: datetime, end: datetime, ko: str, en: str
) -> None:
    spoken = [speak_window(start, end, language, now=NOW) for language in _BOTH]
    assert spoken == [ko, en]
