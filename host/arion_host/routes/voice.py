"""`/v1/voice` with its tickets, and `/v1/realtime`: the voice channel over a WebSocket."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket

from arion_auth import Principal, Tickets
from arion_host.admission import Admission
from arion_host.errors import PartFailed, RequestRefused
from arion_host.routes.responses import busy_response, error_response
from arion_host.routes.tickets import ticket_route
from arion_host.speech import SpeechPart
from arion_host.turns.engine import TurnEngine
from arion_kit.words import ErrorKind

if TYPE_CHECKING:
    from arion_voice.speech import Speech

_REALTIME = "realtime"
"""The subprotocol that browsers ask for at `/v1/realtime`."""


def voice_routes(
    engine: TurnEngine, principal: Principal, speech: SpeechPart, tickets: Tickets
) -> list[BaseRoute]:
    """Return the routes over an engine and whatever speech there is."""
    door = _Door(principal, speech, tickets, Admission())
    # The channel needs the libraries of speech, which the rest of the host does without.

    async def talk(websocket: WebSocket) -> None:
        async with door.entered(websocket) as entered:
            if entered is None:
                return
            who, engines = entered
            from arion_host.voice_channel import SUBPROTOCOL, TurnResponder, WebSocketTransport

            if SUBPROTOCOL not in websocket.scope["subprotocols"]:
                refusal = PartFailed(
                    ErrorKind.BAD_INPUT, f"This WebSocket speaks {SUBPROTOCOL} only, ask for it."
                )
                await websocket.send_denial_response(error_response(refusal))
                return
            await websocket.accept(SUBPROTOCOL)
            responder = TurnResponder(engine, who)
            hints = await engine.hints()
            transport = WebSocketTransport(websocket)
            await engines.session(transport, responder, hints, owner=who.id).run()

    async def talk_in_realtime(websocket: WebSocket) -> None:
        async with door.entered(websocket) as entered:
            if entered is None:
                return
            who, engines = entered
            from arion_host.voice_channel import TextWire, TurnResponder
            from arion_voice.realtime.transport import RealtimeTransport

            asked = websocket.scope["subprotocols"]
            await websocket.accept(_REALTIME if _REALTIME in asked else None)
            responder = TurnResponder(engine, who)
            hints = await engine.hints()
            await engines.session(RealtimeTransport(TextWire(websocket)), responder, hints).run()

    return [
        ticket_route(tickets, principal, door.retry_after_s),
        WebSocketRoute("/v1/voice", talk),
        WebSocketRoute("/v1/realtime", talk_in_realtime),
    ]


@dataclass(frozen=True)
class _Door:
    """Lets connections in, as many as there is room for."""

    principal: Principal
    """Whose a connection without a ticket is."""
    speech: SpeechPart
    tickets: Tickets
    admission: Admission

    def retry_after_s(self) -> int | None:
        """In how many seconds a place is likely to be free; None: there is one."""
        engines = self.speech.engines
        return None if engines is None else self.admission.wait_s(engines.max_sessions)

    @asynccontextmanager
    async def entered(
        self, websocket: WebSocket
    ) -> AsyncGenerator[tuple[Principal, Speech] | None]:
        """Whose a connection is, and the engines, until it ends; None where it was refused."""
        who = await _caller(websocket, self.principal, self.tickets)
        engines = None if who is None else await _engines(websocket, self.speech)
        if who is None or engines is None:
            yield None
            return
        if (retry_after_s := self.admission.wait_s(engines.max_sessions)) is not None:
            await websocket.send_denial_response(busy_response(retry_after_s))
            yield None
            return
        self.admission.enter()
        try:
            yield who, engines
        finally:
            self.admission.leave()


async def _caller(websocket: WebSocket, local: Principal, tickets: Tickets) -> Principal | None:
    """Whose the connection is; None where its ticket is not good, and it was refused.

    Without a ticket it is the one person's of this machine.
    """
    ticket = websocket.query_params.get("ticket")
    if ticket is None:
        return local
    # The server writes the address of every WebSocket into its log.
    websocket.scope["query_string"] = b""
    if (principal := tickets.redeem(ticket)) is None:
        refusal = RequestRefused(
            ErrorKind.NOT_SIGNED_IN,
            "This ticket is unknown, was used, or is too old.",
            next_step="Ask for a new one with POST /v1/voice/ticket.",
        )
        await websocket.send_denial_response(error_response(refusal))
    return principal


async def _engines(websocket: WebSocket, speech: SpeechPart) -> Speech | None:
    """The engines; None where there are none, and the connection was refused."""
    engines = await speech.imported()
    if engines is None:
        refusal = PartFailed(
            ErrorKind.UNAVAILABLE,
            " ".join(speech.missing) or "Speech is switched off.",
            next_step="Text works: POST /v1/turns.",
        )
        await websocket.send_denial_response(error_response(refusal))
    return engines
