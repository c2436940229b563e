"""Free slots and public holidays, against the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.calendar_client import Calendar, calendar_client
from tests.sandbox import running_sandbox

pytestmark = pytest.mark.thorough

FAMILY = "family8c1f0e5d7a3b@group.calendar.google.com"
TOMORROW = {"start": "2026-11-24", "end": "2026-11-25"}


@pytest.fixture
async def calendar() -> AsyncIterator[Calendar]:
    async with running_sandbox() as sandbox, calendar_client(sandbox.google) as client:
        yield Calendar(client, sandbox)
        assert sandbox.violations() == []


def times(told: dict[str, list[dict[str, str]]]) -> list[str]:
    return [f"{row['start'][5:16]}-{row['end'][11:16]}" for row in told["slots"]]


async def test_free_slots_lie_between_what_is_on(calendar: Calendar) -> None:
    told = await calendar.call("find_slots", **TOMORROW, working_hours="09:00-18:00", min_count=4)
    # 9:30 stand-up, 11:00 one-on-one, 16:00 client.
    assert times(told) == [
        "11-24T10:00-11:00", "11-24T11:30-12:30", "11-24T12:30-13:30", "11-24T17:00-18:00",
    ]  # fmt: skip
    assert told["say"] == (
        "한 시간 비는 때는 내일 오전 10시부터 11시까지, 내일 오전 11시 반부터 낮 12시 반까지, "
        "내일 낮 12시 반부터 오후 1시 반까지, 내일 오후 5시부터 6시까지예요. 주말은 빼고 찾았어요."
    )


async def test_a_slot_that_was_taken_is_not_offered_again(calendar: Calendar) -> None:
    first = await calendar.call("find_slots", **TOMORROW, duration_min=90)
    start = first["slots"][0]["start"]
    await calendar.create(summary="집중", start=start, duration_min=90)
    second = await calendar.call("find_slots", **TOMORROW, duration_min=90)
    assert start not in [slot["start"] for slot in second["slots"]]


async def test_nothing_is_offered_in_the_past_or_at_night(calendar: Calendar) -> None:
    told = await calendar.call("find_slots", start="2026-11-23", end="2026-11-24", min_count=20)
    assert all(row["start"][:16] >= "2026-11-23T11:00" for row in told["slots"])
    assert all(row["end"][11:16] <= "22:00" for row in told["slots"])
    assert told["hours"] == "08:00-22:00"


async def test_holidays_and_weekends_are_skipped_and_that_is_said(calendar: Calendar) -> None:
    told = await calendar.call(
        "find_slots",
        start="2026-12-25",
        end="2026-12-29",
        working_hours="09:00-18:00",
        min_count=20,
    )
    assert {row["start"][:10] for row in told["slots"]} == {"2026-12-28"}
    assert told["skipped"] == ["2026-12-25"]
    assert told["say"].endswith("주말과 공휴일(12월 25일 금요일 크리스마스)은 빼고 찾았어요.")
    english = await calendar.call(
        "find_slots", start="2026-12-25", end="2026-12-26", working_hours="09:00-18:00",
        language="en",
    )  # fmt: skip
    assert english["say"] == (
        "There is no time for an hour on Friday, December 25. Weekends and public holidays "
        "(Christmas Day on Friday, December 25) are left out."
    )


async def test_every_calendar_has_to_be_free(calendar: Calendar) -> None:
    sunday = {"start": "2026-11-29T17:00:00+09:00", "end": "2026-11-29T21:00:00+09:00"}
    mine = await calendar.call("find_slots", **sunday, min_count=1)
    ours = await calendar.call(
        "find_slots", **sunday, min_count=1, calendar_ids=["primary", FAMILY]
    )
    assert times(mine) == ["11-29T17:00-18:00"]
    assert times(ours) == ["11-29T17:00-18:00"]
    longer = await calendar.call(
        "find_slots", **sunday, duration_min=90, calendar_ids=["primary", FAMILY]
    )
    assert longer["slots"] == []


async def test_an_unreadable_calendar_is_never_taken_for_free(calendar: Calendar) -> None:
    nobody = ["nobody@example.com"]
    told = await calendar.call("find_slots", **TOMORROW, calendar_ids=nobody)
    assert (told["slots"], told["unknown"]) == ([], nobody)
    assert told["say"] == "캘린더를 확인하지 못해서, 언제 비어 있는지 알 수 없어요."
    both = await calendar.call("find_slots", **TOMORROW, calendar_ids=["primary", *nobody])
    assert both["unknown"] == nobody
    assert both["say"].endswith("캘린더 한 개는 확인하지 못했어요.")


async def test_the_next_public_holiday_is_named(calendar: Calendar) -> None:
    told = await calendar.list(start="now", calendar_ids=["holidays"], max_results=1)
    assert told["say"] == "다음 공휴일은 12월 25일 금요일 크리스마스예요."
    english = await calendar.list(
        start="now", calendar_ids=["holidays"], max_results=1, language="en"
    )
    assert english["say"] == "The next public holiday is Christmas Day on Friday, December 25."


async def test_days_that_people_only_keep_are_no_public_holidays(calendar: Calendar) -> None:
    december = {"start": "2026-12-01", "end": "2027-01-01", "calendar_ids": ["holidays"]}
    told = await calendar.list(**december)
    assert [event["summary"] for event in told["events"]] == ["크리스마스"]
    assert told["say"] == "크리스마스는 12월 25일 금요일이에요."
    eve = await calendar.list(start="2026-12-24", calendar_ids=["holidays"])
    assert eve["say"] == "12월 24일 목요일은 공휴일이 아니에요."


async def test_lunar_and_substitute_holidays_are_right(calendar: Calendar) -> None:
    when = {"start": "2027-02-01", "end": "2027-03-01", "calendar_ids": ["holidays"]}
    told = await calendar.list(**when)
    assert [(event["summary"], event["start"]) for event in told["events"]] == [
        ("설날 연휴", "2027-02-06"),
        ("설날", "2027-02-07"),
        ("설날 연휴", "2027-02-08"),
        ("쉬는 날 설날", "2027-02-09"),
    ]
    seollal = await calendar.list(query="설날", calendar_ids=["holidays"])
    assert seollal["say"] == "설날은 내년 2월 7일 일요일이에요."


async def test_holidays_take_no_events(calendar: Calendar) -> None:
    refused = await calendar.create(summary="x", start="2027-02-01", calendar_id="holidays")
    assert refused["error"]["kind"] == "forbidden"
    assert refused["error"]["next_step"] == "이 캘린더는 볼 수만 있어요. 다른 캘린더에 해 주세요."
