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
from arion_voice.protocol import SUBPROTOCOL, Hello, decode_server_event, encode_event

FRAME_S = 0.02
"""Length of one frame, in seconds."""

FRAME_BYTES = 640
"""Of 16-bit samples at 16 kHz."""

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
    address = f"{url.replace('http', 'ws', 1)}/v1/voice"
    protocols = [Subprotocol(SUBPROTOCOL)]
    hearing = Hearing()
    try:
        async with connect(address, subprotocols=protocols, proxy=None, max_size=None) as socket:
            await socket.send(encode_event(_hello(options)))
            async with beside(_listen(socket, hearing)):
                await hearing.ready.wait()
                await _say(socket, pcm16(samples), hearing)
    except InvalidStatus as error:
        raise PartFailed(
            ErrorKind.UNAVAILABLE,
            f"The host at {url} takes no speech: {error.response.body.decode(errors='replace')}",
        ) from error
    except (OSError, WebSocketException) as error:
        if hearing.problem is not None:
            raise hearing.problem from error
        raise PartFailed(
            ErrorKind.UNAVAILABLE,
            f"The connection to {url} broke: {error}.",
            next_step="See what the host printed.",
        ) from error
    return hearing


def _hello(options: TalkOptions) -> Hello:
    return Hello(
        protocol=SUBPROTOCOL,
        codecs=("pcm16",),
        language=options.language,
        voice=options.voice,
        session=options.session,
    )


async def _say(socket: ClientConnection, pcm: bytes, hearing: Hearing) -> None:
    """Send the recording, then silence until the last answer is over, as a microphone would."""
    hearing.began = began = time.monotonic()
    frames = -(-len(pcm) // FRAME_BYTES)
    sequence = 0
    while not hearing.is_over(time.monotonic() - began - frames * FRAME_S):
        if sequence * FRAME_S > frames * FRAME_S + LONGEST_WAIT_S:
            raise PartFailed(
                ErrorKind.TIMEOUT,
                f"No answer came within {LONGEST_WAIT_S} s.",
                next_step="See what the host printed.",
            )
        frame = pcm[sequence * FRAME_BYTES : (sequence + 1) * FRAME_BYTES]
        sequence += 1
        # A microphone hands over a frame once it has been heard to its end.
        await asyncio.sleep(began + sequence * FRAME_S - time.monotonic())
        audio = AudioFrame(frame.ljust(FRAME_BYTES, b"\0"), sequence=sequence - 1)
        await socket.send(encode_audio(audio))


async def _listen(socket: ClientConnection, hearing: Hearing) -> None:
    try:
        async for message in socket:
            now = time.monotonic()
            if isinstance(message, bytes):
                hearing.take_audio(decode_audio(message), now)
            else:
                hearing.take_event(decode_server_event(message), now)
    except ConnectionClosed:
        # The sending side meets the same end and tells it.
        return
