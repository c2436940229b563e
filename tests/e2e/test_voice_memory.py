"""A thousand sessions leave nothing behind."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from collections import Counter

import pytest
from tests.e2e.voice_line import Client, Line, calling, dialling, serving

from arion_voice.conversation import SessionOptions
from arion_voice.testing import ScriptedRecognizer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

AT_A_TIME = 20
WARM_UP = 200
SESSIONS = 1_000


async def spoken(line: Line) -> None:
    """A spoken turn; then the client takes its leave."""
    async with calling(line) as client:
        await client.utter()
        await client.until("turn_ended")
        await client.connection.close(1000)


async def dropped(line: Line) -> None:
    """A typed turn; the connection drops in its midst, and nobody comes back."""
    async with calling(line) as client:
        await client.say({"type": "text", "text": "메일"})
        await client.until("transcript", final=True)
        client.connection.transport.abort()


async def realtime(line: Line) -> None:
    async with dialling(line, "/v1/realtime") as client:
        await typed_in_realtime(client)


async def typed_in_realtime(client: Client) -> None:
    content = [{"type": "input_text", "text": "메일"}]
    item = {"type": "message", "role": "user", "content": content}
    await client.say({"type": "conversation.item.create", "item": item})
    await client.say({"type": "response.create"})
    await client.until("response.done")


async def sessions(line: Line, number: int) -> None:
    gate = asyncio.Semaphore(AT_A_TIME)

    async def one(at: int) -> None:
        async with gate:
            await (spoken, dropped, realtime)[at % 3](line)

    await asyncio.gather(*(one(at) for at in range(number)))
    for _ in range(number):
        await line.ended.get()


async def settled(tasks: set[asyncio.Task[None]]) -> None:
    """Waits until only these tasks are left: dropped sessions wait for their clients for a while.

    Raises:
        TimeoutError: others stay.
    """
    async with asyncio.timeout(30):
        while others := asyncio.all_tasks() - tasks:
            await asyncio.wait(others)


def objects() -> Counter[str]:
    gc.collect()
    kinds = (type(it) for it in gc.get_objects())
    return Counter(f"{kind.__module__}.{kind.__qualname__}" for kind in kinds)


async def test_a_thousand_sessions_leave_no_memory_no_task_and_no_session_behind() -> None:
    class Talkative(ScriptedRecognizer):
        def _transcript(self, said: str, stretch: object) -> object:
            self.heard.clear()
            return super()._transcript("내일 일정", stretch)  # type: ignore[arg-type]

    line = Line(Talkative(), options=SessionOptions(resume_s=0.2))
    line.synthesizer.spoken = Ignored()  # type: ignore[attr-defined]
    async with serving(line):
        tasks = asyncio.all_tasks()
        await sessions(line, WARM_UP)
        await settled(tasks)
        before = objects()
        tracemalloc.start()
        held = tracemalloc.get_traced_memory()[0]
        await sessions(line, SESSIONS - WARM_UP)
        await settled(tasks)
        after = objects()
        grown_mb = (tracemalloc.get_traced_memory()[0] - held) / 1e6
        tracemalloc.stop()
    ours = {kind: more for kind, more in (after - before).items() if kind.startswith("arion_")}
    assert ours == {}
    grown = {kind: more for kind, more in (after - before).items() if more > 0.1 * SESSIONS}
    assert grown == {}
    assert grown_mb < 5


class Ignored(list[object]):
    """Keeps nothing."""

    def append(self, _: object) -> None:
        pass
