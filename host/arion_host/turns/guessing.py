"""What no sentence fits, taken for the thing whose examples mean the like of it.

One that is plainly nearest is done, and read back first where it changes something. Among several
the person says which.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

from arion_host.agents import describer
from arion_host.agents.meaning import Nearest
from arion_host.agents.meanings import Meanings
from arion_host.agents.router import Router
from arion_host.agents.understood import Match, NoMatch
from arion_host.tools.catalogue import Catalogue
from arion_host.turns.questions import Conversations, OpenIntent
from arion_host.turns.running import RunningTurn
from arion_kit.words import Language, LanguagePack

_MOST = 3
"""Things that are offered: more are not kept in mind while listening."""
_NEAR = 12
"""Intents that are tried, the nearest first."""


class Guessing:
    """Guesses what is meant. One serves every turn."""

    def __init__(self, meanings: Meanings, conversations: Conversations) -> None:
        self._meanings = meanings
        self._conversations = conversations

    def use(self, packs: Mapping[str, LanguagePack]) -> None:
        """Compare with the examples of these packs from now on."""
        self._meanings.use(packs)

    async def guess(
        self, router: Router, text: str, language: Language, now: datetime
    ) -> dict[str, Match] | NoMatch:
        """What `text` may ask for, one of each tool, by `server/intent`; at most three.

        One alone is meant. Nothing is guessed until meanings can be compared.
        """
        meaning = self._meanings.now
        if meaning is None:
            return NoMatch()
        # Half of 50 ms is another's to use meanwhile.
        near = await asyncio.to_thread(meaning.nearest, text, language)
        if not near.alike:
            return NoMatch()
        names = _of_first_tool(near) if near.sure else [it.intent for it in near.ranked[:_NEAR]]
        found = router.route_as(text, names, language=language, now=now) if near.fused else {}
        firsts: dict[str, str] = {}
        for name in sorted(found, key=names.index):
            firsts.setdefault(found[name].tool, name)
        likely = {name: found[name] for name in list(firsts.values())[:_MOST]}
        if len(likely) == 1 and not near.sure:
            likely = {}
        return likely or NoMatch(near.examples())

    async def ask(
        self, turn: RunningTurn, likely: Mapping[str, Match], catalogue: Catalogue
    ) -> str:
        """Ask which of several things is meant; give the question."""
        labels = tuple(_title(match, catalogue, turn.language) for match in likely.values())
        question = OpenIntent(
            question=describer.which_thing(labels, turn.language),
            language=turn.language,
            utterance=turn.utterance,
            now=turn.now,
            labels=labels,
            intents=tuple(likely),
        )
        await self._conversations.ask(turn.principal.id, turn.session, question)
        return turn.wait_for(question)


def _of_first_tool(near: Nearest) -> list[str]:
    return [it.intent for it in near.ranked if it.tool == near.ranked[0].tool]


def _title(match: Match, catalogue: Catalogue, language: Language) -> str:
    rendering = catalogue.packs[match.server].renderings.get(match.tool)
    titles = rendering.title if rendering else {}
    tool = catalogue.tool(match.server, match.tool)
    return titles.get(language) or (tool.title if tool else match.tool)
