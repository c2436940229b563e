"""Corrections: what was asked about, or has just been done, with something in it changed."""

from __future__ import annotations

from datetime import datetime

from arion_host.agents import describer
from arion_host.agents.continuing import with_day
from arion_host.agents.corrections import corrected
from arion_host.agents.fragments import read_fragment
from arion_host.effects.ledger import EffectRow, EffectState, Ledger
from arion_host.exchange import CallStatus
from arion_host.tools.connections import Connections
from arion_host.turns.commands import Commands
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
        now = datetime.fromisoformat(last.now)
        meant = await self._meant(turn, last.said, turn.language, now)
        rows = [row for it in last.changes if (row := await self._ledger.get(it)) is not None]
        if meant is None or not rows or not all(_can_be_undone(row) for row in rows):
            return None
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
        meant = last and await self._continued(turn, last)
        if meant is None:
            return None
        answer = await self._commands.perform(turn, meant)
        return answer if isinstance(answer, str) else None

    async def _continued(self, turn: RunningTurn, last: TurnRow) -> str | None:
        language, now = turn.language, turn.now
        dated = with_day(turn.text, last.said, language, now)
        if dated is not None and await self._commands.understands(dated, language, now):
            return dated
        fragment = read_fragment(turn.text, language)
        if fragment is None or (last.changes and not fragment.too):
            return None
        if not fragment.is_marked and await self._commands.understands(turn.text, language, now):
            return None
        return await self._commands.continued(last.said, fragment, language, now)

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


def _can_be_undone(row: EffectRow) -> bool:
    return row.state == EffectState.DONE and row.inverse is not None
