"""`arion ask`: one turn in text, by the running host or in this process."""

from __future__ import annotations

from pydantic import JsonValue

from arion_host.cli.running import find_running
from arion_host.exchange import TurnRequest
from arion_host.settings import HostSettings


async def ask(settings: HostSettings, request: TurnRequest) -> dict[str, JsonValue]:
    """Return the turn's result as JSON.

    Raises:
        HostError: no turn could be run at all; what goes wrong in one is in its answer.
    """
    running = find_running(settings)
    if running is not None:
        return running.post("/v1/turns", request.model_dump(mode="json", exclude_defaults=True))
    return await _ask_here(settings, request)


async def _ask_here(settings: HostSettings, request: TurnRequest) -> dict[str, JsonValue]:
    # Takes seconds to import, which the running host has behind it.
    from arion_host.host import open_host

    async with open_host(settings, with_speech=False) as host:
        result = await host.engine.run(host.principal, request)
    return result.model_dump(mode="json")
