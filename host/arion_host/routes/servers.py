"""`/servers/NAME/mcp`: the tool servers, handed through from their own process."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable

import httpx2
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from arion_host.errors import PartFailed, RequestRefused
from arion_kit.words import ErrorKind

MAX_BODY = 1_048_576
"""Bytes of a request."""

# Of one connection, not of the message; the HTTP client writes its own.
_HOP_BY_HOP = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
    "transfer-encoding", "upgrade", "host", "origin",
}  # fmt: skip


def servers_route(servers_url: str, client: httpx2.AsyncClient) -> Route:
    """Return the route to the servers at a base URL."""

    async def hand_through(request: Request) -> Response:
        upstream = client.build_request(
            request.method,
            f"{servers_url.rstrip('/')}{request.url.path}",
            params=str(request.query_params),
            headers=_kept(request.headers.items()),
            content=_limited(request) if request.method == "POST" else None,
        )
        try:
            answer = await client.send(upstream, stream=True)
        except httpx2.TransportError as error:
            raise PartFailed(
                ErrorKind.UNAVAILABLE,
                f"The tool servers do not answer ({type(error).__name__}).",
                next_step="They are started again on their own; try again in a moment.",
            ) from error
        return StreamingResponse(
            answer.aiter_raw(),
            status_code=answer.status_code,
            headers=dict(_kept(answer.headers.items())),
            background=BackgroundTask(answer.aclose),
        )

    return Route("/servers/{name}/mcp", hand_through, methods=["GET", "POST", "DELETE"])


def _kept(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _HOP_BY_HOP]


async def _limited(request: Request) -> AsyncGenerator[bytes]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BODY:
            raise RequestRefused(
                ErrorKind.TOO_LARGE,
                f"The request has more than {MAX_BODY:,} bytes.",
                next_step="Send less at once.",
            )
        yield chunk
