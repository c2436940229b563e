from __future__ import annotations

from datetime import UTC, datetime

import pytest

from arion_sandbox.clock import SettableClock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_clock_runs_until_it_is_stopped():
    clock = SettableClock(lambda: NOON)
    assert clock() == NOON
    clock.stop("2026-11-24T10:00:00+09:00")
    assert clock() == datetime(2026, 11, 24, 1, tzinfo=UTC)


@pytest.mark.parametrize("moment", ["2026-11-24T10:00:00", "tomorrow"])
def test_a_moment_without_an_offset_stops_nothing(moment: str):
    clock = SettableClock(lambda: NOON)
    with pytest.raises(ValueError, match=moment):
        clock.stop(moment)
    assert clock() == NOON
