from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.unit.arion_host.agents.every_pack import NOW, commands

from arion_host.agents.together.later import at_time, starts
from arion_kit.words import Language

_BEGIN = datetime(2026, 11, 28, 8, 30, tzinfo=NOW.tzinfo)


@pytest.mark.parametrize(
    ("part", "language", "written"),
    [
        ("그 시간에 늦잠 넣어줘", "ko", "11월 28일 오전 8시 30분에 늦잠 넣어줘"),
        ("금요일 같은 시간에 피티 넣어줘", "ko", "금요일 오전 8시 30분에 피티 넣어줘"),
        ("put gym in its place", "en", "put gym on November 28 at 8:30 am"),
        ("add brunch at the same time on Sunday", "en", "add brunch at 8:30 am on Sunday"),
    ],
)
def test_words_that_point_at_a_time_become_that_time(part: str, language: Language, written: str):
    assert at_time(part, _BEGIN, language, NOW) == written


def test_a_thing_of_a_whole_day_has_no_hour():
    assert (
        at_time("그 시간에 늦잠 넣어줘", date(2026, 11, 28), "ko", NOW) == "11월 28일에 늦잠 넣어줘"
    )


@pytest.mark.parametrize("start", [None, "soon", "2026-11-20", "2026-11-20T10:00:00+09:00"])
def test_what_is_over_or_has_no_time_says_no_time(start: str | None):
    assert starts({"start": start}, NOW) is None


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text",
    [
        "북한산 등산 취소하고 그 시간에 늦잠이라고 넣어줘",
        "cancel the dentist and put gym in its place",
    ],
)
def test_the_time_of_what_is_given_up_is_left_open(text: str):
    parts = commands(text, "en" if text.isascii() else "ko")
    assert [part.match.tool for part in parts] == ["calendar_delete_event", "calendar_create_event"]
    assert [part.later for part in parts] == [False, True]


@pytest.mark.thorough
def test_no_time_is_taken_from_what_is_moved():
    assert commands("치과 하루 미루고 그 시간에 회의 잡아줘", "ko") == ()
