"""What the person says to a question of Arion's: a yes, a no, a choice, or a correction."""

from __future__ import annotations

from arion_host.agents import describer
from arion_host.agents.replies import pick_option
from arion_host.effects.aftermath import settle_outcome
from arion_host.effects.ledger import Ledger
from arion_host.turns.commands import Commands
from arion_host.turns.correcting import Correcting
from arion_host.turns.gate import Gate
from arion_host.turns.model_route import ModelRoute
from arion_host.turns.questions import (
    AnyQuestion,
    OpenChoice,
    OpenConfirmation,
    OpenOutcome,
    OpenPast,
    OpenRule,
    OpenUndo,
)
from arion_host.turns.ruling import Ruling
from arion_host.turns.running import RunningTurn
from arion_host.turns.undoing import Undoing


class Answering:
    """Takes up what was asked."""

    def __init__(
        self,
        ledger: Ledger,
        gate: Gate,
        commands: Commands,
        undoing: Undoing,
        correcting: Correcting,
        ruling: Ruling,
        model: ModelRoute | None,
    ) -> None:
        self._ledger = ledger
        self._gate = gate
        self._commands = commands
        self._undoing = undoing
        self._correcting = correcting
        self._ruling = ruling
        self._model = model

    async def answered(
        self, turn: RunningTurn, question: AnyQuestion, *, reply: bool | None
    ) -> str | None:
        """Give the answer to what was said; None where it is a new command.

        `reply` is the yes or no that was said or tapped.
        """
        if isinstance(question, OpenChoice):
            labels = [option.label for option in question.options]
            picked = pick_option(turn.text, labels, question.language)
            if picked is not None:
                return await self._commands.chosen(turn, question, question.options[picked])
        if isinstance(question, OpenConfirmation) and reply is None:
            return await self._correcting.asked_about(turn, question)
        if isinstance(question, OpenPast):
            picked = pick_option(turn.text, question.labels, question.language)
            if picked is not None:
                return await self._undoing.chosen(turn, question.action_ids[picked])
        if isinstance(question, OpenOutcome) and reply is not None:
            return await settle_outcome(self._ledger, question, happened=reply)
        if reply is False:
            return describer.cancelled(question.language)
        return await self._agreed(turn, question) if reply else None

    async def _agreed(self, turn: RunningTurn, question: AnyQuestion) -> str | None:
        turn.language, turn.route = question.language, "template"
        match question:
            case OpenConfirmation(model=None):
                return await self._gate.confirmed(turn, question)
            case OpenConfirmation():
                return await self._model.resume(turn, question) if self._model else None
            case OpenUndo():
                return await self._undoing.answered(turn, question)
            case OpenRule():
                return await self._ruling.agreed(turn, question)
            case _:
                return None
