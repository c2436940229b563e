"""HTTP to tool servers: a request that fails on the way becomes an error of that one request.

Left alone, an HTTP client error ends the whole MCP session, takes every other call with it, and
hides whether the request left this machine, which decides whether a write may be repeated.
"""

from __future__ import annotations

import ssl
from functools import cache
from typing import Any

import httpx2

NOT_SENT = -32_090
"""JSON-RPC code: the request never left, so nothing happened."""

LOST = -32_091
"""JSON-RPC code: the connection broke after the request left, so it may have happened."""

_NEVER_LEFT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)


class ToolServerClient(httpx2.AsyncClient):
    """An HTTP client that answers a failed request with a JSON-RPC error instead of raising."""

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """Send the request; see `NOT_SENT` and `LOST`."""
        try:
            return await super().send(request, **options)
        except httpx2.TransportError as error:
            code = NOT_SENT if isinstance(error, _NEVER_LEFT) else LOST
            message = f"{type(error).__name__}: {error}"
            reply = {"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": message}}
            return httpx2.Response(503, json=reply, request=request)


def loopback_client(
    headers: dict[str, str] | None = None,
    timeout: httpx2.Timeout | None = None,
    auth: httpx2.Auth | None = None,
    follow_redirects: bool = False,
) -> httpx2.AsyncClient:
    """Open a client for plain http on this machine: no TLS context (50 ms), no proxy."""
    return ToolServerClient(
        headers=headers,
        timeout=timeout or _TIMEOUT,
        auth=auth,
        follow_redirects=follow_redirects,
        verify=False,
        trust_env=False,
    )


def remote_client(
    headers: dict[str, str] | None = None,
    timeout: httpx2.Timeout | None = None,
    auth: httpx2.Auth | None = None,
    follow_redirects: bool = False,
) -> httpx2.AsyncClient:
    """Open a client for any other address; all of them share one TLS context."""
    return ToolServerClient(
        headers=headers,
        timeout=timeout or _TIMEOUT,
        auth=auth,
        follow_redirects=follow_redirects,
        verify=_tls_context(),
    )


# A server may hold a response open for as long as a tool runs; calls have their own limit.
_TIMEOUT = httpx2.Timeout(10.0, read=300.0)


@cache
def _tls_context() -> ssl.SSLContext:
    return httpx2.create_ssl_context()
