"""What the last utterance becomes by what is said to go on from it."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from arion_host.agents.following.continuing import Continued, continuations, goes_on, replaceable
from arion_host.agents.following.fragments import Fragment
from arion_host.agents.following.leaning import asks_which, joined
from arion_host.agents.understood import Match, NoMatch, Provenance
from arion_host.tools.connections import Connections
from arion_host.turns.commands import Commands
from arion_kit.words import Language

_MOST = 10
"""What a fragment may mean is tried so often, since reading an utterance takes time."""


class Following:
    """Reads follow-ups together with what was said before."""

    def __init__(self, connections: Connections, commands: Commands) -> None:
        self._connections = connections
        self._commands = commands

    async def continued(
        self, said: str, fragment: Fragment, language: Language, now: datetime
    ) -> str | None:
        """Return what an utterance becomes by a fragment; None where it does not go on from it."""
        before = await self._match(said, language, now)
        if before is None:
            return None
        reads = await self._only_reads(before)
        if not fragment.too and not reads:
            return None
        words = _words(before)
        if not reads:
            words = replaceable(words, said, fragment, language, now)
        likely: str | None = None
        for one in islice(continuations(said, fragment, language, now, words), _MOST):
            match = await self._match(one.text, language, now)
            if match is None or not await self._goes_on(before, match, one):
                continue
            if not one.guessed or match.intent == before.intent:
                return one.text
            likely = likely or one.text
        return likely

    async def _goes_on(self, before: Match, after: Match, one: Continued) -> bool:
        alike = after.tool == before.tool or (
            await self._only_reads(before) and await self._only_reads(after)
        )
        return alike and after.server == before.server and goes_on(before, after, one)

    async def completed(
        self, said: str, text: str, language: Language, now: datetime
    ) -> str | None:
        """Return a question with what it lacks out of the last utterance: 택시 타면 얼마 나와?

        None where it lacks nothing, or is about something else.
        """
        wish = await self._match(text, language, now)
        if wish is None and not asks_which(text, language):
            return None
        if wish is not None and not (wish.missing and await self._only_reads(wish)):
            return None
        known = await self._match(said, language, now)
        if known is None or not await self._only_reads(known):
            return None
        words = _words(known)
        lacking = {name: it for name, it in words.items() if wish and name in wish.missing}
        own = {it.text for it in wish.slots.values()} if wish else set[str]()
        for whole in islice(joined(text, said, lacking or words, language), _MOST):
            match = await self._match(whole, language, now)
            if match is None or match.missing or match.server != known.server:
                continue
            free = (it for it in match.slots.values() if it.provenance is Provenance.SAID)
            alike = match.tool == wish.tool if wish else await self._only_reads(match)
            if alike and all(it.text in own or it.text in words.values() for it in free):
                return whole
        return None

    async def _match(self, text: str, language: Language, now: datetime) -> Match | None:
        """The one command of an utterance; None where there is not just one."""
        commands = await self._commands.read(text, language, now)
        return None if isinstance(commands, NoMatch) or len(commands) != 1 else commands[0].match

    async def _only_reads(self, match: Match) -> bool:
        tool = (await self._connections.catalogue()).tool(match.server, match.tool)
        return tool is not None and tool.read_only


def _words(match: Match) -> dict[str, str]:
    """The words of what was said but times and numbers, by slot."""
    return {name: it.text for name, it in match.slots.items() if isinstance(it.value, str)}
