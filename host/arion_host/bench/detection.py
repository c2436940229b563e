"""How many seeded faults code catches, and how many right calls it stands in the way of.

Every call is put to the gate as a language model's proposal: where its values come from is found
out by code, stage 1 judges it, and policy decides. No model looks at it, so stages 2 and 3 are not
measured here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from pydantic import JsonValue

from arion_host.bench.faults import RightCall, seed_faults
from arion_host.bench.interval import share
from arion_host.database import open_database
from arion_host.effects.history import History
from arion_host.effects.ledger import Ledger
from arion_host.host import Host
from arion_host.policy.rule_source import RuleSource
from arion_host.policy.tracing import Seen, SeenResult
from arion_host.tools.catalogue import CatalogueTool
from arion_host.turns.gate import Gate, JudgedCall
from arion_host.turns.model_route import TurnGate
from arion_host.turns.questions import Conversations
from arion_host.turns.running import RunningTurn

EXAMPLES = 40
"""Faults that got through, listed for each kind."""


class Fate(StrEnum):
    """What becomes of a proposed call."""

    REJECTED = "rejected"
    """Stage 1 sends it back to the model."""
    REFUSED = "refused"
    """A rule of the person forbids it."""
    ASKED = "asked"
    """Policy reads it back to the person."""
    PREVIEWED = "previewed"
    """The server shows the person what would happen, and waits."""
    MADE = "made"


CAUGHT = frozenset({Fate.REJECTED, Fate.REFUSED, Fate.ASKED, Fate.PREVIEWED})


@dataclass
class Detection:
    """What became of all calls."""

    right: defaultdict[bool, Counter[Fate]] = field(
        default_factory=lambda: defaultdict(Counter[Fate])
    )
    """By whether the call only reads."""
    right_reasons: Counter[str] = field(default_factory=Counter[str])
    faults: defaultdict[tuple[str, bool], Counter[Fate]] = field(
        default_factory=lambda: defaultdict(Counter[Fate])
    )
    """By kind, and whether the call only reads."""
    asked_for: Counter[str] = field(default_factory=Counter[str])
    """Why policy asked about faults."""
    missed: defaultdict[str, list[dict[str, JsonValue]]] = field(
        default_factory=lambda: defaultdict(list[dict[str, JsonValue]])
    )
    """Faults that were made without a question, by kind."""
    stood_in_the_way: list[dict[str, JsonValue]] = field(default_factory=list[dict[str, JsonValue]])
    """Right calls that stage 1 rejected."""

    def count(self, of: Iterable[Fate], *, reads: bool | None = None) -> int:
        """How many faults came to one of these; `reads` keeps to reads, or to writes."""
        wanted = set(of)
        return sum(
            n
            for (_, read), fates in self.faults.items()
            if reads is None or read is reads
            for fate, n in fates.items()
            if fate in wanted
        )

    def as_json(self) -> dict[str, JsonValue]:
        """One object: the sums, then each kind."""
        right = self.right[True] + self.right[False]
        n, rejected = sum(right.values()), right[Fate.REJECTED] + right[Fate.REFUSED]
        return {
            "faults": self.count(Fate),
            "faults_caught": self.count(CAUGHT),
            "faults_rejected": self.count((Fate.REJECTED, Fate.REFUSED)),
            "faults_asked": self.count((Fate.ASKED, Fate.PREVIEWED)),
            "asked_for": dict(self.asked_for.most_common()),
            "wrong_writes_made": self.count((Fate.MADE,), reads=False),
            "right": n,
            "right_rejected": rejected,
            "right_rejected_share": share(rejected, n),
            "right_reads": _fates(self.right[True]),
            "right_writes": _fates(self.right[False]),
            "right_rejected_for": dict(self.right_reasons.most_common()),
            "kinds": {
                f"{kind}.{'reads' if read else 'writes'}": _fates(fates)
                for (kind, read), fates in sorted(self.faults.items())
            },
            "missed": {kind: list(rows) for kind, rows in sorted(self.missed.items())},
            "rejected_though_right": list(self.stood_in_the_way),
        }


def _fates(fates: Counter[Fate]) -> dict[str, JsonValue]:
    return {"n": fates.total(), **{fate.value: fates[fate] for fate in Fate}}


async def measure_faults(
    host: Host, calls: Sequence[RightCall], folder: Path, told: Callable[[str], None]
) -> Detection:
    """Judge the calls as they are and with faults; nothing is executed.

    Raises:
        StorageFailed: the database in `folder` cannot be written.
    """
    tools = (await host.connections.catalogue()).tools
    found = Detection()
    async with _open_judge(host, folder) as judge:
        told(f"right calls: {len(calls)}")
        for call in calls:
            judged = await judge.judge(call, call.tool, call.arguments, call.reads)
            fate = fate_of(judged)
            found.right[call.tool.read_only][fate] += 1
            if fate is Fate.REJECTED:
                found.right_reasons[judged.verdict.kind] += 1
                found.stood_in_the_way.append(_row(call, judged))
        faults = list(seed_faults(calls, tools))
        told(f"faults: {len(faults)}")
        for fault in faults:
            judged = await judge.judge(fault.right, fault.tool, fault.arguments, fault.reads)
            fate = fate_of(judged)
            found.faults[fault.kind.value, fault.tool.read_only][fate] += 1
            if fate is Fate.ASKED:
                found.asked_for[judged.decision.kind] += 1
            rows = found.missed[fault.kind.value]
            if fate is Fate.MADE and not fault.tool.read_only and len(rows) < EXAMPLES:
                rows.append(_row(fault.right, judged))
    return found


def fate_of(judged: JudgedCall) -> Fate:
    """What would become of a call that was judged so."""
    if judged.verdict.verdict == "reject":
        return Fate.REJECTED
    if judged.decision.verdict == "refuse":
        return Fate.REFUSED
    if judged.decision.verdict == "confirm":
        return Fate.ASKED
    effect = judged.tool.effect
    return Fate.PREVIEWED if effect is not None and effect.previews else Fate.MADE


@dataclass(frozen=True)
class _Judge:
    """The host's gate, with a ledger of its own."""

    host: Host
    gate: Gate

    async def judge(
        self,
        call: RightCall,
        tool: CatalogueTool,
        arguments: Mapping[str, JsonValue],
        reads: tuple[SeenResult, ...],
    ) -> JudgedCall:
        principal = replace(self.host.principal, id=uuid4().hex)
        turn = RunningTurn(
            principal, call.utterance, "bench", call.now, call.language, None, spoken=False
        )
        seen = Seen((*call.before, call.utterance), call.language, call.now, reads)
        catalogue = await self.host.connections.catalogue()
        return await TurnGate(self.gate, turn, catalogue, seen).judged(tool, arguments)


@asynccontextmanager
async def _open_judge(host: Host, folder: Path) -> AsyncGenerator[_Judge]:
    async with open_database(folder / "judged.db") as database:
        gate = Gate(
            host.connections, host.executor, Conversations(database), Ledger(database),
            History(database), RuleSource(),
        )  # fmt: skip
        yield _Judge(host, gate)


def _row(call: RightCall, judged: JudgedCall) -> dict[str, JsonValue]:
    return {
        "id": call.id,
        "text": call.utterance,
        "tool": judged.call.tool,
        "arguments": judged.call.arguments,
        "right_tool": call.tool.name,
        "right_arguments": dict(call.arguments),
        "evidence": {n: it.provenance.value for n, it in judged.call.evidence.items()},
        "verdict": judged.verdict.kind,
        "decision": judged.decision.kind,
    }
