"""A turn that a language model works on: its calls pass the same gate as everybody's.

The model's loop proposes; where a value comes from is found out here, from what the person said
and what the tools returned, and never taken from the model.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from pydantic import JsonValue

from arion_host.agents import describer
from arion_host.agents.model import seam
from arion_host.agents.model.roles import Checker, Chooser, Describer, Loop
from arion_host.agents.model.selection import ToolIndex
from arion_host.agents.model.stops import stopped
from arion_host.agents.understood import CompletedCall
from arion_host.effects.ledger import canonical_json
from arion_host.exchange import Step
from arion_host.policy.decision import Decision
from arion_host.policy.tracing import Seen, SeenResult, trace
from arion_host.tools.catalogue import Catalogue, CatalogueTool
from arion_host.tools.connections import Connections
from arion_host.tools.outcome import ToolOutcome, not_sent
from arion_host.turns.confirming import Due
from arion_host.turns.gate import Gate, JudgedCall
from arion_host.turns.history import TurnRow
from arion_host.turns.questions import OpenConfirmation
from arion_host.turns.running import RunningTurn
from arion_host.validation.known_tools import known_tools
from arion_host.validation.proposal import Proposal
from arion_host.validation.rendering import render_call
from arion_host.validation.stage1 import Verdict
from arion_kit.words import CONFIRM_TOKEN, ErrorKind, Frozen

logger = logging.getLogger(__name__)


class KeptRun(Frozen):
    """A run that waits for the person, as it is stored."""

    state: str
    call_ids: tuple[str, ...]
    """Of the calls that are asked about, in their order."""
    utterances: tuple[str, ...]
    results: tuple[SeenResult, ...]


class ModelRoute:
    """Has a language model work on what nothing else understood."""

    def __init__(
        self,
        loop: Loop,
        gate: Gate,
        connections: Connections,
        checker: Checker | None = None,
        *,
        router: Chooser | None = None,
        describer: Describer | None = None,
        purse: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """Join the models at work.

        Without a `checker` code alone judges what the model proposes; without a `router` it is
        offered the tools that fit best, and without a `describer` it answers in its own words.
        `purse` bounds what the models of one turn cost together.
        """
        self._loop = loop
        self._checker = checker
        self._router = router
        self._describer = describer
        self._purse = purse
        self._gate = gate
        self._connections = connections
        self._index: tuple[Catalogue, ToolIndex] | None = None

    async def run(
        self,
        turn: RunningTurn,
        history: Sequence[TurnRow],
        closest: Sequence[str] = (),
    ) -> str:
        """Give the answer, or the question that is open now; `history` has the turns before.

        `closest` are sentences that need no model.

        Raises:
            StorageFailed: the ledger cannot be written; what had to be in it was not done.
        """
        turn.route, turn.utterance = "model", turn.text
        catalogue = await self._connections.catalogue()
        gate = TurnGate(self._gate, turn, catalogue, _seen(turn, history), checker=self._checker)
        told = tuple(seam.Exchange(row.said, row.told) for row in history if row.told is not None)
        assignment = seam.Assignment(
            turn.text,
            turn.language,
            turn.now,
            self._tools(catalogue).best(turn.text),
            told,
            is_worded=self._describer is not None,
        )
        with self._purse():
            tools = await self._chosen(turn, assignment, self._tools(catalogue))
            if tools is None:
                return self._stopped(turn, "no_tool", "The router says so.", closest)
            end = await self._loop.run(replace(assignment, tools=tools), gate)
            return await self._ended(turn, gate, end, closest)

    def _tools(self, catalogue: Catalogue) -> ToolIndex:
        if self._index is None or self._index[0] is not catalogue:
            self._index = catalogue, ToolIndex(catalogue)
        return self._index[1]

    async def _chosen(
        self, turn: RunningTurn, assignment: seam.Assignment, index: ToolIndex
    ) -> tuple[CatalogueTool, ...] | None:
        """The tools that the executor is offered; None where the router says that none will do."""
        if self._router is None or not assignment.tools:
            return assignment.tools
        with turn.clock.step(Step.ROUTE):
            chosen = await self._router.choose(assignment)
        turn.charge(chosen.usage.cost_usd)
        if chosen.tools is None:
            if chosen.reason:
                logger.warning("turn %s: the router was of no help: %s", turn.id, chosen.reason)
            return assignment.tools
        return index.with_lookups(chosen.tools) if chosen.tools else None

    async def resume(self, turn: RunningTurn, question: OpenConfirmation) -> str:
        """Go on after the person's yes.

        Raises:
            EffectConflict: a call is not the one that was asked about, or was answered before.
            StorageFailed: the ledger cannot be written.
        """
        turn.route, turn.language = "model", question.language
        kept = KeptRun.model_validate_json(question.model or "")
        catalogue = await self._connections.catalogue()
        agreed = await self._gate.agreed(turn, question)
        seen = Seen(kept.utterances, turn.language, turn.now, kept.results)
        by_id = dict(zip(kept.call_ids, agreed, strict=True))
        gate = TurnGate(self._gate, turn, catalogue, seen, by_id, self._checker)
        with self._purse():
            end = await self._loop.resume(kept.state, True, gate, catalogue.tool)
            return await self._ended(turn, gate, end, ())

    async def _ended(
        self, turn: RunningTurn, gate: TurnGate, end: seam.RunEnd, closest: Sequence[str]
    ) -> str:
        turn.charge(end.usage.cost_usd)
        turn.tainted = turn.tainted or gate.seen.is_tainted
        if turn.question is not None:
            return turn.question  # a server asked about a call on the way
        if isinstance(end, seam.Waiting):
            kept = KeptRun(
                state=end.state,
                call_ids=tuple(call.call_id for call in end.calls),
                utterances=gate.seen.utterances,
                results=gate.seen.results,
            )
            judged = [await gate.judged(call.tool, call.arguments) for call in end.calls]
            return await self._gate.ask(turn, judged, kept.model_dump_json())
        if isinstance(end, seam.Stopped):
            # What was done before stays done, and is told.
            writes = [
                call
                for call in end.done
                if not call.tool.read_only and call.outcome.failure is None
            ]
            sorry = self._stopped(turn, end.kind, end.reason, () if end.done else closest)
            plain = describer.done(turn.language)
            told = [" ".join(gate.fixed([call])) or plain for call in writes]
            return " ".join([*told, sorry])
        if end.text.strip(" .!") != seam.DONE:
            return end.text
        return await self._in_words(turn, gate, end.done)

    async def _in_words(
        self, turn: RunningTurn, gate: TurnGate, done: tuple[seam.DoneCall, ...]
    ) -> str:
        """What was done, in the fixed words of its servers or in those of the describer."""
        fixed = gate.fixed(done)
        says_all = bool(done) and len(fixed) == len(done)
        if says_all and not any(call.tool.read_only for call in done):
            return " ".join(fixed)
        if self._describer is None or not done:
            words = seam.Described("", seam.Usage(), "garbage", "Done, it says, and no words.")
        else:
            findings = seam.Findings(gate.seen.utterances[-1], turn.language, turn.now, done)
            with turn.clock.step(Step.DESCRIBE):
                words = await self._describer.describe(findings, on_text=turn.speak)
            turn.charge(words.usage.cost_usd)
        if words.failed is None:
            return words.text
        if says_all and not words.text:
            logger.warning("turn %s: nobody describes it: %s", turn.id, words.reason)
            return " ".join(fixed)
        sorry = self._stopped(turn, words.failed, words.reason, ())
        return " ".join([words.text, sorry] if words.text else [*fixed, sorry])

    def _stopped(
        self, turn: RunningTurn, kind: seam.StopKind, reason: str, closest: Sequence[str]
    ) -> str:
        logger.warning("turn %s: the model stopped (%s): %s", turn.id, kind, reason)
        turn.stopped = kind
        return stopped(kind, closest, turn.language)


class TurnGate:
    """The gate as the model's loop sees it during one turn."""

    def __init__(
        self,
        gate: Gate,
        turn: RunningTurn,
        catalogue: Catalogue,
        seen: Seen,
        agreed: Mapping[str, Due] | None = None,
        checker: Checker | None = None,
    ) -> None:
        """`agreed` are the calls the person has said yes to, by the loop's call ids."""
        self.seen = seen
        self._gate = gate
        self._turn = turn
        self._catalogue = catalogue
        self._agreed = dict(agreed or {})
        self._checker = checker
        self._judged: dict[str, JudgedCall] = {}
        self._steps = 0

    async def judge(
        self, tool: CatalogueTool, arguments: Mapping[str, JsonValue], *, again: bool = False
    ) -> seam.Judged:
        """Say what may become of a call that the model proposes, maybe `again` with its tool."""
        key = tool.effect.key_parameter if tool.effect else None
        for name in (CONFIRM_TOKEN, key):
            if name in arguments:
                return seam.Judged("reject", f"Leave out {name}: it is not yours to give.")
        judged = await self.judged(tool, arguments, again=again)
        if judged.refusal is not None:
            return seam.Judged("reject", judged.refusal)
        if judged.decision.verdict == "confirm":
            return seam.Judged("ask", judged.decision.reason)
        return seam.Judged("run")

    async def judged(
        self, tool: CatalogueTool, arguments: Mapping[str, JsonValue], *, again: bool = False
    ) -> JudgedCall:
        """The judgement of a call, made when it is proposed and good for one attempt.

        Where the model insists on a tool that was not what the words speak for, it may be right:
        then the rest of the call is judged, and the person is asked about a write.
        """
        name = _name(tool, arguments)
        known = self._judged.get(name)
        judged = known or await self._looked_at(tool, arguments)
        if again and judged.verdict.kind == "other_tool":
            judged = await self._looked_at(tool, arguments, insists=True)
            if not tool.read_only and judged.decision.verdict == "allow":
                unsure = Decision("confirm", "unsure", describer.unsure(self._turn.language))
                judged = replace(judged, decision=unsure)
        if judged is not known:
            self._judged[name] = await self._compared(judged)
        return self._judged[name]

    async def _looked_at(
        self, tool: CatalogueTool, arguments: Mapping[str, JsonValue], *, insists: bool = False
    ) -> JudgedCall:
        """What code and policy make of a call."""
        self._steps += 1
        call = CompletedCall(
            server=tool.server,
            tool=tool.name,
            arguments=dict(arguments),
            evidence=trace(arguments, tool.input_schema, self.seen),
            readback=None,
            utterance=self._turn.text,
            by_model=True,
        )
        known = known_tools(self._catalogue)
        return await self._gate.judge(
            self._turn,
            call,
            tool,
            step=self._steps,
            tainted=self.seen.is_tainted,
            first=len(self.seen.utterances) == 1,
            proposal=Proposal(call, tool.input_schema, self.seen, known, insists),
        )

    async def _compared(self, judged: JudgedCall) -> JudgedCall:
        """Have other models look at a write that code lets through."""
        turn, tool = self._turn, judged.tool
        if self._checker is None or tool.read_only or judged.refusal is not None:
            return judged
        pack = self._catalogue.packs.get(tool.server)
        sentence = render_call(tool, judged.call.arguments, pack, turn.language, turn.now)
        grave = judged.decision.kind in ("irreversible", "untrusted")
        compared = await self._checker.check(turn.text, sentence, grave=grave)
        turn.charge(compared.cost_usd)
        turn.compare(compared.verdict, compared.slot)
        if compared.verdict == "mismatch":
            reason = describer.mismatch(compared.slot, turn.language)
            return replace(judged, verdict=Verdict(2, "reject", "mismatch", reason))
        if compared.verdict == "unsure" and judged.decision.verdict == "allow":
            decision = Decision("confirm", "unsure", describer.unsure(turn.language))
            return replace(judged, decision=decision)
        return judged

    async def run(
        self, tool: CatalogueTool, arguments: Mapping[str, JsonValue], call_id: str
    ) -> ToolOutcome:
        """Make a call that may go on, or that the person has said yes to; no other."""
        due = self._agreed.pop(call_id, None)
        if due is None:
            verdict = await self.judge(tool, arguments)
            if verdict.verdict != "run":
                return not_sent(ErrorKind.FORBIDDEN, verdict.reason)
            due = self._judged.pop(_name(tool, arguments)).due
        elif due.tool != tool or due.action.arguments != dict(arguments):
            return not_sent(ErrorKind.FORBIDDEN, "The person was asked about another call.")
        outcome = await self._made(due)
        self._see(due, outcome)
        return outcome

    def fixed(self, done: Sequence[seam.DoneCall]) -> list[str]:
        """What the servers say of calls, of those that have sentences for people."""
        packs = self._catalogue.packs
        told = [call.outcome.say for call in done if call.tool.server in packs]
        return [say for say in told if say]

    def _see(self, due: Due, outcome: ToolOutcome) -> None:
        tool = due.tool
        result = SeenResult(
            source=f"{tool.server}/{tool.name}",
            content=dict(outcome.result) if outcome.failure is None else outcome.failure.message,
            # An answer to what others chose to ask is theirs in part.
            untrusted=outcome.untrusted or any(it.untrusted for it in due.evidence.values()),
            issued=self._catalogue.issued(tool),
        )
        self.seen = replace(self.seen, results=(*self.seen.results, result))

    async def _made(self, due: Due) -> ToolOutcome:
        if due.tool.read_only:
            where = (due.action.server, due.action.tool, due.action.arguments)
            return await self._gate.read(self._turn, *where)
        _, outcome = await self._gate.attempt(self._turn, due)
        if outcome.confirm_token is None:
            return outcome
        # The person answers in a turn of their own; the model has nothing more to do with it.
        await self._gate.pass_on(self._turn, due, outcome)
        return not_sent(ErrorKind.DECLINED, "The person is being asked. Stop here.")


def _seen(turn: RunningTurn, history: Sequence[TurnRow]) -> Seen:
    """What the model knows from the turns before: an answer may quote what others wrote."""
    return Seen(
        utterances=(*(row.said for row in history), turn.text),
        language=turn.language,
        now=turn.now,
        results=tuple(
            SeenResult(source, row.outcome.answer, untrusted=True)
            for row in history
            if row.tainted and row.outcome
            for source in row.sources or ("arion/answer",)
        ),
    )


def _name(tool: CatalogueTool, arguments: Mapping[str, JsonValue]) -> str:
    return f"{tool.server}/{tool.name}{canonical_json(arguments)}"
