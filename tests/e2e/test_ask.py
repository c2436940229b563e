from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.bench.processes import free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

ARION = Path(sys.executable).with_name("arion")
SEOUL = ZoneInfo("Asia/Seoul")


class Commands:
    """The command line where no host runs, over data of its own."""

    def __init__(self, folder: Path) -> None:
        self._environment = {
            **os.environ,
            "ARION_DATA_DIR": str(folder),
            "ARION_PORT": str(free_port()),
        }

    def run(self, *words: str) -> tuple[int, dict[str, Any]]:
        done = subprocess.run(
            [ARION, *words, "--json"],
            capture_output=True,
            text=True,
            check=False,
            cwd=self._environment["ARION_DATA_DIR"],
            env=self._environment,
        )
        return done.returncode, json.loads(done.stdout)


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    return Commands(tmp_path)


def test_an_event_made_by_one_command_is_spoken_of_by_the_next(commands: Commands):
    today = datetime.now(SEOUL).date()
    now = f"{today}T10:00+09:00"
    made_code, made = commands.run("ask", "내일 오후 3시에 치과 예약 잡아줘", "--now", now)
    told_code, told = commands.run("ask", "내일 일정 알려줘", "--now", now)
    _, stored = commands.run("servers", "call", "calendar", "calendar_list_events", day(today))
    starts = {event["summary"]: event["start"] for event in stored["result"]["events"]}
    assert (made_code, told_code) == (0, 0)
    assert made["calls"][0]["status"] == "ok"
    assert datetime.fromisoformat(starts["치과 예약"]) == datetime(
        *tomorrow(today).timetuple()[:3], 15, tzinfo=SEOUL
    )
    assert "오후 3시" in told["answer"]
    assert "치과 예약" in told["answer"]


def test_the_running_host_answers_the_command_line_and_http_alike(arion: Any):
    told = arion.arion("ask", "지금 몇 시야", "--now", "2026-11-23T10:00+09:00")
    turn = arion.turn("지금 몇 시야", now="2026-11-23T10:00:00+09:00")
    assert told.stdout.strip() == turn["answer"]
    assert "10시" in turn["answer"]


def tomorrow(today: date) -> date:
    return today + timedelta(days=1)


def day(today: date) -> str:
    start, end = tomorrow(today), tomorrow(today) + timedelta(days=1)
    return json.dumps({"start": f"{start}T00:00:00+09:00", "end": f"{end}T00:00:00+09:00"})
