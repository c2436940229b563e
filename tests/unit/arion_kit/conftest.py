from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from pydantic import SecretStr

from arion_kit.clock import Clock
from arion_kit.credentials import Bearer
from arion_kit.http import Upstream, UpstreamOptions

TOKEN = "s3cret-token-of-the-tests"
CREDENTIALS = Bearer(SecretStr(TOKEN), "ARION_NOTES_TOKEN")


@dataclass
class FakeTime:
    """A clock that moves only when somebody sleeps or a test says so."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(
            monotonic=lambda: self.now,
            wall=lambda: self.now + 1_795_000_000,
            sleep=self.sleep,
            chance=lambda: 0.5,
        )


@dataclass
class Vendor:
    """An HTTP server on loopback that sends prepared bytes, one reply a request.

    An empty reply closes the connection; None never answers. The last reply is repeated.
    """

    replies: list[bytes | None] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await self._answer(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        lengths = [
            line for line in head.lower().split("\r\n") if line.startswith("content-length:")
        ]
        body = await reader.readexactly(int(lengths[0].split(":")[1])) if lengths else b""
        self.requests.append(head)
        self.bodies.append(body)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if reply is None:
            await reader.read()
            return False
        writer.write(reply)
        await writer.drain()
        return bool(reply) and b"Connection: close" not in reply


def reply(status: int = 200, body: Any = None, **headers: str) -> bytes:
    """A whole HTTP response; `body` is bytes, or becomes JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + content


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
async def vendor() -> AsyncGenerator[Vendor]:
    vendor = Vendor()
    server = await asyncio.start_server(vendor.serve, "127.0.0.1", 0)
    vendor.port = server.sockets[0].getsockname()[1]
    async with server:
        yield vendor


@pytest.fixture
async def connect(vendor: Vendor, time: FakeTime) -> AsyncGenerator[Callable[..., Upstream]]:
    """Makes upstreams of the vendor that are closed after the test."""
    opened: list[Upstream] = []

    def upstream(**changes: Any) -> Upstream:
        options = UpstreamOptions(
            service="Notebook",
            base_url=f"{vendor.url}/api",
            credentials=CREDENTIALS,
        )
        opened.append(Upstream(replace(options, **changes), clock=time.clock))
        return opened[-1]

    yield upstream
    for it in opened:
        await it.__aexit__(None, None, None)
