from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from arion_host.agents.filling import Filler
from arion_host.agents.rescheduling import rescheduled
from arion_host.agents.understood import Match, Provenance, Resolved, SlotValue
from arion_host.language.times import find_times
from arion_kit.words import Language

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
"""A Monday."""


def moved(said: str, old: str, language: Language = "ko") -> tuple[object, object]:
    """The new start and how it is said, of an event that begins at `old`."""
    [span] = find_times(said, language, NOW)
    target = SlotValue("target", span.text, span, Provenance.COMPUTED)
    match = Match(
        server="diary",
        intent="move",
        tool="diary_update",
        language=language,
        slots={"target": target},
        arguments={"event_id": "{event}", "start": "{target.to}"},
        references={},
        readback=None,
    )
    event = Resolved("a1", "회의", {"id": "a1", "start": old})
    filler = Filler(rescheduled(match, {"event": event}, NOW).slots, {"event": event})
    start, spoken = filler.fill("{target.to}"), filler.fill("{target.to_spoken}")
    assert start is not None
    assert spoken is not None
    return start.value, spoken.value


@pytest.mark.parametrize(
    ("said", "old", "new"),
    [
        ("목요일", "2026-12-01T15:00:00+09:00", "2026-12-03"),
        ("목요일", "2026-11-24T15:00:00+09:00", "2026-11-26"),
        ("월요일", "2026-11-27T15:00:00+09:00", "2026-11-30"),
        ("이번 주 목요일", "2026-12-01T15:00:00+09:00", "2026-11-26"),
        ("목요일", "2026-12-01", "2026-12-03"),
    ],
)
def test_a_weekday_is_that_of_the_week_of_what_is_moved(said: str, old: str, new: str):
    assert moved(said, old)[0] == new


@pytest.mark.parametrize(("said", "start"), [("오후", "13:00"), ("저녁", "18:00")])
def test_a_part_of_the_day_is_that_of_the_day_of_what_is_moved(said: str, start: str):
    new = moved(said, "2026-11-26T11:00:00+09:00")[0]
    assert new == f"2026-11-26T{start}:00+09:00"


@pytest.mark.parametrize(
    ("said", "old", "new", "language"),
    [
        ("아홉 시", "2026-11-26T08:00:00+09:00", ("09:00", "오전 9시"), "ko"),
        ("아홉 시", "2026-11-26T19:30:00+09:00", ("21:00", "오후 9시"), "ko"),
        ("at nine", "2026-11-25T23:00:00+00:00", ("09:00", "9 AM"), "en"),
        ("오후 아홉 시", "2026-11-26T08:00:00+09:00", ("21:00", "오후 9시"), "ko"),
    ],
)
def test_an_hour_is_in_the_half_of_the_day_of_what_is_moved(
    said: str, old: str, new: tuple[str, str], language: Language
):
    assert moved(said, old, language) == new
