"""The calendar server while Google fails: what is tried again, and what is told."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from tests.calendar_client import NOW, Calendar, calendar_client
from tests.sandbox import Sandbox, serving

from arion_kit.clock import Clock
from arion_sandbox.app import create_app

pytestmark = pytest.mark.thorough

START = "2027-03-06T15:00:00+09:00"
SATURDAY = {"start": "2027-03-06", "end": "2027-03-07"}


class Trouble:
    """Stands before the sandbox: loses answers, or answers itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.lost: list[str] = []
        """Methods of requests that are carried out and whose answer is then lost, once each."""
        self.answers: list[JSONResponse] = []
        """Given in turn instead of what the sandbox would answer."""
        self.refused: dict[str, tuple[int, str]] = {}
        """Status and reason for every request of a method, or whose path has this in it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self.answers:
            await self.answers.pop(0)(scope, receive, send)
        elif refusal := self._refusal(scope):
            await refused(*refusal)(scope, receive, send)
        elif scope["method"] in self.lost:
            self.lost.remove(scope["method"])
            await self._app(scope, receive, _nowhere)
            await JSONResponse({}, status_code=503)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        where = f"{scope['method']} {scope['path']}"
        return next((it for part, it in self.refused.items() if part in where), None)


def refused(status: int, reason: str, headers: dict[str, str] | None = None) -> JSONResponse:
    error = {"code": status, "message": "No.", "errors": [{"reason": reason}]}
    return JSONResponse({"error": error}, status, headers)


async def _nowhere(_: Any) -> None:
    """Where lost answers go."""


async def _at_once(_: float) -> None:
    """A wait that is over at once."""


class Troubled(Calendar):
    trouble: Trouble

    def answer(self, status: int, reason: str = "backendError", **headers: str) -> None:
        self.trouble.answers.append(refused(status, reason, headers))


@pytest.fixture
async def calendar() -> AsyncIterator[Troubled]:
    app = create_app(None, lambda: datetime.fromisoformat(NOW))
    trouble = Trouble(app)
    clock = Clock(sleep=_at_once)
    async with (
        serving(trouble) as url,
        calendar_client(f"{url}/google", clock=clock) as client,
    ):
        troubled = Troubled(client, Sandbox(url, app.state.recorder))
        troubled.trouble = trouble
        yield troubled
        assert troubled.sandbox.violations() == []


async def test_an_event_whose_answer_was_lost_is_there_once(calendar: Troubled) -> None:
    calendar.trouble.lost = ["POST"]
    made = await calendar.create(summary="치과 예약", start=START, idempotency_key="a-1")
    assert made["already_existed"] is True
    assert made["event"]["summary"] == "치과 예약"
    assert await calendar.titles(**SATURDAY) == ["치과 예약"]


async def test_without_a_key_a_lost_answer_makes_no_second_event_either(
    calendar: Troubled,
) -> None:
    calendar.trouble.lost = ["POST"]
    made = await calendar.create(summary="치과 예약", start=START)
    assert made["event"]["summary"] == "치과 예약"
    assert await calendar.titles(**SATURDAY) == ["치과 예약"]


async def test_a_deletion_whose_answer_was_lost_is_done(calendar: Troubled) -> None:
    made = await calendar.create(summary="치과 예약", start=START)
    calendar.trouble.lost = ["DELETE"]
    gone = await calendar.delete(made["event"]["id"])
    assert gone["say"].endswith("'치과 예약' 일정을 삭제했어요.")
    assert await calendar.titles(**SATURDAY) == []


async def test_a_read_is_tried_again_when_google_stumbles(calendar: Troubled) -> None:
    calendar.answer(503)
    calendar.answer(429, "rateLimitExceeded", **{"Retry-After": "1"})
    assert "error" not in await calendar.list()


REFUSALS = [
    (400, "timeRangeTooLong", "bad_input"),
    (401, "authError", "not_signed_in"),
    (403, "insufficientPermissions", "forbidden"),
    (403, "rateLimitExceeded", "rate_limited"),
    (404, "notFound", "not_found"),
    (410, "deleted", "gone"),
    (429, "rateLimitExceeded", "rate_limited"),
    (500, "backendError", "unavailable"),
]


@pytest.mark.parametrize(("language", "letters"), [("ko", "[가-힣]"), ("en", "^[^가-힣]+$")])
async def test_every_refusal_has_a_kind_a_sentence_and_a_next_step(
    calendar: Troubled, language: str, letters: str
) -> None:
    for status, reason, kind in REFUSALS:
        calendar.trouble.answers.clear()
        for _ in range(3):
            calendar.answer(status, reason)
        error = (await calendar.call("list_events", language=language))["error"]
        assert error["kind"] == kind
        assert re.search(letters, error["message"])
        assert re.search(letters, error["next_step"])


async def test_a_long_wait_that_google_asks_for_is_told_instead_of_waited(
    calendar: Troubled,
) -> None:
    calendar.answer(429, "rateLimitExceeded", **{"Retry-After": "120"})
    error = (await calendar.list())["error"]
    assert (error["kind"], error["retry_after_s"]) == ("rate_limited", 120.0)


async def test_an_answer_that_is_no_calendar_is_not_taken_for_an_empty_one(
    calendar: Troubled,
) -> None:
    for body in ({"items": [{"summary": "no id"}]}, {"items": "none"}, ["?"]):
        calendar.trouble.answers.append(JSONResponse(body))
        assert (await calendar.list())["error"]["kind"] == "bad_response"


async def test_a_failed_question_is_not_said_to_have_changed_anything(calendar: Troubled) -> None:
    for _ in range(3):
        calendar.answer(503)
    error = (await calendar.call("free_busy", start="2027-03-06"))["error"]
    assert error["kind"] == "unavailable"
    assert error.get("may_have_happened", False) is False
    assert error["next_step"] == "잠시 뒤에 다시 해 주세요."


YOGA: dict[str, Any] = {
    "summary": "요가",
    "start": "2027-03-06T09:00:00+09:00",
    "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"],
}


async def third(calendar: Troubled) -> str:
    await calendar.create(**YOGA)
    listed = await calendar.list(start="2027-03-01", end="2027-06-01", query="요가")
    return listed["events"][2]["id"]


async def yoga_starts(calendar: Troubled) -> list[str]:
    listed = await calendar.list(start="2027-03-01", end="2027-06-01", query="요가")
    return [event["start"][5:16] for event in listed["events"]]


async def test_a_change_whose_answer_was_lost_is_made_once(calendar: Troubled) -> None:
    made = await calendar.create(summary="치과 예약", start=START)
    calendar.trouble.lost = ["PATCH"]
    changed = await calendar.update(made["event"]["id"], start="17:00")
    assert changed["event"]["start"] == "2027-03-06T17:00:00+09:00"
    assert [request["status"] for request in calendar.sent("PATCH")] == [200, 412]


async def test_somebody_elses_change_is_not_mistaken_for_ours(calendar: Troubled) -> None:
    made = await calendar.create(summary="치과 예약", start=START)
    calendar.trouble.refused["PATCH"] = (412, "conditionNotMet")
    error = (await calendar.update(made["event"]["id"], start="17:00"))["error"]
    assert error["kind"] == "conflict"
    assert error["message"] == "그사이 Google Calendar에서 내용이 바뀌었어요."
    assert (await calendar.list(**SATURDAY))["events"][0]["start"] == START


@pytest.mark.parametrize("key", [None, "action-9"])
async def test_half_a_cut_is_told_and_the_same_request_completes_it(
    calendar: Troubled, key: str | None
) -> None:
    cut = {"event_id": await third(calendar), "scope": "following", "start": "18:00", "key": key}
    calendar.trouble.refused["PATCH"] = (503, "backendError")
    error = (await calendar.call("update_event", **cut))["error"]
    assert error["may_have_happened"] is True
    assert error["message"].startswith("바뀐 반복 일정은 넣었지만 원래 일정의 뒷부분을 아직 줄이지")
    assert len(await yoga_starts(calendar)) == 6
    del calendar.trouble.refused["PATCH"]
    assert "error" not in await calendar.call("update_event", **cut)
    assert await yoga_starts(calendar) == [
        "03-06T09:00", "03-13T09:00", "03-20T18:00", "03-27T18:00",
    ]  # fmt: skip


async def test_a_cut_whose_first_step_fails_has_changed_nothing(calendar: Troubled) -> None:
    event_id = await third(calendar)
    calendar.trouble.refused["POST"] = (403, "quotaExceeded")
    error = (await calendar.update(event_id, scope="following", start="18:00"))["error"]
    assert error["kind"] == "rate_limited"
    assert error.get("may_have_happened", False) is False
    assert calendar.sent("PATCH") == []


async def test_a_deletion_that_somebody_came_between_is_told(calendar: Troubled) -> None:
    made = await calendar.create(summary="치과 예약", start=START)
    calendar.trouble.refused["DELETE"] = (412, "conditionNotMet")
    error = (await calendar.delete(made["event"]["id"]))["error"]
    assert error["kind"] == "conflict"
    assert await calendar.titles(**SATURDAY) == ["치과 예약"]


async def test_without_the_calendar_of_holidays_an_event_is_made_all_the_same(
    calendar: Troubled,
) -> None:
    calendar.trouble.refused["#holiday"] = (404, "notFound")
    made = await calendar.create(summary="등산", start="2027-10-04T08:00:00+09:00")
    assert "holiday" not in made
    slots = await calendar.call("find_slots", working_hours="09:00-18:00")
    assert slots["slots"]
    assert slots["say"].endswith("공휴일은 확인하지 못했어요.")
