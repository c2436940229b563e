"""Series: this one, this and what follows, or all, against the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.calendar_client import Calendar, calendar_client
from tests.sandbox import running_sandbox

pytestmark = pytest.mark.thorough

SPRING: dict[str, Any] = {"start": "2027-03-01", "end": "2027-06-01", "max_results": 100}
YOGA: dict[str, Any] = {
    "summary": "요가",
    "start": "2027-03-06T09:00:00+09:00",
    "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=6"],
}


@pytest.fixture
async def calendar() -> AsyncIterator[Calendar]:
    async with running_sandbox() as sandbox, calendar_client(sandbox.google) as client:
        yield Calendar(client, sandbox)
        assert sandbox.violations() == []


async def rows(calendar: Calendar, query: str = "요가", **window: Any) -> list[dict[str, Any]]:
    return (await calendar.list(**{**SPRING, **window}, query=query))["events"]


async def starts(calendar: Calendar, query: str = "요가", **window: Any) -> list[str]:
    return [row["start"][5:16] for row in await rows(calendar, query, **window)]


async def third(calendar: Calendar, **fields: Any) -> str:
    """Creates the series; gives the id of its third occurrence, on March 20."""
    await calendar.create(**{**YOGA, **fields})
    return (await rows(calendar))[2]["id"]


async def test_one_occurrence_is_moved_alone(calendar: Calendar) -> None:
    event_id = await third(calendar)
    moved = await calendar.update(event_id, start="11:00")
    assert moved["scope"] == "this"
    assert await starts(calendar) == [
        "03-06T09:00", "03-13T09:00", "03-20T11:00", "03-27T09:00", "04-03T09:00", "04-10T09:00",
    ]  # fmt: skip
    await calendar.undo("update_event", moved)
    assert (await starts(calendar))[2] == "03-20T09:00"


async def test_all_are_moved_by_what_was_said_of_one(calendar: Calendar) -> None:
    event_id = await third(calendar)
    moved = await calendar.update(event_id, scope="all", start="2027-03-21T11:00:00+09:00")
    assert moved["say"].startswith("반복 일정 '요가' 전체를 내년 3월 21일 일요일 오전 11시로 옮겼")
    assert await starts(calendar) == [
        "03-07T11:00", "03-14T11:00", "03-21T11:00", "03-28T11:00", "04-04T11:00", "04-11T11:00",
    ]  # fmt: skip
    await calendar.undo("update_event", moved)
    assert (await starts(calendar))[0] == "03-06T09:00"


async def test_the_weekdays_of_a_rule_move_along(calendar: Calendar) -> None:
    rule = ["RRULE:FREQ=WEEKLY;BYDAY=SA,SU;UNTIL=20270321T150000Z"]
    event_id = await third(calendar, recurrence=rule)
    await calendar.update(event_id, scope="all", start="2027-03-14T20:00:00+09:00")
    assert await starts(calendar) == [
        "03-07T20:00", "03-08T20:00", "03-14T20:00", "03-15T20:00", "03-21T20:00", "03-22T20:00",
    ]  # fmt: skip


async def test_a_rule_of_fixed_days_asks_for_a_new_one(calendar: Calendar) -> None:
    event_id = await third(calendar, recurrence=["RRULE:FREQ=MONTHLY;BYDAY=1SA"])
    refused = await calendar.update(event_id, scope="all", start="2027-05-02T09:00:00+09:00")
    assert refused["error"]["message"].startswith("recurrence: ")
    later = await calendar.update(event_id, scope="all", start="10:00")
    assert "error" not in later


async def test_the_rest_is_moved_and_what_was_before_stays(calendar: Calendar) -> None:
    event_id = await third(calendar, location="요가원")
    moved = await calendar.update(event_id, scope="following", start="18:00", summary="저녁 요가")
    assert moved["say"].startswith(
        "내년 3월 20일 토요일 오전 9시 '요가' 일정부터 그 뒤 전체를 내년 3월 20일 토요일 "
        "오후 6시로 옮기고 이름을 바꿨어요."
    )
    assert await starts(calendar) == [
        "03-06T09:00", "03-13T09:00", "03-20T18:00", "03-27T18:00", "04-03T18:00", "04-10T18:00",
    ]  # fmt: skip
    found = await rows(calendar)
    assert [row["summary"] for row in found] == ["요가"] * 2 + ["저녁 요가"] * 4
    assert {row["location"] for row in found} == {"요가원"}
    told = await calendar.get(moved["event"]["id"])
    assert told["recurrence"] == ["RRULE:FREQ=WEEKLY;COUNT=4"]


async def test_cutting_a_series_is_undone_as_a_whole(calendar: Calendar) -> None:
    event_id = await third(calendar)
    before = await starts(calendar)
    moved = await calendar.update(event_id, scope="following", start="18:00")
    await calendar.undo("update_event", moved)
    assert await starts(calendar) == before
    [series] = {row["id"].partition("_")[0] for row in await rows(calendar)}
    assert (await calendar.get(series))["recurrence"] == ["RRULE:FREQ=WEEKLY;COUNT=6"]


async def test_removed_occurrences_stay_removed_and_moved_ones_are_asked_about(
    calendar: Calendar,
) -> None:
    event_id = await third(calendar)
    found = await rows(calendar)
    await calendar.delete(found[3]["id"])
    await calendar.update(found[4]["id"], start="20:00")
    asked = await calendar.call(
        "update_event", event_id=event_id, scope="following", location="공원"
    )
    assert asked["say"].endswith("따로 옮겨 둔 일정 한 개는 원래 시간으로 돌아가요.")
    await calendar.call(
        "update_event",
        event_id=event_id,
        scope="following",
        location="공원",
        confirm_token=asked["confirm_token"],
    )
    assert await starts(calendar) == ["03-06T09:00", "03-13T09:00", "03-20T09:00", "04-03T09:00",
                                      "04-10T09:00"]  # fmt: skip


async def test_the_same_cut_is_made_once(calendar: Calendar) -> None:
    event_id = await third(calendar)
    cut = {"event_id": event_id, "scope": "following", "start": "18:00", "key": "action-7"}
    first = await calendar.call("update_event", **cut)
    second = await calendar.call("update_event", **cut)
    assert second["event"]["id"] == first["event"]["id"]
    assert second["changed"] == []
    assert len(await starts(calendar)) == 6


async def test_from_the_first_on_is_all(calendar: Calendar) -> None:
    await calendar.create(**YOGA)
    first = (await rows(calendar))[0]["id"]
    moved = await calendar.update(first, scope="following", start="10:00")
    assert moved["scope"] == "all"
    assert {start[6:] for start in await starts(calendar)} == {"10:00"}
    assert len({row["id"].partition("_")[0] for row in await rows(calendar)}) == 1


async def test_a_series_keeps_its_zone_across_summer_time(calendar: Calendar) -> None:
    new_york = {
        "summary": "call",
        "start": "2027-03-03T09:00:00",
        "tz": "America/New_York",
        "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=5"],
    }
    await calendar.create(**new_york)
    seen = await rows(calendar, "call", tz="America/New_York")
    assert [row["start"][11:] for row in seen] == ["09:00:00-05:00"] * 2 + ["09:00:00-04:00"] * 3
    # After the change to summer time ten in New York is 23:00 in Seoul.
    moved = await calendar.update(
        seen[3]["id"], scope="following", start="2027-03-24T23:00:00+09:00"
    )
    assert "error" not in moved
    after = await rows(calendar, "call", tz="America/New_York")
    assert [row["start"][5:16] for row in after] == [
        "03-03T09:00", "03-10T09:00", "03-17T09:00", "03-24T10:00", "03-31T10:00",
    ]  # fmt: skip
    [sent] = [it for it in calendar.sent("POST") if it["body"].get("recurrence")][1:]
    assert sent["body"]["start"]["timeZone"] == "America/New_York"
    [shortened] = calendar.sent("PATCH")
    assert shortened["body"]["recurrence"] == ["RRULE:FREQ=WEEKLY;UNTIL=20270324T125959Z"]


async def test_a_series_of_days_is_cut_with_dates(calendar: Calendar) -> None:
    rule = {"start": "2027-03-06", "recurrence": ["RRULE:FREQ=DAILY;UNTIL=20270310T235959Z"]}
    event_id = await third(calendar, **rule)
    gone = await calendar.delete(event_id, scope="following")
    assert gone["say"] == "내년 3월 8일 월요일 하루 종일 '요가' 일정부터 그 뒤를 모두 삭제했어요."
    assert [row["start"] for row in await rows(calendar)] == ["2027-03-06", "2027-03-07"]
    [sent] = calendar.sent("PATCH")
    assert sent["body"]["recurrence"] == ["RRULE:FREQ=DAILY;UNTIL=20270307"]
    await calendar.undo("delete_event", gone)
    assert len(await rows(calendar)) == 5


async def test_deleting_the_rest_twice_is_harmless(calendar: Calendar) -> None:
    event_id = await third(calendar)
    await calendar.delete(event_id, scope="following")
    again = await calendar.delete(event_id, scope="following")
    assert again["already_deleted"] is True
    assert len(await starts(calendar)) == 2


async def test_all_of_a_series_is_deleted_by_one_of_it(calendar: Calendar) -> None:
    event_id = await third(calendar)
    asked = await calendar.call("delete_event", event_id=event_id, scope="all")
    assert asked["say"] == "반복 일정 '요가'를 모두 삭제할까요?"
    gone = await calendar.call(
        "delete_event", event_id=event_id, scope="all", confirm_token=asked["confirm_token"]
    )
    assert gone["say"] == "반복 일정 '요가'를 모두 삭제했어요."
    assert await starts(calendar) == []
    await calendar.undo("delete_event", gone)
    assert len(await starts(calendar)) == 6


async def test_the_id_of_a_series_needs_no_scope_and_refuses_a_narrower_one(
    calendar: Calendar,
) -> None:
    made = await calendar.create(**YOGA)
    series = made["event"]["id"]
    refused = await calendar.update(series, scope="this", summary="x")
    assert refused["error"]["message"].startswith("scope: ")
    renamed = await calendar.update(series, summary="명상")
    assert renamed["scope"] == "all"
    assert [row["summary"] for row in await rows(calendar, "명상")] == ["명상"] * 6


async def test_one_event_becomes_a_series_and_a_series_one_event(calendar: Calendar) -> None:
    made = await calendar.create(**{**YOGA, "recurrence": None})
    event_id = made["event"]["id"]
    repeated = await calendar.update(event_id, recurrence=["FREQ=DAILY;COUNT=3"])
    assert repeated["say"] == "'요가' 일정 반복을 바꿨어요."
    assert len(await starts(calendar)) == 3
    await calendar.update(event_id, recurrence=[])
    assert await starts(calendar) == ["03-06T09:00"]


async def test_a_deleted_occurrence_comes_back_alone(calendar: Calendar) -> None:
    event_id = await third(calendar)
    gone = await calendar.delete(event_id)
    assert len(await starts(calendar)) == 5
    await calendar.undo("delete_event", gone)
    assert (await starts(calendar))[2] == "03-20T09:00"


async def test_left_out_dates_count_when_a_counted_series_is_cut(calendar: Calendar) -> None:
    lines = ["RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE:20270313T000000Z,20270403T000000Z"]
    await calendar.create(**{**YOGA, "recurrence": lines})
    assert len(await starts(calendar)) == 4
    second = (await rows(calendar))[1]["id"]
    await calendar.update(second, scope="following", start="18:00")
    assert await starts(calendar) == [
        "03-06T09:00", "03-20T18:00", "03-27T18:00", "04-10T18:00",
    ]  # fmt: skip
