from __future__ import annotations

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from fastmcp import Client
from tests.sandbox import serving
from tests.toy import Notebook, toy_spec

from arion_kit.errors import SettingsError
from arion_kit.fleet import GROUP, fleet_app


@asynccontextmanager
async def refusing() -> AsyncGenerator[None]:
    raise SettingsError("ARION_MAIL_TOKEN: is too short.")
    yield


@pytest.fixture
def servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[EntryPoint]:
    """Two servers that work and three that fail, each in its own way."""
    module = ModuleType("installed_servers")
    spec = toy_spec(tmp_path, Notebook())
    specs: dict[str, Any] = {
        "notes": spec,
        "lists": replace(spec, name="lists"),
        "mail": replace(spec, name="mail", open=refusing),
        "odd": replace(spec, name="odd", language=tmp_path / "nowhere.yaml"),
    }
    for name, it in specs.items():
        setattr(module, name, it)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    names = {name: f"installed_servers:{name}" for name in specs}
    names["gone"] = "not_installed_at_all:SPEC"
    return [EntryPoint(name, value, GROUP) for name, value in names.items()]


async def health_of(url: str, **headers: str) -> httpx2.Response:
    async with httpx2.AsyncClient(verify=False) as client:
        return await client.get(f"{url}/health", headers=headers)


async def test_each_server_has_its_own_url_and_a_broken_one_stops_no_other(
    servers: list[EntryPoint],
):
    async with serving(fleet_app(servers)) as url:
        for name in ("notes", "lists"):
            async with Client(f"{url}/servers/{name}/mcp") as client:
                result = await client.call_tool("notes_add", {"title": name})
                assert result.structured_content is not None
                assert result.structured_content["note"]["title"] == name
        health = (await health_of(url)).json()
    assert health["status"] == "degraded"
    assert list(health["servers"]) == ["gone", "lists", "mail", "notes", "odd"]
    assert health["servers"]["notes"] == {
        "status": "ok",
        "server": "notes",
        "version": "0.1.0",
        "tools": ["notes_add", "notes_delete", "notes_list"],
    }
    reasons = {name: it["reason"] for name, it in health["servers"].items() if "reason" in it}
    assert reasons["mail"] == "ARION_MAIL_TOKEN: is too short."
    assert reasons["gone"] == "ModuleNotFoundError: No module named 'not_installed_at_all'"
    assert "nowhere.yaml" in reasons["odd"]
    assert reasons.keys() == {"gone", "mail", "odd"}


async def test_read_only_holds_for_every_server(servers: list[EntryPoint]):
    working = [server for server in servers if server.name in {"notes", "lists"}]
    async with serving(fleet_app(working, read_only=True)) as url:
        health = (await health_of(url)).json()
    assert health["status"] == "ok"
    assert [it["tools"] for it in health["servers"].values()] == [["notes_list"], ["notes_list"]]


async def test_a_foreign_host_is_refused_at_every_door(servers: list[EntryPoint]):
    async with serving(fleet_app(servers)) as url:
        assert (await health_of(url, Host="evil.example")).status_code == 421
        assert (await health_of(f"{url}/servers/notes", Host="evil.example")).status_code == 421
        assert (await health_of(f"{url}/servers/notes")).status_code == 200


async def test_a_server_that_is_not_there_is_not_found(servers: list[EntryPoint]):
    async with serving(fleet_app(servers)) as url:
        assert (await health_of(f"{url}/servers/nowhere")).status_code == 404


def test_the_installed_servers_are_found():
    assert {"calendar", "gmail", "kakaomap"} <= {it.name for it in entry_points(group=GROUP)}
