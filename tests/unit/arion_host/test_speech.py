from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest

from arion_host import speech
from arion_host.speech import SpeechPart, SpeechState
from arion_voice.speech import SpeechState as State
from arion_voice.speech import SpeechStatus

MISSING = ("Whisper is not here.",)


@dataclass
class Engines:
    """Engines that come to be so far with each try."""

    tries: list[State]
    status: SpeechStatus = field(default_factory=lambda: SpeechStatus(State.LOADING))
    tried: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once no try is left."""
    closed: bool = False

    async def warm(self) -> None:
        self.status = SpeechStatus(self.tries.pop(0))
        if not self.tries:
            self.tried.set()

    async def aclose(self) -> None:
        self.closed = True


async def kept(engines: Engines, part: SpeechPart) -> SpeechPart:
    """The part once the engines have no try left."""
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        keeping = tasks.create_task(part.keep())
        await part.settled()
        await engines.tried.wait()
        keeping.cancel()
    return part


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> SpeechPart:
    monkeypatch.setattr(speech, "_AGAIN_S", 0)
    monkeypatch.setattr(speech, "_missing", tuple)
    return SpeechPart(wanted=True)


@pytest.mark.parametrize("first", [State.FAILED, State.ABSENT])
async def test_speech_that_was_not_there_at_the_start_is_ready_once_it_is(
    part: SpeechPart, monkeypatch: pytest.MonkeyPatch, first: State
) -> None:
    engines = Engines([first, first, State.READY])
    monkeypatch.setattr(speech, "_load", lambda: (MISSING, engines))
    await kept(engines, part)
    assert (part.state, part.missing) == (SpeechState.READY, ())
    assert engines.closed


async def test_engines_that_are_ready_are_loaded_once(
    part: SpeechPart, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = Engines([State.READY])
    monkeypatch.setattr(speech, "_load", lambda: ((), engines))
    await kept(engines, part)
    assert part.state is SpeechState.READY
