"""What Google's refusals mean."""

from __future__ import annotations

import re

import pytest
from pydantic import JsonValue

from arion_calendar.api import event_id
from arion_calendar.settings import CalendarSettings
from arion_calendar.upstream import upstream_options
from arion_kit.errors import ToolFailure
from arion_kit.failures import failure_for
from arion_kit.words import ErrorKind


def translate(status: int, body: JsonValue) -> ToolFailure | None:
    translator = upstream_options(CalendarSettings()).translate
    assert translator
    return translator(status, body, {})


def refusal(status: int, reason: str, message: str = "No.") -> JsonValue:
    detail: JsonValue = {"domain": "global", "reason": reason, "message": message}
    return {"error": {"code": status, "message": message, "errors": [detail]}}


@pytest.mark.parametrize(
    ("status", "reason", "kind"),
    [
        (400, "timeRangeEmpty", ErrorKind.BAD_INPUT),
        (401, "authError", ErrorKind.NOT_SIGNED_IN),
        (403, "requiredAccessLevel", ErrorKind.FORBIDDEN),
        (403, "userRateLimitExceeded", ErrorKind.RATE_LIMITED),
        (403, "calendarUsageLimits", ErrorKind.RATE_LIMITED),
        (404, "notFound", ErrorKind.NOT_FOUND),
        (409, "duplicate", ErrorKind.CONFLICT),
        (410, "deleted", ErrorKind.GONE),
        (412, "conditionNotMet", ErrorKind.CONFLICT),
        (418, "teapot", ErrorKind.BAD_RESPONSE),
        (429, "rateLimitExceeded", ErrorKind.RATE_LIMITED),
        (500, "backendError", ErrorKind.UNAVAILABLE),
        (503, "backendError", ErrorKind.UNAVAILABLE),
    ],
)
def test_every_refusal_has_a_kind_and_a_next_step_in_both_languages(
    status: int, reason: str, kind: ErrorKind
) -> None:
    failure = translate(status, refusal(status, reason))
    assert failure is not None
    assert failure.kind is kind
    korean, english = (failure_for(failure, language) for language in ("ko", "en"))
    assert re.search("[가-힣]", f"{korean.message} {korean.next_step}")
    assert english.message
    assert english.next_step
    assert not re.search("[가-힣]", f"{english.message} {english.next_step}")


def test_a_disabled_api_says_where_to_enable_it() -> None:
    failure = translate(403, refusal(403, "accessNotConfigured"))
    assert failure is not None
    assert "Google Cloud" in (failure_for(failure, "en").next_step or "")


def test_an_answer_is_no_failure() -> None:
    assert translate(200, {"items": []}) is None
    assert translate(204, None) is None


@pytest.mark.parametrize(
    "body", [None, "<html>", [], {"error": "invalid"}, {"error": {"errors": [1]}}]
)
def test_an_unreadable_refusal_is_judged_by_its_status(body: JsonValue) -> None:
    failure = translate(404, body)
    assert failure is not None
    assert failure.kind is ErrorKind.NOT_FOUND


def test_event_ids_are_what_google_takes_and_differ_by_key() -> None:
    ids = {event_id(key) for key in ("a", "b", "열쇠", "x" * 5000)}
    assert len(ids) == 4
    assert all(re.fullmatch("[a-v0-9]{5,1024}", found) for found in ids)
    assert event_id("a") == event_id("a")
