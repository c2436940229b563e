"""What a session has to send, in order, without ever waiting for a slow reader to be heard."""

from __future__ import annotations

import asyncio
from collections import deque

from arion_voice.frames import AudioFrame
from arion_voice.protocol import ServerEvent
from arion_voice.transport import Transport

_MAX_AUDIO_FRAMES = 16
"""Audio frames that wait to be sent; then who makes them waits."""

_MAX_ITEMS = 512
"""Items that wait for a reader; one that lets more pile up has gone."""


class SlowReaderError(Exception):
    """The client stopped reading."""


class Outbox:
    """A queue in front of a connection."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._items: deque[ServerEvent | AudioFrame] = deque()
        self._filled = asyncio.Event()
        self._room = asyncio.Condition()

    def put(self, event: ServerEvent) -> None:
        """Queue an event.

        Raises:
            SlowReaderError: too much is waiting.
        """
        if len(self._items) >= _MAX_ITEMS:
            raise SlowReaderError
        self._items.append(event)
        self._filled.set()

    async def put_audio(self, frame: AudioFrame) -> None:
        """Queue audio, once there is room for it."""
        async with self._room:
            await self._room.wait_for(lambda: self._audio_frames() < _MAX_AUDIO_FRAMES)
        self._items.append(frame)
        self._filled.set()

    def drop_audio(self) -> None:
        """Forget the audio that was not sent yet."""
        self._items = deque(item for item in self._items if not isinstance(item, AudioFrame))

    async def run(self) -> None:
        """Send what is queued, for as long as the session runs."""
        while True:
            await self._filled.wait()
            while self._items:
                await self._send(self._items.popleft())
                async with self._room:
                    self._room.notify_all()
            self._filled.clear()

    async def _send(self, item: ServerEvent | AudioFrame) -> None:
        if isinstance(item, AudioFrame):
            await self._transport.send_audio(item)
        else:
            await self._transport.send_event(item)

    def _audio_frames(self) -> int:
        return sum(isinstance(item, AudioFrame) for item in self._items)
