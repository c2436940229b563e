"""`arion talk`: says a recording to a host at the pace of speech, over the real WebSocket."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException
from websockets.typing import Subprotocol

from arion_host.background import beside
from arion_host.cli.hearing import Hearing
from arion_host.cli.running import find_running
from arion_host.cli.wav import end_of_speech_s, pcm16, read_speech, write_speech
from arion_host.errors import PartFailed, RequestRefused
from arion_host.listening import bind
from arion_host.settings import HostSettings
from arion_kit.words import ErrorKind
from arion_voice.engines import Language, Samples, VoiceName
from arion_voice.frames import AudioFrame, decode_audio, encode_audio
from arion_voice.protocol import SUBPROTOCOL, Ack, Hello, Ready, decode_server_event, encode_event
from arion_voice.resuming import Resuming

FRAME_S = 0.02
"""Length of one frame, in seconds."""

FRAME_BYTES = 640
"""Of 16-bit samples at 16 kHz."""

ACK_EVERY = 50
"""Frames after which the host is told what came."""

RETRIES_S = (0.0, 0.5, 1.0, 2.0, 4.0)
"""How long to wait before each new connection where one drops, in seconds."""

LONGEST_WAIT_S = 120
"""Longest wait for the answer after the recording has ended, in seconds."""


@dataclass(frozen=True)
class TalkOptions:
    """How to talk."""

    language: Language | None
    voice: VoiceName | None
    session: str


async def talk(
    settings: HostSettings, recording: Path, out: Path | None, options: TalkOptions
) -> dict[str, JsonValue]:
    """Say a recording, and return the last turn's result with what was heard and when.

    Raises:
        HostError: the recording cannot be used, there is no speech here, nothing was heard, or
            the host went away.
    """
    samples = read_speech(recording)
    running = find_running(settings)
    if running is not None:
        hearing = await _converse(running.url, samples, options)
    else:
        async with _host_of_our_own(settings) as url:
            hearing = await _converse(url, samples, options)
    turn = hearing.last_turn
    if turn is None:
        raise hearing.problem or RequestRefused(
            ErrorKind.NOT_FOUND,
            f"No speech was heard in {recording}.",
            next_step="Check that the recording is loud enough and holds words.",
        )
    if out is not None and turn.pcm:
        write_speech(out, bytes(turn.pcm), turn.sample_rate)
    return hearing.result(turn, end_of_speech_s(samples))


@asynccontextmanager
async def _host_of_our_own(settings: HostSettings) -> AsyncGenerator[str]:
    # Takes seconds to import, which a running host has behind it.
    from arion_host.host import open_host

    with bind("127.0.0.1", 0) as bound:
        async with open_host(settings, with_speech=True) as host:
            from arion_host.app import Server, build_app

            server = Server(build_app(host), bound)
            async with beside(server.serve([bound])):
                await server.listening.wait()
                await host.settled()
                if host.speech.missing:
                    raise PartFailed(ErrorKind.UNAVAILABLE, " ".join(host.speech.missing))
                yield f"http://127.0.0.1:{bound.getsockname()[1]}"


async def _converse(url: str, samples: Samples, options: TalkOptions) -> Hearing:
    call = _Call(_hello(options), pcm16(samples))
    waits_s = iter(RETRIES_S)
    while True:
        try:
            await call.run(f"{url.replace('http', 'ws', 1)}/v1/voice")
        except InvalidStatus as error:
            refusal = error.response.body.decode(errors="replace")
            raise PartFailed(
                ErrorKind.UNAVAILABLE, f"The host at {url} takes no speech: {refusal}"
            ) from error
        except (OSError, WebSocketException) as error:
            wait_s = next(waits_s, None) if call.is_begun else None
            if call.hearing.problem is not None:
                raise call.hearing.problem from error
            if wait_s is None:
                raise PartFailed(
                    ErrorKind.UNAVAILABLE,
                    f"The connection to {url} broke: {error}.",
                    next_step="See what the host printed.",
                ) from error
            await asyncio.sleep(wait_s)
        else:
            return call.hearing


def _hello(options: TalkOptions) -> Hello:
    return Hello(
        protocol=SUBPROTOCOL,
        codecs=("pcm16",),
        language=options.language,
        voice=options.voice,
        session=options.session,
    )


class _Call:
    """A recording that is said over one connection, or more where they drop."""

    def __init__(self, hello: Hello, pcm: bytes) -> None:
        self.hearing = Hearing()
        self.is_begun = False
        """Whether there was a session."""
        self._hello = hello
        self._pcm = pcm
        self._resuming = Resuming()
        self._said = 0
        """Frames that were said."""

    async def run(self, address: str) -> None:
        """Connect, and say what was not said yet until the last answer is over."""
        protocols = [Subprotocol(SUBPROTOCOL)]
        async with connect(address, subprotocols=protocols, proxy=None, max_size=None) as socket:
            await socket.send(encode_event(self._resuming.hello(self._hello)))
            ready = await self._wait_for_ready(socket)
            self.is_begun = True
            async with beside(self._listen(socket)):
                for message in self._resuming.go_on(ready):
                    if isinstance(message, AudioFrame):
                        await socket.send(encode_audio(message))
                await self._say(socket)

    async def _wait_for_ready(self, socket: ClientConnection) -> Ready:
        while True:
            event = decode_server_event(await socket.recv(decode=True))
            if isinstance(event, Ready):
                return event
            self.hearing.take_event(event, time.monotonic())

    async def _say(self, socket: ClientConnection) -> None:
        """Say the recording, then silence until the last answer is over, as a microphone would."""
        hearing, pcm = self.hearing, self._pcm
        hearing.began = began = hearing.began or time.monotonic()
        frames = -(-len(pcm) // FRAME_BYTES)
        while not hearing.is_over(time.monotonic() - began - frames * FRAME_S):
            if self._said * FRAME_S > frames * FRAME_S + LONGEST_WAIT_S:
                raise PartFailed(
                    ErrorKind.TIMEOUT,
                    f"No answer came within {LONGEST_WAIT_S} s.",
                    next_step="See what the host printed.",
                )
            frame = pcm[self._said * FRAME_BYTES : (self._said + 1) * FRAME_BYTES]
            # A microphone hands over a frame once it has been heard to its end.
            await asyncio.sleep(began + (self._said + 1) * FRAME_S - time.monotonic())
            self._said += 1
            audio = self._resuming.speak(frame.ljust(FRAME_BYTES, b"\0"))
            await socket.send(encode_audio(audio))
            if self._said % ACK_EVERY == 0:
                await socket.send(encode_event(Ack(seq=self._resuming.seen)))

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for message in socket:
                now = time.monotonic()
                if isinstance(message, bytes):
                    audio = decode_audio(message)
                    self._resuming.take(audio)
                    self.hearing.take_audio(audio, now)
                elif self._resuming.take(event := decode_server_event(message)):
                    self.hearing.take_event(event, now)
        except ConnectionClosed:
            # The sending side meets the same end and tells it.
            return
