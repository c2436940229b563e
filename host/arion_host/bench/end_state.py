"""Whether the accounts end as they should: what changed in them is what the right calls change.

The right writes are carried out on accounts in their first state, without any understanding, and
the two changes are compared. Where the right calls leave a value open that nobody has given, or
build on what was said before, only the calls themselves can be compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from pydantic import JsonValue

from arion_host.agents.executor import CallContext
from arion_host.bench.items import GoldCall, Item
from arion_host.bench.matching import Facts, fits
from arion_host.bench.playing import MadeCall
from arion_host.bench.scoring import Outcome
from arion_host.bench.stage import Holding, Stage
from arion_host.tools.catalogue import Catalogue
from arion_kit.words import CONFIRM_TOKEN

Change = Counter[tuple[str, str]]
"""What is there now and was not, and (with a minus) the other way round."""
Arguments = dict[str, JsonValue]


def change(before: Holding, after: Holding) -> Change:
    """What became of the accounts; what they hold is compared, not under which keys."""
    found: Change = Counter()
    for sign, one, other in (("+", after, before), ("-", before, after)):
        for place, rows in one.items():
            known = other.get(place, {})
            new = (it for key, it in rows.items() if known.get(key) != it)
            found.update((f"{sign}{place}", it) for it in new)
    return found


@dataclass
class EndStates:
    """Judges how items leave the accounts."""

    stage: Stage
    catalogue: Catalogue
    _first: dict[datetime, Holding] = field(default_factory=dict[datetime, Holding])

    async def first(self, now: datetime) -> Holding:
        """What the accounts hold on the day of `now`; they have just been put back."""
        if now not in self._first:
            self._first[now] = await self.stage.holding()
        return self._first[now]

    async def judge(self, outcome: Outcome, before: Holding, facts: Facts) -> bool:
        """Whether an item, just played, has left the accounts as it should."""
        item = outcome.item
        made = change(before, await self.stage.holding())
        sets = [self._writes(one) for one in item.gold.sets]
        if not any(sets):
            return not made
        if item.history:
            return outcome.right
        for wanted in sets:
            known = [_filled(gold, outcome.played.made, facts) for gold in wanted]
            filled = [it for it in known if it is not None]
            if len(filled) < len(known):
                if outcome.right:
                    return True
                continue
            if await self._changes(item, wanted, filled) == made:
                return True
        return False

    def _writes(self, calls: Sequence[GoldCall]) -> list[GoldCall]:
        tools = ((it, self.catalogue.tool(it.server, it.tool)) for it in calls)
        return [it for it, tool in tools if tool is not None and not tool.read_only]

    async def _changes(
        self, item: Item, wanted: Sequence[GoldCall], filled: Sequence[Arguments]
    ) -> Change:
        await self.stage.reset(item.now)
        for call in item.state:
            await self.carry_out(item, call, call.arguments)
        before = await self.stage.holding()
        for gold, arguments in zip(wanted, filled, strict=True):
            await self.carry_out(item, gold, arguments)
        return change(before, await self.stage.holding())

    async def carry_out(
        self, item: Item, gold: GoldCall, arguments: Mapping[str, JsonValue]
    ) -> None:
        """Make a call on the accounts, whatever it asks first."""
        host = self.stage.host
        meta = CallContext(item.language, host.principal.timezone, item.now).meta
        call = host.connections.call
        outcome = await call(gold.server, gold.tool, arguments, meta=meta, read=False)
        if outcome.confirm_token is not None:
            agreed = {**arguments, CONFIRM_TOKEN: outcome.confirm_token}
            await call(gold.server, gold.tool, agreed, meta=meta, read=False)


def _filled(gold: GoldCall, made: Sequence[MadeCall], facts: Facts) -> Arguments | None:
    """The right arguments, with what they leave open as it was given; None where it was not."""
    calls = [it for it in made if (it.tool.server, it.tool.name) == (gold.server, gold.tool)]
    arguments: Arguments = {}
    for name, wanted in gold.arguments.items():
        given = [call.arguments[name] for call in calls if name in call.arguments]
        right = [value for value in given if fits(wanted, value, facts)]
        values = right or list(_concrete(wanted))
        if not values:
            return None
        arguments[name] = values[0]
    return arguments


def _concrete(wanted: JsonValue) -> Iterator[JsonValue]:
    """The value itself, where it is one."""
    if isinstance(wanted, Mapping):
        options = wanted.get("any")
        if isinstance(options, list):
            yield from (it for it in options if not isinstance(it, dict | list))
    elif not isinstance(wanted, list) or not any(isinstance(it, dict) for it in wanted):
        yield cast("JsonValue", wanted)
