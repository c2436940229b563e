"""One proposed call before the host's own gate, with readers whose answers are known beforehand."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from uuid import uuid4

from pydantic import JsonValue

from arion_host.agents.understood import CompletedCall
from arion_host.bench.faults import RightCall
from arion_host.database import open_database
from arion_host.effects.history import History
from arion_host.effects.ledger import Ledger
from arion_host.host import Host
from arion_host.policy.rule_source import RuleSource
from arion_host.policy.tracing import Seen, SeenResult, trace
from arion_host.tools.catalogue import Catalogue, CatalogueTool
from arion_host.turns.gate import Gate, JudgedCall
from arion_host.turns.model_route import TurnGate
from arion_host.turns.questions import Conversations
from arion_host.turns.running import RunningTurn
from arion_host.validation.known_tools import KnownTools
from arion_host.validation.proposal import Proposal
from arion_host.validation.rendering import render_call
from arion_host.validation.stage1 import Verdict, check_call
from arion_kit.words import LanguagePack


class Fate(StrEnum):
    """What becomes of a proposed call."""

    REJECTED = "rejected"
    """Stage 1 sends it back to the model."""
    MISMATCH = "mismatch"
    """A reader of stage 2 or 3 sends it back."""
    REFUSED = "refused"
    """A rule of the person forbids it."""
    ASKED = "asked"
    """It is read back to the person."""
    PREVIEWED = "previewed"
    """The server shows the person what would happen, and waits."""
    MADE = "made"


class Readers(StrEnum):
    """Who looks at writes after stage 1."""

    NONE = "none"
    """Code alone decides."""
    KNOWING = "knowing"
    """Both know whether the sentence that says the call is the right one's."""
    FIRST_BLIND = "first_blind"
    """The first says that everything fits, the second knows."""
    BLIND = "blind"
    """Both say that everything fits, whatever it is."""


def fate_of(judged: JudgedCall) -> Fate:
    """What would become of a call that was judged so."""
    if judged.verdict.verdict == "reject":
        return Fate.REJECTED if judged.verdict.stage == 1 else Fate.MISMATCH
    if judged.decision.verdict == "refuse":
        return Fate.REFUSED
    if judged.decision.verdict == "confirm":
        return Fate.ASKED
    effect = judged.tool.effect
    return Fate.PREVIEWED if effect is not None and effect.previews else Fate.MADE


@dataclass(frozen=True)
class Judge:
    """The host's gate, with a ledger of its own."""

    host: Host
    gate: Gate
    catalogue: Catalogue
    known: KnownTools
    """Without the examples that are judged: of what people really say there is no example."""
    took_ms: list[float] = field(default_factory=list[float])
    """What stage 1 took for each call."""

    async def judge(
        self,
        call: RightCall,
        tool: CatalogueTool,
        arguments: Mapping[str, JsonValue],
        reads: tuple[SeenResult, ...],
        readers: Readers = Readers.NONE,
    ) -> JudgedCall:
        """Put a call to the gate as the proposal of a language model."""
        principal = replace(self.host.principal, id=uuid4().hex)
        turn = RunningTurn(
            principal, call.utterance, "bench", call.now, call.language, None, spoken=False
        )
        seen = Seen((*call.before, call.utterance), call.language, call.now, reads)
        verdict = self._stage1(call, tool, arguments, seen)
        checker = None
        if readers is not Readers.NONE:
            # The SDK takes a second to import.
            from arion_host.agents.model.scripted_reader import scripted_validator

            truth = "match" if self._sounds_right(call, tool, arguments) else "mismatch"
            checker = scripted_validator(
                truth if readers is Readers.KNOWING else "match",
                "match" if readers is Readers.BLIND else truth,
            )
        gate = TurnGate(self.gate, turn, self.catalogue, seen, checker=checker)
        judged = await gate.judged(tool, arguments)
        return replace(judged, verdict=verdict) if verdict.verdict == "reject" else judged

    def _stage1(
        self,
        call: RightCall,
        tool: CatalogueTool,
        arguments: Mapping[str, JsonValue],
        seen: Seen,
    ) -> Verdict:
        begun = perf_counter()
        evidence = trace(arguments, tool.input_schema, seen)
        proposed = CompletedCall(
            tool.server, tool.name, dict(arguments), evidence, None, call.utterance, by_model=True
        )
        verdict = check_call(
            proposed, tool.input_schema, tool.facts, language=call.language, now=call.now,
            proposal=Proposal(proposed, tool.input_schema, seen, self.known),
        )  # fmt: skip
        self.took_ms.append((perf_counter() - begun) * 1000)
        return verdict

    def _sounds_right(
        self, call: RightCall, tool: CatalogueTool, arguments: Mapping[str, JsonValue]
    ) -> bool:
        """Whether a reader is told the same of this call as of the right one."""
        return self._sentence(call, tool, arguments) == self._sentence(
            call, call.tool, call.arguments
        )

    def _sentence(
        self, call: RightCall, tool: CatalogueTool, arguments: Mapping[str, JsonValue]
    ) -> str:
        pack = self.catalogue.packs.get(tool.server)
        return render_call(tool, arguments, pack, call.language, call.now)


@asynccontextmanager
async def open_judge(host: Host, calls: Sequence[RightCall], folder: Path) -> AsyncGenerator[Judge]:
    """Open a gate for these calls and for faults in them; `folder` keeps its ledger.

    Raises:
        StorageFailed: the database in `folder` cannot be written.
    """
    catalogue = await host.connections.catalogue()
    known = KnownTools(without_examples(catalogue, {call.utterance for call in calls}))
    async with open_database(folder / "judged.db") as database:
        gate = Gate(
            host.connections, host.executor, Conversations(database), Ledger(database),
            History(database), RuleSource(),
        )  # fmt: skip
        yield Judge(host, gate, catalogue, known)


def without_examples(catalogue: Catalogue, texts: Iterable[str]) -> Catalogue:
    """The catalogue as if its servers had never given these examples."""
    left_out = frozenset(texts)

    def without(pack: LanguagePack) -> LanguagePack:
        intents = tuple(
            intent.model_copy(
                update={
                    "examples": {
                        language: tuple(text for text in several if text not in left_out)
                        for language, several in intent.examples.items()
                    }
                }
            )
            for intent in pack.intents
        )
        return pack.model_copy(update={"intents": intents})

    servers = {
        name: replace(facts, pack=without(facts.pack)) if facts.pack else facts
        for name, facts in catalogue.servers.items()
    }
    return Catalogue(MappingProxyType(servers))
