"""What stands in front of the stand-ins: who may ask, and a record of what was asked."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from arion_sandbox.json_types import Json, JsonObject

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
KEPT_REQUESTS = 200


class HostGuard:
    """Refuses requests meant for, or sent by, a page of another site.

    A page anywhere can post to 127.0.0.1, and with DNS rebinding read from it; its `Host` or
    `Origin` gives it away.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, or answer 403."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            names = [f"//{headers.get('host', '')}"]
            if "origin" in headers:
                names.append(headers["origin"])
            if any(_hostname(name) not in self._hosts for name in names):
                refusal = PlainTextResponse("This host or origin is not served here.", 403)
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _hostname(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


@dataclass
class Recorded:
    """One request that reached a vendor's stand-in."""

    vendor: str
    method: str
    path: str
    """As the vendor sees it, without the sandbox's own prefix."""
    query: list[tuple[str, str]]
    chunks: list[bytes] = field(default_factory=list[bytes])
    status: int | None = None

    def as_json(self) -> JsonObject:
        """Show it; the body is parsed where it is JSON."""
        return {
            "vendor": self.vendor,
            "method": self.method,
            "path": self.path,
            "query": [[name, value] for name, value in self.query],
            "body": self._body(),
            "status": self.status,
        }

    def _body(self) -> Json:
        content = b"".join(self.chunks)
        try:
            return json.loads(content) if content else None
        except ValueError:
            return content.decode("utf-8", "replace")


def _path_of(scope: Scope) -> str:
    # ASGI's own path is decoded as a whole: an encoded slash within an id would look like another
    # part of the path, which it is not for the vendor.
    parts = scope["raw_path"].decode("latin-1").split("/")
    return "/".join(unquote(part).replace("/", "%2F") for part in parts)


class Recorder:
    """Counts the requests to vendors and keeps the last of them."""

    def __init__(self, app: ASGIApp, vendors: frozenset[str]) -> None:
        self._app = app
        self._vendors = vendors
        self.count = 0
        self.requests: deque[Recorded] = deque(maxlen=KEPT_REQUESTS)

    def clear(self) -> None:
        """Start counting anew."""
        self.count = 0
        self.requests.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve and remember."""
        vendor = scope["path"].split("/")[1] if scope["type"] == "http" else ""
        if vendor not in self._vendors:
            await self._app(scope, receive, send)
            return
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        recorded = Recorded(
            vendor, scope["method"], _path_of(scope).removeprefix(f"/{vendor}"), query
        )
        self.requests.append(recorded)
        self.count += 1

        async def receive_and_keep() -> Message:
            message = await receive()
            recorded.chunks.append(message.get("body", b""))
            return message

        async def send_and_keep(message: Message) -> None:
            recorded.status = message.get("status", recorded.status)
            await send(message)

        await self._app(scope, receive_and_keep, send_and_keep)
