"""What the commands `arion-NAME` and `arion-servers` share: options, logs, the socket, the exit.

Only the standard library is imported here. FastMCP takes 2 s of CPU to import, and `--help`, a
wrong option or a taken port should answer at once.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import re
import signal
import socket
import sys
from collections.abc import Callable, Coroutine
from ipaddress import ip_address
from types import FrameType
from typing import TYPE_CHECKING, cast

from arion_kit.errors import StartError
from arion_kit.redaction import RedactingFormatter

if TYPE_CHECKING:
    from starlette.applications import Starlette

logger = logging.getLogger(__name__)


def add_address_options(parser: argparse.ArgumentParser) -> None:
    """Adds `--host` and `--port`."""
    parser.add_argument("--host", default="127.0.0.1", help="address to bind (%(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="port (%(default)s)")


def run(program: str, serve: Callable[[], Coroutine[None, None, None]]) -> None:
    """Runs `serve`; exits with 1 and one sentence on stderr when it cannot start."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("arion_kit").setLevel(logging.INFO)
    try:
        asyncio.run(serve())
    except (StartError, ExceptionGroup) as error:
        first = first_error(error)
        if not isinstance(first, StartError):
            raise
        sys.stderr.write(f"{program}: {first}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


async def serve_http(make_app: Callable[[], Starlette], host: str, port: int) -> None:
    """Binds the address, makes the application and serves it until told to stop.

    Raises:
        StartError: The address cannot be used, or the application cannot start.
    """
    with bind(host, port) as listener:
        app = make_app()
        adopt_logs()
        # Entered here and not by uvicorn, which would print a traceback where a sentence is needed.
        async with app.router.lifespan_context(app):
            await _serve(app, listener)


async def _serve(app: Starlette, listener: socket.socket) -> None:
    # Imported here: see the head of the module.
    import uvicorn

    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=2,
        ws="none",
    )
    # uvicorn sends itself the signal again once it has shut down, which would end the process
    # before the application has closed what it holds.
    signal.signal(signal.SIGTERM, _shut_down_already)
    listener.listen()
    host, port = listener.getsockname()[:2]
    logger.info("Serving on http://%s:%s", f"[{host}]" if ":" in host else host, port)
    if not ip_address(host).is_loopback:
        logger.warning("Whoever can reach this address can use these servers.")
    await uvicorn.Server(config).serve(sockets=[listener])


def adopt_logs() -> None:
    """Sends FastMCP's logs the way of all others: to stderr, without credentials."""
    fastmcp = logging.getLogger("fastmcp")
    fastmcp.handlers.clear()
    fastmcp.propagate = True
    fastmcp.setLevel(logging.NOTSET)


def first_error(error: Exception) -> Exception:
    """The first error of a group, which task groups wrap around what a start raised."""
    while isinstance(error, ExceptionGroup):
        error = cast("ExceptionGroup[Exception]", error).exceptions[0]
    return error


def _port(text: str) -> int:
    port = int(text) if re.fullmatch("[0-9]+", text) else -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"must be a number up to 65535, not {text}")
    return port


def bind(host: str, port: int) -> socket.socket:
    """A bound socket that does not listen yet: clients are refused until the server is ready.

    Raises:
        StartError: The address cannot be used.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise StartError(f"There is no address {host}; try --host 127.0.0.1.") from None
    # The protocol matters: asyncio sets TCP_NODELAY only where it is named, and without it an
    # answer of two packets waits 40 ms for the client's delayed ACK.
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        reason = (error.strerror or str(error)).lower()
        raise StartError(
            f"Cannot serve on {host}, port {port}: {reason}; choose another with --port."
        ) from None
    return listener


def _shut_down_already(_signal: int, _frame: FrameType | None) -> None:
    """Does nothing."""
