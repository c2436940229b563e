from __future__ import annotations

import asyncio
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.sandbox import NOW, Sandbox, running_sandbox, serving

from arion_sandbox.app import DATABASE, create_app

pytestmark = pytest.mark.thorough

EVENTS = "/google/calendar/v3/calendars/primary/events"
SIGNED_IN = {"Authorization": "Bearer sandbox"}
EVENT: dict[str, Any] = {
    "id": "mine1",
    "summary": "내 일정",
    "start": {"dateTime": "2026-11-24T15:00:00+09:00"},
    "end": {"dateTime": "2026-11-24T16:00:00+09:00"},
}


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(headers=SIGNED_IN, verify=False) as client:
        yield client


async def test_what_was_asked_can_be_counted(
    sandbox: Sandbox,
    http: httpx2.AsyncClient,
):
    await http.get(f"{sandbox.url}/health")
    await http.get(f"{sandbox.url}{EVENTS}?maxResults=1&q=")
    await http.post(f"{sandbox.url}{EVENTS}", json=EVENT)
    await http.get(f"{sandbox.kakao}/v2/local/search/keyword.json?query=카페")
    log = (await http.get(f"{sandbox.url}/_sandbox/requests")).json()
    assert log["count"] == 3
    assert log["requests"] == sandbox.requests()
    assert log["requests"][0] == {
        "vendor": "google",
        "method": "GET",
        "path": "/calendar/v3/calendars/primary/events",
        "query": [["maxResults", "1"], ["q", ""]],
        "body": None,
        "status": 200,
    }
    assert log["requests"][1]["body"] == EVENT
    assert (log["requests"][2]["vendor"], log["requests"][2]["status"]) == ("kakao", 401)


async def test_a_reset_brings_the_first_state_back(
    sandbox: Sandbox,
    http: httpx2.AsyncClient,
):
    before = (await http.get(f"{sandbox.url}{EVENTS}")).json()
    await http.post(f"{sandbox.url}{EVENTS}", json=EVENT)
    assert (await http.post(f"{sandbox.url}/_sandbox/reset")).json() == {"status": "reset"}
    assert sandbox.requests() == []
    assert (await http.get(f"{sandbox.url}{EVENTS}")).json() == before


async def test_a_reset_may_be_to_another_day(sandbox: Sandbox, http: httpx2.AsyncClient):
    reset = f"{sandbox.url}/_sandbox/reset"
    before = (await http.get(f"{sandbox.url}{EVENTS}")).json()["items"]
    await http.post(reset, params={"now": (NOW + timedelta(days=1)).isoformat()})
    after = (await http.get(f"{sandbox.url}{EVENTS}")).json()["items"]
    assert {it["id"] for it in before}.isdisjoint(it["id"] for it in after)
    refused = await http.post(reset, params={"now": "2026-11-24T10:00:00"})
    assert (refused.status_code, refused.json()["status"]) == (400, "refused")


@pytest.mark.parametrize(
    ("headers", "reason", "message"),
    [
        ({}, "required", "Request is missing required authentication credential."),
        ({"Authorization": "Basic c2FuZGJveA=="}, "required", "Request is missing required"),
        ({"Authorization": "Bearer other"}, "authError", "Request had invalid authentication"),
    ],
)
@pytest.mark.parametrize("path", [EVENTS, "/google/gmail/v1/users/me/messages"])
async def test_google_lets_nobody_else_in(
    sandbox: Sandbox,
    path: str,
    headers: dict[str, str],
    reason: str,
    message: str,
):
    async with httpx2.AsyncClient(verify=False) as client:
        response = await client.get(f"{sandbox.url}{path}", headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer realm=")
    error = response.json()["error"]
    assert (error["code"], error["status"]) == (401, "UNAUTHENTICATED")
    assert error["message"].startswith(message)
    assert error["errors"][0]["reason"] == reason


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "["},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
async def test_a_page_of_another_site_gets_nothing(
    sandbox: Sandbox,
    http: httpx2.AsyncClient,
    headers: dict[str, str],
):
    response = await http.post(f"{sandbox.url}/_sandbox/reset", headers=headers)
    assert response.status_code == 403


@pytest.mark.parametrize("origin", ["http://localhost:8700", "http://[::1]:8700"])
async def test_a_page_of_this_machine_is_served(
    sandbox: Sandbox,
    http: httpx2.AsyncClient,
    origin: str,
):
    response = await http.get(f"{sandbox.url}/health", headers={"Origin": origin})
    assert response.status_code == 200


async def test_health_says_how_each_installed_server_works_here(
    sandbox: Sandbox,
    http: httpx2.AsyncClient,
):
    health = (await http.get(f"{sandbox.url}/health")).json()
    assert health["status"] == "ok"
    servers = health["servers"]
    assert servers.keys() == {server.name for server in entry_points(group="arion.servers")}
    assert servers["gmail"] == {"BASE_URL": "/google", "TOKEN": "sandbox"}
    paths = {value for its in servers.values() for value in its.values() if value[:1] == "/"}
    statuses = {
        path: (await http.get(f"{sandbox.url}{path}/nothing")).status_code for path in paths
    }
    assert set(statuses.values()) <= {401, 404}


async def test_another_host_name_can_be_allowed(http: httpx2.AsyncClient):
    app = create_app(None, lambda: NOW, hosts=frozenset({"sandbox"}))
    async with serving(app) as url:
        response = await http.get(f"{url}/health", headers={"Host": "sandbox:8710"})
        assert response.status_code == 200
        assert (await http.get(f"{url}/health")).status_code == 403


async def test_what_the_user_made_outlives_a_restart_and_a_night(
    tmp_path: Path, http: httpx2.AsyncClient
):
    async with running_sandbox(data_dir=tmp_path) as running:
        await http.post(f"{running.url}{EVENTS}", json=EVENT)
        first = (await http.get(f"{running.url}{EVENTS}?maxResults=500")).json()["items"]
    async with running_sandbox(data_dir=tmp_path) as running:
        again = (await http.get(f"{running.url}{EVENTS}?maxResults=500")).json()["items"]
        assert again == first
    async with running_sandbox(data_dir=tmp_path, now=NOW + timedelta(days=1)) as running:
        next_day = (await http.get(f"{running.url}{EVENTS}?maxResults=500")).json()["items"]
    assert {event["id"] for event in first} & {event["id"] for event in next_day} == {"mine1"}


@pytest.mark.parametrize("pragma", ["max_page_count = 1", "query_only = ON"])
async def test_a_full_or_read_only_disk_is_the_vendors_outage(
    http: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture, pragma: str
):
    app = create_app(None, lambda: NOW)
    app.state.store.connection.execute(f"PRAGMA {pragma}")
    async with serving(app) as url:
        big = EVENT | {"description": "가" * 200_000}
        response = await http.post(f"{url}{EVENTS}", json=big)
        assert response.status_code == 503
        assert response.json()["error"]["errors"][0]["reason"] == "backendError"
        assert "the store failed" in caplog.text
        assert (await http.get(f"{url}{EVENTS}")).status_code == 200
        assert (await http.get(f"{url}{EVENTS}/mine1")).status_code == 404


async def test_many_requests_at_once_are_all_answered(
    sandbox: Sandbox,
    http: httpx2.AsyncClient,
):
    async def create(number: int) -> int:
        body = EVENT | {"id": f"double{number % 10}"}
        return (await http.post(f"{sandbox.url}{EVENTS}", json=body)).status_code

    statuses = await asyncio.gather(*(create(number) for number in range(30)))
    assert sorted(statuses) == [200] * 10 + [409] * 20


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path):
    (tmp_path / DATABASE).write_bytes(b"this is no database" * 100)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        create_app(tmp_path, lambda: NOW)


def test_a_taken_port_and_unusable_data_are_said_plainly(tmp_path: Path):
    (tmp_path / DATABASE).write_bytes(b"this is no database" * 100)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        taken = start("--port", port)
        damaged = start("--port", port, "--data", str(tmp_path))
    assert (taken.returncode, damaged.returncode) == (1, 1)
    assert f"port {port} on 127.0.0.1 is taken. Choose another with --port." in taken.stderr
    assert f"cannot use the data in {tmp_path}: file is not a database" in damaged.stderr
    assert "Traceback" not in taken.stderr + damaged.stderr


def start(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import arion_sandbox; arion_sandbox.main()", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_asking_for_help_loads_no_server():
    loaded = run(
        "import sys, contextlib, arion_sandbox\n"
        "sys.argv = ['arion-sandbox', '--help']\n"
        "with contextlib.suppress(SystemExit): arion_sandbox.main()\n"
        "print(sorted({'uvicorn', 'starlette', 'fastmcp', 'pydantic'} & sys.modules.keys()))"
    )
    assert re.search(r"--port PORT", loaded)
    assert loaded.endswith("[]\n")


def test_the_whole_app_needs_no_framework_of_the_servers():
    loaded = run(
        "import sys, arion_sandbox.app, uvicorn\n"
        "print(sorted({'fastmcp', 'mcp', 'pydantic', 'arion_kit'} & sys.modules.keys()))"
    )
    assert loaded == "[]\n"
