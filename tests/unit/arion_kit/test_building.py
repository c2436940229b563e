"""What a client in the same process sees of a server built from a spec."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fastmcp import Client
from mcp_types import TextContent
from tests.toy import Notebook, toy_spec, unreachable

from arion_kit.errors import SpecError
from arion_kit.serving import build
from arion_kit.spec import ServerSpec
from arion_kit.testing import Mode, connected, language_pack, listed
from arion_kit.words import META_LANGUAGE, META_NOW, META_TIMEZONE, Effect, EffectClass, Inverse


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


@pytest.fixture
def spec(notebook: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ServerSpec:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARION_LANGUAGE", raising=False)
    return toy_spec(tmp_path, notebook)


@pytest.fixture
async def client(spec: ServerSpec) -> AsyncGenerator[Client[Any]]:
    async with connected(spec) as client:
        yield client


async def called(
    client: Client[Any], tool: str, arguments: dict[str, Any], **meta: str
) -> tuple[bool, str, dict[str, Any]]:
    """Whether it failed, its text, and its structured content."""
    result = await client.call_tool(tool, arguments, meta=meta or None, raise_on_error=False)
    [content] = result.content
    assert isinstance(content, TextContent)
    assert result.structured_content is not None
    return result.is_error, content.text, result.structured_content


@pytest.mark.parametrize("mode", ["auto", "legacy", "2026-07-28"])
async def test_both_eras_list_call_and_read_the_same(mode: Mode, spec: ServerSpec):
    async with connected(spec, mode=mode) as client:
        assert [tool.name for tool in await client.list_tools()] == ["notes_add", "notes_list"]
        assert len((await language_pack(client)).intents) == 3
        failed, text, result = await called(client, "notes_add", {"title": "우유"})
        assert not failed
        assert text == '적어 뒀어요.\n{"note":{"note_id":"n1","title":"우유"}}'
        assert result == {"say": "적어 뒀어요.", "note": {"note_id": "n1", "title": "우유"}}


async def test_the_listing_says_what_is_true_of_each_tool(client: Client[Any]):
    add, find = listed(await client.list_tools())
    assert add["title"] == "Add a note"
    assert add["description"] == "Adds a note."
    assert add["annotations"] == {
        "readOnlyHint": False,
        "destructiveHint": False,
        "idempotentHint": True,
        "openWorldHint": True,
    }
    assert add["_meta"] == {
        "dev.arion/effect": {
            "effect_class": "keyed",
            "key_parameter": "action_id",
            "inverse": {"tool": "notes_delete", "arguments": {"note_id": "result.note.note_id"}},
        }
    }
    assert "_meta" not in find
    assert set(find) == {
        "name", "title", "description", "inputSchema", "outputSchema", "annotations",
    }  # fmt: skip


async def test_a_result_without_more_than_its_sentence_is_that_sentence(
    client: Client[Any], notebook: Notebook
):
    notebook.notes["n1"] = "우유"
    assert await called(client, "notes_delete", {"note_id": "n1"}) == (
        False,
        "지웠어요.",
        {"say": "지웠어요."},
    )


async def test_language_time_zone_and_now_come_with_the_request(
    client: Client[Any], notebook: Notebook
):
    meta = {
        META_LANGUAGE: "en-GB",
        META_TIMEZONE: "America/New_York",
        META_NOW: "2026-11-23T10:00:00+09:00",
    }
    _, text, _ = await called(client, "notes_list", {}, **meta)
    assert text.startswith("0 notes.")
    [call] = notebook.calls
    assert call.timezone == ZoneInfo("America/New_York")
    assert call.now.isoformat() == "2026-11-22T20:00:00-05:00"


async def test_without_them_the_settings_and_the_clock_count(
    client: Client[Any], notebook: Notebook
):
    before = datetime.now(ZoneInfo("Asia/Seoul"))
    await called(client, "notes_list", {}, **{META_LANGUAGE: "fr"})
    [call] = notebook.calls
    assert (call.language, call.timezone) == ("ko", ZoneInfo("Asia/Seoul"))
    assert before <= call.now <= datetime.now(ZoneInfo("Asia/Seoul"))


@pytest.mark.parametrize(
    ("key", "value"),
    [(META_TIMEZONE, "Mars/Base"), (META_NOW, "yesterday"), (META_NOW, "2026-11-23T10:00:00")],
)
async def test_a_broken_time_zone_or_now_is_not_guessed(
    key: str, value: str, client: Client[Any], notebook: Notebook
):
    failed, text, result = await called(client, "notes_list", {}, **{key: value})
    assert failed
    assert result["error"]["kind"] == "bad_input"
    assert text.startswith(f"{key}: must be a time")
    assert notebook.calls == []


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("notes_add", {}, "title: field required"),
        ("notes_add", {"title": " "}, "title: must not be blank"),
        ("notes_list", {"limit": 51}, "limit: should be less than or equal to 50"),
        ("notes_list", {"limit": "ten"}, "limit: should be a valid integer, unable to parse"),
        ("notes_list", {"order": "any"}, "order: should be 'old' or 'new'"),
        ("notes_list", {"tags": {"a": 1}}, "tags: should be a valid list"),
        ("notes_list", {"tags": ["a", 1]}, "tags.1: should be a valid string"),
        ("notes_list", {"qurey": "x"}, "qurey: is no parameter of this tool; it has query, limit,"),
        ("notes_list", {"query": "a\0b"}, "query: has characters that are not text"),
        ("notes_list", {"query": "\ud800"}, "query: has characters that are not text"),
        ("notes_list", {"tags": ["\0"]}, "tags: has characters that are not text"),
    ],
)
async def test_bad_input_names_the_field_and_what_it_may_be(
    tool: str, arguments: dict[str, Any], message: str, client: Client[Any]
):
    failed, text, result = await called(client, tool, arguments)
    assert failed
    assert result["error"]["kind"] == "bad_input"
    assert result["error"]["message"] == text
    assert text.startswith(message)


async def test_numbers_and_flags_may_come_as_text(client: Client[Any]):
    failed, _, _ = await called(client, "notes_list", {"limit": "5", "query": None})
    assert not failed


async def test_an_unknown_tool_is_an_error_that_names_the_known_ones(client: Client[Any]):
    failed, text, result = await called(client, "notes_lst", {})
    assert failed
    assert result["error"]["kind"] == "not_found"
    assert text == "This server has no such tool; it has notes_add, notes_delete, notes_list."


async def test_a_vendors_failure_is_told_in_the_persons_language_with_its_detail_below(
    client: Client[Any], notebook: Notebook
):
    notebook.trouble = unreachable()
    assert await called(client, "notes_list", {}) == (
        True,
        "지금 Notebook에 연결할 수 없어요. 잠시 뒤에 다시 해 주세요.\nNo connection.",
        {
            "error": {
                "kind": "unavailable",
                "message": "지금 Notebook에 연결할 수 없어요.",
                "next_step": "잠시 뒤에 다시 해 주세요.",
                "retry_after_s": 3.0,
            }
        },
    )
    _, text, _ = await called(client, "notes_add", {"title": "x"}, **{META_LANGUAGE: "en"})
    assert text.startswith("Notebook can't be reached right now. It may have happened all the same")


async def test_an_unexpected_error_is_logged_and_masked(
    client: Client[Any], notebook: Notebook, caplog: pytest.LogCaptureFixture
):
    notebook.trouble = RuntimeError("disk at /home/me is full")
    failed, text, result = await called(client, "notes_list", {})
    assert failed
    assert result["error"]["kind"] == "internal"
    assert text == "예상하지 못한 문제가 생겼어요. 계속되면 서버 로그를 확인해 주세요."
    [record] = [it for it in caplog.records if it.levelno >= logging.ERROR]
    assert record.message == "notes_list failed unexpectedly"
    assert record.exc_info is not None


async def test_the_upstream_is_open_while_the_server_runs(spec: ServerSpec, notebook: Notebook):
    async with connected(spec) as client:
        await client.list_tools()
        assert notebook.open
    assert not notebook.open


async def test_read_only_leaves_out_the_writing_tools_and_their_intents(spec: ServerSpec):
    async with Client(build(spec, read_only=True)) as client:
        assert [tool.name for tool in await client.list_tools()] == ["notes_list"]
        assert [intent.name for intent in (await language_pack(client)).intents] == ["list"]
        failed, text, _ = await called(client, "notes_add", {"title": "x"})
        assert failed
        assert text.endswith("it has notes_list.")


async def test_toolsets_leave_out_the_others_and_an_inverse_that_is_gone(spec: ServerSpec):
    async with Client(build(spec, toolsets=frozenset({"core"}))) as client:
        add, find = listed(await client.list_tools())
        assert (add["name"], find["name"]) == ("notes_add", "notes_list")
        assert "inverse" not in add["_meta"]["dev.arion/effect"]


@pytest.mark.parametrize(
    ("effect", "complaint"),
    [
        (Effect(effect_class=EffectClass.KEYED, key_parameter="key"), "notes_add.key"),
        (
            Effect(effect_class=EffectClass.ASK, inverse=Inverse(tool="notes_drop", arguments={})),
            "its inverse notes_drop does not exist",
        ),
        (
            Effect(
                effect_class=EffectClass.ASK,
                inverse=Inverse(tool="notes_delete", arguments={"id": "result.note.note_id"}),
            ),
            "notes_delete.id",
        ),
    ],
)
def test_an_effect_that_names_what_does_not_exist_is_refused(
    effect: Effect, complaint: str, spec: ServerSpec
):
    add = replace(spec.tools[2], effect=effect)
    with pytest.raises(SpecError, match=complaint):
        build(replace(spec, tools=(*spec.tools[:2], add)))


def test_limits_that_leave_nothing_or_do_not_exist_are_refused(spec: ServerSpec):
    with pytest.raises(SpecError, match="no toolset all of it; there are core, extra"):
        build(spec, toolsets=frozenset({"all of it"}))
    with pytest.raises(SpecError, match="These limits leave no tool"):
        build(spec, toolsets=frozenset({"extra"}), read_only=True)
