"""One item through the real host: what was said before, what is judged, and the yes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from time import perf_counter

from pydantic import JsonValue

from arion_auth import Principal
from arion_host.bench.items import Item
from arion_host.bench.stage import Stage
from arion_host.exchange import CallStatus, Route, TurnRequest, TurnResult
from arion_host.tools.catalogue import Catalogue, CatalogueTool

MOST_ANSWERS = 3
"""Questions of one turn that are answered with yes, one after the other."""

_MADE = frozenset({CallStatus.OK, CallStatus.FAILED, CallStatus.UNKNOWN})


@dataclass(frozen=True)
class MadeCall:
    """A call that reached its server."""

    tool: CatalogueTool
    arguments: Mapping[str, JsonValue]
    status: CallStatus
    result: Mapping[str, JsonValue]
    unasked: bool
    """It was made in the turn itself, before the person had answered anything."""

    @property
    def changed(self) -> bool:
        """Whether it has changed something, as far as anybody knows."""
        return not self.tool.read_only and self.status is not CallStatus.FAILED


@dataclass(frozen=True)
class Played:
    """What an item came to."""

    item: Item
    before: tuple[TurnResult, ...]
    turn: TurnResult
    after: tuple[TurnResult, ...]
    """The answers to a yes."""
    made: tuple[MadeCall, ...]
    took_ms: float

    @property
    def route(self) -> Route:
        """How the utterance was understood."""
        return self.turn.route

    @property
    def questions(self) -> int:
        """How often the person was asked something."""
        return sum(it.needs_human is not None for it in (self.turn, *self.after))

    @property
    def was_judged(self) -> bool:
        """Whether the host got as far as a call that is not only a look-up."""
        return bool(self.turn.validation)

    @property
    def cost_usd(self) -> float | None:
        """What models cost; None where their price is unknown."""
        costs = [it.cost_usd for it in (*self.before, self.turn, *self.after)]
        known = [cost for cost in costs if cost is not None]
        return sum(known) if len(known) == len(costs) else None


async def play(stage: Stage, item: Item) -> Played:
    """Say an item to a host whose accounts are in their first state.

    A confirmation is answered with yes where calls are right, and left open where none are.
    """
    principal = replace(stage.host.principal, id=f"bench-{item.id}")
    session = re.sub(r"[^A-Za-z0-9_-]", "-", item.id)[:64]
    base = TurnRequest(session=session, language=item.language, now=item.now)
    talk = _Talk(stage, principal, base)
    before: list[TurnResult] = []
    for number, said in enumerate(item.history, 1):
        before.append(turn := await talk.say(said))
        if number < len(item.history) or not _is_answered(turn, item):
            before += await talk.agree(turn)
    begun = perf_counter()
    turn = await talk.say(item.utterance)
    took_ms = (perf_counter() - begun) * 1000
    after = await talk.agree(turn) if item.gold.wanted == "calls" else []
    catalogue = await stage.host.connections.catalogue()
    made = [
        *_made(turn, catalogue, unasked=True),
        *(call for it in after for call in _made(it, catalogue, unasked=False)),
    ]
    return Played(item, tuple(before), turn, tuple(after), tuple(made), took_ms)


def _is_answered(turn: TurnResult, item: Item) -> bool:
    """Whether the utterance itself answers what the turn before it has asked."""
    if item.gold.wanted != "calls":
        return True
    wanted = {call.tool for one in item.gold.sets for call in one}
    asked = turn.confirmation.calls if turn.confirmation else []
    return any(call.tool in wanted for call in asked)


@dataclass(frozen=True)
class _Talk:
    """One conversation of one person."""

    stage: Stage
    principal: Principal
    base: TurnRequest

    async def say(self, text: str) -> TurnResult:
        request = self.base.model_copy(update={"text": text})
        return await self.stage.host.engine.run(self.principal, request)

    async def agree(self, turn: TurnResult) -> list[TurnResult]:
        """Say yes to what the turn asks, and to what comes of that."""
        answers: list[TurnResult] = []
        while turn.needs_human is not None and len(answers) < MOST_ANSWERS:
            shown = turn.confirmation.id if turn.confirmation else None
            yes = self.base.model_copy(update={"confirm": True, "question": shown})
            turn = await self.stage.host.engine.run(self.principal, yes)
            answers.append(turn)
        return answers


def _made(turn: TurnResult, catalogue: Catalogue, *, unasked: bool) -> Iterator[MadeCall]:
    for call in turn.calls:
        tool = catalogue.tool(call.server, call.tool)
        if tool is not None and call.status in _MADE:
            yield MadeCall(tool, call.arguments, call.status, call.result or {}, unasked)
