from __future__ import annotations

from pathlib import Path

import pytest
from mcp_types import Tool, ToolAnnotations
from tests.toy import Notebook, toy_spec

from arion_kit.testing import (
    assert_every_server_rules,
    assert_language_rules,
    assert_snapshot,
    connected,
    language_pack,
)
from arion_kit.words import META_EFFECT


@pytest.fixture(autouse=True)
def accepting_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPDATE_SNAPSHOTS", raising=False)
    monkeypatch.setenv("CI", "true")


@pytest.fixture
async def tools(tmp_path: Path) -> list[Tool]:
    async with connected(toy_spec(tmp_path, Notebook())) as client:
        return await client.list_tools()


async def test_a_server_made_by_the_kit_keeps_the_rules(tools: list[Tool], tmp_path: Path):
    assert_every_server_rules(tools)
    async with connected(toy_spec(tmp_path, Notebook())) as client:
        assert_language_rules(await language_pack(client))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"title": None}, "notes_add: has no title"),
        ({"description": ""}, "notes_add: has no description"),
        ({"output_schema": None}, "notes_add: has no output schema with say"),
        ({"output_schema": {"properties": {"say": {"x": "y" * 1600}}}}, "has an output schema of"),
        ({"description": "y" * 8200}, "the list takes [0-9]+ bytes of 8192"),
        ({"annotations": ToolAnnotations(read_only_hint=False)}, "does not state destructiveHint"),
        ({"meta": None}, "writes without declaring its effect"),
        ({"name": "zz_add"}, "the tools are not sorted by name"),
        (
            {"input_schema": {"properties": {"a": {"type": "object", "properties": {}}}}},
            "parameter a is not flat",
        ),
    ],
)
def test_a_broken_rule_is_named(change: dict[str, object], complaint: str, tools: list[Tool]):
    changed = [tools[0].model_copy(update=change), *tools[1:]]
    with pytest.raises(AssertionError, match=complaint):
        assert_every_server_rules(changed)


def test_a_reading_tool_has_no_effect(tools: list[Tool]):
    effect = {META_EFFECT: {"effect_class": "ask"}}
    changed = [tools[0], tools[1].model_copy(update={"meta": effect})]
    with pytest.raises(AssertionError, match="notes_list: only reads and declares an effect"):
        assert_every_server_rules(changed)


async def test_a_tool_that_cannot_be_asked_for_in_a_language_is_named(tmp_path: Path):
    async with connected(toy_spec(tmp_path, Notebook())) as client:
        pack = await language_pack(client)
    korean = pack.intents[0].model_copy(update={"sentences": {"ko": ("메모",)}})
    with pytest.raises(AssertionError, match="notes_list: no way to say it in en"):
        assert_language_rules(pack.model_copy(update={"intents": (korean,)}))


def test_a_snapshot_is_sorted_and_readable_and_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "snapshots" / "notes.json"
    with pytest.raises(AssertionError, match="is missing"):
        assert_snapshot(path, {"b": 1})
    monkeypatch.delenv("CI")
    assert_snapshot(path, {"b": 1, "a": "메모"})
    assert path.read_text("utf-8") == '{\n  "a": "메모",\n  "b": 1\n}\n'
    assert_snapshot(path, {"a": "메모", "b": 1})
    with pytest.raises(AssertionError, match=r"notes\.json differs"):
        assert_snapshot(path, {"a": "메모", "b": 2})
    monkeypatch.setenv("UPDATE_SNAPSHOTS", "1")
    assert_snapshot(path, {"b": 2})
    assert path.read_text("utf-8") == '{\n  "b": 2\n}\n'
