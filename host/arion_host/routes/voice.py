"""`/v1/voice` and `/v1/realtime`: the voice channel over a WebSocket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from arion_auth import Principal
from arion_host.errors import PartFailed
from arion_host.routes.responses import error_response
from arion_host.speech import SpeechPart
from arion_host.turns.engine import TurnEngine
from arion_kit.words import ErrorKind

if TYPE_CHECKING:
    from arion_voice.speech import Speech

_REALTIME = "realtime"
"""The subprotocol that browsers ask for at `/v1/realtime`."""


def voice_routes(
    engine: TurnEngine, principal: Principal, speech: SpeechPart
) -> list[WebSocketRoute]:
    """Return the routes over an engine and whatever speech there is."""
    # The channel needs the libraries of speech, which the rest of the host does without.

    async def talk(websocket: WebSocket) -> None:
        if (engines := await _engines(websocket, speech)) is None:
            return
        from arion_host.voice_channel import SUBPROTOCOL, TurnResponder, WebSocketTransport

        if SUBPROTOCOL not in websocket.scope["subprotocols"]:
            refusal = PartFailed(
                ErrorKind.BAD_INPUT, f"This WebSocket speaks {SUBPROTOCOL} only, ask for it."
            )
            await websocket.send_denial_response(error_response(refusal))
            return
        await websocket.accept(SUBPROTOCOL)
        responder = TurnResponder(engine, principal)
        hints = await engine.hints()
        await engines.session(WebSocketTransport(websocket), responder, hints).run()

    async def talk_in_realtime(websocket: WebSocket) -> None:
        if (engines := await _engines(websocket, speech)) is None:
            return
        from arion_host.voice_channel import TextWire, TurnResponder
        from arion_voice.realtime.transport import RealtimeTransport

        asked = websocket.scope["subprotocols"]
        await websocket.accept(_REALTIME if _REALTIME in asked else None)
        responder = TurnResponder(engine, principal)
        hints = await engine.hints()
        await engines.session(RealtimeTransport(TextWire(websocket)), responder, hints).run()

    return [
        WebSocketRoute("/v1/voice", talk),
        WebSocketRoute("/v1/realtime", talk_in_realtime),
    ]


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
