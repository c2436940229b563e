"""What the last turns of a conversation have shown and made, for words that point at it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pydantic import JsonValue

from arion_host.agents.deixis import LAST, Pointing, puts_there, read_pointing
from arion_host.agents.filling import placeholders
from arion_host.agents.names import forms
from arion_host.agents.understood import Match, Resolved, Several
from arion_host.exchange import CallStatus
from arion_host.language.glossary import glossary
from arion_host.language.utterance import bare
from arion_host.tools.connections import Connections
from arion_host.turns.history import TurnHistory, TurnRow
from arion_host.turns.running import RunningTurn
from arion_kit.words import Language, ReferenceSlot, Slot, TextSlot, Things

_TURNS = 3
"""Turns that pointing words may reach back."""

_ALL = re.compile(r"전부|모두|싹 ?다|몽땅|다|both|all of it", re.IGNORECASE)

_WORDS = ("query", "name")
"""Arguments of tools that look something up by words."""

_PERSON = re.compile(r'"?(?P<name>[^"<>@]+?)"?\s*<(?P<address>[^<>@\s]+@[^<>@\s]+)>')

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

    things: tuple[Things, ...] = ()
    """What people call rows of the server."""

    @property
    def is_table(self) -> bool:
        """Whether they are rows of a table: what is put there is put in none of them."""
        return self.field == "rows"

    def nouns(self, language: Language) -> tuple[str, ...]:
        """What people call such rows."""
        fields = self.rows[0] if self.rows and not self.field else (self.field,)
        kinds = (kind for it in fields if (kind := self._kind(it)))
        return next((kind.names.get(language, ()) for kind in kinds), ())

    def _kind(self, field: str) -> Things | None:
        return next((it for it in self.things if field in it.fields), None)

    def may_be(self, slot: ReferenceSlot, needed: Sequence[str]) -> bool:
        """Whether a slot may mean one of these."""
        kinds = [self._kind(self.field), self._kind(slot.items)]
        same = None in kinds or kinds[0] == kinds[1]
        return same and any(_has(it, needed) for it in self.rows)


class Recalling:
    """Remembers for everybody. Every method raises `StorageFailed` when the database fails."""

    def __init__(self, turns: TurnHistory, connections: Connections) -> None:
        self._turns = turns
        self._connections = connections

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
        before = await self.before(turn)
        packs = (await self._connections.catalogue()).packs
        things = {server: pack.things for server, pack in packs.items()}
        return Seen(tuple(_showings(before, things)))

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
            found = seen.meant(pointing, wanted)
            # Whoever wrote what was read is meant where only a person fits.
            return found or (None if pointing.ordinal else seen.person(slot, wanted.words))
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

    def nouns(self, language: Language) -> tuple[tuple[str, ...], ...]:
        """What people may call what they point at, a tuple a kind, what was shown last first."""
        return tuple(dict.fromkeys(filter(None, (it.nouns(language) for it in self.showings))))

    def meant(self, pointing: Pointing, wanted: Wanted) -> Resolved | Several | None:
        """Return what pointing words mean in a slot; None where nothing like it was shown."""
        if pointing.unknown:
            return None
        for showing, found in self._fitting(wanted):
            if puts_there(wanted.words) and showing.is_table:
                continue
            rows = self._others(found, showing) if pointing.other else found
            if not rows or pointing.ordinal > len(rows):
                continue
            if pointing.ordinal:
                return rows[pointing.ordinal - (pointing.ordinal != LAST)]
            about = rows if pointing.other else self._spoken_of(rows, showing)
            if len(about) == 1:
                return about[0]
            return Several(next(iter(showing.nouns(wanted.language)), wanted.words), tuple(about))
        return None

    def _others(self, found: list[Resolved], showing: Showing) -> list[Resolved]:
        """Those that nothing was done with; none where nothing was done with any."""
        rest = [it for it in found if not self._is_about(it, showing.age)]
        return rest if len(rest) < len(found) else []

    def _spoken_of(self, found: list[Resolved], showing: Showing) -> list[Resolved]:
        """The one that a later call was about, or that was looked for; else all."""
        for about in (
            [it for it in found if self._is_about(it, showing.age)],
            [it for it in found if _was_asked_for(it)],
        ):
            if len(about) == 1:
                return about
        return found

    def missed(self) -> str | None:
        """Return the words that were looked for in the last turn, where nothing was found."""
        last = [it for it in self.showings if it.age == 0]
        found = [it for it in last if it.field]
        if not last or found:
            return None
        words = (last[0].rows[0].get(name) for name in _WORDS)
        return next((it for it in words if isinstance(it, str) and it), None)

    def person(self, slot: ReferenceSlot, words: str) -> Resolved | None:
        """Return the one person who was shown last, where a slot takes one; None where unclear."""
        for showing in self.showings:
            people = {str(it[slot.value]): it for row in showing.rows for it in _people(row, slot)}
            if len(people) == 1:
                return _resolved(next(iter(people.values())), slot, showing, words)
            if people:
                return None
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
                # Results of one search are one thing where the search is meant.
                once = {str([it[name] for name in wanted.fields]): it for it in reversed(rows)}
                things = [*once.values()][::-1] if wanted.fields else rows
                yield showing, [_resolved(it, wanted.slot, showing, wanted.words) for it in things]

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


def _showings(
    rows: Sequence[TurnRow], things: Mapping[str, tuple[Things, ...]]
) -> Iterator[Showing]:
    for age, row in enumerate(reversed(rows)):
        calls = row.outcome.calls if row.outcome else []
        meant = {
            str(value)
            for call in calls
            if call.effect_id is not None
            for value in _values(call.arguments)
        }
        for call in reversed(calls):
            if call.status is not CallStatus.OK or call.result is None:
                continue
            for field, shown in _things(call.result):
                # What a change was looked up among is not what it was about.
                looked_up = bool(meant) and call.effect_id is None
                found = [it for it in shown if not looked_up or _is_meant(it, meant)]
                if not found:
                    continue
                held = tuple({**call.arguments, **it} for it in found)
                given = frozenset(call.arguments) - set[str]().union(*found)
                known = things.get(call.server, ())
                yield Showing(call.server, call.tool, field, held, row.tainted, age, given, known)


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


def _was_asked_for(one: Resolved) -> bool:
    """Whether a row is called just what was looked for: 서울역, where 서울역 약국 came with it."""
    words = one.row.get("query")
    if not isinstance(words, str):
        return False
    return bare(one.label) in {bare(it) for it in (*forms(words), *glossary().others(words))}


def _is_meant(row: Mapping[str, JsonValue], values: set[str]) -> bool:
    return any(name.endswith("id") and str(it) in values for name, it in row.items())


def _has(row: Mapping[str, JsonValue], fields: Sequence[str]) -> bool:
    return all(row.get(it) is not None for it in fields)


def _people(row: Mapping[str, JsonValue], slot: ReferenceSlot) -> Iterator[Mapping[str, JsonValue]]:
    """Whom a row is from, or the person it is, where a slot takes a person."""
    found = _PERSON.fullmatch(str(row.get("from") or ""))
    person = {"name": found["name"], "address": found["address"], "to": found[0]} if found else row
    if "address" in person and _has(person, (slot.value, slot.label)):
        yield person


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
