"""Whether an event is as wished, however Google writes it."""

from __future__ import annotations

from typing import Any

import pytest

from arion_calendar.state import already, pending
from arion_calendar.wire import Event

EVENT: dict[str, Any] = {
    "id": "e1",
    "summary": "치과",
    "start": {"dateTime": "2027-03-06T06:00:00Z", "timeZone": "Asia/Seoul"},
    "end": {"dateTime": "2027-03-06T16:00:00+09:00"},
    "attendees": [
        {"email": "Bob@example.com", "responseStatus": "accepted"},
        {"email": "me@example.com", "self": True, "responseStatus": "needsAction"},
    ],
    "recurrence": ["EXDATE:20270313T060000Z", "RRULE:FREQ=WEEKLY"],
    "reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 10}]},
}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("summary", "치과"),
        ("location", ""),
        ("location", None),
        ("start", {"dateTime": "2027-03-06T15:00:00+09:00", "timeZone": "Asia/Seoul"}),
        ("end", {"dateTime": "2027-03-06T16:00:00+09:00", "timeZone": "Asia/Seoul"}),
        ("attendees", [{"email": "me@example.com"}, {"email": "bob@example.com"}]),
        ("recurrence", ["RRULE:FREQ=WEEKLY", "EXDATE:20270313T060000Z"]),
        ("reminders", {"useDefault": False, "overrides": [{"method": "popup", "minutes": 10}]}),
    ],
)
def test_the_same_in_other_words_is_no_change(name: str, wanted: Any) -> None:
    assert already(Event.model_validate(EVENT), {name: wanted})


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("summary", "회의"),
        ("summary", ""),
        ("start", {"dateTime": "2027-03-06T15:00:00+09:00", "timeZone": "America/New_York"}),
        ("start", {"date": "2027-03-06"}),
        ("start", {"dateTime": "soon"}),
        ("attendees", [{"email": "bob@example.com"}]),
        ("attendees", [{"email": "bob@example.com"}, {"email": "eve@example.com"}]),
        (
            "attendees",
            [
                {"email": "bob@example.com"},
                {"email": "me@example.com", "responseStatus": "declined"},
            ],
        ),
        ("recurrence", None),
        ("reminders", {"useDefault": True}),
        ("conferenceData", {"createRequest": {"requestId": "r1"}}),
    ],
)
def test_what_differs_is_left_to_do(name: str, wanted: Any) -> None:
    assert pending(Event.model_validate(EVENT), {name: wanted}) == {name: wanted}
