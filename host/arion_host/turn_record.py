"""One turn while it runs: what came in, what was called, what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from pydantic import JsonValue

from arion_auth import Principal
from arion_host.agents.executor import CallContext
from arion_host.effects.ledger import Action
from arion_host.exchange import (
    CallReport,
    CallStatus,
    Route,
    StepClock,
    TurnResult,
    ValidationReport,
)
from arion_host.policy.decision import Decision
from arion_host.tools.catalogue import CatalogueTool
from arion_host.tools.outcome import ToolOutcome
from arion_host.validation.stage1 import Verdict
from arion_kit.words import EffectClass, Language


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
    clock: StepClock = field(default_factory=StepClock)
    calls: list[CallReport] = field(default_factory=list[CallReport])
    validation: list[ValidationReport] = field(default_factory=list[ValidationReport])
    route: Route = "none"
    question: str | None = None

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

    def action(self, tool: CatalogueTool, arguments: Mapping[str, JsonValue]) -> Action:
        """Give a write of this turn its identity."""
        return Action(
            principal=self.principal.id,
            session=self.session,
            turn=self.id,
            step=len(self.calls),
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
            cost_usd=0.0,
            timings_ms=self.clock.read(),
        )
