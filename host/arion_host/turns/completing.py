"""What a command needs before it is a call: rows that are looked up, and what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

from arion_host.agents import describer
from arion_host.agents.asking import (
    completed,
    is_over,
    missing_slots,
    question_for,
    with_slot,
)
from arion_host.agents.deixis import SAID_EN, Pointing, means_all, read_pointing
from arion_host.agents.filling import placeholders
from arion_host.agents.references import complete
from arion_host.agents.rescheduling import rescheduled
from arion_host.agents.understood import (
    CompletedCall,
    Match,
    NoneFound,
    Provenance,
    Resolved,
    Several,
    SlotValue,
)
from arion_host.language.impossible import Impossible
from arion_host.language.spans import TimeSpan
from arion_host.tools.connections import Connections
from arion_host.turns.finding import Finding
from arion_host.turns.questions import Conversations, OpenChoice, OpenSlot, Option
from arion_host.turns.recalling import Recalling, pointing_text, with_pointing_texts
from arion_host.turns.running import RunningTurn
from arion_kit.words import Intent, ReferenceSlot, Slot, TimeSlot

_THAT = re.compile(rf"\bthat (?:{SAID_EN})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Command:
    """One command of an utterance."""

    utterance: str
    match: Match
    number: int
    """Place in the utterance, from 0."""
    pointed: bool = False
    """It points at what was shown or made."""
    shares: bool = False
    """It takes something over from the command before it."""
    later: bool = False
    """It is for the time of what the command before it is about."""

    def key(self, slot: str) -> str:
        """Names a slot among those of all commands of the utterance."""
        return f"{self.number}/{slot}"


@dataclass(frozen=True)
class Work:
    """An utterance that is being carried out, with what is known of it so far."""

    turn: RunningTurn
    utterance: str
    rows: dict[str, Resolved]
    answers: dict[str, str]
    intent: str = ""
    """What the utterance asks for, where its words alone do not tell."""
    unsure: set[str] = field(default_factory=set[str])
    """References whose words do not say for sure which row is meant."""


class Completing:
    """Completes commands. Its methods raise `StorageFailed` when a database fails."""

    def __init__(
        self,
        connections: Connections,
        conversations: Conversations,
        recalling: Recalling,
        finding: Finding,
    ) -> None:
        self._connections = connections
        self._conversations = conversations
        self._recalling = recalling
        self._finding = finding

    async def complete(self, work: Work, command: Command) -> CompletedCall | str:
        """Find everything a command needs, or return the answer that ends the turn."""
        slots = await self.slots(command.match)
        own = {
            name: words
            for key, words in work.answers.items()
            if key == command.key(name := key.partition("/")[2])
        }
        match, taken = completed(command.match, slots, own, work.turn.now)
        command = replace(command, match=with_pointing_texts(match, slots))
        unclear = pointing_text(command.match, slots)
        if unclear is not None:
            return await self._ask_for(work, command, unclear, None)
        for name in command.match.references:
            answer = await self._settle(work, command, name)
            if answer is not None:
                return answer
        for name in await self._missing(command.match, work.turn.now):
            slot = slots.get(name)
            if not isinstance(slot, ReferenceSlot):
                return await self._ask_for(work, command, name, slot)
            # What was shown last is meant where nothing was named.
            value = SlotValue(name, command.utterance, command.utterance, Provenance.SAID)
            named = replace(command, match=with_slot(command.match, slot, value))
            every = means_all(command.utterance, command.match.language)
            answer = await self._settle(work, named, name, Pointing(every=every))
            if answer is not None:
                return answer
            command = named
        known = {slot: work.rows[command.key(slot)] for slot in command.match.references}
        call = complete(rescheduled(command.match, known, work.turn.now), known)
        sure = call.sure and not any(command.key(slot) in work.unsure for slot in known)
        return replace(call, utterance=", ".join((command.utterance, *taken)), sure=sure)

    async def _settle(
        self, work: Work, command: Command, name: str, pointing: Pointing | None = None
    ) -> str | None:
        """Find the row a reference means; give the answer that ends the turn, if there is one.

        `pointing` is what it points at, where it was not named at all.
        """
        key = command.key(name)
        if key in work.rows:
            return None
        if pointing is None:
            found = await self._find(work, command, name)
        else:
            found = await self._recalling.meant(work.turn, command.match, name, pointing)
        if isinstance(found, Several):
            return await self._ask_which(work, key, found)
        if found is None and pointing is not None and pointing.every:
            return work.turn.refuse(describer.not_all(work.turn.language))
        if found is None:
            return await self._ask_for(work, command, name, command.match.references[name])
        if isinstance(found, str):
            return found
        work.rows[key] = found
        return None

    async def _missing(self, match: Match, now: datetime) -> tuple[str, ...]:
        catalogue = await self._connections.catalogue()
        tool = catalogue.tool(match.server, match.tool)
        if tool is None:
            return ()
        required = cast("list[str]", tool.input_schema.get("required") or [])
        missing = missing_slots(match, await self._intent(match), frozenset(required))
        makes = not tool.read_only and not tool.destructive
        # Nothing is made on a day that is over, so nobody is asked for its hour.
        return tuple(it for it in missing if not (makes and is_over(it, match, now)))

    async def _intent(self, match: Match) -> Intent | None:
        pack = (await self._connections.catalogue()).packs.get(match.server)
        intents = pack.intents if pack else ()
        return next((it for it in intents if it.name == match.intent), None)

    async def slots(self, match: Match) -> Mapping[str, Slot]:
        """Return the slots of the pack that a match is of, by name."""
        pack = (await self._connections.catalogue()).packs.get(match.server)
        return pack.slots if pack else {}

    async def is_recalled(self, turn: RunningTurn, commands: Iterable[Command]) -> bool:
        """Whether something that was shown or made is what one of the commands points at."""
        for command in commands:
            match = with_pointing_texts(command.match, await self.slots(command.match))
            for name in match.references:
                pointing = read_pointing(match.slots[name].text, match.language)
                if pointing and await self._recalling.meant(turn, match, name, pointing):
                    return True
            if await self._is_that(turn, command):
                return True
        return False

    async def _is_that(self, turn: RunningTurn, command: Command) -> bool:
        """Whether a thing is left to be known from "that email", which names none by itself."""
        match, slots = command.match, await self.slots(command.match)
        if _THAT.search(command.utterance) is None:
            return False
        for name in match.missing:
            slot = slots.get(name)
            if isinstance(slot, ReferenceSlot):
                value = SlotValue(name, command.utterance, command.utterance, Provenance.SAID)
                named = with_slot(match, slot, value)
                return await self._recalling.meant(turn, named, name, Pointing()) is not None
        return False

    async def _find(
        self, work: Work, command: Command, name: str
    ) -> Resolved | Several | str | None:
        """Find the row a reference means, or return the answer that ends the turn.

        None where the words only point, and nothing that was shown is meant.
        """
        match = command.match
        slot, said = match.references[name], match.slots[name].text
        pointing = read_pointing(said, match.language)
        # A pack that knows "the last mail" means the last that came.
        own = bool(slot.words) and not command.pointed and bool(pointing and pointing.ordinal)
        if pointing is not None and not own:
            found = await self._recalling.meant(work.turn, match, name, pointing)
            # A pack that lists such words knows what they mean; as a name nobody looks them up.
            if found is not None or not slot.words:
                return found
        likely = await self._finding.find(work.turn, match, name)
        if isinstance(likely, str):
            return likely
        if not likely.sure:
            work.unsure.add(command.key(name))
        return likely.found if not isinstance(likely.found, NoneFound) else None

    async def _ask_which(self, work: Work, slot: str, several: Several) -> str:
        turn = work.turn
        labels = [option.label for option in several.options]
        open_choice = OpenChoice(
            question=describer.which_one(several.text, labels, turn.language),
            language=turn.language,
            utterance=work.utterance,
            now=turn.now,
            resolved={name: option_of(row) for name, row in work.rows.items()},
            answers=work.answers,
            intent=work.intent,
            slot=slot,
            options=tuple(option_of(row) for row in several.options),
        )
        await self._conversations.ask(turn.principal.id, turn.session, open_choice)
        return turn.wait_for(open_choice)

    async def takes_time(self, match: Match) -> bool:
        """Whether a time can be said for it or for what it names."""
        slots = await self.slots(match)
        templates = (match.arguments, *(it.arguments for it in match.references.values()))
        named = (
            name for it in templates for value in it.values() for name, _ in placeholders(value)
        )
        return any(isinstance(slots.get(name), TimeSlot) for name in named)

    async def ask_again(self, turn: RunningTurn, question: OpenSlot, wrong: Impossible) -> str:
        """Say that the answer to a question is no time, and leave the question open."""
        turn.language = question.language
        reason = turn.refuse(describer.impossible(wrong, turn.language))
        await self._conversations.ask(turn.principal.id, turn.session, question)
        turn.wait_for(question)
        return reason

    async def _ask_for(self, work: Work, command: Command, name: str, slot: Slot | None) -> str:
        turn, match = work.turn, command.match
        open_slot = OpenSlot(
            question=question_for(name, match, await self._intent(match), slot),
            language=turn.language,
            utterance=work.utterance,
            now=turn.now,
            resolved={key: option_of(row) for key, row in work.rows.items()},
            answers=work.answers,
            intent=work.intent,
            slot=command.key(name),
        )
        await self._conversations.ask(turn.principal.id, turn.session, open_slot)
        return turn.wait_for(open_slot)


def option_of(row: Resolved) -> Option:
    """Keep a row until the person has answered."""
    return Option(
        value=row.value,
        label=row.label,
        row=dict(row.row),
        untrusted=row.untrusted,
        source=row.source,
        issued=row.issued,
    )


def resolved_of(option: Option) -> Resolved:
    """Take a kept row up again."""
    return Resolved(
        option.value, option.label, option.row, option.untrusted, option.source, option.issued
    )


def _is_at_same_time(match: Match, before: Match) -> bool:
    """Whether two commands do not name a thing by different times: PT tomorrow, PT on Thursday."""
    return all(
        name not in before.slots or before.slots[name].text == value.text
        for name, value in match.slots.items()
        if isinstance(value.value, TimeSpan)
    )


def rows_before(
    work: Work, command: Command, commands: Iterable[Command]
) -> Iterator[tuple[str, Resolved]]:
    """Yield the rows that earlier commands found by the same words for the same kind of thing."""
    match = command.match
    earlier = [it for it in commands if it.number < command.number]
    for name, slot in match.references.items():
        for before in earlier:
            for other, known in before.match.references.items():
                row = work.rows.get(before.key(other))
                same = (slot.tool, slot.items, slot.value) == (known.tool, known.items, known.value)
                if (
                    row is not None
                    and same
                    and before.match.server == match.server
                    and _is_at_same_time(match, before.match)
                    and before.match.slots[other].text == match.slots[name].text
                ):
                    yield command.key(name), row
