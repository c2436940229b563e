"""One turn while it runs: what came in, what was called, what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import uuid4

from pydantic import JsonValue

from arion_auth import Principal
from arion_host.agents.executor import CallContext
from arion_host.database import utc_now
from arion_host.effects.ledger import Action
from arion_host.exchange import (
    CallReport,
    CallStatus,
    Confirmation,
    Route,
    StepClock,
    TurnResult,
    ValidationReport,
)
from arion_host.policy.decision import Decision
from arion_host.tools.catalogue import CatalogueTool
from arion_host.tools.outcome import ToolOutcome
from arion_host.turns.history import TurnRow
from arion_host.turns.questions import (
    ANSWER_WITHIN,
    AnyQuestion,
    OpenOutcome,
    OpenRule,
    OpenUndo,
)
from arion_host.validation.stage1 import Verdict
from arion_kit.words import EffectClass, Language

_AS_REPORTED: dict[str, Literal["pass", "reject", "confirm"]] = {
    "match": "pass",
    "mismatch": "reject",
    "unsure": "confirm",
}


@dataclass
class RunningTurn:
    """What is known of the turn so far."""

    principal: Principal
    text: str
    session: str
    now: datetime
    language: Language
    confirm: bool | None
    spoken: bool
    id: str = field(default_factory=lambda: uuid4().hex)
    begun_at: datetime = field(default_factory=utc_now)
    clock: StepClock = field(default_factory=StepClock)
    calls: list[CallReport] = field(default_factory=list[CallReport])
    validation: list[ValidationReport] = field(default_factory=list[ValidationReport])
    utterance: str = ""
    """What is carried out: what was said now, or before a question of Arion's."""
    route: Route = "none"
    question: str | None = None
    confirmation: Confirmation | None = None
    cost_usd: float | None = 0.0
    """None once a model was asked of which nobody knows the price."""
    tainted: bool = False
    """What others wrote has been read."""
    stopped: str | None = None
    """Why a language model gave no answer."""
    speak: Callable[[str], None] | None = None
    """Gets the beginning of the answer while the rest is still being written."""
    before: tuple[TurnRow, ...] | None = None
    """The last turns of the conversation, oldest first; None while nobody has asked for them."""

    @property
    def context(self) -> CallContext:
        """For whom and when its calls are made."""
        return CallContext(self.language, self.principal.timezone, self.now)

    def validate(self, verdict: Verdict, decision: Decision) -> None:
        """Keep what validation and policy said of a call."""
        confirms = verdict.verdict == "pass" and decision.verdict == "confirm"
        rejects = verdict.verdict == "reject" or decision.verdict == "refuse"
        self.validation.append(
            ValidationReport(
                stage=verdict.stage,
                verdict="confirm" if confirms else "reject" if rejects else "pass",
                reason=verdict.reason if verdict.verdict == "reject" else decision.reason,
            )
        )

    def refuse(self, reason: str) -> str:
        """Keep why nothing was called; give it."""
        self.validation.append(ValidationReport(stage=1, verdict="reject", reason=reason))
        return reason

    def wait_for(self, question: AnyQuestion) -> str:
        """Keep what the person is asked; give the question."""
        self.question = question.question
        if isinstance(question, OpenUndo | OpenRule | OpenOutcome):
            # A yes or a no, and nothing to show beside it.
            expires_at = utc_now() + ANSWER_WITHIN
            self.confirmation = Confirmation(id=question.id, calls=[], expires_at=expires_at)
        return question.question

    def compare(self, verdict: Literal["match", "mismatch", "unsure"], slot: str) -> None:
        """Keep what other models said of a call."""
        told = verdict if not slot else f"{verdict}: {slot}"
        self.validation.append(
            ValidationReport(stage=2, verdict=_AS_REPORTED[verdict], reason=told)
        )

    def charge(self, cost_usd: float | None) -> None:
        """Add what models cost."""
        if self.cost_usd is not None:
            self.cost_usd = None if cost_usd is None else self.cost_usd + cost_usd

    def action(
        self, tool: CatalogueTool, arguments: Mapping[str, JsonValue], further: int = 0
    ) -> Action:
        """Give a call of this turn its identity; `further` calls of its plan come before it."""
        return Action(
            principal=self.principal.id,
            session=self.session,
            turn=self.id,
            step=len(self.calls) + further,
            server=tool.server,
            tool=tool.name,
            arguments=arguments,
            effect_class=tool.effect.effect_class if tool.effect else EffectClass.ASK,
        )

    def report(
        self,
        server: str,
        tool: str,
        arguments: Mapping[str, JsonValue],
        status: CallStatus,
        outcome: ToolOutcome | None = None,
        effect_id: str | None = None,
    ) -> None:
        """Keep a call for the result of the turn."""
        self.tainted = self.tainted or (outcome is not None and outcome.untrusted)
        shown = {n: v for n, v in outcome.result.items() if n != "say"} if outcome else {}
        self.calls.append(
            CallReport(
                server=server,
                tool=tool,
                arguments=dict(arguments),
                status=status,
                effect_id=effect_id,
                result=shown if status is CallStatus.OK else None,
            )
        )

    def row(self, result: TurnResult | None = None) -> TurnRow:
        """What is remembered of the turn."""
        return TurnRow(
            id=self.id,
            principal=self.principal.id,
            session=self.session,
            said=self.utterance or self.text,
            now=self.now.isoformat(),
            begun_at=self.begun_at,
            tainted=self.tainted,
            result=result.model_dump_json() if result else None,
        )

    def result(self, answer: str) -> TurnResult:
        """Return what the turn came to."""
        return TurnResult(
            turn_id=self.id,
            text=self.text,
            language=self.language,
            answer=answer,
            route=self.route,
            calls=self.calls,
            validation=self.validation,
            needs_human=self.question,
            confirmation=self.confirmation,
            cost_usd=self.cost_usd,
            stopped=self.stopped,
            timings_ms=self.clock.read(),
        )
