from __future__ import annotations

import asyncio

import numpy as np
from numpy.typing import NDArray

from arion_host.agents.embedding import Embedding
from arion_host.agents.meaning import Meaning
from arion_host.agents.meanings import Meanings
from arion_host.background import beside
from arion_kit.words import Intent, LanguagePack


class Telling:
    """Gives every text the same vector, and tells when it was asked."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.read: asyncio.Queue[str] = asyncio.Queue()

    def query(self, texts: str) -> NDArray[np.float32]:
        self._loop.call_soon_threadsafe(self.read.put_nowait, texts)
        return np.full(384, 384**-0.5, np.float32)


def packs(text: str) -> dict[str, LanguagePack]:
    return {"x": LanguagePack(intents=(Intent(name="i", tool="t", examples={"ko": (text,)}),))}


def near(meaning: Meaning | None) -> str | None:
    return meaning.nearest("메일", "ko").ranked[0].example if meaning else None


async def test_packs_are_read_in_the_background_and_again_when_they_are_replaced() -> None:
    encoder = Telling(asyncio.get_running_loop())
    meanings = Meanings(lambda: Embedding(encoder))
    async with asyncio.timeout(10), beside(meanings.keep()):
        assert meanings.now is None
        meanings.use(packs("메일 읽어줘"))
        assert await encoder.read.get() == "메일 읽어줘"
        assert near(meanings.now) == "메일 읽어줘"
        meanings.use(packs("메일 지워줘"))
        while await encoder.read.get() != "메일 지워줘":
            pass
        assert near(meanings.now) == "메일 지워줘"
