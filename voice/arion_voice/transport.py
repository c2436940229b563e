"""What a session needs of a connection."""

from __future__ import annotations

from typing import Protocol

from arion_voice.frames import AudioFrame
from arion_voice.protocol import ClientEvent, ServerEvent


class Disconnected(Exception):
    """The client has gone."""

    def __init__(self, *, on_purpose: bool = False) -> None:
        super().__init__()
        self.on_purpose = on_purpose
        """Whether it took its leave; else the connection dropped, and it may come back."""


class Transport(Protocol):
    """A connection to a client. Every method may raise `Disconnected`."""

    async def receive(self) -> ClientEvent | AudioFrame:
        """The next thing the client sent.

        Raises:
            ProtocolError: it is nothing of the protocol; the next may be.
        """
        ...

    async def send_event(self, event: ServerEvent) -> None:
        """Send an event; wait while the client does not read."""
        ...

    async def send_audio(self, frame: AudioFrame) -> None:
        """Send audio; wait while the client does not read."""
        ...

    async def close(self) -> None:
        """Hang up. Does nothing when the client has gone."""
        ...
