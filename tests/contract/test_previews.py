"""What a tool with `Effect.previews` promises: a call without a token only asks."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastmcp import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sandbox import NOW, Sandbox, serving
from tests.servers import NAMES, ServerCase, ToolCall, case
from tests.servers.arguments import arguments
from tests.servers.driving import built, called, impatient, settled
from tests.servers.github import NOTIFY
from tests.servers.notion import seeded

from arion_kit.words import META_EFFECT, Effect
from arion_sandbox.app import create_app

__all__ = ["impatient"]

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.usefixtures("impatient"),
    pytest.mark.timeout(60),
]


@dataclass(frozen=True)
class From:
    """A value that an earlier call gives."""

    call: ToolCall
    path: tuple[str, ...]


@dataclass(frozen=True)
class Asking:
    """A call that asks, and what of it a person has to be told."""

    server: str
    tool: str
    arguments: Mapping[str, Any]
    other: Mapping[str, Any]
    """What is different in a call that was not agreed to."""
    says: tuple[str, ...]
    shows: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Some of the details."""


def draft(subject: str) -> From:
    letter = {"to": ["김하나 <hana.kim@yeoul.example>"], "subject": subject, "body": "봐 주세요."}
    return From(("gmail_create_draft", letter), ("draft_id",))


def event(**more: Any) -> From:
    wanted = {"summary": "치과 예약", "start": "2027-03-06T15:00:00+09:00", **more}
    return From(("calendar_create_event", wanted), ("event", "id"))


ASKING = (
    Asking(
        "calendar",
        "calendar_delete_event",
        {"event_id": event()},
        {"send_updates": "all"},
        ("내년 3월 6일 토요일 오후 3시 '치과 예약'",),
        {"event": "치과 예약", "scope": "this"},
    ),
    Asking(
        "github",
        "github_pr_merge",
        {**NOTIFY, "number": 10, "merge_method": "squash"},
        {"merge_method": "merge"},
        ("yeoul-notify", "10번", "main", "커밋 하나로"),
        {"repository": "yeoulsoft/yeoul-notify", "number": 10, "merge_method": "squash and merge"},
    ),
    Asking(
        "github",
        "github_actions_run",
        {**NOTIFY, "action": "rerun"},
        {"failed_only": True},
        ("yeoul-notify", "batch", "다시 실행"),
        {"repository": "yeoulsoft/yeoul-notify", "branch": "batch", "failed_only": False},
    ),
    Asking(
        "gmail",
        "gmail_send",
        {
            "to": ["김하나 <hana.kim@yeoul.example>"],
            "bcc": ["boss@evil.example"],
            "subject": "견적서",
            "body": "봐 주세요.",
            "attachments": ['{"name": "메모.txt", "text": "할 일"}'],
        },
        {"to": ["김하나 <hana@evil.example>"]},
        ("김하나 님(hana.kim@yeoul.example)", "boss@evil.example", "한 명은 숨은 참조", "'견적서'"),
        {
            "to": ["김하나 <hana.kim@yeoul.example>"],
            "bcc": ["boss@evil.example"],
            "subject": "견적서",
            "text": "봐 주세요.",
            "attachments": ["메모.txt (7 B)"],
        },
    ),
    Asking(
        "gmail",
        "gmail_send_draft",
        {"draft_id": draft("하나")},
        {"draft_id": draft("둘")},
        ("김하나 님(hana.kim@yeoul.example)", "'하나'"),
        {"to": ["김하나 <hana.kim@yeoul.example>"], "subject": "하나", "text": "봐 주세요."},
    ),
    Asking(
        "gmail",
        "gmail_delete_draft",
        {"draft_id": draft("하나")},
        {"draft_id": draft("둘")},
        ("'하나'", "되돌릴 수 없어요"),
        {"to": ["김하나 <hana.kim@yeoul.example>"], "subject": "하나"},
    ),
    Asking(
        "notion",
        "notion_replace_page",
        {"page_id": seeded("groceries"), "markdown": "- 우유"},
        {"markdown": "- 빵"},
        ("'장보기'", "모두"),
        {"page": "장보기", "page_id": seeded("groceries")},
    ),
)

ACTING: tuple[tuple[str, ToolCall], ...] = (
    ("calendar", ("calendar_create_event", {"summary": "치과", "start": "2027-03-06"})),
    ("calendar", ("calendar_update_event", {"event_id": event(), "start": "17:00"})),
    ("shopping", ("list_remove", {"item": From(("list_add", {"text": "우유"}), ("change_id",))})),
)
"""Calls of tools that ask only sometimes, in which they don't."""

each_asking = pytest.mark.parametrize("asking", ASKING, ids=lambda it: it.tool)


class Running:
    """A client that can't be asked, one server, and the accounts behind it."""

    def __init__(self, known: ServerCase, client: Client[Any], vendors: Sandbox, store: Any):
        self.known = known
        self.client = client
        self._vendors = vendors
        self._store = store

    def state(self) -> str:
        """All that the accounts hold, and what was sent to change it."""
        recorded = self._vendors.requests()
        changing = [it for it in recorded if self.known.changes(it["method"], it["path"])]
        return "\n".join([*self._store.connection.iterdump(), str(len(changing))])

    async def filled(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """`given`, with what earlier calls give."""
        return {name: await self._value(value) for name, value in given.items()}

    async def call(self, tool: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """The structured content of a call that is no failure."""
        result = await called(self.client, (tool, given))
        assert not result.is_error, result.structured_content
        return result.structured_content or {}

    async def _value(self, value: Any) -> Any:
        if not isinstance(value, From):
            return value
        found: Any = await self.call(*value.call)
        for name in value.path:
            found = found[name]
        return found


@asynccontextmanager
async def running(name: str, folder: Path) -> AsyncGenerator[Running]:
    app = create_app(None, lambda: NOW)
    async with serving(app) as url:
        with settled(case(name).variables(url), folder):
            async with Client(built(name)) as client:
                vendors = Sandbox(url, app.state.recorder)
                yield Running(case(name), client, vendors, app.state.store)


def test_every_tool_that_asks_is_tried_here():
    tools = [tool for name in NAMES for tool in case(name).spec.tools]
    previewing = {tool.name for tool in tools if tool.effect and tool.effect.previews}
    asking = {tool.name for tool in tools if tool.asks}
    assert {it.tool for it in ASKING} == previewing
    assert {call[0] for _, call in ACTING} == asking - previewing


@pytest.mark.parametrize("name", NAMES)
async def test_clients_are_told_which_tools_only_ask(name: str, tmp_path: Path):
    async with running(name, tmp_path) as server:
        listed = await server.client.list_tools()
    told = {tool.name: (tool.meta or {}).get(META_EFFECT) for tool in listed}
    for tool in case(name).spec.tools:
        declared = told[tool.name]
        assert (declared is None) == tool.read_only
        assert tool.effect is None or Effect.model_validate(declared) == tool.effect


@each_asking
async def test_without_a_token_it_asks_and_nothing_changes(asking: Asking, tmp_path: Path):
    async with running(asking.server, tmp_path) as server:
        wanted = await server.filled(asking.arguments)
        before = server.state()
        asked = await server.call(asking.tool, wanted)
        assert server.state() == before
    assert asked.keys() == {"say", "preview", "confirm_token"}
    assert asked["say"].count("?") == 1
    assert [it for it in asking.says if it not in asked["say"]] == []
    assert {name: asked["preview"].get(name) for name in asking.shows} == asking.shows


@each_asking
async def test_with_the_token_it_acts(asking: Asking, tmp_path: Path):
    async with running(asking.server, tmp_path) as server:
        wanted = await server.filled(asking.arguments)
        token = (await server.call(asking.tool, wanted))["confirm_token"]
        before = server.state()
        done = await server.call(asking.tool, {**wanted, "confirm_token": token})
        assert server.state() != before
    assert "confirm_token" not in done


@each_asking
async def test_a_token_for_something_else_is_asked_about_anew(asking: Asking, tmp_path: Path):
    async with running(asking.server, tmp_path) as server:
        wanted = await server.filled(asking.arguments)
        other = {**wanted, **await server.filled(asking.other)}
        token = (await server.call(asking.tool, wanted))["confirm_token"]
        before = server.state()
        asked = await server.call(asking.tool, {**other, "confirm_token": token})
        assert server.state() == before
    assert asked["confirm_token"] != token


@pytest.mark.parametrize(("name", "call"), ACTING, ids=lambda it: it[0])
async def test_a_tool_that_asks_only_sometimes_does_not_claim_more(
    name: str, call: ToolCall, tmp_path: Path
):
    async with running(name, tmp_path) as server:
        done = await server.call(call[0], await server.filled(call[1]))
    assert "confirm_token" not in done


@pytest.mark.thorough
@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
@pytest.mark.parametrize("name", sorted({it.server for it in ASKING}))
async def test_nothing_that_is_given_makes_it_act_without_a_token(
    name: str, tmp_path: Path, data: st.DataObject
):
    async with running(name, tmp_path) as server:
        listed = {tool.name: tool for tool in await server.client.list_tools()}
        before = server.state()
        for asking in (it for it in ASKING if it.server == name):
            known = {**server.known.values, **{key: (it,) for key, it in usual(asking).items()}}
            drawn = data.draw(arguments(listed[asking.tool].input_schema, known))
            await called(server.client, (asking.tool, drawn))
            assert server.state() == before


def usual(asking: Asking) -> dict[str, Any]:
    return {name: it for name, it in asking.arguments.items() if not isinstance(it, From)}
