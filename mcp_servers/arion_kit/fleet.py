"""The command `arion-servers`: every installed tool server in one process, each at its own URL.

A server is a line in the entry-point group `arion.servers`. One that cannot start is reported in
`/health` with the reason, and the others serve.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from arion_kit.command import add_address_options, first_error, run, serve_http
from arion_kit.errors import StartError
from arion_kit.redaction import redact
from arion_kit.serving import build

if TYPE_CHECKING:
    from fastmcp import FastMCP
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse

GROUP = "arion.servers"

logger = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until told to stop. Exits with 1 and one sentence when it cannot start."""
    parser = argparse.ArgumentParser(prog="arion-servers", description="Serves every tool server.")
    add_address_options(parser)
    parser.add_argument("--read-only", action="store_true", help="leave out tools that write")
    options = parser.parse_args(arguments)

    def app() -> Starlette:
        return fleet_app(entry_points(group=GROUP), read_only=options.read_only)

    run(parser.prog, lambda: serve_http(app, options.host, options.port))


def fleet_app(servers: Iterable[EntryPoint], *, read_only: bool = False) -> Starlette:
    """All of `servers` as one application: `/servers/NAME/mcp` each, and `/health`.

    Raises:
        SettingsError: `ARION_ALLOWED_HOSTS` is wrong.
    """
    # Imported here so that `--help` does without.
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Mount, Route

    from arion_kit.web import described, guard, http_app

    built: dict[str, FastMCP] = {}
    failed: dict[str, str] = {}
    for server in sorted(servers, key=lambda server: server.name):
        try:
            built[server.name] = build(server.load(), read_only=read_only)
        except Exception as error:  # noqa: BLE001 - a broken server must not stop the others
            failed[server.name] = _reason(server.name, error)
    apps = {name: http_app(mcp) for name, mcp in built.items()}

    async def health(_request: Request) -> JSONResponse:
        states: dict[str, object] = {
            name: {"status": "failed", "reason": reason} for name, reason in failed.items()
        }
        for name in built.keys() - failed.keys():
            states[name] = {"status": "ok", **await described(built[name])}
        status = "degraded" if failed else "ok"
        return JSONResponse({"status": status, "servers": dict(sorted(states.items()))})

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            for name, app in apps.items():
                try:
                    await stack.enter_async_context(app.router.lifespan_context(app))
                except Exception as error:  # noqa: BLE001 - as above
                    failed[name] = _reason(name, error)
            yield

    mounts = [Mount(f"/servers/{name}", app) for name, app in apps.items()]
    return Starlette(
        routes=[Route("/health", health), *mounts], middleware=[guard()], lifespan=lifespan
    )


def _reason(name: str, error: Exception) -> str:
    first = first_error(error)
    if isinstance(first, StartError):
        logger.warning("%s cannot start: %s", name, first)
        return str(first)
    logger.error("%s cannot start", name, exc_info=first)
    return redact(f"{type(first).__name__}: {first}")
