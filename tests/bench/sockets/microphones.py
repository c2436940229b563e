"""`python -m tests.bench.sockets.microphones`: many microphones in a process of their own.

Reads a `Job` and prints what came of it, an `Outcome`. Every microphone sends a frame every 20 ms
by an absolute schedule, also the silent ones: they hear a room. The frames are written past the
WebSocket library, which still shakes hands, answers pings and reads: one process has to send
thousands a second without being late.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from array import array
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.bench.sockets.speech import FRAME_S, HEARD_EVERY, Said, room

HELLO = json.dumps(
    {
        "type": "hello",
        "protocol": "arion.voice.v1",
        "codecs": ["pcm16"],
        "language": "ko",
        "voice": "fast",
        "timezone": "Asia/Seoul",
    }
)
PAUSE_S = 1.0
"""Between the end of an answer and the next command."""
PATIENCE_S = 10.0
"""Longest wait for an answer; then the command is given up."""
STAGGER_S = 0.7
"""Between the first commands of two people."""
SETTLE_S = 30.0
"""Longest wait for what is on its way when the microphones stop; then it is lost."""
AT_A_TIME = 10
"""Connections that are made at once."""


@dataclass(frozen=True)
class Job:
    """What the microphones are to do."""

    url: str
    open: int
    """Connections."""
    seconds: int
    talking: int = 0
    """How many of them talk; the others hear a room."""
    extra: int = 0
    """Connections that are tried beyond, once the others are open."""
    echo: bool = False
    """The server has no protocol: it sends back what it gets."""


@dataclass
class Outcome:
    """What came of it."""

    open: int = 0
    """Connections that were still open at the end."""
    refused: int = 0
    """Connections that the server declined with HTTP 503."""
    sent: int = 0
    heard: int = 0
    """Frames, by the server's own count."""
    lag_ms: list[float] = field(default_factory=list)
    """From a frame to its acknowledgement, which follows the voice detector."""
    start_lag_ms: list[float] = field(default_factory=list)
    """From the frame at which a calm detector finds speech to `speech_started`."""
    turns: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    """By their kinds."""
    late_ms: float = 0.0
    """The largest delay of a frame behind its schedule."""


class Line:
    """One microphone."""

    def __init__(
        self, connection: ClientConnection, begins: float, said: Sequence[Said], first: int
    ) -> None:
        self._connection = connection
        self._begins = begins
        self._said = said
        """Commands, again and again; none: nobody speaks here."""
        self._next = first
        self._saying: Sequence[bytes] = ()
        self._at = 0
        self._speaks_from = begins + PAUSE_S + first * STAGGER_S
        """When the next command may begin, unless an answer is waited for."""
        self._given_up_at = 0.0
        self._waits = False
        self._onset: int | None = None
        """The frame at which the server is to notice that somebody speaks."""
        self._room = room()
        self.sent_at = array("d")
        self.heard = 0

    @property
    def due(self) -> float:
        """When the next frame leaves."""
        return self._begins + len(self.sent_at) * FRAME_S

    def send(self, now: float) -> None:
        """Sends the next frame."""
        number = len(self.sent_at)
        pcm = self._pcm(number, now)
        # Its mask is all zeros, which leaves the payload as it is.
        head = b"\x82\xfe" + (8 + len(pcm)).to_bytes(2, "big") + bytes(4)
        transport = self._connection.transport
        if not transport.is_closing():
            transport.write(head + b"\x01\x01\x00\x00" + number.to_bytes(4, "big") + pcm)
        self.sent_at.append(now)

    def _pcm(self, number: int, now: float) -> bytes:
        if self._at < len(self._saying):
            self._at += 1
            return self._saying[self._at - 1]
        if self._said and self._may_speak(number, now):
            said = self._said[self._next % len(self._said)]
            self._next += 1
            self._saying, self._at = said.frames, 1
            self._onset = number + said.onset
            self._waits, self._given_up_at = True, now + len(said.frames) * FRAME_S + PATIENCE_S
            return said.frames[0]
        return next(self._room)

    def _may_speak(self, number: int, now: float) -> bool:
        # 16 frames of 20 ms are 10 of the detector's: a command always meets it in the same phase.
        is_free = now >= (self._given_up_at if self._waits else self._speaks_from)
        return is_free and number % 16 == 0

    async def listen(self, outcome: Outcome) -> None:
        """Reads until the connection ends."""
        try:
            async for message in self._connection:
                if isinstance(message, str):
                    self._take(json.loads(message), outcome, time.monotonic())
                elif message[0] == 1 and message[2:4] == b"\0\0":
                    self.heard += 1  # its own frame, come back: an answer has a turn
        except ConnectionClosed:
            return

    def _take(self, event: dict[str, object], outcome: Outcome, now: float) -> None:
        match event["type"]:
            case "heard":
                sequence = int(str(event["sequence"]))
                self.heard = sequence + 1
                outcome.lag_ms.append((now - self.sent_at[sequence]) * 1000)
            case "speech_started" if self._onset is not None:
                # Before its time: a frame of the detector may fall into another's.
                at = self.sent_at[self._onset] if self._onset < len(self.sent_at) else now
                outcome.start_lag_ms.append((now - at) * 1000)
                self._onset = None
            case "turn_ended" | "nothing_heard":
                outcome.turns += event["type"] == "turn_ended"
                self._waits, self._speaks_from = False, now + PAUSE_S
            case "error":
                kind = str(event["kind"])
                outcome.errors[kind] = outcome.errors.get(kind, 0) + 1
            case _:
                pass


class Load:
    """All of them."""

    def __init__(self, job: Job, said: Sequence[Said]) -> None:
        self._job = job
        self._said = said
        self._outcome = Outcome()
        self._gate = asyncio.Semaphore(AT_A_TIME)

    async def run(self) -> Outcome:
        """Opens the connections, sends, and counts."""
        opened = await asyncio.gather(*(self._open() for _ in range(self._job.open)))
        connections = [it for it in opened if it is not None]
        connections += [it for _ in range(self._job.extra) if (it := await self._open())]
        begins = time.monotonic() + 0.5
        lines = [
            Line(
                connection,
                begins + FRAME_S * number / len(connections),
                self._said if number < self._job.talking else (),
                number,
            )
            for number, connection in enumerate(connections)
        ]
        listening = [asyncio.create_task(line.listen(self._outcome)) for line in lines]
        await self._send(lines)
        await self._settle(lines)
        outcome = self._outcome
        outcome.open = sum(not task.done() for task in listening)
        outcome.sent = sum(len(line.sent_at) for line in lines)
        outcome.heard = sum(line.heard for line in lines)
        await asyncio.gather(*(connection.close() for connection in connections))
        await asyncio.gather(*listening)
        return outcome

    async def _open(self) -> ClientConnection | None:
        async with self._gate:
            try:
                connection = await connect(
                    self._job.url,
                    subprotocols=None if self._job.echo else ["arion.voice.v1"],
                    proxy=None,
                    max_size=None,
                    compression=None,
                    open_timeout=60,
                )
                if not self._job.echo:
                    await connection.send(HELLO)
                    await asyncio.wait_for(connection.recv(), 60)
            except InvalidStatus as error:
                if error.response.status_code != 503:
                    raise
                self._outcome.refused += 1
                return None
            return connection

    async def _send(self, lines: Sequence[Line]) -> None:
        frames = round(self._job.seconds / FRAME_S)
        for _ in range(frames):
            for line in lines:
                due = line.due
                if (wait_s := due - time.monotonic()) > 0:
                    await asyncio.sleep(wait_s)
                now = time.monotonic()
                self._outcome.late_ms = max(self._outcome.late_ms, (now - due) * 1000)
                line.send(now)

    async def _settle(self, lines: Sequence[Line]) -> None:
        """Waits until everything that was sent was heard, or is lost."""
        limit = time.monotonic() + SETTLE_S
        while time.monotonic() < limit:
            if all(line.heard >= len(line.sent_at) for line in lines):
                return
            await asyncio.sleep(0.05)


async def main() -> None:
    """Does what standard input asks for."""
    job = Job(**json.loads(sys.stdin.readline()))
    said = [Said.from_json(line) for line in sys.stdin]
    if round(job.seconds / FRAME_S) % HEARD_EVERY:
        raise ValueError(f"{job.seconds} s: the last frames would never be acknowledged")
    print(json.dumps(asdict(await Load(job, said).run())))


if __name__ == "__main__":
    # A collection would be a delay of the microphones' own.
    gc.disable()
    asyncio.run(main())
