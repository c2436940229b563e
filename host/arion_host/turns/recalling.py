"""What the last turns of a conversation have shown and made, for words that point at it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pydantic import JsonValue

from arion_host.agents.deixis import LAST, Pointing, is_same_kind, nouns_of, read_pointing
from arion_host.agents.filling import placeholders
from arion_host.agents.understood import Match, Resolved, Several
from arion_host.exchange import CallStatus
from arion_host.turns.history import TurnHistory, TurnRow
from arion_host.turns.running import RunningTurn
from arion_kit.words import Language, ReferenceSlot, Slot, TextSlot

_TURNS = 3
"""Turns that pointing words may reach back."""

_ALL = re.compile(r"전부|모두|싹 ?다|몽땅|다|both|all of it", re.IGNORECASE)

_NOUNS = 4
"""Nouns that are tried, since reading an utterance takes time."""

_AND_MORE: dict[Language, str] = {"ko": "{label} 외 {count}개", "en": "{label} and {count} more"}

_HOLDS = timedelta(minutes=30)
"""After this nobody means what was shown then without saying so."""

_ASIDE = frozenset(
    {"before", "previous", "conflicts", "near", "asked", "failed", "guests", "others", "properties"}
)
"""Fields of results that hold what was, or what goes with a thing, and no thing of their own."""


@dataclass(frozen=True)
class Showing:
    """Rows of one kind in the result of one call."""

    server: str
    tool: str
    field: str
    """Where they stood; "" for a result that is itself the row."""
    rows: tuple[Mapping[str, JsonValue], ...]
    """With the arguments of the call beside their own fields."""
    untrusted: bool
    """What others wrote was read in that turn."""
    age: int
    """How many turns ago, 0 for the last."""
    given: frozenset[str]
    """Fields of the rows that are arguments of the call: the service did not make them."""

    def nouns(self, language: Language) -> tuple[str, ...]:
        """What people call such rows."""
        fields = self.rows[0] if self.rows and not self.field else (self.field,)
        return next((nouns for it in fields if (nouns := nouns_of(it, language))), ())

    def may_be(self, slot: ReferenceSlot, needed: Sequence[str]) -> bool:
        """Whether a slot may mean one of these."""
        return is_same_kind(self.field, slot.items) and any(_has(it, needed) for it in self.rows)


class Recalling:
    """Remembers for everybody. Every method raises `StorageFailed` when the database fails."""

    def __init__(self, turns: TurnHistory) -> None:
        self._turns = turns

    async def before(self, turn: RunningTurn) -> tuple[TurnRow, ...]:
        """Return the last turns of the conversation, oldest first; they are read once a turn."""
        if turn.before is None:
            rows = await self._turns.latest(turn.principal.id, turn.session, most=_TURNS)
            turn.before = tuple(it for it in rows if turn.begun_at - it.begun_at < _HOLDS)
        return turn.before

    async def last(self, turn: RunningTurn) -> TurnRow | None:
        """Return the last turn of the conversation, if there is one."""
        before = await self.before(turn)
        return before[-1] if before else None

    async def seen(self, turn: RunningTurn) -> Seen:
        """Return what the last turns have shown and made."""
        return Seen(tuple(_showings(await self.before(turn))))

    async def meant(
        self, turn: RunningTurn, match: Match, name: str, pointing: Pointing
    ) -> Resolved | Several | None:
        """Return the row that pointing words mean in a reference of a match, if there is one."""
        slot, seen = match.references[name], await self.seen(turn)
        known = {"": slot.value, "label": slot.label}
        asked = (it for template in match.arguments.values() for it in placeholders(template))
        fields = sorted({known.get(field, field) for said, field in asked if said == name})
        wanted = Wanted(slot, match.server, fields, match.slots[name].text, match.language)
        if not pointing.every:
            return seen.meant(pointing, wanted)
        lists = (it for it in match.arguments.values() if isinstance(it, list))
        takes_several = any((name, "") in placeholders(it) for it in lists)
        return seen.all(wanted) if takes_several else None


@dataclass(frozen=True)
class Wanted:
    """What pointing words have to mean to fit in a slot."""

    slot: ReferenceSlot
    server: str
    fields: Sequence[str]
    """Fields that the call takes of the row."""
    words: str
    language: Language


@dataclass(frozen=True)
class Seen:
    """What the last turns have shown and made, the latest first."""

    showings: tuple[Showing, ...]

    def nouns(self, language: Language) -> tuple[str, ...]:
        """What people may call what they point at, the likeliest first."""
        nouns = dict.fromkeys(noun for it in self.showings for noun in it.nouns(language))
        return tuple(nouns)[:_NOUNS]

    def meant(self, pointing: Pointing, wanted: Wanted) -> Resolved | Several | None:
        """Return what pointing words mean in a slot; None where nothing like it was shown."""
        for showing, found in self._fitting(wanted):
            if pointing.ordinal > len(found):
                continue
            if pointing.ordinal:
                return found[pointing.ordinal - (pointing.ordinal != LAST)]
            about = [it for it in found if self._is_about(it, showing.age)]
            options = tuple(about if len(about) == 1 else found)
            if len(options) == 1:
                return options[0]
            return Several(next(iter(showing.nouns(wanted.language)), wanted.words), options)
        return None

    def all(self, wanted: Wanted) -> Resolved | None:
        """Return all that was shown last of what fits in a slot, as one."""
        for _, found in self._fitting(wanted):
            more = _AND_MORE[wanted.language].format(label=found[0].label, count=len(found) - 1)
            return replace(
                found[0],
                value=[it.value for it in found],
                label=more if len(found) > 1 else found[0].label,
                row={},
            )
        return None

    def _fitting(self, wanted: Wanted) -> Iterator[tuple[Showing, list[Resolved]]]:
        for showing in self.showings:
            if showing.server == wanted.server and showing.may_be(wanted.slot, wanted.fields):
                rows = [it for it in showing.rows if _has(it, wanted.fields)]
                yield showing, [_resolved(it, wanted.slot, showing, wanted.words) for it in rows]

    def _is_about(self, one: Resolved, age: int) -> bool:
        """Whether a later call was about this row."""
        return any(
            str(one.value) in map(str, _values(row))
            for showing in self.showings
            if showing.age < age
            for row in showing.rows
        )


def with_pointing_texts(match: Match, slots: Mapping[str, Slot]) -> Match:
    """Return the match with its free words that point looked up as the thing they mean."""
    pointing = {
        name: _as_reference(slot)
        for name, value in match.slots.items()
        if isinstance(slot := slots.get(name), TextSlot)
        and slot.points
        and read_pointing(value.text, match.language) is not None
    }
    return replace(match, references={**match.references, **pointing}) if pointing else match


def pointing_text(match: Match, slots: Mapping[str, Slot]) -> str | None:
    """Return a slot of a match whose free words only point, where they cannot mean a thing."""
    for name, value in match.slots.items():
        slot = slots.get(name)
        if not isinstance(slot, TextSlot) or slot.sentence or name in match.references:
            continue
        pointing = read_pointing(value.text, match.language)
        # 전부 is a word for all there is, too.
        if pointing is not None and not (pointing.every and _ALL.fullmatch(value.text)):
            return name
    return None


def _as_reference(slot: TextSlot) -> ReferenceSlot:
    return ReferenceSlot(tool="", arguments={}, items="", value=slot.points, label=slot.points)


def _showings(rows: Sequence[TurnRow]) -> Iterator[Showing]:
    for age, row in enumerate(reversed(rows)):
        calls = row.outcome.calls if row.outcome else []
        for call in reversed(calls):
            if call.status is not CallStatus.OK or call.result is None:
                continue
            for field, things in _things(call.result):
                held = tuple({**call.arguments, **it} for it in things)
                given = frozenset(call.arguments) - set[str]().union(*things)
                yield Showing(call.server, call.tool, field, held, row.tainted, age, given)


def _things(
    result: Mapping[str, JsonValue],
) -> Iterator[tuple[str, list[Mapping[str, JsonValue]]]]:
    """The rows of a result by the field they stand under, what it is most about first."""
    # A way ends where people go on from, so its end comes before its beginning.
    for name, value in reversed([*result.items()]):
        if isinstance(value, dict) and name not in _ASIDE:
            yield name, [value]
    for name, value in result.items():
        rows = [it for it in value if isinstance(it, dict)] if isinstance(value, list) else []
        if rows and name not in _ASIDE:
            yield name, list(rows)
    yield "", [result]


def _has(row: Mapping[str, JsonValue], fields: Sequence[str]) -> bool:
    return all(row.get(it) is not None for it in fields)


def _values(row: Mapping[str, JsonValue]) -> Iterator[JsonValue]:
    for value in row.values():
        yield from value if isinstance(value, list) else [value]


def _resolved(
    row: Mapping[str, JsonValue], slot: ReferenceSlot, showing: Showing, words: str
) -> Resolved:
    return Resolved(
        value=row.get(slot.value),
        label=str(row.get(slot.label) or words),
        row=row,
        untrusted=showing.untrusted,
        source=f"{showing.server}/{showing.tool}",
        issued=tuple(
            "" if it == slot.value else it for it in slot.issued if it not in showing.given
        ),
    )
