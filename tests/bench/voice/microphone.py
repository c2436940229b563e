"""`python -m tests.bench.voice.microphone`: microphone and loudspeaker, in a process of their own.

Reads a `Job` and prints what it saw, see `scenes`. Frame n of a connection holds what was heard
between t0 + n * 20 ms and 20 ms later, and leaves then: the schedule is absolute, by
CLOCK_MONOTONIC, so that a delay is noted and does not shift what follows. A room's faint noise
goes on beneath all sounds: no microphone gives digital silence.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import time
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.bench.voice.drivers import DRIVERS, Driver
from tests.bench.voice.player import AUDIBLE, Player
from tests.bench.voice.recordings import RATE, Recording
from tests.bench.voice.scenes import Cue, Job, Scene, Seen

FRAME_S = 0.02
FRAME = round(FRAME_S * RATE)
"""Samples in a frame."""
ROOM = 12.0
"""Root mean square of the room's noise, of 32,768: about -69 dB."""
FAREWELL_S = 1.0
"""Longest wait for the end of a turn that was cut short at the end of a scene."""


def room() -> Iterator[NDArray[np.float64]]:
    """The noise of a quiet room, frame by frame; the same in every run."""
    frames = np.random.default_rng(20).normal(0, ROOM, (997, FRAME))
    while True:
        yield from frames


class Wait:
    """What a scene waits for: observations of given kinds, in order, from a moment on."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._left = list(kinds)
        """Where there are none, it waits until its limit."""
        self.since: float | None = None
        """Observations before it do not count; None: none does yet."""
        self.done_at: float | None = None

    def take(self, seen: Seen) -> None:
        """Notes an observation."""
        if self.since is None or seen.at < self.since or self.done_at is not None:
            return
        if self._left and self._left[0] == seen.kind and _counts(seen):
            del self._left[0]
            if not self._left:
                self.done_at = seen.at


def _counts(seen: Seen) -> bool:
    return seen.kind != "audio" or bool(np.abs(seen.samples).max(initial=0) > AUDIBLE)


class Microphone:
    """One scene on one connection."""

    def __init__(self, scene: Scene, driver: Driver, socket: ClientConnection) -> None:
        self._scene = scene
        self._driver = driver
        self._socket = socket
        self._cues = list(scene.cues)
        self._sounds = {
            cue.sound: Recording.read(cue.sound) for cue in scene.cues if cue.sound is not None
        }
        self._playing = np.zeros(0, np.int16)
        """What is still to be heard of the sound that is going on."""
        self._wait = Wait(scene.until)
        self._player = Player()
        self._audio_began: float | None = None
        """When the answer since the last cue began to be heard."""
        self._turn_is_open = False
        self._ready = asyncio.Event()
        self._settled = asyncio.Event()
        self._late_s = 0.0

    async def run(self) -> None:
        """Plays the scene to its end."""
        listening = asyncio.create_task(self._listen())
        for message in self._driver.opening:
            await self._socket.send(message)
        if self._driver.greets:
            await asyncio.wait_for(self._ready.wait(), 30)
        try:
            await self._speak()
            await self._part()
        except ConnectionClosed as error:
            self._print(Seen("error", time.monotonic(), text=f"the connection closed: {error}"))
        finally:
            listening.cancel()
        late_ms = round(self._late_s * 1000, 1)
        load = round(os.getloadavg()[0], 2)
        self._print(Seen("closed", time.monotonic(), more={"late_ms": late_ms, "load": load}))

    async def _speak(self) -> None:
        began = time.monotonic()
        deadline = began + 600
        for number, noise in enumerate(room()):
            heard_at = began + number * FRAME_S
            if not self._playing.size and self._is_due(heard_at):
                deadline = await self._give_cue(self._cues.pop(0), heard_at)
            frame, self._playing = self._playing[:FRAME], self._playing[FRAME:]
            mixed = noise.copy()
            mixed[: frame.size] += frame
            pcm = np.clip(np.rint(mixed), -32_768, 32_767).astype("<i2").tobytes()
            due = heard_at + FRAME_S
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            self._late_s = max(self._late_s, time.monotonic() - due)
            await self._socket.send(self._driver.sound(pcm, number))
            if due > deadline or self._is_over(due):
                return

    def _is_due(self, now: float) -> bool:
        if not self._cues:
            return False
        after_s = self._cues[0].after_audio_s
        if after_s is None:
            return True
        began = self._audio_began
        return began is not None and self._player.heard_s(now, began) >= after_s

    async def _give_cue(self, cue: Cue, at: float) -> float:
        """Gives until when it is waited for what follows."""
        self._audio_began = None
        self._print(Seen("cue", at))
        ends = at
        if cue.text is not None:
            await self._socket.send(self._driver.text(cue.text))
        if cue.sound is not None:
            sound = self._sounds[cue.sound]
            self._playing = sound.samples
            ends = at + (sound.onset_s if self._scene.since == "onset" else sound.end_s)
        if self._cues:
            return at + 10
        self._wait.since = ends
        return max(ends, at + self._playing.size / RATE) + self._scene.limit_s

    def _is_over(self, now: float) -> bool:
        done_at = self._wait.done_at
        return done_at is not None and now > done_at + self._scene.linger_s

    async def _part(self) -> None:
        self._print(Seen("parting", time.monotonic()))
        if self._driver.farewell is not None and self._turn_is_open:
            self._settled.clear()
            await self._socket.send(self._driver.farewell)
            try:
                await asyncio.wait_for(self._settled.wait(), FAREWELL_S)
            except TimeoutError:
                return

    async def _listen(self) -> None:
        try:
            async for message in self._socket:
                self._take(self._driver.read(message))
        except ConnectionClosed:
            # The speaking side meets the same end and tells it.
            return

    def _take(self, seen: Seen) -> None:
        match seen.kind:
            case "ready":
                self._ready.set()
            case "final":
                self._turn_is_open = True
                self._player = Player()
            case "turn_ended":
                self._turn_is_open = False
                self._settled.set()
            case "audio":
                begins = self._player.take(seen.at, seen.samples.size / seen.rate)
                if self._audio_began is None and _counts(seen):
                    self._audio_began = begins
            case "audio_paused":
                self._player.pause(seen.at)
            case "audio_resumed":
                self._player.resume(seen.at)
        self._wait.take(seen)
        self._print(seen)

    def _print(self, seen: Seen) -> None:
        print(seen.as_json(self._scene.name), flush=seen.kind == "closed")


async def play(job: Job, scene: Scene) -> None:
    """Plays one scene on a connection of its own."""
    driver = DRIVERS[job.driver]()
    subprotocols = list(driver.subprotocols) or None
    async with connect(
        job.url, subprotocols=subprotocols, proxy=None, max_size=None, compression=None
    ) as socket:
        await Microphone(scene, driver, socket).run()


async def main() -> None:
    """Plays what standard input asks for."""
    job = Job.from_json(sys.stdin.read())
    if job.together:
        async with asyncio.TaskGroup() as tasks:
            for scene in job.scenes:
                tasks.create_task(play(job, scene))
        return
    for scene in job.scenes:
        await play(job, scene)


if __name__ == "__main__":
    # A collection would be a delay of the microphone's own.
    gc.disable()
    asyncio.run(main())
