"""Joins the voice channel to a WebSocket on one side and to the turn engine on the other."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import replace
from zoneinfo import ZoneInfo

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from arion_auth import Principal
from arion_host.exchange import TurnRequest, TurnResult
from arion_host.turns.engine import TurnEngine
from arion_kit.words import Language
from arion_voice.coding import Coding
from arion_voice.engines import AnswerDetail, AnswerPart, AnswerText, Utterance
from arion_voice.frames import AudioFrame
from arion_voice.inflow import Inflow
from arion_voice.protocol import (
    SUBPROTOCOL,
    ClientEvent,
    Hello,
    ServerEvent,
    decode_client_event,
    encode_event,
)
from arion_voice.timing import Clock, MonotonicClock
from arion_voice.transport import Disconnected

__all__ = ["SUBPROTOCOL", "TextWire", "TurnResponder", "WebSocketTransport"]


_GOODBYE = 1000
"""The code of a client that closes for good; the server's library tells a drop as 1005."""


class WebSocketTransport:
    """An accepted WebSocket as the connection of a voice session."""

    def __init__(self, websocket: WebSocket, clock: Clock | None = None) -> None:
        """Nothing happens yet.

        Args:
            websocket: the connection.
            clock: else the machine's.
        """
        self._websocket = websocket
        self._clock = clock or MonotonicClock()
        self._coding = Coding()
        self._inflow = Inflow()

    async def receive(self) -> ClientEvent | AudioFrame:
        """Return the next thing the client sent.

        Raises:
            ProtocolError: it is nothing of the protocol; the next may be.
            Disconnected: the client has gone.
        """
        if (wait_s := self._inflow.wait_s(self._clock.now())) > 0:
            await self._clock.sleep(wait_s)
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise Disconnected(on_purpose=message.get("code") == _GOODBYE)
        data: bytes | None = message.get("bytes")
        if data is not None:
            frame = self._coding.decode(data)
            self._inflow.take(len(frame.pcm), self._clock.now())
            return frame
        event = decode_client_event(message["text"])
        if isinstance(event, Hello):
            self._coding.agree(event)
        return event

    async def send_event(self, event: ServerEvent) -> None:
        """Send an event."""
        before, event = self._coding.tell(event)
        try:
            for frame in before:
                await self._websocket.send_bytes(frame)
            await self._websocket.send_text(encode_event(event))
        except (WebSocketDisconnect, RuntimeError) as error:
            raise Disconnected from error

    async def send_audio(self, frame: AudioFrame) -> None:
        """Send audio."""
        try:
            for data in self._coding.encode(frame):
                await self._websocket.send_bytes(data)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise Disconnected from error

    async def close(self) -> None:
        """Hang up, unless the client has."""
        await _hang_up(self._websocket)


class TextWire:
    """An accepted WebSocket that carries text alone, as the wire of a Realtime client."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    async def receive_text(self) -> str:
        """Return the next text frame; a binary one is nothing of the protocol, and reads as empty.

        Raises:
            Disconnected: the client has gone.
        """
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise Disconnected
        return message.get("text") or ""

    async def send_text(self, text: str) -> None:
        """Send a text frame."""
        try:
            await self._websocket.send_text(text)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise Disconnected from error

    async def close(self) -> None:
        """Hang up, unless the client has."""
        await _hang_up(self._websocket)


class TurnResponder:
    """Answers the utterances of one connection with turns."""

    def __init__(self, engine: TurnEngine, principal: Principal) -> None:
        self._engine = engine
        self._principal = principal
        self._answered: dict[int, str] = {}
        """Ids of the last turns that were answered, by their numbers in the session."""
        self._cut: dict[int, str] = {}
        """What was heard of answers that were cut short, until it is noted."""

    def heard(self, utterance: Utterance, text: str) -> None:
        """Take note of what was heard of an answer, before the next utterance is answered."""
        self._cut[utterance.turn] = text

    async def respond(self, utterance: Utterance) -> AsyncGenerator[AnswerPart]:
        """Run the utterance as a turn; yield its answer as it is written, then its whole result."""
        await self._note_cuts()
        tapped = utterance.confirmation is not None
        request = TurnRequest(
            text="" if tapped else utterance.text,
            session=utterance.session,
            language=utterance.language if tapped else None,
            spoken=utterance.spoken,
            confirm=utterance.confirmation,
            question=utterance.question,
            id=utterance.id,
        )
        principal = self._in_zone(utterance.timezone)
        parts = asyncio.Queue[AnswerText | None]()

        def speak(piece: str, language: Language) -> None:
            parts.put_nowait(AnswerText(piece, language))

        async def run() -> TurnResult:
            try:
                return await self._engine.run(principal, request, speak=speak)
            finally:
                parts.put_nowait(None)

        turn, said = asyncio.create_task(run()), ""
        try:
            while (part := await parts.get()) is not None:
                said += part.text
                yield part
            result = await turn
        finally:
            turn.cancel()
            await asyncio.wait([turn])
        self._answered[utterance.turn] = result.turn_id
        if rest := result.answer.removeprefix(said):
            yield AnswerText(rest, result.language)
        yield AnswerDetail(result.model_dump(mode="json"))

    async def _note_cuts(self) -> None:
        for turn in self._cut.keys() & self._answered.keys():
            await self._engine.note_heard(
                self._principal, self._answered[turn], self._cut.pop(turn)
            )
        for turn in list(self._answered)[:-2]:
            del self._answered[turn]

    def _in_zone(self, timezone: str | None) -> Principal:
        if timezone is None:
            return self._principal
        try:
            ZoneInfo(timezone)
        except (KeyError, ValueError, OSError):
            return self._principal
        return replace(self._principal, timezone=timezone)


async def _hang_up(websocket: WebSocket) -> None:
    states = (websocket.client_state, websocket.application_state)
    if WebSocketState.DISCONNECTED not in states:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await websocket.close()
