"""The one way a call gets to a server: judged, asked about, written down, made.

Calls come one at a time or as a plan of several; a plan is asked about once, made in order, and
where one of its writes fails, the person may have those before it taken back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from arion_host.agents import describer
from arion_host.agents.executor import Agreement, Executor, read_status, shown_preview
from arion_host.agents.understood import CompletedCall
from arion_host.database import utc_now
from arion_host.effects.history import History
from arion_host.effects.ledger import Action, Ledger
from arion_host.errors import EffectConflict, HostError
from arion_host.exchange import CallStatus, Step
from arion_host.policy.decision import Asked, Decision, decide
from arion_host.policy.rule_source import RuleSource
from arion_host.policy.wishes import Wish, wish_for
from arion_host.tools.catalogue import CatalogueTool
from arion_host.tools.connections import Connections
from arion_host.tools.outcome import ToolOutcome
from arion_host.turns.confirming import (
    Due,
    HeldCall,
    agreed_call,
    confirmation_of,
    planned_call,
    question_of,
)
from arion_host.turns.questions import (
    ANSWER_WITHIN,
    Conversations,
    OpenConfirmation,
    OpenUndo,
)
from arion_host.turns.running import RunningTurn
from arion_host.validation.proposal import Proposal
from arion_host.validation.stage1 import Verdict, check_call
from arion_kit.words import Language


@dataclass(frozen=True)
class JudgedCall:
    """A call, and what validation and policy make of it."""

    call: CompletedCall
    tool: CatalogueTool
    action: Action
    verdict: Verdict
    decision: Decision

    @property
    def due(self) -> Due:
        """The call, to be made."""
        return Due(self.action, self.tool, self.call.evidence)

    @property
    def refusal(self) -> str | None:
        """Why it may not be made, as a sentence; None where it may."""
        if self.verdict.verdict == "reject":
            return self.verdict.reason
        return self.decision.reason if self.decision.verdict == "refuse" else None


@dataclass(frozen=True)
class Done:
    """What one call of a plan came to."""

    answer: str
    status: CallStatus
    asked: bool = False
    """The server asked first, so the person is asked now and nothing has happened."""


class Gate:
    """Judges calls and lets them through. One serves every turn."""

    def __init__(
        self,
        connections: Connections,
        executor: Executor,
        conversations: Conversations,
        ledger: Ledger,
        history: History,
        rules: RuleSource,
    ) -> None:
        self._connections = connections
        self._executor = executor
        self._conversations = conversations
        self._ledger = ledger
        self._history = history
        self._rules = rules

    async def act(self, turn: RunningTurn, calls: Sequence[CompletedCall]) -> str:
        """Make calls the person asked for, or ask first, or say why not; give the answer.

        Raises:
            StorageFailed: the ledger cannot be written; what had to be in it was not done.
            EffectConflict: the very call was made before.
        """
        judged: list[JudgedCall] = []
        for call in calls:
            tool = (await self._connections.catalogue()).tool(call.server, call.tool)
            if tool is None:
                return describer.no_such_tool(turn.language)
            judged.append(await self.judge(turn, call, tool, step=len(judged)))
        refusal = next((it.refusal for it in judged if it.refusal is not None), None)
        if refusal is not None:
            for it in judged:
                turn.report(it.call.server, it.call.tool, it.call.arguments, CallStatus.NOT_RUN)
            return refusal
        writes = any(not it.tool.read_only for it in judged)
        if any(it.decision.verdict == "confirm" for it in judged) or (turn.confirm and writes):
            return await self.ask(turn, judged)
        return await self._perform(turn, [it.due for it in judged])

    async def judge(
        self,
        turn: RunningTurn,
        call: CompletedCall,
        tool: CatalogueTool,
        *,
        step: int = 0,
        tainted: bool = False,
        first: bool = False,
        proposal: Proposal | None = None,
    ) -> JudgedCall:
        """Hold a call against its tool, the words it came from, and the policy.

        `tainted` says that a model chose it after it had read what others wrote, `first` that
        nothing was said before in this conversation; `proposal` is what else is known of a call
        that a model proposes.
        """
        with turn.clock.step(Step.VALIDATE):
            verdict = check_call(
                call, tool.input_schema, tool.facts, language=turn.language, now=turn.now,
                proposal=proposal,
            )  # fmt: skip
            action = turn.action(tool, call.arguments, step)
            asked = Asked(
                call.server,
                call.tool,
                tool.facts,
                call.arguments,
                call.evidence,
                tainted=tainted,
                wish=_wish(call, turn.language, alone=first) if tainted else Wish.NONE,
                repeated=not tool.read_only and await self._history.repeats(action),
            )
            rules = await self._rules.of(turn.principal.id)
            decision = decide(asked, rules, turn.language)
        if decision.verdict == "allow" and verdict.verdict == "pass":
            if verdict.kind == "vague":
                decision = Decision("confirm", "unsure", verdict.reason)
            elif not call.sure and not tool.read_only:
                decision = Decision("confirm", "unsure", describer.unsure(turn.language))
        turn.validate(verdict, decision)
        return JudgedCall(call, tool, action, verdict, decision)

    async def ask(
        self,
        turn: RunningTurn,
        judged: Sequence[JudgedCall],
        model: str | None = None,
    ) -> str:
        """Ask for one yes to all of these; give the question, or what stands in the way.

        `model` is where a language model goes on after the yes.
        """
        held: list[HeldCall] = []
        for it in judged:
            preview = None
            if it.tool.effect is not None and it.tool.effect.previews:
                outcome = await self._preview(turn, it)
                if outcome.failure is not None:
                    return await self.describe(turn, it.call.server, outcome)
                preview = shown_preview(outcome)
            held.append(HeldCall(it.due, it.decision, preview, it.call.readback))
        for it in held:
            if not it.due.tool.read_only:
                await self._executor.plan(it.due.action)
        if turn.confirm and model is None:
            plan = [replace(it.due, agreed=Agreement(it.preview)) for it in held]
            return await self._perform(turn, await self._noted(plan))
        return await self._open(turn, held, model)

    async def _noted(self, plan: list[Due]) -> list[Due]:
        """Write down the yes to a plan before any of it is made; to one call, as it is made."""
        if len(plan) == 1:
            return [_with_its_yes(due) for due in plan]
        for due in plan:
            if not due.tool.read_only:
                await self._executor.confirm(due.action)
        return plan

    async def _preview(self, turn: RunningTurn, it: JudgedCall) -> ToolOutcome:
        with turn.clock.step(Step.TOOLS):
            outcome = await self._executor.preview(it.tool, it.call.arguments, turn.context)
        if outcome.failure is not None:
            where = (it.call.server, it.call.tool, it.call.arguments)
            turn.report(*where, CallStatus.FAILED, outcome)
        return outcome

    async def _open(
        self, turn: RunningTurn, held: Sequence[HeldCall], model: str | None = None
    ) -> str:
        catalogue = await self._connections.catalogue()
        confirmation = confirmation_of(held, turn, catalogue, utc_now() + ANSWER_WITHIN)
        question = question_of(held, turn, catalogue)
        await self._conversations.ask(
            turn.principal.id,
            turn.session,
            OpenConfirmation(
                id=confirmation.id,
                question=question,
                language=turn.language,
                calls=tuple(planned_call(it) for it in held),
                utterance=turn.utterance,
                now=turn.now,
                model=model,
            ),
        )
        for it in held:
            effect_id = None if it.due.tool.read_only else it.due.action.id
            turn.report(*_where(it.due.action), CallStatus.NOT_RUN, effect_id=effect_id)
        turn.question, turn.confirmation = question, confirmation
        return question

    async def agreed(self, turn: RunningTurn, question: OpenConfirmation) -> list[Due]:
        """Write down the yes to a question; give the calls that it lets through.

        Raises:
            EffectConflict: a call is not the one that was asked about, or was answered before.
            StorageFailed: the ledger cannot be written.
        """
        plan = await self._taken_up(turn, question)
        for due in plan:
            if not due.tool.read_only:
                await self._executor.confirm(due.action)
        return plan

    async def confirmed(self, turn: RunningTurn, question: OpenConfirmation) -> str:
        """Make the calls that the person has just agreed to; raises as `agreed` does."""
        return await self._perform(turn, await self._noted(await self._taken_up(turn, question)))

    async def _taken_up(self, turn: RunningTurn, question: OpenConfirmation) -> list[Due]:
        catalogue = await self._connections.catalogue()
        plan: list[Due] = []
        for call in question.calls:
            tool = catalogue.tool(call.server, call.tool)
            due = tool and agreed_call(call, tool, turn.principal.id, turn.session)
            if due is None or due.action.id != call.action_id:
                raise EffectConflict(f"The call behind action {call.action_id} has changed.")
            plan.append(due)
        return plan

    async def _perform(self, turn: RunningTurn, plan: Sequence[Due]) -> str:
        answers: list[str] = []
        made: list[Due] = []
        for number, due in enumerate(plan, 1):
            if due.tool.read_only:
                outcome = await self.read(turn, *_where(due.action))
                answers.append(await self.describe(turn, due.action.server, outcome))
                continue
            done = await self.write(turn, due, plan[number:])
            answers.append(done.answer)
            if done.asked:
                break
            if done.status is not CallStatus.OK:
                answers += await self._offer_to_undo(turn, made)
                break
            made.append(due)
        answer = " ".join(answers)
        return (
            describer.with_undo(answer, turn.language)
            if await self._is_to_be_told(turn, made)
            else answer
        )

    async def _is_to_be_told(self, turn: RunningTurn, made: Sequence[Due]) -> bool:
        """Whether to say how to take back what went through unasked.

        For a change always, for something new once in a conversation.
        """
        unasked = [due for due in made if due.agreed is None and due.tool.facts.reversible]
        if not unasked or any(due.tool.destructive for due in unasked):
            return bool(unasked)
        done = await self._history.done(turn.principal.id, turn.session)
        return {row.action_id for row in done} <= {due.action.id for due in made}

    async def _offer_to_undo(self, turn: RunningTurn, made: Sequence[Due]) -> list[str]:
        if not made:
            return []
        question = describer.undo_the_rest(len(made), turn.language)
        open_undo = OpenUndo(
            question=question,
            language=turn.language,
            action_ids=tuple(due.action.id for due in made),
        )
        await self._conversations.ask(turn.principal.id, turn.session, open_undo)
        return [turn.wait_for(open_undo)]

    async def read(
        self, turn: RunningTurn, server: str, tool: str, arguments: Mapping[str, JsonValue]
    ) -> ToolOutcome:
        """Call a tool that changes nothing, and keep the call for the result of the turn."""
        (outcome,) = await self.read_all(turn, server, [(tool, arguments)])
        return outcome

    async def read_all(
        self, turn: RunningTurn, server: str, calls: Sequence[tuple[str, Mapping[str, JsonValue]]]
    ) -> Sequence[ToolOutcome]:
        """Call tools that change nothing at once, and keep the calls in their order."""
        with turn.clock.step(Step.TOOLS):
            outcomes = await asyncio.gather(
                *(self._executor.read(server, *call, turn.context) for call in calls)
            )
        for (tool, arguments), outcome in zip(calls, outcomes, strict=True):
            turn.report(server, tool, arguments, read_status(outcome), outcome)
        return outcomes

    async def write(self, turn: RunningTurn, due: Due, rest: Sequence[Due] = ()) -> Done:
        """Make a write through the ledger, and keep the call for the result of the turn.

        Where the server asks about something the person was not asked, they are asked now, and
        about the `rest` of the plan with it.
        """
        status, outcome = await self.attempt(turn, due)
        if outcome.confirm_token is not None:
            return Done(await self.pass_on(turn, due, outcome, rest), status, asked=True)
        unknown = status is CallStatus.UNKNOWN
        if unknown:
            await self._ledger.mark_told(due.action.id)
        answer = await self.describe(turn, due.action.server, outcome, unknown=unknown)
        return Done(answer, status)

    async def attempt(self, turn: RunningTurn, due: Due) -> tuple[CallStatus, ToolOutcome]:
        """Make a write through the ledger; what comes of it is reported, not yet told."""
        action = due.action
        try:
            with turn.clock.step(Step.TOOLS):
                status, outcome = await self._executor.write(
                    action, due.tool, turn.context, due.agreed
                )
        except HostError:
            turn.report(*_where(action), CallStatus.NOT_RUN, effect_id=action.id)
            raise
        turn.report(*_where(action), status, outcome, action.id)
        return status, outcome

    async def pass_on(
        self, turn: RunningTurn, due: Due, outcome: ToolOutcome, rest: Sequence[Due] = ()
    ) -> str:
        """Put a question of the server to the person; nothing has happened yet."""
        decision = Decision("confirm", "server", describer.server_asks(turn.language))
        held: list[HeldCall] = []
        for number, it in enumerate((due, *rest), 1):
            # The same call in the same turn, and yet another action.
            further = due.action.step + len(turn.calls) + number
            anew = replace(it, action=replace(it.action, turn=turn.id, step=further), agreed=None)
            if not it.tool.read_only:
                await self._executor.plan(anew.action)
            held.append(HeldCall(anew, decision, None if held else shown_preview(outcome), None))
        return await self._open(turn, held)

    async def describe(
        self, turn: RunningTurn, server: str, outcome: ToolOutcome, *, unknown: bool = False
    ) -> str:
        """Say what came of a call."""
        with turn.clock.step(Step.DESCRIBE):
            called = (await self._connections.catalogue()).called(server, turn.language)
            if unknown:
                return describer.may_have_happened(called, turn.language)
            if outcome.failure is not None:
                return describer.failed(outcome.failure, called, turn.language)
            return outcome.say or describer.done(turn.language)


def _with_its_yes(due: Due) -> Due:
    return replace(due, agreed=replace(due.agreed or Agreement(), noted=False))


def _wish(call: CompletedCall, language: Language, *, alone: bool) -> Wish:
    return wish_for(call.tool, call.utterance, call.evidence.values(), language, alone=alone)


def _where(action: Action) -> tuple[str, str, Mapping[str, JsonValue]]:
    return action.server, action.tool, action.arguments
