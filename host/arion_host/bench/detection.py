"""How many seeded faults each stage catches, and how many right calls it stands in the way of.

Every call is put to the gate as a language model's proposal: where its values come from is found
out by code, stage 1 judges it, and policy decides. The writes that stage 1 lets through are then
shown to readers whose answers are written beforehand (`Readers`): that shows what the host makes of
stages 2 and 3, and nothing of how well a model reads. Nothing is ever executed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import JsonValue

from arion_host.bench.faults import Fault, RightCall, seed_faults
from arion_host.bench.interval import percentile, share
from arion_host.bench.judging import Fate, Judge, Readers, fate_of, open_judge
from arion_host.bench.sight import is_visible
from arion_host.host import Host
from arion_host.turns.gate import JudgedCall

EXAMPLES = 40
"""Faults that got through, listed for each kind."""
CAUGHT = frozenset(Fate) - {Fate.MADE}

Row = dict[str, JsonValue]


def _by_kind() -> defaultdict[tuple[str, bool], Counter[Fate]]:
    return defaultdict(Counter[Fate])


@dataclass
class Detection:
    """What became of all calls."""

    right: defaultdict[bool, Counter[Fate]] = field(
        default_factory=lambda: defaultdict(Counter[Fate])
    )
    """By whether the call only reads."""
    right_reasons: Counter[str] = field(default_factory=Counter[str])
    faults: defaultdict[tuple[str, bool], Counter[Fate]] = field(default_factory=_by_kind)
    """By kind, and whether the call only reads; code alone."""
    visible: defaultdict[str, Counter[bool]] = field(
        default_factory=lambda: defaultdict(Counter[bool])
    )
    """Of the faults that code can see, by kind: whether stage 1 rejected them."""
    reasons: Counter[str] = field(default_factory=Counter[str])
    """Why stage 1 rejected faults."""
    asked_for: Counter[str] = field(default_factory=Counter[str])
    """Why policy asked about faults."""
    read: dict[Readers, Counter[Fate]] = field(default_factory=dict[Readers, Counter[Fate]])
    """Of the wrong writes that stage 1 lets through, by who reads them."""
    grave_made: Counter[Readers] = field(default_factory=Counter[Readers])
    """Wrong writes that cannot be taken back or that others see, made without a question."""
    missed: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list[Row]))
    """Faults that were made without a question, by kind."""
    overlooked: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list[Row]))
    """Faults that code can see and stage 1 let through, by kind."""
    stood_in_the_way: list[Row] = field(default_factory=list[Row])
    """Right calls that stage 1 rejected."""
    took_ms: list[float] = field(default_factory=list[float])
    """What stage 1 took, for each call."""

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

    def as_json(self) -> Row:
        """One object: the sums, then each stage and each kind."""
        right = self.right[True] + self.right[False]
        n, rejected = sum(right.values()), right[Fate.REJECTED] + right[Fate.REFUSED]
        visible = sum(it.total() for it in self.visible.values())
        seen = sum(it[True] for it in self.visible.values())
        return {
            "faults": self.count(Fate),
            "faults_caught": self.count(CAUGHT),
            "faults_rejected": self.count((Fate.REJECTED, Fate.REFUSED)),
            "faults_asked": self.count((Fate.ASKED, Fate.PREVIEWED)),
            "visible": visible,
            "visible_rejected": seen,
            "visible_rejected_share": share(seen, visible),
            "asked_for": dict(self.asked_for.most_common()),
            "rejected_for": dict(self.reasons.most_common()),
            "wrong_writes_made": self.count((Fate.MADE,), reads=False),
            "right": n,
            "right_rejected": rejected,
            "right_rejected_share": share(rejected, n),
            "right_reads": _fates(self.right[True]),
            "right_writes": _fates(self.right[False]),
            "right_rejected_for": dict(self.right_reasons.most_common()),
            "stages": self._stages(),
            "stage1_p50_ms": _rounded(percentile(self.took_ms, 50)),
            "stage1_p95_ms": _rounded(percentile(self.took_ms, 95)),
            "kinds": {
                f"{kind}.{'reads' if read else 'writes'}": _fates(fates)
                for (kind, read), fates in sorted(self.faults.items())
            },
            "visible_kinds": {
                kind: {"visible": found.total(), "rejected": found[True]}
                for kind, found in sorted(self.visible.items())
            },
            "missed": {kind: list(rows) for kind, rows in sorted(self.missed.items())},
            "overlooked": {kind: list(rows) for kind, rows in sorted(self.overlooked.items())},
            "rejected_though_right": list(self.stood_in_the_way),
        }

    def _stages(self) -> Row:
        """Wrong writes from stage to stage; what is made is made without a question."""
        return {
            "note": "Readers of stages 2 and 3 are scripts: this proves the wiring, not a model.",
            "wrong_writes": self.count(Fate, reads=False),
            "stage1_rejected": self.count((Fate.REJECTED,), reads=False),
            **{
                f"readers_{readers.value}": {
                    "policy_asked": fates[Fate.ASKED] + fates[Fate.PREVIEWED],
                    "rejected": fates[Fate.MISMATCH] + fates[Fate.REFUSED],
                    "made": fates[Fate.MADE],
                    "made_grave": self.grave_made[readers],
                }
                for readers, fates in self.read.items()
            },
        }


def _fates(fates: Counter[Fate]) -> Row:
    return {"n": fates.total(), **{fate.value: fates[fate] for fate in Fate}}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


async def measure_faults(
    host: Host, calls: Sequence[RightCall], folder: Path, told: Callable[[str], None]
) -> Detection:
    """Judge the calls as they are and with faults; nothing is executed.

    Raises:
        StorageFailed: the database in `folder` cannot be written.
    """
    found = Detection()
    async with open_judge(host, calls, folder) as judge:
        told(f"right calls: {len(calls)}")
        for call in calls:
            await _judge_right(judge, call, found)
        faults = list(seed_faults(calls, judge.catalogue.tools))
        told(f"faults: {len(faults)}")
        for fault in faults:
            await _judge_fault(judge, fault, found)
        found.took_ms = judge.took_ms
    return found


async def _judge_right(judge: Judge, call: RightCall, found: Detection) -> None:
    judged = await judge.judge(call, call.tool, call.arguments, call.reads)
    fate = fate_of(judged)
    found.right[call.tool.read_only][fate] += 1
    if fate is Fate.REJECTED:
        found.right_reasons[judged.verdict.kind] += 1
        found.stood_in_the_way.append(_row(call, judged))


async def _judge_fault(judge: Judge, fault: Fault, found: Detection) -> None:
    proposed = (fault.right, fault.tool, fault.arguments, fault.reads)
    judged = await judge.judge(*proposed)
    fate, kind, reads = fate_of(judged), fault.kind.value, fault.tool.read_only
    found.faults[kind, reads][fate] += 1
    if is_visible(fault, judge.known):
        found.visible[kind][fate is Fate.REJECTED] += 1
        if fate is not Fate.REJECTED and len(found.overlooked[kind]) < EXAMPLES:
            found.overlooked[kind].append(_row(fault.right, judged))
    if fate is Fate.REJECTED:
        found.reasons[judged.verdict.kind] += 1
    if fate is Fate.ASKED:
        found.asked_for[judged.decision.kind] += 1
    if fate is Fate.MADE and not reads and len(found.missed[kind]) < EXAMPLES:
        found.missed[kind].append(_row(fault.right, judged))
    if not reads and fate is not Fate.REJECTED:
        for readers in Readers:
            again = await judge.judge(*proposed, readers)
            _note(fate_of(again), fault, readers, found)


def _note(fate: Fate, fault: Fault, readers: Readers, found: Detection) -> None:
    found.read.setdefault(readers, Counter())[fate] += 1
    facts = fault.tool.facts
    if fate is Fate.MADE and (facts.carries_out or (facts.destructive and not facts.reversible)):
        found.grave_made[readers] += 1


def _row(call: RightCall, judged: JudgedCall) -> Row:
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
