"""The rows that references mean: looked up by the words, then by other words, then without."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from pydantic import JsonValue

from arion_host.agents import describer
from arion_host.agents.deixis import means_everything
from arion_host.agents.known_names import KnownNames
from arion_host.agents.meaning import Meaning
from arion_host.agents.references import (
    choose_found,
    choose_likeliest,
    is_plain,
    options_of,
    other_queries,
    reference_query,
    widened_query,
)
from arion_host.agents.rows import Likeliest
from arion_host.agents.understood import Match, NoneFound, ReferenceQuery, Resolved
from arion_host.tools.connections import Connections
from arion_host.tools.outcome import ToolOutcome
from arion_host.turns.gate import Gate
from arion_host.turns.running import RunningTurn


class Finding:
    """Finds rows. One serves every turn."""

    def __init__(
        self,
        connections: Connections,
        gate: Gate,
        meaning: Callable[[], Meaning | None],
        names: KnownNames | None = None,
    ) -> None:
        """`meaning` is what compares meanings at this moment; `names` are the person's."""
        self._connections = connections
        self._gate = gate
        self._meaning = meaning
        self._names = names

    async def find(self, turn: RunningTurn, match: Match, name: str) -> Likeliest | str:
        """The row that the reference `name` means, or those it may mean.

        A text is the answer that ends the turn: nothing was found, or the look-up failed.
        """
        slot, said = match.references[name], match.slots[name].text
        if means_everything(said, match.language) and not slot.words:
            return turn.refuse(describer.not_all(turn.language))
        outcome = await self._read(turn, match, reference_query(match, name))
        if outcome.failure is not None:
            return await self._gate.describe(turn, match.server, outcome)
        options = self._options(outcome, match, name)
        first = choose_found(options, slot, said)
        if not isinstance(first, NoneFound) and is_plain(options, slot, said):
            return Likeliest(first)
        # What has the words somewhere in its text may be about something else.
        likely = await self._by_other_words(turn, match, name, options)
        if isinstance(likely.found, NoneFound):
            likely = Likeliest(first, sure=False)
        if isinstance(likely.found, NoneFound):
            return describer.nothing_found(said, turn.language)
        return likely

    async def _by_other_words(
        self, turn: RunningTurn, match: Match, name: str, options: tuple[Resolved, ...]
    ) -> Likeliest:
        """The likeliest of `options` and of what further look-ups return.

        One that fails returns nothing. Without words is the last: it has the most rows.
        """
        known = self._names.now().all if self._names else ()
        others = other_queries(match, name, known)
        calls = [(query.tool, query.arguments) for query in others]
        for outcome in await self._gate.read_all(turn, match.server, calls):
            options += self._options(outcome, match, name)
        likely = self._likeliest(turn, match, name, options)
        tool = (await self._connections.catalogue()).tool(match.server, match.references[name].tool)
        wide = widened_query(match, name, tool.input_schema) if tool else None
        if wide is None or (likely.sure and isinstance(likely.found, Resolved)):
            return likely
        options += self._options(await self._read(turn, match, wide), match, name)
        return self._likeliest(turn, match, name, options)

    def _likeliest(
        self, turn: RunningTurn, match: Match, name: str, options: tuple[Resolved, ...]
    ) -> Likeliest:
        once = {str(it.value): it for it in reversed(options)}
        rows = tuple(once.values())[::-1]
        slot, said = match.references[name], match.slots[name].text
        return choose_likeliest(rows, slot, said, meaning=self._meaning(), spoken=turn.spoken)

    def _options(self, outcome: ToolOutcome, match: Match, name: str) -> tuple[Resolved, ...]:
        slot, said = match.references[name], match.slots[name].text
        rows = cast("list[Mapping[str, JsonValue]]", outcome.result.get(slot.items) or [])
        source = f"{match.server}/{slot.tool}"
        return options_of(rows, slot, said, untrusted=outcome.untrusted, source=source)

    async def _read(self, turn: RunningTurn, match: Match, query: ReferenceQuery) -> ToolOutcome:
        return await self._gate.read(turn, match.server, query.tool, query.arguments)
