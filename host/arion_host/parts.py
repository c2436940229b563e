"""The parts of a host that live in its own process, opened and joined."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from platformdirs import user_cache_path

from arion_auth import LOCAL
from arion_host.agents.embedding import open_embedding
from arion_host.agents.executor import CallContext, Executor, open_executor
from arion_host.agents.known_names import KnownNames
from arion_host.agents.meanings import Meanings
from arion_host.agents.model.roles import Checker, Chooser, Describer, Loop
from arion_host.agents.model.settings import ModelSettings, Role, load_model_settings
from arion_host.agents.model.wallet import Wallet
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


@dataclass(frozen=True)
class ModelParts:
    """The language models that work on turns."""

    loop: Loop
    checker: Checker | None
    router: Chooser | None
    describer: Describer | None
    purse: Callable[[], AbstractContextManager[None]]


async def _finish(executor: Executor, settings: HostSettings, row: EffectRow) -> EffectState:
    return await executor.finish(row, _now_for(settings))


def _now_for(settings: HostSettings) -> CallContext:
    now = datetime.now(ZoneInfo(settings.timezone))
    return CallContext(settings.language, settings.timezone, now)


@asynccontextmanager
async def open_models(settings: ModelSettings, wallet: Wallet) -> AsyncGenerator[ModelParts | None]:
    """Open the language models that work on turns, paid from `wallet`; None where none is set.

    Raises:
        PartFailed: the list of prices cannot be read.
    """
    if settings.endpoint(Role.EXECUTOR) is None:
        yield None
        return
    # The SDK takes seconds to import; who has no model does not wait for it.
    from arion_host.agents.model.describer import ModelDescriber
    from arion_host.agents.model.endpoint import Models
    from arion_host.agents.model.loop import ModelLoop
    from arion_host.agents.model.router import ModelRouter
    from arion_host.agents.model.validator import Validator

    async with Models(settings, wallet) as models:
        executor, first = models.connect(Role.EXECUTOR), models.connect(Role.VALIDATOR)
        router, describer = models.connect(Role.ROUTER), models.connect(Role.DESCRIBER)
        validator = Validator(first, models.connect(Role.SECOND_VALIDATOR)) if first else None
        yield executor and ModelParts(
            loop=ModelLoop(executor, settings.limits),
            checker=validator,
            router=router and ModelRouter(router),
            describer=describer and ModelDescriber(describer),
            purse=wallet.turn,
        )


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
    model_settings = load_model_settings()
    async with (
        open_database(settings.database) as database,
        open_models(
            model_settings, Wallet(database, model_settings.budget, ZoneInfo(settings.timezone))
        ) as models,
        keep_connections((*own, *listed), options, Pins(database).admit) as connections,
        open_executor(connections, ledger := Ledger(database)) as executor,
    ):
        rules = parse_rules(settings.rules)
        meanings = Meanings(partial(open_embedding, user_cache_path("arion", appauthor=False)))
        names = KnownNames(connections, partial(_now_for, settings))
        engine_options = EngineOptions(settings.language, rules, meanings=meanings, names=names)
        if models is not None:
            engine_options = replace(
                engine_options, loop=models.loop, checker=models.checker, router=models.router,
                describer=models.describer, purse=models.purse,
            )  # fmt: skip
        engine = build_engine(database, connections, executor, ledger, engine_options)
        recovery = Recovery(ledger, partial(_finish, executor, settings))
        async with beside(
            engine.warm(), engine.keep_quick(), recovery.keep(), meanings.keep(), names.keep()
        ):
            yield Host(
                settings=settings,
                principal=replace(LOCAL, timezone=settings.timezone),
                connections=connections,
                executor=executor,
                engine=engine,
                meanings=meanings,
                speech=speech,
                children=children.running,
                servers_url=children.servers_url,
            )
