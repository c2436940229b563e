"""The GitHub server for the checks that every server has to pass, and a client of it for tests."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx2
from fastmcp import Client
from pydantic import SecretStr

from arion_github import SPEC
from arion_github.api import GithubApi, upstream_options
from arion_github.settings import GithubSettings
from arion_github.transport import Transport
from arion_kit.clock import SYSTEM_CLOCK, Clock
from arion_kit.http import Upstream
from arion_kit.spec import ServerSpec
from arion_kit.testing import connected
from arion_kit.words import META_KEY, META_LANGUAGE, META_MAX_CHARS, META_NOW, META_TIMEZONE
from tests.sandbox import TOKEN, Sandbox, running_sandbox
from tests.servers import ServerCase

ALL = frozenset({"all"})
ME = "haneul-kim"
ARION = {"owner": ME, "repo": "arion"}
NOTIFY = {"owner": "yeoulsoft", "repo": "yeoul-notify"}

CASE = ServerCase(
    spec=SPEC,
    read=("github_list_issues", ARION),
    write=("github_comment", {**ARION, "number": 2, "body": "고마워요"}),
    settings={"BASE_URL": "/github", "TOKEN": TOKEN},
    values={
        "owner": (ME, "yeoulsoft", "opendocs"),
        "repo": ("arion", "yeoul-notify", "handbook"),
        "number": (2, 5, 6, 10, 12, 13),
        "path": ("README.md", "src", "src/voice.py", ""),
        "branch": ("main", "batch", "새-브랜치"),
        "head": ("batch", "yeoulsoft:batch", "mic-permission"),
        "base": ("main",),
        "ref": ("main", "batch"),
        "from_ref": ("main",),
        "workflow": ("ci.yml", "deploy.yml"),
        "query": ("is:open", "#12", "로그인", "아리온", "repo:haneul-kim/arion is:open"),
        "labels": (["bug"], ["design", "bug"]),
        "assignees": ([ME], ["jihoon-oh"]),
        "fields": (["number", "title"],),
        "since": ("2026-11-20T00:00:00+09:00",),
        "title": ("로그인이 안 돼요",),
        "values": ({"state": "closed"}, {"title": "새 제목"}),
        "assignee": (ME, "none"),
    },
)

NOW = "2026-11-23T10:00:00+09:00"


def github_at(
    base_url: str,
    token: str | None = TOKEN,
    *,
    lockdown: bool = False,
    clock: Clock = SYSTEM_CLOCK,
) -> ServerSpec:
    """The server, with this stand-in for GitHub and this token."""

    @asynccontextmanager
    async def open_api() -> AsyncGenerator[GithubApi]:
        settings = GithubSettings(
            base_url=base_url, token=token and SecretStr(token), lockdown=lockdown
        )
        async with Upstream(upstream_options(settings), clock=clock) as upstream:
            yield GithubApi(Transport(upstream, base_url), lockdown=lockdown)

    return replace(SPEC, open=open_api)


def signed_in(sandbox: Sandbox) -> httpx2.AsyncClient:
    """Talks to GitHub itself."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    # Making a TLS context takes longer than the rest of a test, and loopback needs none.
    return httpx2.AsyncClient(base_url=f"{sandbox.url}/github", headers=headers, verify=False)


@dataclass
class Github:
    """A client of the server, and the sandbox behind it."""

    client: Client[Any]
    sandbox: Sandbox

    async def call(
        self,
        tool: str,
        language: str = "ko",
        key: str | None = None,
        chars: int | None = None,
        **arguments: Any,
    ) -> dict[str, Any]:
        """What a tool gives, or its error."""
        meta: dict[str, Any] = {
            META_LANGUAGE: language,
            META_TIMEZONE: "Asia/Seoul",
            META_NOW: NOW,
        }
        meta |= {META_KEY: key} if key else {}
        meta |= {META_MAX_CHARS: chars} if chars else {}
        result = await self.client.call_tool(
            f"github_{tool}", arguments, meta=meta, raise_on_error=False
        )
        return result.structured_content or {}

    async def agreed(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The same, with the person's agreement to what it asks."""
        asked = await self.call(tool, **arguments)
        return await self.call(tool, **arguments, confirm_token=asked["confirm_token"])

    async def kept(self, path: str) -> Any:
        """What GitHub itself says, asked directly."""
        async with signed_in(self.sandbox) as client:
            return (await client.get(path)).json()

    async def begin_anew(self) -> None:
        """Everything in the sandbox is as it was at first."""
        async with signed_in(self.sandbox) as client:
            await client.post(f"{self.sandbox.url}/_sandbox/reset")

    def sent(self, method: str, ending: str = "") -> list[dict[str, Any]]:
        """Requests that reached GitHub."""
        return [
            request
            for request in self.sandbox.requests()
            if request["method"] == method and request["path"].endswith(ending)
        ]


@asynccontextmanager
async def running_github(*, lockdown: bool = False) -> AsyncGenerator[Github]:
    """A sandbox, and the server with all its tools over it."""
    async with running_sandbox() as sandbox:
        spec = github_at(f"{sandbox.url}/github", lockdown=lockdown)
        async with connected(spec, toolsets=ALL) as client:
            yield Github(client, sandbox)
