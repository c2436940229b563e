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
    Conversations,
    OpenChoice,
    OpenConfirmation,
    OpenIntent,
    OpenOutcome,
    OpenPast,
    OpenRule,
    OpenSlot,
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
        conversations: Conversations,
        gate: Gate,
        commands: Commands,
        undoing: Undoing,
        correcting: Correcting,
        ruling: Ruling,
        model: ModelRoute | None,
    ) -> None:
        self._ledger = ledger
        self._conversations = conversations
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
        picked = _picked(turn.text, question, reply)
        if picked is not None and isinstance(question, OpenChoice):
            return await self._commands.chosen(turn, question, question.options[picked])
        if picked is not None and isinstance(question, OpenIntent):
            return await self._commands.meant(turn, question, question.intents[picked])
        if picked is not None and isinstance(question, OpenPast):
            return await self._undoing.chosen(turn, question.action_ids[picked])
        if reply is None:
            return await self._said(turn, question)
        if isinstance(question, OpenOutcome):
            return await settle_outcome(self._ledger, question, happened=reply)
        if not reply:
            return describer.cancelled(question.language)
        return await self._agreed(turn, question)

    async def _said(self, turn: RunningTurn, question: AnyQuestion) -> str | None:
        match question:
            case OpenSlot():
                return await self._commands.filled(turn, question)
            case OpenConfirmation():
                return await self._correcting.asked_about(turn, question)
            case _:
                return None

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
            case OpenSlot():
                # A yes says nothing yet, so it is asked once more.
                await self._conversations.ask(turn.principal.id, turn.session, question)
                return turn.wait_for(question)
            case _:
                return None


def _picked(text: str, question: AnyQuestion, reply: bool | None) -> int | None:
    """Which of the things that a question offers was picked, where it offers any."""
    if isinstance(question, OpenChoice):
        labels = [option.label for option in question.options]
        if reply and len(labels) == 1:
            return 0
    elif isinstance(question, OpenPast | OpenIntent):
        labels = list(question.labels)
    else:
        return None
    return pick_option(text, labels, question.language)
