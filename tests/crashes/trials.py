"""One trial: a write in a forked process, `kill -9` at a random moment, recovery in another."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import random
import signal
import time
import urllib.request
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from pathlib import Path

from fastmcp.client.transports import FastMCPTransport

from arion_host.agents.executor import Agreement, CallContext, Executor, open_executor
from arion_host.database import open_database
from arion_host.effects.ledger import Action, EffectState, Ledger
from arion_host.effects.recovery import Recovery, RecoveryOptions
from arion_host.tools.connections import ConnectionOptions, Connections, keep_connections
from arion_host.tools.endpoints import Endpoint
from arion_kit.serving import build
from tests.crashes.cases import CASES, Case, settings

Write = Callable[[Case, Path, str, Callable[[], None]], Coroutine[None, None, None]]

LOOKS = 12
"""How often recovery looks before the trial is judged."""


@dataclass
class Tally:
    """What came of all trials."""

    trials: int = 0
    begun: int = 0
    """Trials whose write was agreed to before the process died."""
    duplicates: int = 0
    lost: int = 0
    asked: int = 0
    states: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])
    """What was not as it should be, in words."""


@dataclass(frozen=True)
class Parts:
    """What a process needs for a write."""

    ledger: Ledger
    executor: Executor
    connections: Connections


@asynccontextmanager
async def opened(case: Case, folder: Path) -> AsyncGenerator[Parts]:
    """The parts over one server in this very process."""
    spec = import_module(f"arion_{case.server}").SPEC
    server = build(spec, toolsets=frozenset({"all"}))
    endpoint = Endpoint(case.server, True, lambda: FastMCPTransport(server))
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(folder / "arion.db"))
        connections = await stack.enter_async_context(
            keep_connections([endpoint], ConnectionOptions())
        )
        ledger = Ledger(database)
        executor = await stack.enter_async_context(open_executor(connections, ledger))
        await connections.catalogue()
        yield Parts(ledger, executor, connections)


def context() -> CallContext:
    return CallContext("ko", "Asia/Seoul", datetime.now(UTC))


def action(case: Case, title: str) -> Action:
    return Action(
        principal="local",
        session="trial",
        turn=title,
        step=0,
        server=case.server,
        tool=case.tool,
        arguments=case.arguments(title),
        effect_class=_effect_class(case),
    )


def _effect_class(case: Case):
    spec = import_module(f"arion_{case.server}").SPEC
    return next(tool.effect.effect_class for tool in spec.tools if tool.name == case.tool)


async def write(case: Case, folder: Path, title: str, ready: Callable[[], None]) -> None:
    """Plan, agree and write, as a turn does."""
    async with opened(case, folder) as parts:
        planned = action(case, title)
        tool = (await parts.connections.catalogue()).tool(case.server, case.tool)
        if tool is None:
            raise RuntimeError(f"there is no {case.tool}")
        ready()
        await parts.ledger.add(planned, EffectState.PLANNED)
        # A yes to one call is noted as the call begins, a yes to a plan before its first call.
        alone = sum(title.encode()) % 2 == 0
        if not alone:
            await parts.ledger.move(planned.id, EffectState.CONFIRMED)
        await parts.executor.write(planned, tool, context(), Agreement(noted=not alone))


async def recover(case: Case, folder: Path, title: str) -> str:
    """Let recovery look until nothing is open; the state it ends in."""
    async with opened(case, folder) as parts:
        finish = partial(parts.executor.finish, context=context())
        options = RecoveryOptions(left_after_s=0.0, most_attempts=LOOKS - 2)
        recovery = Recovery(parts.ledger, finish, options)
        for _ in range(LOOKS):
            if not await recovery.look():
                break
        row = await parts.ledger.get(action(case, title).id)
        return "absent" if row is None else str(row.state)


async def blind_write(case: Case, folder: Path, title: str, ready: Callable[[], None]) -> None:
    """Write as a program does that keeps no ledger and sends no key."""
    async with opened(case, folder) as parts:
        ready()
        await parts.connections.call(
            case.server,
            case.tool,
            case.arguments(title),
            meta=context().meta,
            read=False,
        )


def forked(work: Callable[[int], Coroutine[None, None, None]]) -> tuple[int, int]:
    """Run `work` in a fork of this warm process; gives its pid and the pipe it writes to."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        os.close(reading)
        asyncio.run(work(writing))
    finally:
        os._exit(0)


def run_write(
    case: Case, folder: Path, title: str, kill_after_s: float | None, how: Write = write
) -> float:
    """Write in a fork, killed after a while; gives the seconds from its beginning to its end."""

    async def work(pipe: int) -> None:
        await how(case, folder, title, lambda: os.write(pipe, b".") and None)

    pid, pipe = forked(work)
    os.read(pipe, 1)
    begun = time.perf_counter()
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(pipe)
    return time.perf_counter() - begun


def run_recovery(case: Case, folder: Path, title: str) -> str:
    """Recover in a fork, as a restarted process does."""

    async def work(pipe: int) -> None:
        os.write(pipe, (await recover(case, folder, title)).encode())

    pid, pipe = forked(work)
    state = os.read(pipe, 100).decode()
    os.waitpid(pid, 0)
    os.close(pipe)
    return state or "died"


def run_trials(url: str, folder: Path, trials: int, faults: Sequence[str], seed: int) -> Tally:
    """Cut off `trials` writes, spread over all cases and faults, and judge each."""
    with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
        servers = json.load(answer)["servers"]
    chance, tally = random.Random(seed), Tally()
    warm_up(url, folder, servers)
    typical_s: dict[tuple[str, str], float] = {}
    for number in range(trials):
        case, fault = CASES[number % len(CASES)], faults[number // len(CASES) % len(faults)]
        place = folder / str(number)
        place.mkdir()
        os.environ.update(settings(url, fault, place, servers))
        where = (case.tool, fault)
        if where not in typical_s:
            warm = folder / f"warm-{case.tool}-{fault}"
            warm.mkdir()
            os.environ["ARION_DATA_DIR"] = str(warm)
            typical_s[where] = run_write(case, warm, f"warm{seed}x{len(typical_s)}", None)
            os.environ["ARION_DATA_DIR"] = str(place)
        title = f"trial{seed}x{number}"
        run_write(case, place, title, chance.uniform(0, typical_s[where] * 1.1))
        os.environ.update(settings(url, "" if fault != "slow" else fault, place, servers))
        state = run_recovery(case, place, title)
        judge(tally, case, title, state, case.count(url, place, title))
    return tally


def run_blind_trials(url: str, folder: Path, trials: int, seed: int) -> int:
    """Cut off writes without a ledger and repeat each after the restart; gives the duplicates.

    Tools that ask first are left out: without a ledger nobody has agreed.
    """
    cases = [case for case in CASES if case.tool != "gmail_send"]
    chance, duplicates = random.Random(seed), 0
    with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
        servers = json.load(answer)["servers"]
    for number in range(trials):
        case, title = cases[number % len(cases)], f"blind{seed}x{number}"
        place = folder / title
        place.mkdir()
        os.environ.update(settings(url, "", place, servers))
        took_s = run_write(case, place, f"first{title}", None, blind_write)
        run_write(case, place, title, chance.uniform(0, took_s * 1.1), blind_write)
        run_write(case, place, title, None, blind_write)
        duplicates += case.count(url, place, title) > 1
    return duplicates


def warm_up(url: str, folder: Path, servers: Mapping[str, Mapping[str, str]]) -> None:
    """Load and run everything once in this process, so that a fork begins at once."""
    for case in CASES:
        place = folder / f"first-{case.tool}"
        place.mkdir()
        os.environ.update(settings(url, "", place, servers))
        asyncio.run(write(case, place, f"first-{case.tool}", lambda: None))
    # Collecting what the parent holds would copy its pages into every fork.
    gc.collect()
    gc.freeze()


def judge(tally: Tally, case: Case, title: str, state: str, happened: int) -> None:
    """Hold what the ledger says against what the vendor has."""
    tally.trials += 1
    tally.begun += state not in ("absent", "planned")
    tally.states[state] += 1
    tally.asked += state == EffectState.UNKNOWN
    told = f"{case.tool} {title}: {state}, and it is there {happened} times"
    if happened > 1:
        tally.duplicates += 1
        tally.wrong.append(told)
    fits = {
        "absent": happened == 0,
        "planned": happened == 0,
        "done": happened == 1,
        "failed": happened == 0,
        "unknown": happened <= 1,
    }
    if happened <= 1 and not fits.get(state, False):
        tally.lost += 1
        tally.wrong.append(told)
