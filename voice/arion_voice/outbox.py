"""What a session has to send, in order, without ever waiting for a slow reader to be heard.

Events are numbered and kept until the client has acknowledged them, so that they can be sent again
over another connection. Audio is not: what a drop swallowed is spoken again.
"""

from __future__ import annotations

import asyncio
from collections import deque

from arion_voice.frames import AudioFrame
from arion_voice.protocol import ServerEvent
from arion_voice.transport import Transport

_MAX_AUDIO_FRAMES = 16
"""Audio frames that wait to be sent; then who makes them waits."""

_MAX_ITEMS = 512
"""Items that wait for a reader; one that lets more pile up for `_PATIENCE_S` has gone."""

_PATIENCE_S = 0.25
"""An answer may be there all at once; it takes no longer to be written to somebody who reads."""

_MAX_KEPT = 2048
"""Items that wait at all."""

_MAX_SENT = 512
"""Events that are kept once they were sent; a client that acknowledges none loses older ones."""


class SlowReaderError(Exception):
    """The client stopped reading."""


class Outbox:
    """What waits to be sent over one connection after the other."""

    def __init__(self, *, keeps: bool = False) -> None:
        """Nothing waits.

        Args:
            keeps: whether the client may come back over another connection.
        """
        self._keeps = keeps
        self._items: deque[ServerEvent | AudioFrame] = deque()
        self._sent: deque[ServerEvent] = deque()
        """Events that were sent and not acknowledged."""
        self._last = 0
        """Number of the last event."""
        self._connected = False
        self._most = _MAX_ITEMS
        """Items that may wait while this client reads."""
        self._filled = asyncio.Event()
        self._stalled = asyncio.Event()
        self._room = asyncio.Condition()

    def put(self, event: ServerEvent) -> None:
        """Queue an event; one that is kept gets a number.

        Raises:
            SlowReaderError: too much is waiting, whoever may come back for it.
        """
        if len(self._items) >= _MAX_KEPT:
            raise SlowReaderError
        if self._is_stalled:
            self._stalled.set()
        if self._keeps:
            self._last += 1
            event = event.model_copy(update={"seq": self._last})
        self._append(event)

    def put_uncounted(self, event: ServerEvent) -> None:
        """Queue an event that matters to this connection alone."""
        self._append(event)

    async def put_audio(self, frame: AudioFrame) -> None:
        """Queue audio, once there is room for it."""
        async with self._room:
            await self._room.wait_for(lambda: self._audio_frames() < _MAX_AUDIO_FRAMES)
        self._append(frame)

    def drop_audio(self) -> None:
        """Forget the audio that was not sent yet."""
        self._items = deque(item for item in self._items if not isinstance(item, AudioFrame))

    def acknowledge(self, seq: int) -> None:
        """Forget the events up to this one: they have arrived."""
        while self._sent and self._sent[0].seq <= seq:
            self._sent.popleft()

    def can_go_on_after(self, seq: int) -> bool:
        """Whether every event after this one is still here."""
        kept = self._kept()
        return (kept[0].seq - 1 if kept else self._last) <= seq <= self._last

    def go_on_after(self, seq: int) -> None:
        """Queue again what a client has not seen that comes back."""
        self._items = deque(event for event in self._kept() if event.seq > seq)
        self._sent.clear()
        if self._items:
            self._filled.set()

    async def send_to(self, transport: Transport, greeting: ServerEvent) -> None:
        """Send a greeting, and then what is queued, for as long as the connection lasts.

        Raises:
            Disconnected: it ended.
            SlowReaderError: the client does not read.
        """
        self._connected = True
        self._most = len(self._items) + _MAX_ITEMS
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._watch())
                await transport.send_event(greeting)
                await self._send_to(transport)
        finally:
            self._connected = False
            self._stalled.clear()
            self.drop_audio()

    async def _send_to(self, transport: Transport) -> None:
        while True:
            await self._filled.wait()
            while self._items:
                item = self._items.popleft()
                if isinstance(item, AudioFrame):
                    await transport.send_audio(item)
                else:
                    self._keep(item)
                    await transport.send_event(item)
                async with self._room:
                    self._room.notify_all()
            self._filled.clear()

    def _keep(self, event: ServerEvent) -> None:
        """Note an event before it is sent: whether a send that fails arrived, nobody knows."""
        if event.seq:
            self._sent.append(event)
            if len(self._sent) > _MAX_SENT:
                self._sent.popleft()

    def _kept(self) -> list[ServerEvent]:
        counted = (it for it in self._items if not isinstance(it, AudioFrame) and it.seq)
        return [*self._sent, *counted]

    def _append(self, item: ServerEvent | AudioFrame) -> None:
        self._items.append(item)
        self._filled.set()

    @property
    def _is_stalled(self) -> bool:
        return self._connected and len(self._items) >= self._most

    async def _watch(self) -> None:
        while True:
            await self._stalled.wait()
            self._stalled.clear()
            await asyncio.sleep(_PATIENCE_S)
            if self._is_stalled:
                raise SlowReaderError

    def _audio_frames(self) -> int:
        return sum(isinstance(item, AudioFrame) for item in self._items)
