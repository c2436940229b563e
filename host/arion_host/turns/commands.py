"""Commands that need no language model.

They are routed by the servers' sentences, what they name is looked up, and the gate does the rest.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from pydantic import JsonValue

from arion_host.agents import describer
from arion_host.agents.compound import splits
from arion_host.agents.references import choose, complete, reference_query
from arion_host.agents.router import Router
from arion_host.agents.understood import (
    CompletedCall,
    Match,
    NoMatch,
    NoneFound,
    Resolved,
    Several,
)
from arion_host.exchange import Step
from arion_host.tools.catalogue import Catalogue
from arion_host.tools.connections import Connections
from arion_host.turns.gate import Gate
from arion_host.turns.questions import Conversations, OpenChoice, Option
from arion_host.turns.running import RunningTurn
from arion_kit.words import Language

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Command:
    """One command of an utterance."""

    utterance: str
    match: Match
    number: int
    """Place in the utterance, from 0."""

    def key(self, slot: str) -> str:
        """Names a slot among those of all commands of the utterance."""
        return f"{self.number}/{slot}"


class Commands:
    """Understands commands and carries them out."""

    def __init__(self, connections: Connections, conversations: Conversations, gate: Gate) -> None:
        self._connections = connections
        self._conversations = conversations
        self._gate = gate
        self._routing: tuple[Catalogue, Router] | None = None
        self._building = asyncio.Lock()

    @property
    def is_warm(self) -> bool:
        """Whether commands can be understood at once."""
        return self._routing is not None

    async def warm(self) -> None:
        """Get ready for the first command."""
        await self._router(await self._connections.catalogue())

    async def chosen(self, turn: RunningTurn, question: OpenChoice, option: Option) -> str:
        """Go on with an utterance, now that the person has said which row they mean."""
        turn.language, turn.now = question.language, question.now
        rows = {**question.resolved, question.slot: option}
        resolved = {name: _resolved(row) for name, row in rows.items()}
        answer = await self.perform(turn, question.utterance, resolved)
        return answer if isinstance(answer, str) else describer.not_understood((), turn.language)

    async def words(self, utterance: str, language: Language, now: datetime) -> dict[str, str]:
        """Return the words that are understood in a command, by slot."""
        commands = await self._read(utterance, language, now)
        if isinstance(commands, NoMatch):
            return {}
        return {name: slot.text for it in commands for name, slot in it.match.slots.items()}

    async def same(self, one: str, other: str, language: Language, now: datetime) -> bool:
        """Say whether two utterances ask for the same things, whatever their words."""
        read = [await self._read(text, language, now) for text in (one, other)]
        kinds = [
            None if isinstance(it, NoMatch) else [(c.match.server, c.match.intent) for c in it]
            for it in read
        ]
        return kinds[0] is not None and kinds[0] == kinds[1]

    async def perform(
        self, turn: RunningTurn, utterance: str, resolved: Mapping[str, Resolved] | None = None
    ) -> str | NoMatch:
        """Carry out what was said; give the answer, or what would have been understood instead.

        `resolved` has the rows that references are known to mean.
        """
        turn.utterance = utterance
        with turn.clock.step(Step.ROUTE):
            commands = await self._read(utterance, turn.language, turn.now, spoken=turn.spoken)
        if isinstance(commands, NoMatch):
            return commands
        turn.route = "nearest" if any(it.match.meant for it in commands) else "template"
        rows = dict(resolved or {})
        calls: list[CompletedCall] = []
        for command in commands:
            for slot in command.match.references:
                if command.key(slot) in rows:
                    continue
                found = await self._look_up(turn, command, slot)
                if isinstance(found, Several):
                    return await self._ask_which(turn, utterance, command.key(slot), found, rows)
                if isinstance(found, str):
                    return found
                rows[command.key(slot)] = found
            known = {slot: rows[command.key(slot)] for slot in command.match.references}
            call = complete(command.match, known)
            calls.append(replace(call, utterance=command.utterance))
        return await self._gate.act(turn, calls)

    async def _read(
        self, utterance: str, language: Language, now: datetime, *, spoken: bool = False
    ) -> tuple[_Command, ...] | NoMatch:
        router = await self._router(await self._connections.catalogue())
        # Free words of one command would swallow another, so several come first.
        for parts in splits(utterance, language):
            matches = [router.route(part, language=language, now=now) for part in parts]
            commands = tuple(_commands(parts, matches))
            if len(commands) == len(parts):
                return commands
        route = router.route_heard if spoken else router.route
        match = route(utterance, language=language, now=now)
        return (
            (_Command(match.meant or utterance, match, 0),) if isinstance(match, Match) else match
        )

    async def _router(self, catalogue: Catalogue) -> Router:
        async with self._building:
            if self._routing is None or self._routing[0] is not catalogue:
                # Takes long enough to be heard in the speech of others, so it has its own thread.
                router = await asyncio.to_thread(Router, catalogue.packs, catalogue.facts)
                for server, problem in router.refused.items():
                    logger.warning("The language pack of %s is not used: %s", server, problem)
                self._routing = catalogue, router
            return self._routing[1]

    async def _look_up(
        self, turn: RunningTurn, command: _Command, name: str
    ) -> Resolved | Several | str:
        """Find the row a reference means, or return the answer that ends the turn."""
        match = command.match
        slot, said = match.references[name], match.slots[name].text
        query = reference_query(match, name)
        outcome = await self._gate.read(turn, match.server, query.tool, query.arguments)
        if outcome.failure is not None:
            return await self._gate.describe(turn, match.server, outcome)
        rows = cast("list[dict[str, JsonValue]]", outcome.result.get(slot.items) or [])
        source = f"{match.server}/{query.tool}"
        found = choose(rows, slot, said, untrusted=outcome.untrusted, source=source)
        if isinstance(found, NoneFound):
            return describer.nothing_found(found.text, turn.language)
        return found

    async def _ask_which(
        self,
        turn: RunningTurn,
        utterance: str,
        slot: str,
        several: Several,
        resolved: Mapping[str, Resolved],
    ) -> str:
        labels = [option.label for option in several.options]
        open_choice = OpenChoice(
            question=describer.which_one(several.text, labels, turn.language),
            language=turn.language,
            utterance=utterance,
            now=turn.now,
            resolved={name: _option(row) for name, row in resolved.items()},
            slot=slot,
            options=tuple(_option(row) for row in several.options),
        )
        await self._conversations.ask(turn.principal.id, turn.session, open_choice)
        return turn.wait_for(open_choice)


def _commands(parts: tuple[str, ...], matches: list[Match | NoMatch]) -> Iterator[_Command]:
    for number, (part, match) in enumerate(zip(parts, matches, strict=True)):
        if isinstance(match, Match):
            yield _Command(part, match, number)


def _option(row: Resolved) -> Option:
    return Option(
        value=row.value,
        label=row.label,
        row=dict(row.row),
        untrusted=row.untrusted,
        source=row.source,
        issued=row.issued,
    )


def _resolved(option: Option) -> Resolved:
    return Resolved(
        option.value, option.label, option.row, option.untrusted, option.source, option.issued
    )
