"""Taking writes back: each inverse is a write of its own, the latest write first."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import JsonValue, TypeAdapter, ValidationError

from arion_host.agents import describer
from arion_host.agents.executor import Agreement, Executor
from arion_host.agents.following.past import PastRow, Unsure, label, past_query, pick
from arion_host.effects.history import History
from arion_host.effects.inverse import Inverted
from arion_host.effects.ledger import EffectRow, Ledger
from arion_host.exchange import CallStatus
from arion_host.tools.connections import Connections
from arion_host.turns.confirming import Due
from arion_host.turns.gate import Gate
from arion_host.turns.questions import Conversations, OpenPast, OpenUndo
from arion_host.turns.running import RunningTurn

_ARGUMENTS = TypeAdapter(dict[str, JsonValue])


class Undoing:
    """Takes back what was done."""

    def __init__(
        self,
        connections: Connections,
        executor: Executor,
        conversations: Conversations,
        ledger: Ledger,
        history: History,
        gate: Gate,
    ) -> None:
        self._connections = connections
        self._executor = executor
        self._conversations = conversations
        self._ledger = ledger
        self._history = history
        self._gate = gate

    async def asked(self, turn: RunningTurn) -> str | None:
        """Take back what was named, or ask which; None where nothing is to be taken back."""
        query = past_query(turn.text, turn.language, turn.now)
        if query is None:
            return None
        turn.route = "template"
        # "Undo" means this conversation; what is named may have been done in another.
        session = turn.session if query.words is None and query.count != "all" else None
        rows = {row.action_id: row for row in await self._done(turn, session)}
        picked = pick(query, [past for row in rows.values() if (past := _past(row))])
        if picked is None and query.words is not None:
            return describer.nothing_like_that(query.words, turn.language)
        if picked is None:
            return describer.nothing_to_undo(turn.language)
        if isinstance(picked, Unsure):
            return await self._ask_which(turn, query.words or "", picked.rows)
        if len(picked.rows) > 1:
            return await self._ask_all(turn, picked.rows)
        return await self.all(turn, [rows[it.action_id] for it in picked.rows])

    async def _done(self, turn: RunningTurn, session: str | None) -> list[EffectRow]:
        return await self._history.done(turn.principal.id, session)

    async def _ask_which(self, turn: RunningTurn, words: str, rows: Sequence[PastRow]) -> str:
        labels = tuple(label(row) for row in rows)
        question = OpenPast(
            question=describer.which_one(words, labels, turn.language),
            language=turn.language,
            labels=labels,
            action_ids=tuple(row.action_id for row in rows),
        )
        return await self._open(turn, question)

    async def _ask_all(self, turn: RunningTurn, rows: Sequence[PastRow]) -> str:
        question = OpenUndo(
            question=describer.undo_which([label(row) for row in rows], turn.language),
            language=turn.language,
            action_ids=tuple(row.action_id for row in reversed(rows)),
        )
        return await self._open(turn, question)

    async def _open(self, turn: RunningTurn, question: OpenPast | OpenUndo) -> str:
        await self._conversations.ask(turn.principal.id, turn.session, question)
        return turn.wait_for(question)

    async def chosen(self, turn: RunningTurn, action_id: str) -> str:
        """Take back the write that the person has picked out of several."""
        turn.route = "template"
        row = await self._ledger.get(action_id)
        return await self.all(turn, [row] if row else [])

    async def answered(self, turn: RunningTurn, question: OpenUndo) -> str:
        """Take back the writes that the person has just agreed to take back."""
        rows = [await self._ledger.get(action_id) for action_id in question.action_ids]
        return await self.all(turn, [row for row in reversed(rows) if row is not None])

    async def all(self, turn: RunningTurn, rows: Sequence[EffectRow]) -> str:
        """Take back these writes, in this order; stop where one cannot be.

        Raises:
            StorageFailed: the ledger cannot be written.
            EffectConflict: one has been taken back before.
        """
        said: list[str] = []
        for row in rows:
            undone, answer = await self._one(turn, row)
            said.append(answer)
            if not undone:
                return " ".join(said)
        return said[0] if len(said) == 1 else describer.undone_all(len(said), turn.language)

    async def _one(self, turn: RunningTurn, row: EffectRow) -> tuple[bool, str]:
        catalogue = await self._connections.catalogue()
        inverse = Inverted.model_validate(row.inverse) if row.inverse else None
        tool = catalogue.tool(row.server, inverse.tool) if inverse else None
        if inverse is None or tool is None:
            called = catalogue.called(row.server, turn.language)
            return False, describer.cannot_undo(called, turn.language)
        action = turn.action(tool, inverse.arguments)
        await self._executor.plan(action)
        done = await self._gate.write(turn, Due(action, tool, {}, Agreement(noted=False)))
        if done.status is not CallStatus.OK:
            return False, done.answer
        await self._ledger.mark_undone(row.action_id, action.id)
        return True, describer.undone(done.answer, turn.language)


def _past(row: EffectRow) -> PastRow | None:
    try:
        arguments = _ARGUMENTS.validate_json(row.arguments)
    except ValidationError:
        return None  # a damaged row takes nothing back
    return PastRow(row.action_id, row.server, row.tool, arguments, row.result or {}, row.changed_at)
