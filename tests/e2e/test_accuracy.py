"""A dozen utterances through the command line, as the whole set goes through it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

ARION = Path(sys.executable).with_name("arion")
NOW = "2026-11-23T10:00:00+09:00"


def call(tool: str, server: str = "calendar", **arguments: Any) -> dict[str, Any]:
    return {"server": server, "tool": tool, "arguments": arguments}


def day(date: str, after: str) -> dict[str, Any]:
    start, end = (f"2026-11-{it}T00:00:00+09:00" for it in (date, after))
    return {"calls": [call("calendar_list_events", start=start, end=end)]}


DENTIST = {"ref": {"summary": "치과 스케일링"}}
MADE = call("calendar_create_event", start="2026-11-24T15:00:00+09:00", summary={"has": ["치과"]})
ITEMS: list[tuple[str, str, dict[str, Any]]] = [
    ("ko-a-1", "내일 일정 알려줘", day("24", "25")),
    ("ko-a-2", "내일 오후 3시에 치과 예약 잡아줘", {"calls": [MADE]}),
    # The same again: what was written for one item is not there for the next.
    ("ko-a-3", "내일 오후 3시에 치과 예약 잡아줘", {"calls": [MADE]}),
    ("ko-a-4", "내일 오후 3시에 치과 예약 잡아줘", {"calls": [call("calendar_now")]}),
    (
        "ko-a-5",
        "치과 예약 취소해줘",
        {"calls": [call("calendar_delete_event", event_id=DENTIST)], "confirm": True},
    ),
    (
        "ko-a-6",
        "장보기 목록에 우유 추가해줘",
        {"calls": [call("list_add", "shopping", text="우유")]},
    ),
    ("ko-a-7", "다음 주 회의 취소해줘", {"ask": "which"}),
    ("ko-a-8", "거실 불 꺼줘", {"refuse": "no_tool"}),
    ("ko-a-9", "글쎄 잘 모르겠네 그냥 그렇다고", {"calls": [call("calendar_now")]}),
    ("en-a-1", "What's on my calendar tomorrow?", day("24", "25")),
    ("en-a-2", "What time is it?", {"calls": [call("calendar_now")]}),
    ("en-a-3", "Turn off the living room lights", {"refuse": "no_tool"}),
]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("accuracy")
    lines = [
        json.dumps({
            "id": name, "part": "tuning", "language": name[:2], "utterance": said, "now": NOW,
            "gold": gold,
        })
        for name, said, gold in ITEMS
    ]  # fmt: skip
    (folder / "set.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [ARION, "bench", "accuracy", "--set", folder / "set.jsonl", "--faults", "--json"],
        capture_output=True,
        text=True,
        check=False,
        # The person's own settings are not what is measured.
        env={**os.environ, "ARION_DATA_DIR": str(folder / "own"), "ARION_RULES": "never calendar"},
    )
    assert done.returncode == 0, done.stderr
    assert "12 of 12 utterances" in done.stderr
    assert not (folder / "own").exists()
    return json.loads(done.stdout)


def test_what_is_right_and_what_is_not_is_told_by_id(figures: dict[str, Any]):
    failures = {it["id"]: it["became"] for it in figures["tuning_failures"]}
    assert failures == {"ko-a-4": "written", "ko-a-9": "not_understood"}


def test_a_write_that_nobody_asked_for_is_counted(figures: dict[str, Any]):
    assert figures["ko"]["wrong_writes"]["ids"] == ["ko-a-4"]
    assert figures["en"]["wrong_writes"]["count"] == 0


def test_a_question_that_is_right_is_answered_and_counted_once(figures: dict[str, Any]):
    korean = figures["ko"]
    assert korean["needless_questions"] == 0
    assert korean["questions_per_task"] == pytest.approx(1 / 7, abs=1e-3)
    assert (korean["selective"]["hits"], korean["selective"]["n"]) == (5, 6)
    assert korean["should_ask"]["right"]["hits"] == 1
    assert korean["should_refuse"]["right"]["hits"] == 1


def test_faults_are_judged_without_being_made(figures: dict[str, Any]):
    faults = figures["faults"]
    assert faults["faults"] > 1000
    assert faults["kinds"]["dropped_required.writes"]["made"] == 0
    assert faults["right_rejected"] < faults["right"] / 20
