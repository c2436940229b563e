"""One connection, from hello to goodbye."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from arion_voice.conversation import Engines, SessionOptions
from arion_voice.engines import Recognizer, Responder, Synthesizer
from arion_voice.errors import ProtocolError, VoiceErrorKind
from arion_voice.messages import explain
from arion_voice.outbox import SlowReaderError
from arion_voice.protocol import SUBPROTOCOL, Error, Hello
from arion_voice.sessions import OpenSession, SessionEnded, Sessions
from arion_voice.timing import Clock, MonotonicClock
from arion_voice.transport import Disconnected, Transport
from arion_voice.vad import VoiceActivity

logger = logging.getLogger(__name__)

__all__ = ["Disconnected", "SessionOptions", "Transport", "VoiceSession"]

_FAREWELL_S = 1.0
"""Time a client has to read why it is sent away."""


class VoiceSession:
    """Runs one connection: a session of its own, or one that outlives it."""

    def __init__(
        self,
        transport: Transport,
        recognizer: Recognizer,
        synthesizer: Synthesizer,
        responder: Responder,
        options: SessionOptions,
        *,
        activity: VoiceActivity,
        clock: Clock | None = None,
        sessions: Sessions | None = None,
        owner: str = "",
    ) -> None:
        """Nothing happens yet.

        Args:
            transport: the connection; it is closed at the end.
            recognizer: hears the words.
            synthesizer: speaks the answers.
            responder: answers.
            options: how to behave.
            activity: judges the frames of this session's microphone.
            clock: else the machine's.
            sessions: where the session waits when the connection drops; else it ends with it.
            owner: id of whoever may go on with it.
        """
        self._transport = transport
        self._engines = Engines(
            recognizer, synthesizer, responder, activity, clock or MonotonicClock()
        )
        self._options = options
        self._sessions = sessions
        self._owner = owner

    async def run(self) -> None:
        """Talk until the client goes, or breaks the protocol too often."""
        try:
            await self._talk(await self._greet())
        except* (Disconnected, SlowReaderError, SessionEnded):
            logger.debug("the client has gone")
        except* ProtocolError as group:
            for error in group.exceptions:
                await self._reject(error)
        finally:
            await self._transport.close()

    async def _greet(self) -> Hello:
        try:
            async with asyncio.timeout(self._options.hello_s):
                hello = await self._transport.receive()
        except TimeoutError:
            raise ProtocolError(VoiceErrorKind.BAD_STATE, "no hello came") from None
        if not isinstance(hello, Hello):
            raise ProtocolError(
                VoiceErrorKind.BAD_STATE, f"expected hello first, got {type(hello).__name__}"
            )
        if hello.protocol != SUBPROTOCOL or "pcm16" not in hello.codecs:
            raise ProtocolError(
                VoiceErrorKind.UNSUPPORTED,
                f"expected {SUBPROTOCOL} with pcm16, got {hello.protocol} with {hello.codecs}",
            )
        return hello

    async def _talk(self, hello: Hello) -> None:
        if self._sessions is not None:
            session = OpenSession.of(hello, self._engines, self._options, owner=self._owner)
            await self._sessions.talk(self._transport, hello, session)
            return
        session = OpenSession(hello, self._engines, self._options)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(session.run())
            try:
                await session.talk(self._transport, hello)
            finally:
                session.end()

    async def _reject(self, error: BaseException) -> None:
        logger.info("a connection is closed: %s", error)
        kind = error.kind if isinstance(error, ProtocolError) else VoiceErrorKind.BAD_FRAME
        message = explain(kind, self._options.language)
        with contextlib.suppress(Disconnected, TimeoutError):
            async with asyncio.timeout(_FAREWELL_S):
                await self._transport.send_event(
                    Error(
                        kind=kind,
                        message=message.text,
                        next_step=message.next_step,
                        fatal=True,
                    )
                )
