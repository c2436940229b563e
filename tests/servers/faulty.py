"""A vendor that fails in every way a vendor can, over real HTTP."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime

from arion_kit.words import ErrorKind
from tests.sandbox import NOW

LARGEST_BYTES = 200_000
"""What the checks let a server read, so that an oversized body need not be 8 MB."""


@dataclass(frozen=True)
class Asked:
    """One request, as it came."""

    method: str
    path: str
    head: str


Answer = Callable[[Asked], bytes | None]
"""The bytes that go over the wire before the connection is closed; None leaves it open, silent."""


@dataclass(frozen=True)
class Fault:
    """One way to fail, and what a person is to be told."""

    name: str
    answer: Answer
    kind: ErrorKind
    retry_after_s: float | None = None


@dataclass
class Faulty:
    """Fails every request in the way of `answer`, and remembers it."""

    url: str
    answer: Answer
    asked: list[Asked] = field(default_factory=list[Asked])


def http(status: int, body: bytes, content_type: str, **headers: str) -> bytes:
    fields = {"Content-Type": content_type, "Content-Length": str(len(body)), **headers}
    lines = [f"HTTP/1.1 {status} Whatever", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def refusal(status: int, **headers: str) -> Answer:
    """An error in no vendor's shape that repeats all it was sent, credentials included."""

    def answer(asked: Asked) -> bytes:
        told = f"Refused: {asked.path} {asked.head}"
        body = {"error": told, "message": told, "detail": [told]}
        return http(status, json.dumps(body).encode(), "application/json", **headers)

    return answer


def said(body: bytes, content_type: str = "application/json") -> Answer:
    return lambda _: http(200, body, content_type)


def _broken_off(_: Asked) -> bytes:
    return http(200, b'{"items": [{"id": "1"' + b" " * 100, "application/json")[:-90]


FAULTS = (
    Fault("401", refusal(401), ErrorKind.NOT_SIGNED_IN),
    Fault("403", refusal(403), ErrorKind.FORBIDDEN),
    Fault("404", refusal(404), ErrorKind.NOT_FOUND),
    Fault("409", refusal(409), ErrorKind.CONFLICT),
    Fault("410", refusal(410), ErrorKind.GONE),
    Fault("429", refusal(429), ErrorKind.RATE_LIMITED),
    Fault("429 in 90 s", refusal(429, Retry_After="90"), ErrorKind.RATE_LIMITED, 90),
    Fault(
        "429 at a date",
        refusal(429, Retry_After=format_datetime(NOW)),
        ErrorKind.RATE_LIMITED,
        60,
    ),
    Fault("500", refusal(500), ErrorKind.UNAVAILABLE),
    Fault("502", refusal(502), ErrorKind.UNAVAILABLE),
    Fault("503", refusal(503), ErrorKind.UNAVAILABLE),
    Fault("timeout", lambda _: None, ErrorKind.TIMEOUT),
    Fault("broken off", _broken_off, ErrorKind.BAD_RESPONSE),
    Fault("truncated JSON", said(b'{"items": [{"id": "1"'), ErrorKind.BAD_RESPONSE),
    Fault("oversized body", said(b"[" + b" " * LARGEST_BYTES + b"]"), ErrorKind.TOO_LARGE),
    Fault("HTML", said(b"<html><body>Hello</body></html>", "text/html"), ErrorKind.BAD_RESPONSE),
    Fault("empty body", said(b""), ErrorKind.BAD_RESPONSE),
    Fault("wrong shape", said(b'["nonsense", 1, null]'), ErrorKind.BAD_RESPONSE),
)
"""The clock of the checks stands a minute before `NOW`, the date of "429 at a date"."""


@asynccontextmanager
async def failing(answer: Answer) -> AsyncGenerator[Faulty]:
    """Serves one that fails on a free port."""
    faulty = Faulty("", answer)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            asked = await _read(reader)
            faulty.asked.append(asked)
            content = faulty.answer(asked)
            if content is None:
                await reader.read()
            else:
                writer.write(content)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # The client has gone, as it may.
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        faulty.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield faulty


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    method, path, _ = head.split(" ", 2)
    length = _header(head, "content-length")
    await reader.readexactly(int(length or 0))
    return Asked(method, path, head)


def _header(head: str, name: str) -> str | None:
    found: Mapping[str, str] = {
        key.lower(): value.strip()
        for key, _, value in (line.partition(":") for line in head.split("\r\n")[1:])
    }
    return found.get(name)


@asynccontextmanager
async def nobody() -> AsyncGenerator[str]:
    """The address of a port that refuses connections, and that nobody else can take."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"
