"""The turn engine, joined from its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from arion_host.agents.executor import Executor
from arion_host.database import Database, utc_now
from arion_host.effects.history import History
from arion_host.effects.ledger import Ledger
from arion_host.policy.rule_source import RuleSource
from arion_host.policy.rule_store import RuleStore
from arion_host.policy.rules import Rule
from arion_host.tools.connections import Connections
from arion_host.turns.answering import Answering
from arion_host.turns.commands import Commands
from arion_host.turns.correcting import Correcting
from arion_host.turns.engine import TurnEngine
from arion_host.turns.gate import Gate
from arion_host.turns.history import TurnHistory
from arion_host.turns.model_route import Checker, Loop, ModelRoute
from arion_host.turns.questions import Conversations
from arion_host.turns.ruling import Ruling
from arion_host.turns.undoing import Undoing
from arion_kit.words import Language


@dataclass(frozen=True)
class EngineOptions:
    """What an installation decides about its turns."""

    language: Language = "ko"
    """Of answers to text whose language cannot be told."""
    rules: tuple[Rule, ...] = ()
    """Those of the settings; people add their own."""
    loop: Loop | None = None
    """The language model at work; None where none is set."""
    checker: Checker | None = None
    """The models that look at what it proposes; None where none is set."""
    clock: Callable[[], datetime] = utc_now
    """What the age of a question is told by."""


def build_engine(
    database: Database,
    connections: Connections,
    executor: Executor,
    ledger: Ledger,
    options: EngineOptions | None = None,
) -> TurnEngine:
    """Join the parts of an engine over what is open."""
    options = options or EngineOptions()
    conversations, history = Conversations(database, options.clock), History(database)
    store = RuleStore(database)
    rules = RuleSource(options.rules, store.list)
    gate = Gate(connections, executor, conversations, ledger, history, rules)
    commands = Commands(connections, conversations, gate)
    undoing = Undoing(connections, executor, conversations, ledger, history, gate)
    turns = TurnHistory(database)
    correcting = Correcting(connections, ledger, commands, undoing, turns)
    ruling = Ruling(connections, conversations, store, rules)
    model = ModelRoute(options.loop, gate, connections, options.checker) if options.loop else None
    answering = Answering(ledger, gate, commands, undoing, correcting, ruling, model)
    return TurnEngine(
        connections, conversations, ledger, turns, answering, ruling, undoing, correcting,
        commands, model=model, language=options.language,
    )  # fmt: skip
