"""MCP servers as ASGI applications, and the guard before them."""

from __future__ import annotations

from fastmcp import FastMCP
from fastmcp.server.http import HostOriginGuardMiddleware
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse

from arion_kit.settings import WebSettings, load


def http_app(mcp: FastMCP) -> Starlette:
    """The application of one server: MCP at `/mcp`, and `/health`."""

    async def health(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok", **await described(mcp)})

    mcp.custom_route("/health", methods=["GET"])(health)
    # Not `json_response`: it would leave servers no way to ask back, and a call of the newer era
    # is answered with plain JSON anyhow, unless it has something to tell before its result.
    return mcp.http_app(path="/mcp", middleware=[guard()], host_origin_protection=False)


def guard() -> Middleware:
    """Refuses requests whose `Host` or `Origin` is neither this machine's nor allowed.

    Raises:
        SettingsError: `ARION_ALLOWED_HOSTS` is wrong.
    """
    allowed_hosts = load(WebSettings).allowed_hosts
    return Middleware(HostOriginGuardMiddleware, allowed_hosts=allowed_hosts, mode="strict")


async def described(mcp: FastMCP) -> dict[str, object]:
    """What `/health` says of a server."""
    tools = await mcp.list_tools(run_middleware=False)
    return {"server": mcp.name, "version": mcp.version, "tools": [tool.name for tool in tools]}
