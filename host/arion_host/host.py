"""A host, from its first child process to its last open part."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from arion_auth import Principal
from arion_host.background import beside
from arion_host.children import open_children
from arion_host.settings import HostSettings
from arion_host.speech import SpeechPart
from arion_host.supervisor import Child

if TYPE_CHECKING:
    from arion_host.agents.executor import Executor
    from arion_host.agents.meanings import Meanings
    from arion_host.readiness import Readiness
    from arion_host.tools.connections import Connections
    from arion_host.turns.engine import TurnEngine


@dataclass(frozen=True)
class Host:
    """The open parts of a host."""

    settings: HostSettings
    principal: Principal
    """The one person of this installation."""
    connections: Connections
    executor: Executor
    engine: TurnEngine
    meanings: Meanings
    speech: SpeechPart
    children: tuple[Child, ...]
    servers_url: str | None
    """Base URL of Arion's own servers; None when all of them are replaced."""

    async def settled(self) -> Readiness:
        """Wait until every part is ready, or is known not to be, and say which is which."""
        await self.engine.warm()
        await self.speech.settled()
        return self.readiness()

    def readiness(self) -> Readiness:
        """Look at every part now."""
        from arion_host.readiness import judge

        return judge(
            tuple(self.connections.all), self.children, self.speech, routing=self.engine.is_warm
        )


@asynccontextmanager
async def open_host(settings: HostSettings, *, with_speech: bool) -> AsyncGenerator[Host]:
    """Open every part, and close them in the opposite order at the end.

    Servers connect and speech loads in the background.

    Raises:
        StorageFailed: the database cannot be opened.
        PartFailed: a child process did not start, or the list of servers cannot be read.
    """
    async with AsyncExitStack() as stack:
        speech = SpeechPart(wanted=with_speech)
        await stack.enter_async_context(beside(speech.keep()))
        # Importing the parts takes as long as starting the children: both at once.
        async with beside(_import("arion_host.parts")):
            children = await stack.enter_async_context(open_children(settings))
        from arion_host.parts import open_parts

        yield await stack.enter_async_context(open_parts(settings, children, speech))


async def _import(module: str) -> None:
    await asyncio.to_thread(import_module, module)
