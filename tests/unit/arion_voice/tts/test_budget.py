from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from arion_voice.tts.budget import CloudBudget

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "cloud-voice.json"


def budget(file: Path, day: date = MONDAY) -> CloudBudget:
    return CloudBudget(100, file, today=lambda: day)


def test_what_is_spent_is_gone_for_the_day_and_not_for_the_next(file: Path) -> None:
    mine = budget(file)
    assert mine.left == 100
    mine.spend(60)
    mine.spend(30)
    assert mine.left == 10
    mine.spend(30)
    assert mine.left == 0
    assert budget(file, TUESDAY).left == 100


def test_a_restart_remembers_what_was_spent(file: Path) -> None:
    budget(file).spend(60)
    assert budget(file).left == 40
    assert [path.name for path in file.parent.iterdir()] == ["cloud-voice.json"]


def test_processes_that_share_the_file_spend_one_budget(file: Path) -> None:
    one, other = budget(file), budget(file)
    one.spend(30)
    other.spend(30)
    one.spend(30)
    assert (one.left, other.left) == (10, 10)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"day": "2026-11-23"}', '{"day": "2026-11-23", "characters": "x"}']
)
def test_a_damaged_file_begins_anew_with_a_warning(
    file: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    file.parent.mkdir()
    file.write_text(text)
    mine = budget(file)
    assert mine.left == 100
    assert "damaged" in caplog.text
    mine.spend(10)
    assert json.loads(file.read_text()) == {"day": "2026-11-23", "characters": 10}


def test_where_nothing_can_be_written_the_process_counts_by_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    mine = budget(tmp_path / "file" / "cloud-voice.json")
    mine.spend(60)
    mine.spend(30)
    assert mine.left == 10
    assert caplog.text.count("cloud voice") == 1
