"""A Realtime client as the connection of a voice session."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Sequence
from typing import Protocol

from pydantic import JsonValue

from arion_voice.errors import ProtocolError, VoiceErrorKind
from arion_voice.frames import AudioFrame
from arion_voice.protocol import (
    SUBPROTOCOL,
    Answer,
    AudioEnded,
    AudioStarted,
    ClientEvent,
    Error,
    Hello,
    Interrupt,
    Interrupted,
    Listen,
    NothingHeard,
    Played,
    ServerEvent,
    SpeechEnded,
    SpeechStarted,
    Text,
    TranscriptEvent,
    TurnEnded,
    Voice,
)
from arion_voice.realtime import incoming
from arion_voice.realtime.hearing import Speech
from arion_voice.realtime.items import Items, Message, new_id
from arion_voice.realtime.responses import Event, Response
from arion_voice.realtime.settings import Settings
from arion_voice.realtime.sound import Loudspeaker, Microphone

_LONGEST_TEXT = 2000
"""Of something typed, in characters."""


class Wire(Protocol):
    """A connection that carries text. Every method may raise `Disconnected`."""

    async def receive_text(self) -> str:
        """The next text frame."""
        ...

    async def send_text(self, text: str) -> None:
        """Send a text frame; wait while the client does not read."""
        ...

    async def close(self) -> None:
        """Hang up. Does nothing when the client has gone."""
        ...


class RealtimeTransport:
    """Speaks the Realtime API on one side and a session's protocol on the other."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._settings = Settings()
        self._items = Items()
        self._microphone = Microphone()
        self._loudspeaker: Loudspeaker | None = None
        self._arrived: deque[ClientEvent | AudioFrame] = deque()
        self._is_open = False
        self._has_greeted = False
        self._is_held = False
        self._typed: deque[Message] = deque()
        """What was typed and has no answer yet."""
        self._asked = 0
        """How many of these an answer was asked for."""
        self._speech: deque[Speech] = deque()
        self._response: Response | None = None

    async def receive(self) -> ClientEvent | AudioFrame:
        """The next thing the client said, in the session's words."""
        if not self._is_open:
            self._is_open = True
            await self._send({"type": "session.created", "session": self._settings.as_json()})
        while not self._arrived:
            await self._take(await self._wire.receive_text())
        return self._arrived.popleft()

    async def send_event(self, event: ServerEvent) -> None:
        """Tell the client of an event, in the Realtime API's words."""
        for told in self._told(event):
            await self._send(told)

    async def send_audio(self, frame: AudioFrame) -> None:
        """Send a stretch of the answer."""
        if self._response is None or self._loudspeaker is None:
            return
        if audio := self._loudspeaker.write(frame.pcm):
            await self._send(self._response.spoken(audio))

    async def close(self) -> None:
        """Hang up."""
        await self._wire.close()

    async def _send(self, event: Event) -> None:
        named = {"event_id": new_id("event"), **event}
        await self._wire.send_text(json.dumps(named, ensure_ascii=False))

    async def _take(self, data: str) -> None:
        try:
            message = incoming.decode(data)
            replies = self._react(message)
        except ProtocolError as error:
            replies = [_refusal(error.kind, error.message, _event_id(data))]
            # Who sends rubbish without end must not keep the others waiting.
            await asyncio.sleep(0)
        for reply in replies:
            await self._send(reply)

    def _react(self, message: incoming.ClientMessage) -> Sequence[Event]:
        if isinstance(message, incoming.SessionUpdate):
            return self._set(message.session)
        self._greet()
        match message:
            case incoming.Append(audio=audio):
                self._hear(audio)
            case incoming.Commit():
                self._is_held = False
                self._arrived.append(Listen(on=False))
            case incoming.Clear():
                if self._is_held:
                    self._arrived.append(Listen(on=True))
                return [{"type": "input_audio_buffer.cleared"}]
            case incoming.ResponseCreate():
                self._ask()
            case incoming.ResponseCancel() | incoming.OutputClear():
                self._arrived.append(Interrupt())
            case _:
                return self._react_to_item(message)
        return ()

    def _react_to_item(
        self,
        message: incoming.ItemCreate
        | incoming.ItemTruncate
        | incoming.ItemRetrieve
        | incoming.ItemDelete,
    ) -> Sequence[Event]:
        if isinstance(message, incoming.ItemCreate):
            return self._type(message.item)
        item = self._items.find(message.item_id)
        if item is None:
            raise ProtocolError(VoiceErrorKind.BAD_FRAME, f"item_id: no item {message.item_id}")
        match message:
            case incoming.ItemTruncate(audio_end_ms=end_ms):
                if item.role == "assistant":
                    self._arrived.append(Played(turn=item.turn, ms=end_ms))
                return [
                    {
                        "type": "conversation.item.truncated",
                        "item_id": item.id,
                        "content_index": message.content_index,
                        "audio_end_ms": end_ms,
                    }
                ]
            case incoming.ItemDelete():
                self._items.drop(item.id)
                return [{"type": "conversation.item.deleted", "item_id": item.id}]
            case _:
                return [{"type": "conversation.item.retrieved", "item": item.as_json()}]

    def _set(self, session: incoming.Session) -> Sequence[Event]:
        voice = self._settings.voice
        self._settings.take(session)
        if self._settings.voice != voice and self._has_greeted:
            self._arrived.append(Voice(voice=self._settings.voice))
        self._greet()
        return [{"type": "session.updated", "session": self._settings.as_json()}]

    def _greet(self) -> None:
        """A session begins with what the client set first, or did not."""
        if not self._has_greeted:
            self._has_greeted = True
            hello = Hello(
                protocol=SUBPROTOCOL,
                codecs=("pcm16",),
                session=self._settings.id,
                language=self._settings.language,
                voice=self._settings.voice,
            )
            self._arrived.append(hello)

    def _hear(self, audio: str) -> None:
        pcm = self._microphone.read(audio)
        if not self._settings.finds_turns and not self._is_held:
            self._is_held = True
            self._arrived.append(Listen(on=True))
        self._arrived.append(AudioFrame(pcm))

    def _type(self, item: incoming.Item) -> Sequence[Event]:
        text = " ".join(part.text or "" for part in item.content).strip()
        if item.type != "message" or item.role != "user" or not 0 < len(text) <= _LONGEST_TEXT:
            raise ProtocolError(
                VoiceErrorKind.UNSUPPORTED,
                "item: a message of the user with a text of at most"
                f" {_LONGEST_TEXT} characters is expected",
            )
        message = Message(
            item.id or new_id("item"), "user", "input_text", text=text, status="completed"
        )
        self._typed.append(message)
        before = self._items.add(message)
        told = {"item": message.as_json(), "previous_item_id": before}
        return [
            {"type": "conversation.item.added", **told},
            {"type": "conversation.item.done", **told},
        ]

    def _ask(self) -> None:
        """Answers to speech come by themselves; what was typed waits to be asked for."""
        for message in list(self._typed)[self._asked :]:
            self._asked += 1
            self._arrived.append(Text(text=message.text))

    def _told(self, event: ServerEvent) -> Sequence[Event]:
        match event:
            case SpeechStarted():
                self._speech.append(Speech(self._items, self._microphone.heard_ms))
                return () if self._is_sounding else self._speech[-1].told()
            case SpeechEnded():
                return self._stop_hearing()
            case NothingHeard():
                return self._heard("")
            case TranscriptEvent(final=True):
                return self._open(event)
            case TranscriptEvent(text=text, stable=stable):
                return self._speech[-1].guessed(text[:stable]) if self._speech else ()
            case Error(kind=kind, message=message, next_step=next_step):
                return [_refusal(kind, f"{message} {next_step}".strip(), None)]
            case _:
                return self._told_of_answer(event)

    def _told_of_answer(self, event: ServerEvent) -> Sequence[Event]:
        response = self._response
        if response is None:
            return ()
        match event:
            case Answer(text=text) if text:
                return [response.written(text)]
            case AudioStarted(sample_rate=sample_rate):
                self._loudspeaker = Loudspeaker(sample_rate)
            case AudioEnded():
                rest = self._loudspeaker.write(b"", last=True) if self._loudspeaker else ""
                self._loudspeaker = None
                return [response.spoken(rest)] if rest else ()
            case Interrupted():
                self._loudspeaker, response.cut = None, True
                return self._speech[-1].told() if self._speech else ()
            case TurnEnded():
                self._response = None
                return response.ended()
            case _:
                pass
        return ()

    @property
    def _is_sounding(self) -> bool:
        return self._loudspeaker is not None

    def _stop_hearing(self) -> Sequence[Event]:
        speech = self._speech[-1]
        speech.end_ms = self._microphone.heard_ms
        return speech.told() if speech.is_told else ()

    def _heard(self, text: str) -> list[Event]:
        speech = self._speech.popleft()
        return speech.recognised(text) if text or speech.is_told else []

    def _open(self, transcript: TranscriptEvent) -> Sequence[Event]:
        is_typed = bool(self._asked) and self._typed[0].text == transcript.text
        if is_typed:
            self._asked -= 1
            self._typed.popleft()
        heard = [] if is_typed else self._heard(transcript.text)
        self._response = Response(transcript.turn)
        before = self._items.add(self._response.message)
        return [*heard, *self._response.begun(before)]


def _refusal(kind: VoiceErrorKind, message: str, event_id: str | None) -> Event:
    ours = kind in {VoiceErrorKind.BAD_FRAME, VoiceErrorKind.TOO_LARGE, VoiceErrorKind.UNSUPPORTED}
    error: dict[str, JsonValue] = {
        "type": "invalid_request_error" if ours else "server_error",
        "code": kind.value,
        "message": message,
        "param": None,
        "event_id": event_id,
    }
    return {"type": "error", "error": error}


def _event_id(data: str) -> str | None:
    """The id of an event that is not understood, so that its sender knows which it was."""
    try:
        event_id = json.loads(data[: incoming.MAX_CHARACTERS])["event_id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return event_id if isinstance(event_id, str) else None
