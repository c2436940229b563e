from __future__ import annotations

from typing import Any

import pytest
from tests.vendor_specs import calendar, gmail

EVENTS = "/calendar/v3/calendars/primary/events"
START = {"dateTime": "2026-11-23T15:00:00+09:00"}


def test_a_right_request_has_no_violations():
    query = [("timeMin", "2026-11-23T00:00:00+09:00"), ("singleEvents", "true")]
    assert calendar().check("GET", EVENTS, query) == []


@pytest.mark.parametrize(
    ("query", "violation"),
    [
        (("timeMin", "2026-11-23T00:00:00"), "timeMin: '2026-11-23T00:00:00' has no offset"),
        (("timeMin", "tomorrow"), "timeMin: 'tomorrow' is not an RFC 3339 date-time"),
        (("orderBy", "start"), "orderBy: 'start' is not one of ['startTime', 'updated']"),
        (("maxResults", "0"), "maxResults: 0 is not between 1 and 2147483647"),
        (("maxResults", "ten"), "maxResults: 'ten' is not integer"),
        (("singleEvents", "True"), "singleEvents: 'True' is not boolean"),
        (("time_min", "x"), "time_min: unknown query parameter"),
    ],
)
def test_a_wrong_query_parameter_is_named(query: tuple[str, str], violation: str):
    assert calendar().check("GET", EVENTS, [query]) == [violation]


def test_only_a_repeated_parameter_may_be_given_twice():
    query = [("metadataHeaders", "From"), ("metadataHeaders", "To"), ("format", "full")]
    path = "/gmail/v1/users/me/messages/18f"
    assert gmail().check("GET", path, query) == []
    assert gmail().check("GET", path, [*query, ("format", "raw")]) == ["format: given 2 times"]


def test_a_missing_required_parameter_is_named():
    assert calendar().check("POST", f"{EVENTS}/quickAdd") == ["text: required"]


def test_a_path_that_google_does_not_serve_is_refused():
    assert calendar().check("GET", "/calendar/v3/events") == [
        "GET /calendar/v3/events: no such method"
    ]


@pytest.mark.parametrize(
    ("body", "violation"),
    [
        ({"start": START, "end": START, "title": "x"}, "$.title: unknown field"),
        ({"start": START}, "$.end: required"),
        ({"start": START, "end": {"date": "23.11."}}, "$.end.date: '23.11.' is not a date"),
        ({"start": START, "end": "later"}, "$.end: 'later' is not an object"),
        ({"start": START, "end": START, "recurrence": "R"}, "$.recurrence: 'R' is not a list"),
        ({"start": START, "end": START, "sequence": True}, "$.sequence: True is not integer"),
        (None, "$: body required"),
    ],
)
def test_a_wrong_body_is_described(body: Any, violation: str):
    assert calendar().check("POST", EVENTS, (), body) == [violation]


def test_an_event_time_needs_an_offset_or_a_zone():
    bare = {"dateTime": "2026-11-23T15:00:00"}
    zoned = bare | {"timeZone": "Asia/Seoul"}
    assert calendar().check("POST", EVENTS, (), {"start": zoned, "end": zoned}) == []
    assert calendar().check("POST", EVENTS, (), {"start": bare, "end": zoned}) == [
        "$.start.dateTime: '2026-11-23T15:00:00' has no offset"
    ]


def test_raw_mail_must_be_base64url():
    path = "/gmail/v1/users/me/messages/send"
    assert gmail().check("POST", path, (), {"raw": "aGk_"}) == []
    assert gmail().check("POST", path, (), {"raw": "aGk/"}) == ["$.raw: 'aGk/' is not base64url"]


def test_a_response_is_held_against_its_schema():
    assert calendar().check_response("DELETE", f"{EVENTS}/e1", None) == []
    assert gmail().check_response("GET", "/gmail/v1/users/me/messages", {"messages": {}}) == [
        "$.messages: {} is not a list"
    ]
    assert gmail().check_response("GET", "/gmail/v1/users/me/profile", {"historyId": 7}) == [
        "$.historyId: 7 is not string"
    ]
