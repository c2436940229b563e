"""Who is let in at the voice channel, over a real server."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import httpx
import pytest
from starlette.applications import Starlette
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from arion_auth import LOCAL, TICKET_S, Tickets
from arion_host.routes.voice import voice_routes
from arion_host.speech import SpeechPart
from arion_voice.transport import Disconnected

pytestmark = pytest.mark.thorough


class Silent:
    """A session that lasts as long as its connection."""

    def __init__(self, transport: Any, owner: str | None) -> None:
        self.transport = transport
        self.owner = owner

    async def run(self) -> None:
        try:
            while True:
                await self.transport.receive()
        except Disconnected:
            pass


@dataclass
class Engines:
    max_sessions: int = 100
    owners: list[str | None] = field(default_factory=list[str | None])

    def session(
        self, transport: Any, responder: Any, hints: Any, owner: str | None = None
    ) -> Silent:
        self.owners.append(owner)
        return Silent(transport, owner)


class NoTurns:
    async def hints(self) -> dict[str, str]:
        return {}


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Door:
    url: str
    engines: Engines
    clock: Clock

    async def ticket(self) -> str:
        async with httpx.AsyncClient() as client:
            answer = await client.post(f"{self.url}/v1/voice/ticket")
        assert answer.headers["cache-control"] == "no-store"
        told = answer.json()
        assert told.keys() == {"ticket", "expires_s"}
        assert told["expires_s"] == TICKET_S
        return told["ticket"]

    async def connect(self, path: str = "/v1/voice") -> ClientConnection:
        return await connect(
            self.url.replace("http", "ws") + path,
            subprotocols=[Subprotocol("arion.voice.v1")] if "realtime" not in path else None,
            proxy=None,
        )

    async def refusal(self, path: str = "/v1/voice") -> tuple[int, dict[str, Any], str | None]:
        with pytest.raises(InvalidStatus) as raised:
            await self.connect(path)
        answer = raised.value.response
        error = json.loads(answer.body or b"")["error"]
        return answer.status_code, error, answer.headers.get("Retry-After")


@pytest.fixture
def door(serve: Any) -> Any:
    @asynccontextmanager
    async def open_door(max_sessions: int = 100) -> AsyncGenerator[Door]:
        speech, engines, clock = SpeechPart(wanted=False), Engines(max_sessions), Clock()
        speech.engines = cast("Any", engines)
        tickets = Tickets(clock)
        routes = voice_routes(cast("Any", NoTurns()), LOCAL, speech, tickets)
        served = await serve(Starlette(routes=routes))
        yield Door(served.url, engines, clock)
        await served.finish()

    return open_door


@pytest.mark.parametrize("path", ["/v1/voice", "/v1/realtime"])
async def test_a_ticket_opens_one_connection(door: Any, path: str):
    async with door() as here:
        address = f"{path}?ticket={await here.ticket()}"
        async with await here.connect(address):
            status, error, _ = await here.refusal(address)
    assert status == 401
    assert error["kind"] == "not_signed_in"
    assert "POST /v1/voice/ticket" in error["next_step"]


async def test_a_ticket_is_too_old_after_its_time(door: Any):
    async with door() as here:
        ticket = await here.ticket()
        here.clock.now = TICKET_S
        status, error, _ = await here.refusal(f"/v1/voice?ticket={ticket}")
    assert (status, error["kind"]) == (401, "not_signed_in")
    assert here.engines.owners == []


async def test_without_a_ticket_it_is_the_person_of_this_machine(door: Any):
    async with door() as here, await here.connect():
        pass
    assert here.engines.owners == [LOCAL.id]


async def test_no_ticket_is_written_into_a_log(door: Any, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    async with door() as here:
        ticket = await here.ticket()
        async with await here.connect(f"/v1/voice?ticket={ticket}"):
            pass
        await here.refusal(f"/v1/voice?ticket={ticket}")
    assert "/v1/voice" in caplog.text
    assert ticket not in caplog.text


async def test_beyond_its_capacity_a_host_says_when_to_come_again(door: Any):
    async with door(max_sessions=1) as here, await here.connect():
        for path in ("/v1/voice", "/v1/realtime"):
            status, error, retry_after = await here.refusal(path)
            assert status == 503
            assert error.keys() == {"kind", "message", "next_step", "retry_after_s"}
            assert error["kind"] == "busy"
            assert retry_after == str(error["retry_after_s"]) == "30"


async def test_a_page_learns_from_the_ticket_when_to_come_again(door: Any):
    async with (
        door(max_sessions=1) as here,
        await here.connect(),
        httpx.AsyncClient() as client,
    ):
        answer = await client.post(f"{here.url}/v1/voice/ticket")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert answer.json()["error"]["retry_after_s"] == 30


async def test_a_connection_that_was_refused_takes_no_place(door: Any):
    async with door(max_sessions=1) as here:
        await here.refusal("/v1/voice?ticket=made-up")
        async with await here.connect():
            pass
