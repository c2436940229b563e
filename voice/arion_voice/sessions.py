"""Sessions that outlive their connections, and where they wait for the next one.

opened ──▶ connected ──drop──▶ parked ──time is up, or too many──▶ over
              │  ▲                │                                 ▲
              │  └──hello with its token                            │
              └──goodbye, or the protocol broken too often──────────┘
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import uuid

from arion_voice.conversation import Conversation, Engines, SessionOptions
from arion_voice.errors import ProtocolError, VoiceErrorKind
from arion_voice.frames import AudioFrame
from arion_voice.outbox import Outbox, SlowReaderError
from arion_voice.protocol import ClientEvent, HeardUpTo, Hello, Listen, Ready
from arion_voice.transport import Disconnected, Transport
from arion_voice.uplink import Uplink

logger = logging.getLogger(__name__)

_MOST_PARKED = 64
"""Sessions that wait for their clients; then the one that waits longest ends."""


class SessionEnded(Exception):
    """The session is over, whatever its connection."""


class OpenSession:
    """A conversation, over one connection after the other."""

    def __init__(
        self,
        hello: Hello,
        engines: Engines,
        options: SessionOptions,
        *,
        token: str | None = None,
        owner: str = "",
    ) -> None:
        """Nothing happens before `run`.

        Args:
            hello: with which it was opened.
            engines: who hears, thinks and speaks.
            options: how to behave.
            token: opens it again; None: it ends with its connection.
            owner: id of whoever may do so.
        """
        self.token = token
        self.owner = owner
        self.options = options
        self._hello = hello
        self._name = hello.session or uuid.uuid4().hex
        self._engines = engines
        self._outbox = Outbox(keeps=token is not None)
        self._uplink = Uplink() if token is not None else None
        self._conversation: asyncio.Future[Conversation] = asyncio.Future()
        self._over = asyncio.Event()
        self._line = asyncio.Lock()
        """Held by the connection."""
        self._displaced = asyncio.Event()
        """Set when another connection than the last one goes on."""
        self._connections = 0

    @classmethod
    def of(
        cls, hello: Hello, engines: Engines, options: SessionOptions, *, owner: str
    ) -> OpenSession:
        """One with a token of its own."""
        token = secrets.token_urlsafe(24) if options.resume_s else None
        return cls(hello, engines, options, token=token, owner=owner)

    async def run(self) -> None:
        """Converse until `end`."""
        try:
            async with asyncio.TaskGroup() as tasks:
                conversation = Conversation(
                    self._hello,
                    self._name,
                    self._engines,
                    self.options,
                    outbox=self._outbox,
                    tasks=tasks,
                )
                tasks.create_task(conversation.judge())
                tasks.create_task(conversation.take_turns())
                self._conversation.set_result(conversation)
                await _raise_when(self._over, SessionEnded())
        except* SessionEnded:
            pass
        finally:
            self._over.set()

    def end(self) -> None:
        """Converse no longer."""
        self._over.set()

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self._over.is_set()

    @property
    def is_connected(self) -> bool:
        """Whether there is a connection, or one that is about to go on."""
        return self._connections > 0

    def can_go_on(self, hello: Hello, owner: str) -> bool:
        """Whether a client that comes back misses nothing."""
        return not self.is_over and self.owner == owner and self._outbox.can_go_on_after(hello.seen)

    async def talk(self, transport: Transport, hello: Hello, *, resumes: bool = False) -> None:
        """Talk over a connection until it ends. Another one that still is there is sent away.

        Raises:
            BaseExceptionGroup: of `Disconnected`, `SlowReaderError`, `SessionEnded`, or of
                `ProtocolError`: `taken_over`, or what was wrong once too often.
        """
        conversation = await self._conversation
        self._displaced.set()
        self._displaced = displaced = asyncio.Event()
        self._connections += 1
        try:
            async with self._line, asyncio.TaskGroup() as tasks:
                if resumes:
                    self._outbox.go_on_after(hello.seen)
                    conversation.go_on(hello)
                tasks.create_task(self._outbox.send_to(transport, self._greeting(resumes=resumes)))
                tasks.create_task(_raise_when(self._over, SessionEnded()))
                tasks.create_task(_raise_when(displaced, _taken_over()))
                try:
                    await _Listening(self, transport, conversation).run()
                finally:
                    conversation.park()
        finally:
            self._connections -= 1

    def takes(self, frame: AudioFrame) -> bool:
        """Whether a frame of the microphone is new."""
        return self._uplink is None or self._uplink.takes(frame)

    def tell_heard(self) -> None:
        """Tell the client how far it is heard, now and then."""
        if self._uplink is not None and (sequence := self._uplink.news()) is not None:
            self._outbox.put_uncounted(HeardUpTo(sequence=sequence))

    def _greeting(self, *, resumes: bool) -> Ready:
        heard = self._uplink.heard if self._uplink is not None else None
        return Ready(session=self._name, token=self.token, resumed=resumes, heard=heard)


class _Listening:
    """Takes what comes over one connection."""

    def __init__(
        self, session: OpenSession, transport: Transport, conversation: Conversation
    ) -> None:
        self._session = session
        self._transport = transport
        self._conversation = conversation
        self._options = session.options
        self._silent_since = asyncio.get_running_loop().time()
        """When the microphone was heard of last."""
        self._is_warned = False

    async def run(self) -> None:
        """Listen until the connection ends."""
        faults = 0
        while True:
            try:
                self._take(await self._receive())
            except ProtocolError as error:
                faults += 1
                if faults > self._options.max_faults:
                    raise
                logger.info("a frame is skipped: %s", error)
                self._conversation.complain(error.kind)
            # A client that sends faster than it is read must not keep the others waiting.
            await asyncio.sleep(0)

    def _take(self, message: ClientEvent | AudioFrame) -> None:
        match message:
            case AudioFrame():
                self._note_sound()
                if self._session.takes(message):
                    self._conversation.handle(message)
                    self._session.tell_heard()
            case Listen():
                self._note_sound()
                self._conversation.handle(message)
            case _:
                self._conversation.handle(message)

    def _note_sound(self) -> None:
        self._silent_since = asyncio.get_running_loop().time()
        self._is_warned = False

    async def _receive(self) -> ClientEvent | AudioFrame:
        """The next message. An utterance whose microphone has fallen silent ends meanwhile."""
        while self._conversation.is_hearing:
            try:
                async with asyncio.timeout_at(self._silent_since + self._options.starved_s / 2):
                    return await self._transport.receive()
            except TimeoutError:
                self._silent_since = asyncio.get_running_loop().time()
                # A machine that slept finds its time over before it reads what came meanwhile.
                if self._is_warned:
                    self._conversation.stop_hearing()
                self._is_warned = not self._is_warned
        return await self._transport.receive()


class Sessions:
    """The sessions of a process that can be opened again."""

    def __init__(self) -> None:
        self._open: dict[str, OpenSession] = {}
        """By their tokens."""
        self._parked: dict[str, asyncio.TimerHandle] = {}
        """When those end that wait for their clients; the longest wait is first."""
        self._running: dict[asyncio.Task[None], OpenSession] = {}

    async def talk(self, transport: Transport, hello: Hello, fresh: OpenSession) -> None:
        """Talk over a connection: in the session that `hello` names, else in a fresh one.

        Raises:
            BaseExceptionGroup: as `OpenSession.talk` does.
        """
        session = self._find(hello, fresh.owner)
        resumes = session is not None
        if session is None:
            session = fresh
            self._begin(fresh)
        try:
            await session.talk(transport, hello, resumes=resumes)
        except BaseException as error:
            self._part(session, may_come_back=_may_come_back(error))
            raise

    async def aclose(self) -> None:
        """End them all."""
        for session in self._running.values():
            session.end()
        if self._running:
            await asyncio.wait(self._running)

    def _find(self, hello: Hello, owner: str) -> OpenSession | None:
        session = self._open.get(hello.token or "")
        if session is None or not session.can_go_on(hello, owner):
            return None
        self._unpark(session)
        return session

    def _begin(self, session: OpenSession) -> None:
        task = asyncio.create_task(self._run(session))
        self._running[task] = session
        task.add_done_callback(self._running.pop)
        if session.token is not None:
            self._open[session.token] = session

    async def _run(self, session: OpenSession) -> None:
        try:
            await session.run()
        except* SlowReaderError:
            logger.debug("a client that does not read is let go")
        except* Exception:
            logger.exception("a session has broken")
        finally:
            self._unpark(session)
            self._open.pop(session.token or "", None)

    def _part(self, session: OpenSession, *, may_come_back: bool) -> None:
        """A session has lost its connection."""
        if session.is_connected or session.is_over:
            return
        if session.token is None or not may_come_back:
            session.end()
            return
        while len(self._parked) >= _MOST_PARKED:
            self._end(next(iter(self._parked)))
        self._parked[session.token] = asyncio.get_running_loop().call_later(
            session.options.resume_s, self._end, session.token
        )

    def _end(self, token: str) -> None:
        session = self._open[token]
        self._unpark(session)
        session.end()

    def _unpark(self, session: OpenSession) -> None:
        timer = self._parked.pop(session.token or "", None)
        if timer is not None:
            timer.cancel()


def _may_come_back(error: BaseException) -> bool:
    """Whether a connection ended in a way that its client may have had no part in."""
    match error:
        case BaseExceptionGroup(exceptions=errors):
            return all(_may_come_back(one) for one in errors)
        case Disconnected(on_purpose=on_purpose):
            return not on_purpose
        case ProtocolError(kind=kind):
            return kind is VoiceErrorKind.TAKEN_OVER
        case _:
            return isinstance(error, SlowReaderError)


async def _raise_when(event: asyncio.Event, error: Exception) -> None:
    await event.wait()
    raise error


def _taken_over() -> ProtocolError:
    return ProtocolError(VoiceErrorKind.TAKEN_OVER, "another connection goes on with the session")
