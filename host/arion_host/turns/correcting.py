"""Corrections: what was asked about, or has just been done, with something in it changed."""

from __future__ import annotations

from datetime import datetime

from arion_host.agents import describer
from arion_host.agents.corrections import corrected
from arion_host.effects.ledger import EffectRow, EffectState, Ledger
from arion_host.exchange import CallStatus
from arion_host.tools.connections import Connections
from arion_host.turns.commands import Commands
from arion_host.turns.history import TurnHistory
from arion_host.turns.questions import OpenConfirmation
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
        turns: TurnHistory,
    ) -> None:
        self._connections = connections
        self._ledger = ledger
        self._commands = commands
        self._undoing = undoing
        self._turns = turns

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
        last = await self._turns.last_change(turn.principal.id, turn.session)
        if last is None:
            return None
        said, now, action_ids = last
        meant = await self._meant(turn, said, turn.language, now)
        rows = [row for it in action_ids if (row := await self._ledger.get(it)) is not None]
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
