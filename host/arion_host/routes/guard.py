"""Who may knock: requests that name this host, from its own pages or from no page at all.

A web page of somebody else's can make a browser send requests here, under a name that its DNS
suddenly points at this machine (the Host header tells) or across origins (the Origin header
tells), and WebSockets obey no same-origin rule of the browser's.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from arion_host.errors import RequestRefused
from arion_host.routes.responses import error_response
from arion_kit.words import ErrorKind

OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^:/@\[\]\s]+)(:\d+)?")


class HostGuard:
    """ASGI middleware that refuses everybody else."""

    def __init__(self, app: ASGIApp, *, allowed_hosts: Collection[str] = ()) -> None:
        self._app = app
        self._allowed = OWN_NAMES | {host.lower() for host in allowed_hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with 403."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self.refusal(Headers(scope=scope))
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            # Closing before accepting answers the handshake with 403.
            await send({"type": "websocket.close", "code": 1008, "reason": refusal.message})
        else:
            await error_response(refusal)(scope, receive, send)

    def refusal(self, headers: Headers) -> RequestRefused | None:
        """Say why a request with these headers may not enter, or None."""
        host, origin = headers.get("host", "").lower(), headers.get("origin")
        if not self._is_allowed(host):
            return _refused(
                f"This host does not answer to the name {host or '(none)'}.",
                "Use http://127.0.0.1, or add the name to ARION_ALLOWED_HOSTS.",
            )
        if origin is not None and urlsplit(origin.lower()).netloc != host:
            return _refused(
                f"Pages of {origin} may not use this host.",
                "Open Arion's own page instead.",
            )
        return None

    def _is_allowed(self, host: str) -> bool:
        parts = _HOST.fullmatch(host)
        return host in self._allowed or (parts is not None and parts["name"] in self._allowed)


def _refused(message: str, next_step: str) -> RequestRefused:
    return RequestRefused(ErrorKind.FORBIDDEN, message, next_step=next_step)
