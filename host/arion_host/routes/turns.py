"""`POST /v1/turns`: one turn in text."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from arion_auth import Principal
from arion_host.exchange import TurnRequest
from arion_host.routes.responses import read_json
from arion_host.turns.engine import TurnEngine

MAX_BODY = 65_536
"""Bytes of a request; the longest text that is a command fits in several times."""


def turns_route(engine: TurnEngine, principal: Principal) -> Route:
    """Return the route over an engine."""

    async def run_turn(request: Request) -> Response:
        said = await read_json(request, TurnRequest, MAX_BODY)
        result = await engine.run(principal, said)
        return Response(result.model_dump_json(), media_type="application/json")

    return Route("/v1/turns", run_turn, methods=["POST"])
