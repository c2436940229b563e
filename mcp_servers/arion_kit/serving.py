"""A `ServerSpec` as a running server: over stdio or HTTP, from the command line or in a test."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from arion_kit.command import add_address_options, adopt_logs, run, serve_http
from arion_kit.spec import ServerSpec

if TYPE_CHECKING:
    from fastmcp import FastMCP
    from starlette.applications import Starlette

# FastMCP is imported where it is needed: it takes 2 s of CPU, and `--help` should answer at once.


def build(
    spec: ServerSpec, *, read_only: bool = False, toolsets: frozenset[str] | None = None
) -> FastMCP:
    """The MCP server of `spec`, for both protocol eras.

    Args:
        spec: The server.
        read_only: Leave out the tools that write.
        toolsets: Leave out the tools of other toolsets. None leaves out none, but lists the core
            tools only, unless a client asks for more; `all` lists every tool.

    Raises:
        StartError: The spec, its language pack or a setting is wrong.
    """
    from arion_kit.building import build_server

    return build_server(spec, toolsets, read_only=read_only)


def server_app(
    spec: ServerSpec, *, read_only: bool = False, toolsets: frozenset[str] | None = None
) -> Starlette:
    """The server as an ASGI application: MCP at `/mcp`, and `/health`.

    Requests whose `Host` or `Origin` is foreign are refused, so that a web page cannot reach the
    server by rebinding its own name; `ARION_ALLOWED_HOSTS` adds names.

    Raises:
        StartError: As `build`.
    """
    from arion_kit.web import http_app

    return http_app(build(spec, read_only=read_only, toolsets=toolsets))


def main(spec: ServerSpec, arguments: Sequence[str] | None = None) -> None:
    """The command `arion-{name}`. Exits with 1 and one sentence when it cannot start."""
    program = f"arion-{spec.name}"
    parser = argparse.ArgumentParser(prog=program, description=spec.instructions)
    parser.add_argument("--http", action="store_true", help="serve HTTP instead of stdio")
    add_address_options(parser)
    parser.add_argument("--read-only", action="store_true", help="leave out tools that write")
    toolsets = (
        "core, all, or names separated by commas; without it all can be called and core is listed"
    )
    parser.add_argument("--toolsets", type=_toolsets, help=toolsets)
    check = "check: look at the settings, the credentials and their scopes, and exit"
    parser.add_argument("action", nargs="?", choices=["check"], metavar="check", help=check)
    options = parser.parse_args(arguments)

    def app() -> Starlette:
        return server_app(spec, read_only=options.read_only, toolsets=options.toolsets)

    async def serve_stdio() -> None:
        mcp = build(spec, read_only=options.read_only, toolsets=options.toolsets)
        adopt_logs()
        await mcp.run_stdio_async(show_banner=False)

    async def check_settings() -> None:
        from arion_kit.checking import check_server

        sys.exit(0 if await check_server(spec) else 1)

    if options.action:
        run(program, check_settings)
    elif options.http:
        run(program, lambda: serve_http(app, options.host, options.port))
    else:
        run(program, serve_stdio)


def _toolsets(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split(",") if name.strip())
