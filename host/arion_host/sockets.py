"""The WebSocket connections of the server: uvicorn's, made for microphones."""

from __future__ import annotations

import asyncio

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

_MOST_UNREAD = 16
"""Messages that may wait for the application before the client has to."""

_SMALL = 4096
"""Bytes of a message up to which others may wait with it: a frame of a microphone has 648."""


class Socket(WebSocketsSansIOProtocol):
    """One connection.

    A client that has vanished, or does not read, is cut off: uvicorn would wait until what was sent
    has arrived, which where the other side has lost its power takes a quarter of an hour.
    """

    transport: asyncio.Transport

    def send_receive_event_to_app(self) -> None:
        """Hand over a message; stop reading only where the application is behind.

        uvicorn stops and starts again with every message: two system calls each.
        """
        is_small = sum(map(len, self.frames)) <= _SMALL
        if self.read_paused or not is_small or self.queue.qsize() >= _MOST_UNREAD:
            super().send_receive_event_to_app()
            return
        self.read_paused = True
        try:
            super().send_receive_event_to_app()
        finally:
            self.read_paused = False

    async def send(self, message: ASGISendEvent) -> None:
        """Send; a goodbye that would have to wait is not said.

        Raises:
            ClientDisconnected: the connection is gone.
        """
        if message["type"] == "websocket.close" and not self.writable.is_set():
            self.transport.abort()
            return
        if message["type"] == "websocket.send" and self.transport.is_closing():
            # A broken connection takes everything and warns each time, until the loop comes by.
            raise ClientDisconnected
        await super().send(message)
        if self.initial_response is not None and self.close_sent:
            # A refusal is an answer; else it is logged as an application that gave none.
            self.handshake_complete = True

    def keepalive_timeout(self) -> None:
        """Cut off a client that answers no ping."""
        super().keepalive_timeout()
        self.transport.abort()
