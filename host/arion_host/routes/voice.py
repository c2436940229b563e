"""`/v1/voice`: the voice channel over a WebSocket."""

from __future__ import annotations

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from arion_auth import Principal
from arion_host.errors import PartFailed
from arion_host.routes.responses import error_response
from arion_host.speech import SpeechPart
from arion_host.turns.engine import TurnEngine
from arion_kit.words import ErrorKind


def voice_route(engine: TurnEngine, principal: Principal, speech: SpeechPart) -> WebSocketRoute:
    """Return the route over an engine and whatever speech there is."""

    async def talk(websocket: WebSocket) -> None:
        engines = await speech.imported()
        if engines is None:
            refusal = PartFailed(
                ErrorKind.UNAVAILABLE,
                " ".join(speech.missing) or "Speech is switched off.",
                next_step="Text works: POST /v1/turns.",
            )
            await websocket.send_denial_response(error_response(refusal))
            return
        # Needs the libraries of speech, which the rest of the host does without.
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

    return WebSocketRoute("/v1/voice", talk)
