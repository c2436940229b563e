"""The Gmail server: a client of it for its own tests, and its case for those of every server."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from fastmcp import Client, FastMCP
from pydantic import SecretStr

from arion_gmail import SPEC
from arion_gmail.api import GmailApi, upstream_options
from arion_gmail.settings import GmailSettings
from arion_kit.clock import Clock
from arion_kit.google import granted_scopes
from arion_kit.http import Upstream
from arion_kit.serving import build
from arion_kit.spec import ServerSpec
from arion_kit.words import META_KEY, META_LANGUAGE, META_MAX_CHARS, META_NOW, META_TIMEZONE
from tests.sandbox import TOKEN, Sandbox
from tests.servers import ServerCase

CASE = ServerCase(
    spec=SPEC,
    read=("gmail_search", {"query": "in:inbox", "max_results": 3}),
    write=("gmail_create_draft", {"to": ["hana.kim@yeoul.example"], "body": "안녕하세요."}),
    values={
        "query": ("in:inbox", "is:unread from:박서준", "has:attachment", "in:drafts"),
        "to": (["박서준 <seojun.park@yeoul.example>"], ["hana.kim@yeoul.example"]),
        "cc": (["sumin.lee@yeoul.example"],),
        "add_labels": (["STARRED"], ["회사"]),
        "remove_labels": (["INBOX"], ["UNREAD"]),
        "label_ids": (["INBOX"], ["Label_1"]),
        "prefix": ("회", "IN"),
        "name": ("김하나", "Emma"),
        "attachments": (['{"name": "메모.txt", "text": "할 일"}'],),
    },
)


@dataclass
class Gmail:
    """A client of the server, and the sandbox behind it."""

    client: Client[Any]
    sandbox: Sandbox

    async def call(
        self,
        tool: str,
        language: str = "ko",
        timezone: str = "Asia/Seoul",
        key: str | None = None,
        room: int | None = None,
        **arguments: Any,
    ) -> dict[str, Any]:
        """Call a tool without its prefix; gives the structured content."""
        meta = {
            META_LANGUAGE: language,
            META_TIMEZONE: timezone,
            META_NOW: "2026-11-23T10:00:00+09:00",
            META_KEY: key,
            META_MAX_CHARS: room,
        }
        result = await self.client.call_tool(
            f"gmail_{tool}",
            arguments,
            meta={name: value for name, value in meta.items() if value is not None},
            raise_on_error=False,
        )
        return result.structured_content or {}

    async def agreed(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """Call a tool that asks, and agree to what it asks."""
        asked = await self.call(tool, **arguments)
        return await self.call(tool, **arguments, confirm_token=asked["confirm_token"])

    async def read(self, query: str, **arguments: Any) -> dict[str, Any]:
        """The newest mail of a search."""
        [message] = (await self.call("read", query=query, **arguments))["messages"]
        return message

    async def ids(self, query: str) -> list[str]:
        """The ids of the mails that a search finds, newest first."""
        found = await self.call("search", query=query, include_spam_trash=True)
        return [row["id"] for row in found["messages"]]

    async def subjects(self, query: str, **arguments: Any) -> list[str]:
        """The subjects of the mails that a search finds."""
        found = await self.call("search", query=query, **arguments)
        return [row["subject"] for row in found["messages"]]

    async def state(self, path: str, **query: Any) -> dict[str, Any]:
        """What the sandbox itself says of the mailbox (`messages/18f…`)."""
        async with self.sandbox.google_client() as google:
            response = await google.get(f"/gmail/v1/users/me/{path}", params=query)
        return response.json()

    async def labels_of(self, message_id: str) -> set[str]:
        """The labels of a mail, as the sandbox has them."""
        return set((await self.state(f"messages/{message_id}", format="minimal"))["labelIds"])


def gmail_at(base_url: str, token: str | None = TOKEN) -> ServerSpec:
    """The server, with this stand-in for Google and this token."""

    @asynccontextmanager
    async def open_api() -> AsyncGenerator[GmailApi]:
        secret = SecretStr(token) if token else None
        settings = GmailSettings(base_url=base_url, token=secret)
        options = upstream_options(settings)
        async with Upstream(options, clock=Clock(sleep=no_wait)) as upstream:
            yield GmailApi(upstream, partial(granted_scopes, settings.oauth, secret))

    return replace(SPEC, open=open_api)


@asynccontextmanager
async def gmail_client(base_url: str) -> AsyncGenerator[Client[Any]]:
    """A client of the server at this stand-in. One at a time: the server is built once for all."""
    _STAND_INS.append(base_url)
    async with Client(_server()) as client:
        yield client


_STAND_INS: list[str] = []


@asynccontextmanager
async def _open_latest() -> AsyncGenerator[GmailApi]:
    async with gmail_at(_STAND_INS[-1]).open() as api:
        yield api


@cache
def _server() -> FastMCP:
    # To read the signatures of 16 tools takes longer than most tests.
    return build(replace(SPEC, open=_open_latest))


async def no_wait(_seconds: float) -> None:
    """Stands in for the pauses between attempts."""
