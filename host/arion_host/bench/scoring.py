"""What one item came to, held against what is right: pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from arion_host.bench.asking import asks_for
from arion_host.bench.items import Item
from arion_host.bench.matching import Facts, is_same, leaves, matched
from arion_host.bench.playing import MadeCall, Played
from arion_host.bench.things import Things
from arion_host.exchange import CallReport, CallStatus
from arion_host.tools.catalogue import Catalogue
from arion_kit.words import ReferenceSlot

Became = Literal["written", "read", "asked", "proposed", "not_understood", "answered"]
"""`written`, `read`: a call was made; `asked`: for more words; `proposed`: whether to make a call;
`answered`: it was understood and nothing could be done, as when nobody of that name is found."""


@dataclass(frozen=True)
class Outcome:
    """One item's result."""

    played: Played
    became: Became
    right: bool
    wrong_writes: tuple[MadeCall, ...]
    """Writes that are in no right set of calls and were made without a question."""
    end_state: bool = False
    """What changed in the accounts is what the right calls change."""

    @property
    def item(self) -> Item:
        """What was said."""
        return self.played.item

    @property
    def executed(self) -> bool:
        """Whether a call was made that is not only a look-up."""
        return self.became in ("written", "read")

    @property
    def unasked(self) -> bool:
        """Whether it was made without a question."""
        return self.executed and self.played.questions == 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing came of it: the last call failed, or found nothing."""
        last = self.played.made[-1] if self.played.made else None
        if last is None or last.status is not CallStatus.OK:
            return True
        lists = [value for value in last.result.values() if isinstance(value, list)]
        return last.tool.read_only and bool(lists) and not any(lists)

    def as_json(self) -> dict[str, JsonValue]:
        """For looking at a failure."""
        item, turn = self.item, self.played.turn
        return {
            "id": item.id,
            "utterance": item.utterance,
            "history": list(item.history),
            "wanted": item.gold.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            "route": turn.route,
            "became": self.became,
            "answer": turn.answer,
            "made": [
                {"tool": it.tool.name, "arguments": dict(it.arguments), "status": it.status.value}
                for it in self.played.made
            ],
            "wrong_writes": [it.tool.name for it in self.wrong_writes],
        }


def score(played: Played, things: Things, look_ups: frozenset[tuple[str, str]]) -> Outcome:
    """Judge an item; `look_ups` are the tools that find out what is meant."""
    facts = facts_of(played, things)
    became = _became(played)
    wanted = played.item.gold.wanted
    if wanted == "calls":
        right = _did_the_right_calls(played, facts, look_ups)
    elif wanted == "ask":
        right = became == "asked" and asks_for(played.turn, played.item.gold.missing)
    else:
        right = _did_nothing(played, became)
    return Outcome(played, became, right, tuple(_wrong_writes(played, facts)))


def look_up_tools(catalogue: Catalogue) -> frozenset[tuple[str, str]]:
    """The reading tools that references are looked up with, as server and name."""
    return frozenset(
        (server, slot.tool)
        for server, pack in catalogue.packs.items()
        for slot in pack.slots.values()
        if isinstance(slot, ReferenceSlot)
    )


def facts_of(played: Played, things: Things) -> Facts:
    """What `made` and `shown` mean after what was said before."""
    before = [call for turn in played.before for call in turn.calls if call.result]
    writes = [call for call in before if call.effect_id is not None]
    reads = [call for call in before if call.effect_id is None]
    made = frozenset(leaves(writes[-1].result or {})) if writes else frozenset[str]()
    lists = [rows for call in reads if (rows := _rows(call))]
    several = [rows for rows in lists if len(rows) > 1] or lists
    return Facts(things, made, several[-1] if several else ())


def _rows(read: CallReport) -> tuple[frozenset[str], ...]:
    for value in (read.result or {}).values():
        if isinstance(value, list) and value and all(isinstance(it, dict) for it in value):
            return tuple(frozenset(leaves(it)) for it in value)
    return ()


def _became(played: Played) -> Became:
    turn = played.turn
    if any(not call.tool.read_only for call in played.made):
        return "written"
    if turn.confirmation is not None:
        return "proposed"
    if turn.needs_human is not None or asks_for(turn, played.item.gold.missing):
        return "asked"
    if played.was_judged and turn.calls and turn.calls[-1].status is not CallStatus.NOT_RUN:
        return "read"
    return "not_understood" if turn.route == "none" else "answered"


def _did_the_right_calls(
    played: Played, facts: Facts, look_ups: frozenset[tuple[str, str]]
) -> bool:
    for wanted in played.item.gold.sets:
        used = matched(wanted, played.made, facts)
        if used is None:
            continue
        rest = [call for at, call in enumerate(played.made) if at not in used]
        if all(_is_harmless(call, look_ups) for call in rest):
            return True
    return False


def _is_harmless(call: MadeCall, look_ups: frozenset[tuple[str, str]]) -> bool:
    if call.tool.read_only:
        return (call.tool.server, call.tool.name) in look_ups
    return not call.changed


def _did_nothing(played: Played, became: Became) -> bool:
    """Nothing is written or proposed; a question is right where it may be the right answer."""
    may_ask = played.item.gold.refuse in ("unknown", "impossible")
    return became in ("not_understood", "answered") or (may_ask and became == "asked")


def _wrong_writes(played: Played, facts: Facts) -> list[MadeCall]:
    sets = played.item.gold.sets
    used = {at for one in sets for at in matched(one, played.made, facts) or ()}
    return [
        call
        for at, call in enumerate(played.made)
        if call.changed
        and call.unasked
        and at not in used
        and not any(is_same(gold, call, facts) for one in sets for gold in one)
    ]
