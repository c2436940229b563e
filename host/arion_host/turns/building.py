"""The turn engine, joined from its parts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime

from arion_host.agents.executor import Executor
from arion_host.agents.known_names import KnownNames
from arion_host.agents.meanings import Meanings
from arion_host.agents.model.roles import Checker, Chooser, Describer, Loop
from arion_host.database import Database, utc_now
from arion_host.effects.history import History
from arion_host.effects.ledger import Ledger
from arion_host.policy.rule_source import RuleSource
from arion_host.policy.rule_store import RuleStore
from arion_host.policy.rules import Rule
from arion_host.tools.connections import Connections
from arion_host.turns.answering import Answering
from arion_host.turns.commands import Commands
from arion_host.turns.completing import Completing
from arion_host.turns.correcting import Correcting
from arion_host.turns.engine import TurnEngine
from arion_host.turns.finding import Finding
from arion_host.turns.gate import Gate
from arion_host.turns.guessing import Guessing
from arion_host.turns.history import TurnHistory
from arion_host.turns.model_route import ModelRoute
from arion_host.turns.questions import Conversations
from arion_host.turns.recalling import Recalling
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
    router: Chooser | None = None
    """The model that picks its tools; None where none is set."""
    describer: Describer | None = None
    """The model that puts what it finds into words; None where none is set."""
    purse: Callable[[], AbstractContextManager[None]] = nullcontext
    """Bounds what the models of one turn cost together."""
    meanings: Meanings | None = None
    """What compares what words mean; None where letters are to do."""
    names: KnownNames | None = None
    """The names of what the person has; None where they are not collected."""
    clock: Callable[[], datetime] = utc_now
    """What the age of a question is told by."""


def _model_route(options: EngineOptions, gate: Gate, connections: Connections) -> ModelRoute | None:
    if options.loop is None:
        return None
    return ModelRoute(
        options.loop,
        gate,
        connections,
        options.checker,
        router=options.router,
        describer=options.describer,
        purse=options.purse,
    )


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
    turns = TurnHistory(database)
    recalling = Recalling(turns, connections)
    meanings = options.meanings or Meanings(lambda: None)
    finding = Finding(connections, gate, lambda: meanings.now, options.names)
    completing = Completing(connections, conversations, recalling, finding)
    guessing = Guessing(meanings, conversations)
    commands = Commands(connections, gate, guessing, recalling, completing)
    undoing = Undoing(connections, executor, conversations, ledger, history, gate)
    correcting = Correcting(connections, ledger, commands, undoing, recalling)
    ruling = Ruling(connections, conversations, store, rules)
    model = _model_route(options, gate, connections)
    answering = Answering(ledger, conversations, gate, commands, undoing, correcting, ruling, model)
    return TurnEngine(
        connections, conversations, ledger, turns, answering, ruling, undoing, correcting,
        commands, names=options.names, model=model, language=options.language,
    )  # fmt: skip
