"""What the voices in the cloud share: sound in chunks as it arrives."""

from __future__ import annotations

import abc
import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from arion_voice.cloud.connection import Connection
from arion_voice.engines import Language, SpeechChunk, VoiceName
from arion_voice.errors import SpeechError, VoiceErrorKind

SAMPLE_RATE = 24_000
"""Of every chunk, in Hz."""

_LEAST_BYTES = 2 * SAMPLE_RATE // 10
"""The shortest chunk but the last, 0.1 s."""

_MOST_BYTES = 2 * SAMPLE_RATE * 60
"""Sound that is fetched before somebody wants it: a minute."""

_OTHER_FORMATS = (b"RIFF", b"ID3", b"OggS", b"fLaC", b'{"')
"""How what is no PCM begins: an endpoint that knows no `pcm` sends its usual format."""


class CloudSynthesizer(abc.ABC):
    """Speaks with somebody else's machines."""

    def __init__(self, name: str, connection: Connection, *, most_chars: int) -> None:
        """Connect to nothing yet.

        Args:
            name: the vendor's, for messages.
            connection: to the vendor; it is closed with this.
            most_chars: longest text that it takes.
        """
        self._name = name
        self._connection = connection
        self._most_chars = most_chars

    @abc.abstractmethod
    def _request(self, text: str, language: Language, speed: float) -> tuple[str, dict[str, Any]]:
        """The path that speaks, and what is posted to it."""

    async def synthesize(
        self,
        text: str,
        *,
        language: Language,
        voice: VoiceName,
        speed: float = 1.0,
        answer: object | None = None,
    ) -> AsyncIterator[SpeechChunk]:
        """Yield the speech of one sentence as it arrives. Closing the iterator ends the request.

        Args:
            text: ready to be read out.
            language: of the text.
            voice: not used: the vendor's voice is an option.
            speed: pace, times the usual; as near as the vendor gets to it.
            answer: not used.

        Raises:
            SpeechError: `busy`, `not_allowed`, `quota` or `engine_failed`; the next call may
                succeed. Part of the speech may have come by then.
        """
        if len(text) > self._most_chars:
            raise self._failure(f"{len(text)} characters, of at most {self._most_chars}")
        path, request = self._request(text, language, speed)
        is_first = True
        async with self._fetching(path, request) as arriving:
            while pcm := await arriving.take():
                if is_first and pcm.startswith(_OTHER_FORMATS):
                    raise self._failure("no PCM came")
                is_first = False
                yield SpeechChunk(pcm, SAMPLE_RATE)
        if is_first:
            raise self._failure("no sound came")

    @asynccontextmanager
    async def _fetching(self, path: str, request: dict[str, Any]) -> AsyncGenerator[_Arriving]:
        # Sound is fetched by itself: read no faster than it is played, it would keep its request,
        # and whoever waits for one, until it has been heard.
        arriving = _Arriving()

        async def fetch() -> None:
            try:
                async with self._connection.sound(path, **request) as sound:
                    await arriving.fill(sound)
            except Exception as error:  # noqa: BLE001 - it is raised where the sound is wanted
                await arriving.end(error)
            else:
                await arriving.end()

        fetching = asyncio.create_task(fetch())
        try:
            yield arriving
        finally:
            fetching.cancel()
            await asyncio.wait([fetching])

    def _failure(self, what: str) -> SpeechError:
        return SpeechError(VoiceErrorKind.ENGINE_FAILED, f"{self._name}: {what}")

    async def warm(self) -> None:
        """Open a connection and see whether the key is accepted.

        Raises:
            SpeechError: `not_allowed` or `engine_failed`.
        """
        await self._connection.warm()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connection.aclose()


class _Arriving:
    """Sound between the vendor and whoever plays it."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._has_ended = False
        self._failure: Exception | None = None
        self._changed = asyncio.Condition()

    async def fill(self, sound: AsyncIterator[bytes]) -> None:
        """Hold what comes, until it is taken."""
        async for data in sound:
            async with self._changed:
                await self._changed.wait_for(lambda: len(self._held) < _MOST_BYTES)
                self._held += data
                self._changed.notify_all()

    async def end(self, failure: Exception | None = None) -> None:
        """Nothing more comes, and why where that is a failure."""
        async with self._changed:
            self._has_ended, self._failure = True, failure
            self._changed.notify_all()

    async def take(self) -> bytes:
        """All that is there, as whole samples, at least 0.1 s of them; empty at the end.

        What is left of half a sample is dropped.

        Raises:
            SpeechError: after everything else, why no more came.
        """
        async with self._changed:
            await self._changed.wait_for(lambda: self._has_ended or len(self._held) >= _LEAST_BYTES)
            whole = len(self._held) - len(self._held) % 2
            taken = bytes(self._held[:whole])
            del self._held[:whole]
            self._changed.notify_all()
        if not taken and self._failure is not None:
            raise self._failure
        return taken
