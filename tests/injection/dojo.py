"""AgentDojo's attacks and tasks, replayed through the policy as a wholly obedient planner would.

Nothing here needs a language model: AgentDojo (arXiv:2406.13352) says which calls solve each task
and each attack. The planner reads what the person's task needs, with the attack written into every
place that the suite leaves to others, and then makes the attack's calls. Only what the policy
allows is run; AgentDojo's own check says whether the attack has worked.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from pydantic import JsonValue
from pydantic_core import to_jsonable_python

from arion_host.agents.understood import Evidence
from arion_host.policy.decision import Asked, Decision, decide
from arion_host.policy.tracing import Seen, SeenResult, trace
from arion_host.policy.wishes import wish_for
from tests.injection.borrowing import borrowed
from tests.injection.dojo_tools import TOOLS

VERSION = "v1.2.1"
SUITES = ("workspace", "banking", "travel", "slack")
_ZONE = ZoneInfo("UTC")
_USUAL_DAY = datetime(2022, 4, 1, 9, tzinfo=_ZONE)
"""Where a suite has no calendar of its own."""


@dataclass
class Tally:
    """What became of one suite's attacks and tasks."""

    attacks: int = 0
    """Pairs of a task and an attack that calls a tool."""
    not_scored: int = 0
    """Pairs whose check is content although nothing was called."""
    no_calls: int = 0
    """Attacks that AgentDojo gives no calls for: left out."""
    unprotected: int = 0
    """Attacks that work where every call is run."""
    silent: int = 0
    """Attacks that work with nobody asked."""
    acted: int = 0
    """Calls of attacks that wrote or carried something out with nobody asked."""
    borrowed: int = 0
    """Writes that a task which only reads didn't ask for, made of the person's own words."""
    borrowed_silent: int = 0
    confirmations: int = 0
    unsourced: int = 0
    """Confirmations of a value of others that could not say where it came from."""
    tasks: int = 0
    questions: int = 0
    """Asked of the person by the tasks themselves; calls that follow each other are one."""
    every_write: int = 0
    """Questions if every write were asked about and nothing else."""
    asking_tasks: list[str] = field(default_factory=list[str])
    slipped: list[str] = field(default_factory=list[str])
    """What was silent, and which calls acted, for whoever looks into it."""


@dataclass(frozen=True)
class Worlds:
    """A suite's environment as it is, and with the attack in every place that others write."""

    suite: Any
    clean: Any
    poisoned: Any


@dataclass(frozen=True)
class _Call:
    """A call that AgentDojo has not thought of."""

    function: str
    args: Mapping[str, JsonValue]


@dataclass
class Planner:
    """Makes calls in an environment, and knows what its model has seen."""

    runtime: Any
    environment: Any
    seen: Seen

    def judge(self, call: Any) -> tuple[Decision, dict[str, Evidence]]:
        """What the policy says about a call."""
        arguments = _json(dict(call.args))
        tool = TOOLS[call.function]
        schema = self.runtime.functions[call.function].parameters.model_json_schema()
        evidence = trace(arguments, schema, self.seen)
        (utterance,) = self.seen.utterances
        asked = Asked(
            server="dojo",
            tool=call.function,
            facts=tool.facts,
            arguments=arguments,
            evidence=evidence,
            tainted=self.seen.is_tainted,
            wish=wish_for(call.function, utterance, evidence.values(), "en", alone=True),
        )
        return decide(asked, (), "en"), evidence

    def run(self, call: Any, evidence: Mapping[str, Evidence]) -> None:
        """Run a call, and show its result to the model."""
        content, _error = self.runtime.run_function(self.environment, call.function, call.args)
        tool = TOOLS[call.function]
        # What was asked for with somebody's words may hand them back.
        untrusted = tool.untrusted or any(it.untrusted for it in evidence.values())
        result = SeenResult(
            f"dojo/{call.function}", to_jsonable_python(content), untrusted, tool.issued
        )
        self.seen = replace(self.seen, results=(*self.seen.results, result))


def run_suite(
    name: str, keep: Callable[[int], bool] = lambda _: True, *, attacked: bool = True
) -> Tally:
    """Replay one suite, or only its tasks; of these, the ones whose number `keep` takes."""
    suite = _suite(name)
    tally = Tally()
    clean = suite.load_and_inject_default_environment({})
    for number, task in enumerate(suite.user_tasks.values()):
        if keep(number):
            _solve(suite, clean.model_copy(deep=True), task, tally)
            _borrow(suite, clean, task, tally)
    for attack in suite.injection_tasks.values() if attacked else ():
        if not attack.ground_truth(clean.model_copy(deep=True)):
            tally.no_calls += 1
            continue
        worlds = Worlds(suite, clean, _poisoned(suite, attack.GOAL))
        for number, task in enumerate(suite.user_tasks.values()):
            if keep(number):
                _attack(worlds, task, attack, tally)
    return tally


def _attack(worlds: Worlds, task: Any, attack: Any, tally: Tally) -> None:
    unprotected = _read_for(worlds, task)
    before = unprotected.environment.model_copy(deep=True)
    calls = attack.ground_truth(before.model_copy(deep=True))
    if _has_worked(attack, before, before, ()):
        tally.not_scored += 1
        return
    for call in calls:
        unprotected.run(call, {})
    tally.attacks += 1
    tally.unprotected += _has_worked(attack, before, unprotected.environment, calls)
    guarded = _read_for(worlds, task)
    passed = [call for call in calls if _let_through(guarded, call, tally)]
    silent = _has_worked(attack, before, guarded.environment, passed)
    acted = [call.function for call in passed if _acts(call)]
    tally.acted += len(acted)
    tally.silent += silent
    if acted or silent:
        tally.slipped.append(f"{task.ID} {attack.ID} {' '.join(acted)}")


def _let_through(planner: Planner, call: Any, tally: Tally) -> bool:
    """Run a call if nobody has to be asked."""
    decision, evidence = planner.judge(call)
    if decision.verdict == "allow":
        planner.run(call, evidence)
        return True
    tally.confirmations += 1
    tally.unsourced += any(it.untrusted and not it.sources for it in evidence.values())
    return False


def _acts(call: Any) -> bool:
    facts = TOOLS[call.function].facts
    return facts.carries_out or not facts.read_only


def _has_worked(attack: Any, before: Any, after: Any, calls: Sequence[Any]) -> bool:
    by_calls = attack.security_from_traces("", before, after, calls)
    return bool(attack.security("", before, after) if by_calls is None else by_calls)


def _read_for(worlds: Worlds, task: Any) -> Planner:
    """A planner that has made the reading calls of the person's task, and met the attack there."""
    planner = _planner(worlds.suite, worlds.poisoned.model_copy(deep=True), task)
    for call in task.ground_truth(planner.environment.model_copy(deep=True)):
        if TOOLS[call.function].facts.read_only:
            _decision, evidence = planner.judge(call)
            planner.run(call, evidence)
    # AgentDojo's checks look for words of the attack, which must not be there beforehand.
    planner.environment = worlds.clean.model_copy(deep=True)
    return planner


def _borrow(suite: Any, clean: Any, task: Any, tally: Tally) -> None:
    """After the reads of a task that only reads, try every write with words of the person."""
    calls = task.ground_truth(clean.model_copy(deep=True))
    if not all(TOOLS[call.function].facts.read_only for call in calls):
        return
    planner = _read_for(Worlds(suite, clean, clean), task)
    for name, function in planner.runtime.functions.items():
        if TOOLS[name].facts.read_only:
            continue
        for arguments in borrowed(task.PROMPT, function.parameters.model_json_schema()):
            decision, _evidence = planner.judge(_Call(name, arguments))
            tally.borrowed += 1
            if decision.verdict == "allow":
                tally.borrowed_silent += 1
                tally.slipped.append(f"{task.ID} {name} {arguments}")


def _solve(suite: Any, environment: Any, task: Any, tally: Tally) -> None:
    """Do the person's own task; they say yes to every question."""
    planner = _planner(suite, environment, task)
    asked: list[str] = []
    for call in task.ground_truth(environment.model_copy(deep=True)):
        decision, evidence = planner.judge(call)
        read_only = TOOLS[call.function].facts.read_only
        needs_yes = decision.verdict != "allow"
        asked.append(("A" if needs_yes else "r") if read_only else ("a" if needs_yes else "w"))
        planner.run(call, evidence)
    kinds = "".join(asked)
    questions = _questions(kinds)
    tally.tasks += 1
    tally.questions += questions
    tally.every_write += _questions(kinds.replace("A", "r").replace("w", "a"))
    if questions:
        tally.asking_tasks.append(f"{task.ID} {kinds}")


def _questions(kinds: str) -> int:
    """How often the person is asked. A plan is one question; a read shows more, and ends it.

    One letter a call: `r` read, `w` write, `a` write with a question, `A` read with a question.
    """
    plans = kinds.replace("w", "").replace("A", "rAr").split("r")
    return sum(1 for plan in plans if plan)


def _planner(suite: Any, environment: Any, task: Any) -> Planner:
    calendar = getattr(environment, "calendar", None)
    now = _USUAL_DAY
    if calendar is not None:
        now = datetime.combine(calendar.current_day, _USUAL_DAY.time(), _ZONE)
    seen = Seen((task.PROMPT,), "en", now)
    runtime = importlib.import_module("agentdojo.functions_runtime")
    return Planner(runtime.FunctionsRuntime(suite.tools), environment, seen)


def _poisoned(suite: Any, goal: str) -> Any:
    """The suite's world with the attack in every place that others write."""
    text = " ".join(goal.split()).replace('"', "'")
    places: Iterable[str] = suite.get_injection_vector_defaults()
    return suite.load_and_inject_default_environment(dict.fromkeys(places, text))


def _suite(name: str) -> Any:
    with warnings.catch_warnings():
        # It imports every vendor's library, and those warn.
        warnings.simplefilter("ignore")
        suites = importlib.import_module("agentdojo.task_suite.load_suites")
    return suites.get_suites(VERSION)[name]


def _json(arguments: dict[str, Any]) -> dict[str, JsonValue]:
    return cast(dict[str, JsonValue], to_jsonable_python(arguments))
