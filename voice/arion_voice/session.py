"""One connection, from hello to goodbye."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid

from arion_voice.conversation import Conversation, Engines, SessionOptions
from arion_voice.engines import Recognizer, Responder, Synthesizer
from arion_voice.errors import ProtocolError, VoiceErrorKind
from arion_voice.messages import explain
from arion_voice.outbox import Outbox, SlowReaderError
from arion_voice.protocol import SUBPROTOCOL, Error, Hello, Ready
from arion_voice.timing import Clock, MonotonicClock
from arion_voice.transport import Disconnected, Transport
from arion_voice.vad import VoiceActivity

logger = logging.getLogger(__name__)

__all__ = ["Disconnected", "SessionOptions", "Transport", "VoiceSession"]


class VoiceSession:
    """Runs one connection. Everything in it ends with it."""

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
        """
        self._transport = transport
        self._engines = Engines(
            recognizer, synthesizer, responder, activity, clock or MonotonicClock()
        )
        self._options = options
        self._outbox = Outbox(transport)

    async def run(self) -> None:
        """Talk until the client goes, or breaks the protocol too often."""
        try:
            await self._talk(await self._greet())
        except* (Disconnected, SlowReaderError):
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
        session = hello.session or uuid.uuid4().hex
        async with asyncio.TaskGroup() as tasks:
            conversation = Conversation(
                hello, session, self._engines, self._options, outbox=self._outbox, tasks=tasks
            )
            self._outbox.put(Ready(session=session))
            tasks.create_task(self._outbox.run())
            tasks.create_task(conversation.judge())
            tasks.create_task(conversation.take_turns())
            await self._listen(conversation)

    async def _listen(self, conversation: Conversation) -> None:
        faults = 0
        while True:
            try:
                message = await self._transport.receive()
            except ProtocolError as error:
                faults += 1
                if faults > self._options.max_faults:
                    raise
                logger.info("a frame is skipped: %s", error)
                conversation.complain(error.kind)
            else:
                conversation.handle(message)
            # A client that sends faster than it is read must not keep the others waiting.
            await asyncio.sleep(0)

    async def _reject(self, error: BaseException) -> None:
        logger.info("a connection is closed: %s", error)
        kind = error.kind if isinstance(error, ProtocolError) else VoiceErrorKind.BAD_FRAME
        message = explain(kind, self._options.language)
        with contextlib.suppress(Disconnected):
            await self._transport.send_event(
                Error(
                    kind=kind,
                    message=message.text,
                    next_step=message.next_step,
                    fatal=True,
                )
            )
