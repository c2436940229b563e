"""`/health`: the process lives. `/ready`: every part of it can be used, or is said to be absent."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from arion_host.exchange import PRODUCT
from arion_host.readiness import Readiness


def health_routes(readiness: Callable[[], Readiness]) -> list[Route]:
    """Return both routes."""

    async def health(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", "product": PRODUCT, "version": version("arion-hub")})

    async def ready(_request: Request) -> JSONResponse:
        now = readiness()
        content: dict[str, JsonValue] = {"ready": now.ready, "parts": now.parts}
        return JSONResponse(content, status_code=200 if now.ready else 503)

    return [Route("/health", health), Route("/ready", ready)]
