"""Which engines are set up, and whether they answer."""

from __future__ import annotations

from datetime import UTC, datetime

from arion_kit.engines.query import EngineName, Query
from arion_kit.errors import ToolFailure
from arion_kit.spec import Account
from arion_search.api import SearchApi

_HARMLESS = "서울"


async def check_engines(api: SearchApi) -> Account:
    """Asks every engine that has a key for one result.

    Raises:
        ToolFailure: None has a key, or none of those answers.
    """
    told: list[str] = []
    failures: list[ToolFailure] = []
    ready = [state for state in api.engines.states if state.ready]
    for state in ready:
        failure = await _failure(api, state.name)
        told.append(f"{state.title} ({failure.kind if failure else 'answers'})")
        failures += [failure] if failure else []
    told += [
        f"{state.title} (no {state.variable})" for state in api.engines.states if not state.ready
    ]
    if not ready:
        await api.engines.search(Query(_HARMLESS, limit=1), now=datetime.now(UTC))
    if failures and len(failures) == len(ready):
        raise failures[0]
    return Account(", ".join(told))


async def _failure(api: SearchApi, engine: EngineName) -> ToolFailure | None:
    try:
        await api.engines.search(Query(_HARMLESS, limit=1, engine=engine), now=datetime.now(UTC))
    except ToolFailure as failure:
        return failure
    return None
