"""The calendar server's case for the checks that every server has to pass."""

from __future__ import annotations

from arion_calendar import SPEC
from tests.servers import ServerCase

CASE = ServerCase(
    spec=SPEC,
    read=("calendar_list_events", {"start": "2026-11-23", "max_results": 5}),
    write=(
        "calendar_create_event",
        {"summary": "치과 예약", "start": "2027-03-06T15:00:00+09:00", "check_conflicts": False},
    ),
    values={
        "start": ("2026-11-23", "2026-11-24T15:00:00+09:00", "2026-11-24T09:00:00", "now", "15:00"),
        "end": ("2026-11-25", "2026-11-24T16:00:00+09:00", "18:00"),
        "calendar_id": ("primary", "holidays"),
        "calendar_ids": (["primary"], ["primary", "holidays", "nobody@example.com"]),
        "query": ("회의", "치과"),
        "tz": ("Asia/Seoul", "America/New_York"),
        "attendees": (["seojun.park@yeoul.example"],),
        "recurrence": (["RRULE:FREQ=WEEKLY;BYDAY=MO"], ["FREQ=DAILY;COUNT=3"]),
        "working_hours": ("09:00-18:00",),
        "scope": ("this", "following", "all"),
        "duration_min": (30, 60),
        "reminders": ([10],),
    },
    changes=lambda method, path: method != "GET" and not path.endswith("/freeBusy"),
)
