"""Reserving the port of a host."""

from __future__ import annotations

import socket

from arion_host.errors import PartFailed
from arion_kit.words import ErrorKind


def bind(host: str, port: int) -> socket.socket:
    """Reserve the port before anything else is started.

    Raises:
        PartFailed: the port is taken, or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only where the protocol is named; without it an answer of two
    # packets waits 40 ms for the client's delayed ACK.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise PartFailed(
            ErrorKind.CONFLICT,
            f"Arion cannot listen on port {port} of {host}: {error.strerror or error}.",
            next_step=f"Stop what uses port {port}, or choose another: arion up --port {port + 1}",
        ) from error
    return bound
