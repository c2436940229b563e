"""The parts of a host that live in its own process, opened and joined."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from arion_auth import LOCAL
from arion_host.agents.executor import CallContext, Executor, open_executor
from arion_host.agents.model.settings import ModelSettings, Role, load_model_settings
from arion_host.background import beside
from arion_host.children import Children
from arion_host.database import open_database
from arion_host.effects.ledger import EffectRow, EffectState, Ledger
from arion_host.effects.recovery import Recovery
from arion_host.host import Host
from arion_host.policy.pins import Pins
from arion_host.policy.rules import parse_rules
from arion_host.settings import HostSettings
from arion_host.speech import SpeechPart
from arion_host.tools.connections import ConnectionOptions, keep_connections
from arion_host.tools.endpoints import listed_endpoints, own_endpoints
from arion_host.turns.building import EngineOptions, build_engine
from arion_host.turns.model_route import Checker, Loop


async def _finish(executor: Executor, settings: HostSettings, row: EffectRow) -> EffectState:
    now = datetime.now(ZoneInfo(settings.timezone))
    return await executor.finish(row, CallContext(settings.language, settings.timezone, now))


@asynccontextmanager
async def open_models(
    settings: ModelSettings,
) -> AsyncGenerator[tuple[Loop, Checker | None] | None]:
    """Open the language models that work on turns; None where none is set.

    Raises:
        PartFailed: the list of prices cannot be read.
    """
    if settings.endpoint(Role.EXECUTOR) is None:
        yield None
        return
    # The SDK takes seconds to import; who has no model does not wait for it.
    from arion_host.agents.model.endpoint import Models
    from arion_host.agents.model.loop import ModelLoop
    from arion_host.agents.model.validator import Validator

    async with Models(settings) as models:
        executor, first = models.connect(Role.EXECUTOR), models.connect(Role.VALIDATOR)
        validator = Validator(first, models.connect(Role.SECOND_VALIDATOR)) if first else None
        yield (ModelLoop(executor, settings.limits), validator) if executor else None


@asynccontextmanager
async def open_parts(
    settings: HostSettings, children: Children, speech: SpeechPart
) -> AsyncGenerator[Host]:
    """Open the parts over the children that run.

    Raises:
        StorageFailed: the database cannot be opened.
        PartFailed: the list of servers cannot be read.
    """
    own = own_endpoints(children.servers_url, children.names) if children.servers_url else ()
    listed = listed_endpoints(settings.mcp_servers, settings.trusted_servers)
    options = ConnectionOptions(settings.connect_timeout_s, settings.call_timeout_s)
    async with (
        open_models(load_model_settings()) as models,
        open_database(settings.database) as database,
        keep_connections((*own, *listed), options, Pins(database).admit) as connections,
        open_executor(connections, ledger := Ledger(database)) as executor,
    ):
        loop, checker = models or (None, None)
        rules = parse_rules(settings.rules)
        engine_options = EngineOptions(settings.language, rules, loop, checker)
        engine = build_engine(database, connections, executor, ledger, engine_options)
        recovery = Recovery(ledger, partial(_finish, executor, settings))
        async with beside(engine.warm(), recovery.keep()):
            yield Host(
                settings=settings,
                principal=replace(LOCAL, timezone=settings.timezone),
                connections=connections,
                executor=executor,
                engine=engine,
                speech=speech,
                children=children.running,
                servers_url=children.servers_url,
            )
