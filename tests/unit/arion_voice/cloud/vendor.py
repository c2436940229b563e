"""A vendor whose every answer the test writes: HTTP over loopback, down to the lost connection."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Answer:
    """One answer of the vendor."""

    body: Any = b""
    """Bytes, or what is sent as JSON."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    gate: asyncio.Event | None = None
    """Where given, nothing is sent before it is set."""


@dataclass
class Stream:
    """An answer in pieces."""

    pieces: Iterable[bytes]
    ending: str = "ends"
    """`ends`, `hangs` until the client goes, or is `lost`."""


HANG = "hang"
"""Never answer."""
LOSE = "lose"
"""Close the connection instead of answering."""

Step = Answer | Stream | str


@dataclass
class Asked:
    """A request as it came."""

    line: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def fields(self) -> list[tuple[str, bytes]]:
        """The parts of a form."""
        boundary = self.headers["content-type"].partition("boundary=")[2].encode()
        parts = (b"\r\n" + self.body).split(b"\r\n--" + boundary)[1:-1]
        found = [part.removeprefix(b"\r\n").partition(b"\r\n\r\n") for part in parts]
        return [(head.decode().split('name="')[1].split('"')[0], body) for head, _, body in found]

    def field(self, name: str) -> bytes:
        """One part of a form."""
        return dict(self.fields)[name]


@dataclass
class Vendor:
    """A server that does what the script says, request by request, and then what it says last."""

    script: list[Step] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    came: asyncio.Condition = field(default_factory=asyncio.Condition)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client closes a connection on which it is still being answered."""
    connections: int = 0
    url: str = ""

    async def until_asked(self, count: int) -> None:
        """Wait until so many requests have come."""
        async with asyncio.timeout(5), self.came:
            await self.came.wait_for(lambda: len(self.asked) >= count)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        try:
            while (asked := await _request(reader)) is not None:
                step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
                self.asked.append(asked)
                async with self.came:
                    self.came.notify_all()
                if not await self._answer(step, reader, writer):
                    return
        except ConnectionError:
            self.left.set()
        finally:
            writer.close()

    async def _answer(
        self, step: Step, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        if isinstance(step, Answer):
            if step.gate is not None:
                await step.gate.wait()
            body = step.body if isinstance(step.body, bytes) else json.dumps(step.body).encode()
            await _send(
                writer, step.status, {"Content-Length": str(len(body)), **step.headers}, body
            )
            return True
        if isinstance(step, Stream):
            await _send(writer, 200, {"Transfer-Encoding": "chunked"}, b"")
            for piece in step.pieces:
                writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                await writer.drain()
            if step.ending == "ends":
                writer.write(b"0\r\n\r\n")
                return True
        if step == HANG or (isinstance(step, Stream) and step.ending == "hangs"):
            await reader.read()
            self.left.set()
        return False


async def _request(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    line, *lines = head.removesuffix("\r\n\r\n").split("\r\n")
    headers = {name.lower(): value for name, _, value in (it.partition(": ") for it in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(line, headers, body)


async def _send(
    writer: asyncio.StreamWriter, status: int, headers: Mapping[str, str], body: bytes
) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode() + body)
    await writer.drain()
