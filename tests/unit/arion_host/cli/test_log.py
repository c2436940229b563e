from __future__ import annotations

import asyncio
import csv
import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from arion_auth import LOCAL
from arion_host.cli.commands import app
from arion_host.database import open_database
from arion_host.effects.ledger import Action, EffectState, Ledger
from arion_kit.words import EffectClass


async def _write(folder: Path) -> None:
    action = Action(
        principal=LOCAL.id,
        session="s1",
        turn="t1",
        step=0,
        server="notes",
        tool="notes_add",
        arguments={"title": "우유, 빵"},
        effect_class=EffectClass.ASK,
    )
    async with open_database(folder / "arion.db") as database:
        await Ledger(database).add(action, EffectState.ATTEMPTING)
        await Ledger(database).move(action.id, EffectState.DONE, result={"say": "적었어요"})


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARION_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("arion_host.cli.commands.configure_logging", lambda verbose: None)
    asyncio.run(_write(tmp_path))


def log(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["log", *words])
    return result.exit_code, result.stdout


def test_the_log_is_shown_line_by_line_with_its_verdict():
    code, text = log("--last", "1")
    done, verdict = text.splitlines()
    assert code == 0
    assert done.endswith('done        notes_add  {"say": "적었어요"}')
    assert verdict == "2 entries, unchanged since they were written."


def test_the_log_is_exported_as_json_and_csv():
    exported = json.loads(log("--json")[1])
    assert exported["broken"] is None
    assert exported["entries"][0]["content"] == {"title": "우유, 빵"}
    rows = list(csv.DictReader(log("--csv")[1].splitlines()))
    assert [row["event"] for row in rows if row["event"]] == ["attempting", "done"]
    assert rows[0]["content"] == '{"title": "우유, 빵"}'


def test_a_log_that_was_changed_is_said_to_be(tmp_path: Path):
    with sqlite3.connect(tmp_path / "arion.db") as connection:
        connection.execute("UPDATE action_log SET content = '{}' WHERE number = 2")
    connection.close()
    code, text = log()
    assert code == 1
    assert text.splitlines()[-1] == "Entry 2 is wrong: it is not as it was written."
    assert json.loads(log("--json")[1])["broken"]["number"] == 2
