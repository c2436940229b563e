"""The sandbox in a process of its own, with vendors that also fail after they have acted.

`/slow/…` answers late, `/drop/…` acts and then breaks the connection, `/garbage/…` acts and then
sends what nobody can read; the plain paths answer as they should. Which writes fail is drawn by
chance, so that a retry may succeed.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.bench.processes import ROOT, free_port

FAULTS = ("slow", "drop", "garbage")
FAULTY_SHARE = 0.5
"""Share of the writes that a faulty vendor answers badly."""

SLOW_S = 0.15


class Faulty:
    """The vendors below `/slow`, `/drop` and `/garbage`."""

    def __init__(self, app: ASGIApp, chance: random.Random) -> None:
        self._app = app
        self._chance = chance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = scope["path"].split("/")[1] if scope["type"] == "http" else ""
        if fault not in FAULTS:
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(f"/{fault}")
        inner = {
            **scope,
            "path": path,
            "raw_path": scope["raw_path"].removeprefix(f"/{fault}".encode()),
        }
        if scope["method"] == "GET" or self._chance.random() > FAULTY_SHARE:
            await self._app(inner, receive, send)
        elif fault == "slow":
            await asyncio.sleep(SLOW_S)  # the fault itself
            await self._app(inner, receive, send)
        else:
            await self._act(inner, receive, send, fault)

    async def _act(self, scope: Scope, receive: Receive, send: Send, fault: str) -> None:
        async def swallow(_message: Message) -> None:
            """The vendor has acted; nobody hears of it."""

        await self._app(scope, receive, swallow)
        headers = [(b"content-type", b"application/json")]
        if fault == "drop":
            headers.append((b"content-length", b"1000"))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"id": [', "more_body": False})


def main() -> None:
    """Serves on the port given, until killed."""
    from arion_sandbox.app import create_app

    app = create_app(None, lambda: datetime.now(UTC).astimezone())
    faulty = Faulty(app, random.Random(7))
    uvicorn.run(
        faulty, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical", http="h11", ws="none"
    )


@contextmanager
def running_vendors() -> Iterator[str]:
    """A freshly seeded sandbox in another process; gives its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tests.crashes.vendors", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"{url}/health", timeout=2):
                    break
            except urllib.error.URLError:
                time.sleep(0.1)
        else:
            raise RuntimeError("the sandbox did not start")
        yield url
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
