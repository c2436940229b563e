"""The meanings of the packs in use, got ready beside everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from arion_host.agents.embedding import Embedding
from arion_host.agents.meaning import Meaning
from arion_kit.words import LanguagePack


class Meanings:
    """Keeps one `Meaning` for the packs that are in use."""

    def __init__(self, open_embedding: Callable[[], Embedding | None]) -> None:
        """`open_embedding` gives the model, if there is one; it is called in a thread, once."""
        self._open_embedding = open_embedding
        self._packs: Mapping[str, LanguagePack] = {}
        self._changed = asyncio.Event()
        self._now: Meaning | None = None
        self._ready = asyncio.Event()

    @property
    def now(self) -> Meaning | None:
        """What can be compared at this moment; None until the first packs were looked at."""
        return self._now

    def use(self, packs: Mapping[str, LanguagePack]) -> None:
        """Have `keep` read these packs from now on."""
        self._packs = packs
        self._ready.clear()
        self._changed.set()

    async def ready(self) -> None:
        """Wait until the packs in use are read as far as they can be."""
        await self._ready.wait()

    async def keep(self) -> None:
        """Read the packs whenever they are replaced, until cancelled."""
        embedding = await asyncio.to_thread(self._open_embedding)
        while True:
            await self._changed.wait()
            self._changed.clear()
            # Letters can be compared after 0.3 s, meanings after up to 25 s more.
            self._now = await asyncio.to_thread(Meaning, self._packs, embedding)
            await self._now.get_ready()
            if not self._changed.is_set():
                self._ready.set()
