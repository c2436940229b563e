"""Corrections: what was asked about, or has just been done, with something in it changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from arion_host.agents import describer
from arion_host.agents.following.amending import another_number
from arion_host.agents.following.continuing import another_one, with_day
from arion_host.agents.following.corrections import corrected, meant_instead, more_of
from arion_host.agents.following.corrective_words import without_closing, without_opening
from arion_host.agents.following.fragments import Fragment, read_fragment
from arion_host.agents.following.leaning import (
    day_of,
    speaks_of_that_day,
    taken_slot,
    with_that_day,
)
from arion_host.agents.following.neighbours import beside, names_neighbour
from arion_host.agents.following.regretting import Deed, deed_of, regrets, removal_of
from arion_host.effects.ledger import EffectRow, EffectState, Ledger
from arion_host.exchange import CallStatus
from arion_host.language.utterance import tidy
from arion_host.tools.connections import Connections
from arion_host.turns.commands import Commands
from arion_host.turns.following import Following
from arion_host.turns.history import TurnRow
from arion_host.turns.questions import OpenConfirmation
from arion_host.turns.recalling import Recalling
from arion_host.turns.running import RunningTurn
from arion_host.turns.undoing import Undoing
from arion_kit.words import Language


class Correcting:
    """Does it again, the way it was meant."""

    def __init__(
        self,
        connections: Connections,
        ledger: Ledger,
        commands: Commands,
        undoing: Undoing,
        recalling: Recalling,
    ) -> None:
        self._connections = connections
        self._ledger = ledger
        self._commands = commands
        self._undoing = undoing
        self._recalling = recalling
        self._following = Following(connections, commands)

    async def asked_about(self, turn: RunningTurn, question: OpenConfirmation) -> str | None:
        """Change what waits for a yes, and ask again; None where that is no correction."""
        meant = await self._meant(turn, question.utterance, question.language, question.now)
        if meant is None:
            return None
        turn.language, turn.now = question.language, question.now
        answer = await self._commands.perform(turn, meant)
        return answer if isinstance(answer, str) else None

    async def just_done(self, turn: RunningTurn) -> str | None:
        """Do the last thing again with a change; None where that is no correction.

        What the last turn made is taken back once the new one is there. What it changed is
        changed again, and what cannot be taken back is not repeated.
        """
        last = await self._recalling.last(turn)
        if last is None or not last.changes:
            return None
        rows = [row for it in last.changes if (row := await self._ledger.get(it)) is not None]
        if _regretted(turn, rows):
            turn.route = "template"
            return await self._undoing.all(turn, rows[::-1])
        if (done := await self._done_besides(turn, last)) is not None:
            return done
        now = datetime.fromisoformat(last.now)
        meant = await self._changed(turn, last.said, now)
        if meant is None or not rows or not all(_can_be_undone(row) for row in rows):
            return None
        slots = await self._commands.words(last.said, turn.language, now)
        after = await self._commands.words(meant, turn.language, now)
        if another_number(slots, after) and all([await self._is_new(row) for row in rows]):
            # Five of it on top of three would be eight, and none once the three are taken back.
            await self._undoing.all(turn, rows[::-1])
            rows = []
        turn.now = now
        answer = await self._commands.perform(turn, meant)
        if not isinstance(answer, str):
            return None
        done = any(call.effect_id and call.status is CallStatus.OK for call in turn.calls)
        made = [row for row in rows if await self._is_new(row)]
        if not done or not made:
            return answer
        await self._undoing.all(turn, made[::-1])
        return describer.instead(answer, turn.language)

    async def _done_besides(self, turn: RunningTurn, last: TurnRow) -> str | None:
        """Do what is wanted besides what was done: one more of it, or without a part of it."""
        language, now = turn.language, turn.now
        wish = removal_of(turn.text, last.said, language)
        if wish is None or not await self._commands.understands(wish, language, now):
            slots = await self._commands.words(last.said, language, now)
            wish = more_of(last.said, turn.text, language, now, slots)
            if wish is None or not await self._commands.same(last.said, wish, language, now):
                return None
        answer = await self._commands.perform(turn, wish)
        return answer if isinstance(answer, str) else None

    async def _changed(self, turn: RunningTurn, said: str, now: datetime) -> str | None:
        """What was done, the way it was meant; None where that is no correction."""
        language = turn.language
        if (meant := await self._meant(turn, said, language, now)) is not None:
            return meant
        words = without_closing(without_opening(tidy(turn.text, language), language), language)
        words = words.removesuffix("로") if language == "ko" else words
        if names_neighbour(words, language):
            meant = beside(said, words, language, now)
            same = meant and await self._commands.same(said, meant, language, now)
            return meant if same else None
        slots = await self._commands.words(said, language, now)
        meant = meant_instead(said, turn.text, language, now, slots)
        if meant is None or await self._commands.understands(turn.text, language, turn.now):
            return None
        return meant if await self._commands.same(said, meant, language, now) else None

    async def pointed_at(self, turn: RunningTurn) -> str | None:
        """Do something with what was just shown: 마지막 거 지워줘 means no deed of Arion's then.

        None where nothing was only shown, or nothing of it is meant.
        """
        last = await self._recalling.last(turn)
        if last is None or last.changes:
            return None
        return await self._commands.perform_pointing(turn)

    async def followed_up(self, turn: RunningTurn) -> str | None:
        """Go on from the last turn: 모레는?, 계란도; None where that asks for something itself."""
        last = await self._recalling.last(turn)
        if last is None:
            return None
        fragment = read_fragment(turn.text, turn.language)
        meant = await self._continued(turn, last, fragment)
        if meant is None:
            # "Only the unread ones" narrows what was shown, and is no wish of its own.
            narrows = fragment is not None and fragment.narrows and not last.changes
            return turn.refuse(describer.not_understood((), turn.language)) if narrows else None
        answer = await self._commands.perform(turn, meant)
        return answer if isinstance(answer, str) else None

    async def _continued(
        self, turn: RunningTurn, last: TurnRow, fragment: Fragment | None
    ) -> str | None:
        language, now = turn.language, turn.now
        leaning = (
            with_day(turn.text, last.said, language, now),
            _on_that_day(turn, last),
            _in_free_time(turn, last),
        )
        for meant in leaning:
            if meant is not None and await self._commands.understands(meant, language, now):
                return meant
        if fragment is not None and (other := another_one(last.said, fragment, language)):
            return other
        if fragment is not None and (fragment.too or not last.changes):
            own = not fragment.is_marked and await self._commands.understands(
                turn.text, language, now
            )
            meant = own or await self._following.continued(last.said, fragment, language, now)
            if isinstance(meant, str):
                return meant
        return await self._following.completed(last.said, turn.text, language, now)

    async def _meant(
        self, turn: RunningTurn, said: str, language: Language, now: datetime
    ) -> str | None:
        """What was said becomes this by the correction; None where that asks for something else."""
        slots = await self._commands.words(said, language, now)
        meant = corrected(said, turn.text, language, now, slots=slots)
        if meant is None or not await self._commands.same(said, meant, language, now):
            return None
        return meant

    async def _is_new(self, row: EffectRow) -> bool:
        tool = (await self._connections.catalogue()).tool(row.server, row.tool)
        return tool is not None and not tool.destructive


def _on_that_day(turn: RunningTurn, last: TurnRow) -> str | None:
    if not speaks_of_that_day(turn.text, turn.language):
        return None
    day = day_of(last.said, _results(last), turn.language, turn.now)
    return day and with_that_day(turn.text, day, turn.language)


def _in_free_time(turn: RunningTurn, last: TurnRow) -> str | None:
    for result in _results(last):
        rows = result.get("slots")
        slots = [it for it in rows if isinstance(it, dict)] if isinstance(rows, list) else []
        if slots:
            return taken_slot(turn.text, slots, turn.language, turn.now)
    return None


def _results(last: TurnRow) -> list[Mapping[str, JsonValue]]:
    calls = last.outcome.calls if last.outcome else []
    return [it.result for it in calls if it.status is CallStatus.OK and it.result is not None]


def _regretted(turn: RunningTurn, rows: list[EffectRow]) -> bool:
    deeds: list[Deed | None] = [deed_of(row.tool) for row in rows if row.state == EffectState.DONE]
    deed = deeds[0] if deeds and all(it == deeds[0] for it in deeds) else None
    return deed is not None and regrets(turn.text, deed, turn.language)


def _can_be_undone(row: EffectRow) -> bool:
    return row.state == EffectState.DONE and row.inverse is not None
