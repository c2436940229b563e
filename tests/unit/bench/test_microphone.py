from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
import pytest
from tests.bench.voice.microphone import FRAME, ROOM, play
from tests.bench.voice.recordings import RATE, Recording
from tests.bench.voice.scenes import Cue, Job, Scene, Seen, Take
from websockets.asyncio.server import ServerConnection, serve

pytestmark = pytest.mark.thorough

ANSWER = np.full(2_400, 5_000, "<i2").tobytes()
HEARD = json.dumps({"heard": "내일"})


class Server:
    """Answers once so many frames of microphone have come."""

    def __init__(self, answers_at: int) -> None:
        self._answers_at = answers_at
        self.frames: list[np.ndarray] = []

    async def handle(self, socket: ServerConnection) -> None:
        async for message in socket:
            assert isinstance(message, bytes)
            self.frames.append(np.frombuffer(message, "<i2"))
            if len(self.frames) == self._answers_at:
                await socket.send(HEARD)
                await socket.send(ANSWER)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        async with serve(self.handle, "127.0.0.1", 0) as server:
            yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.fixture
def sound(tmp_path) -> str:
    """A tenth of a second of speech after half a second of silence."""
    loud = np.full(RATE // 10, 9_000, np.int16)
    return Recording.of("내일", loud).write(tmp_path / "sound.wav")


async def played(server: Server, scene: Scene, capsys: pytest.CaptureFixture[str]) -> Take:
    async with server.serving() as url:
        await play(Job("pcm", url, (scene,)), scene)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line.pop("scene") for line in lines} == {scene.name}
    return Take(scene, tuple(Seen(**line) for line in lines))


async def test_a_recording_is_said_at_its_pace_over_the_noise_of_a_room(sound, capsys):
    server = Server(answers_at=32)
    scene = Scene("one", (Cue(sound),), ("final", "audio"), linger_s=0.1)
    take = await played(server, scene, capsys)
    heard = np.concatenate(server.frames).astype(np.float64)
    speech = heard[RATE // 2 : RATE // 2 + RATE // 10]
    silence = heard[: RATE // 2 - FRAME]
    assert speech.mean() == pytest.approx(9_000, abs=5)
    assert np.sqrt((silence**2).mean()) == pytest.approx(ROOM, rel=0.1)
    frames_s = len(server.frames) * FRAME / RATE
    assert take.of("closed")[0].at - take.began() >= frames_s


async def test_a_scene_goes_on_for_a_while_after_what_it_waits_for(sound, capsys):
    server = Server(answers_at=32)
    scene = Scene("one", (Cue(sound),), ("final", "audio"), linger_s=0.1)
    take = await played(server, scene, capsys)
    assert [seen.kind for seen in take.seen] == ["cue", "final", "audio", "parting", "closed"]
    assert len(server.frames) == pytest.approx(32 + 5, abs=2)


async def test_an_answer_before_the_end_of_the_speech_is_not_waited_for(sound, capsys):
    server = Server(answers_at=5)
    scene = Scene("one", (Cue(sound),), ("final", "audio"), limit_s=0.2)
    take = await played(server, scene, capsys)
    assert take.of("final")
    assert len(server.frames) * FRAME / RATE == pytest.approx(0.5 + 0.1 + 0.2, abs=0.05)


async def test_a_second_cue_waits_for_the_answers_sound(sound, capsys):
    server = Server(answers_at=32)
    cues = (Cue(sound), Cue(sound, after_audio_s=0.05))
    scene = Scene("one", cues, ("error",), since="onset", limit_s=0.0)
    take = await played(server, scene, capsys)
    first, second = take.of("cue")
    (audio,) = take.of("audio")
    assert audio.at + 0.05 <= second.at < audio.at + 0.2
    assert second.at > first.at
