"""The command `arion-sandbox`."""

from __future__ import annotations

import argparse
import logging
import socket
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

HELP = "Stand-ins for the vendors of all tool servers, for trying and testing without a key."


def run() -> None:
    """Serve until interrupted. Exits with 1 when the port or the data cannot be used."""
    options = _parser().parse_args()
    # `--help` has to be quick, so the server is loaded only now.
    import uvicorn

    from arion_sandbox.app import create_app
    from arion_sandbox.guards import LOOPBACK

    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    hosts = LOOPBACK | frozenset(options.allow_host)
    try:
        app = create_app(options.data, _clock(options.now), hosts=hosts)
    except (OSError, sqlite3.Error) as error:
        sys.exit(
            f"arion-sandbox: cannot use the data in {options.data}: {error}.\n"
            "Choose another folder with --data, or delete this one to start anew."
        )
    config = uvicorn.Config(
        app,
        host=options.host,
        port=options.port,
        http="h11",
        ws="none",
        loop="asyncio",
        log_level="warning",
        access_log=False,
    )
    server = uvicorn.Server(config)
    try:
        listener = config.bind_socket()
    except SystemExit:
        sys.exit(
            f"arion-sandbox: port {options.port} on {options.host} is taken."
            " Choose another with --port."
        )
    # Without it, answers of two packets wait 40 ms for the client's delayed ACK. asyncio sets it
    # only on sockets that were made with IPPROTO_TCP, and uvicorn's are not.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server.run(sockets=[listener])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="arion-sandbox", description=HELP)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8710, help="port to listen on")
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="host name that requests may name, besides this machine's own (repeatable)",
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder that keeps the accounts")
    parser.add_argument(
        "--now", type=_moment, metavar="ISO", help="stop the clock at this time, for tests"
    )
    return parser


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise argparse.ArgumentTypeError("give a time with its offset: 2026-11-23T10:00+09:00")
    return moment


def _clock(stopped: datetime | None) -> Callable[[], datetime]:
    return (lambda: stopped) if stopped else (lambda: datetime.now(UTC))
