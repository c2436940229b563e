"""When a calendar is busy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from arion_sandbox import event_times
from arion_sandbox.google import ACCOUNT
from arion_sandbox.json_types import JsonObject, as_object, as_objects
from arion_sandbox.series import Window

Span = tuple[datetime, datetime]


def busy_spans(events: Iterable[JsonObject], window: Window, zone: ZoneInfo) -> list[Span]:
    """Give the times that events take up inside a window, joined, in order."""
    spans: list[Span] = []
    for event in events:
        if event["status"] != "cancelled" and _blocks(event):
            start = event_times.moment(as_object(event["start"]), zone)
            end = event_times.moment(as_object(event["end"]), zone)
            spans.append((max(start, window.begin or start), min(end, window.end or end)))
    return _joined(spans)


def _blocks(event: JsonObject) -> bool:
    answers = {one.get("email"): one for one in as_objects(event.get("attendees"))}
    declined = answers.get(ACCOUNT, {}).get("responseStatus") == "declined"
    return event.get("transparency") != "transparent" and not declined


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined
