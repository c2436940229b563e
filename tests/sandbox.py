"""A running sandbox for tests: real HTTP on a free loopback port, in the test's own loop.

Contract tests have the `sandbox` fixture; other folders bring it in through their conftest.py.
`running_sandbox()` is for a test that needs another clock or data on disk.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from starlette.types import ASGIApp

from arion_sandbox.app import create_app
from arion_sandbox.guards import Recorder
from tests.descriptions import coupang, engines, github, google, kakao, notion, odsay, speech, tmap

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
"""Monday morning in Seoul; what the sandbox's clock shows unless a test says otherwise."""

TOKEN = "sandbox"

Check = Callable[[str, str, list[tuple[str, str]], Any], list[str]]
"""`(method, path, query, body) → what is wrong with it`."""

CHECKS: Mapping[str, Check] = {
    "coupang": coupang.check,
    "elevenlabs": speech.check_elevenlabs,
    "github": github.check,
    "google": google.check,
    **engines.CHECKS,
    "kakao": kakao.check,
    "notion": notion.check,
    "odsay": odsay.check,
    "openai": speech.check_openai,
    "tmap": tmap.check,
}
"""The vendors' descriptions, by the first segment of the sandbox's paths."""


@dataclass(frozen=True)
class Sandbox:
    """Where a running sandbox is, and what reached it."""

    url: str
    _recorder: Recorder

    @property
    def google(self) -> str:
        """Base URL for Calendar and Gmail: `{google}/calendar/v3/…`, `{google}/gmail/v1/…`."""
        return f"{self.url}/google"

    @property
    def kakao(self) -> str:
        """Base URL for Kakao Local: `{kakao}/v2/local/…`."""
        return f"{self.url}/kakao"

    def google_client(self) -> httpx2.AsyncClient:
        """Talk to Calendar and Gmail as a signed-in client would."""
        return _client(self.google, f"Bearer {TOKEN}")

    def kakao_client(self) -> httpx2.AsyncClient:
        """Talk to Kakao Local with the right key."""
        return _client(self.kakao, f"KakaoAK {TOKEN}")

    def requests(self) -> list[dict[str, Any]]:
        """What reached the vendors: vendor, method, path, query, body, status."""
        return [recorded.as_json() for recorded in self._recorder.requests]

    def forget(self) -> None:
        """Forget the requests so far; the accounts stay as they are."""
        self._recorder.clear()

    def violations(self) -> list[str]:
        """Everything the vendors' descriptions object to in the requests that arrived."""
        found: list[str] = []
        for request in self.requests():
            if check := CHECKS.get(request["vendor"]):
                path, query = request["path"], [(name, value) for name, value in request["query"]]
                found += check(request["method"], path, query, request["body"])
        return found


def _client(base_url: str, authorization: str) -> httpx2.AsyncClient:
    # Making a TLS context takes longer than the rest of a test, and loopback needs none.
    headers = {"Authorization": authorization}
    return httpx2.AsyncClient(base_url=base_url, headers=headers, verify=False)


@asynccontextmanager
async def serving(app: ASGIApp, *, websockets: bool = False) -> AsyncGenerator[str]:
    """Serve any ASGI app on a free loopback port; gives its base URL."""
    ws = "websockets-sansio" if websockets else "none"
    config = uvicorn.Config(app, http="h11", ws=ws, lifespan="on", log_level="warning")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # `serve()` would install signal handlers, and its `shutdown()` sleeps.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await server.startup(sockets=[listener])
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            for bound in server.servers:
                bound.close()
            for connection in tuple(server.server_state.connections):
                connection.shutdown()
            await server.lifespan.shutdown()


@asynccontextmanager
async def running_sandbox(
    *, now: datetime = NOW, data_dir: Path | None = None
) -> AsyncGenerator[Sandbox]:
    """Serve freshly seeded accounts, in memory unless `data_dir` is given."""
    app = create_app(data_dir, lambda: now)
    async with serving(app) as url:
        yield Sandbox(url, app.state.recorder)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Serve a sandbox of its own to one test."""
    async with running_sandbox() as running:
        yield running
