"""`POST /v1/voice/ticket`: a ticket that opens one WebSocket."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from arion_auth import TICKET_S, Principal, Tickets
from arion_host.routes.responses import busy_response


def ticket_route(
    tickets: Tickets, principal: Principal, retry_after_s: Callable[[], int | None]
) -> Route:
    """Return the route that hands out tickets.

    Args:
        tickets: those that are out.
        principal: whose they are.
        retry_after_s: None, or where all places are taken, when to come again. Pages are told here:
            a browser does not let them read why a WebSocket was refused.
    """

    async def issue(_request: Request) -> Response:
        if (wait_s := retry_after_s()) is not None:
            return busy_response(wait_s)
        return JSONResponse(
            {"ticket": tickets.issue(principal), "expires_s": TICKET_S},
            headers={"Cache-Control": "no-store"},
        )

    return Route("/v1/voice/ticket", issue, methods=["POST"])
