"""Carries out calls: reads at once, writes through the ledger."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from arion_host.effects.inverse import inverse_call
from arion_host.effects.ledger import Action, EffectState, Ledger
from arion_host.errors import HostError
from arion_host.exchange import CallStatus
from arion_host.tools.catalogue import CatalogueTool
from arion_host.tools.connections import Connections
from arion_host.tools.outcome import ToolOutcome
from arion_kit.words import META_LANGUAGE, META_NOW, META_TIMEZONE, Language

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class CallContext:
    """For whom and when a call is made; servers get it beside the arguments."""

    language: Language
    timezone: str
    now: datetime

    @property
    def meta(self) -> dict[str, str]:
        """The request's `_meta`."""
        return {
            META_LANGUAGE: self.language,
            META_TIMEZONE: self.timezone,
            META_NOW: self.now.isoformat(),
        }


class Executor:
    """Carries out calls over the kept connections."""

    def __init__(self, connections: Connections, ledger: Ledger, writes: asyncio.TaskGroup) -> None:
        self._connections = connections
        self._ledger = ledger
        self._writes = writes

    async def read(
        self,
        server: str,
        tool: str,
        arguments: Mapping[str, JsonValue],
        context: CallContext,
    ) -> ToolOutcome:
        """Call a tool that changes nothing."""
        return await self._connections.call(server, tool, arguments, meta=context.meta, read=True)

    async def plan(self, action: Action) -> None:
        """Write down a call that waits for a yes.

        Raises:
            StorageFailed: it cannot be written down.
        """
        await self._ledger.add(action, EffectState.PLANNED)

    async def confirm(self, action: Action) -> None:
        """Write down that the person said yes to this very call.

        Raises:
            EffectConflict: it was not waiting for one.
            StorageFailed: it cannot be written down.
        """
        await self._ledger.move(action.id, EffectState.CONFIRMED)

    async def write(
        self, action: Action, tool: CatalogueTool, context: CallContext, *, planned: bool
    ) -> tuple[CallStatus, ToolOutcome]:
        """Write the call down, then make it, once.

        A call that has begun is finished even when the turn is cut off.

        Raises:
            StorageFailed: it cannot be written down; nothing was sent.
            EffectConflict: it was made before.
        """
        if planned:
            await self._ledger.move(action.id, EffectState.ATTEMPTING)
        else:
            await self._ledger.add(action, EffectState.ATTEMPTING)
        attempt = self._writes.create_task(self._attempt(action, tool, context))
        return await asyncio.shield(attempt)

    async def _attempt(
        self, action: Action, tool: CatalogueTool, context: CallContext
    ) -> tuple[CallStatus, ToolOutcome]:
        arguments = dict(action.arguments)
        if tool.effect and tool.effect.key_parameter:
            arguments[tool.effect.key_parameter] = action.id
        outcome = await self._connections.call(
            action.server, action.tool, arguments, meta=context.meta, read=False
        )
        status = write_status(outcome)
        try:
            await self._record(action, tool, arguments, status, outcome)
        except HostError:
            # The call was made and the person is told so; its row stays `attempting`.
            logger.exception("The outcome of action %s could not be recorded", action.id)
        return status, outcome

    async def _record(
        self,
        action: Action,
        tool: CatalogueTool,
        arguments: Mapping[str, JsonValue],
        status: CallStatus,
        outcome: ToolOutcome,
    ) -> None:
        if outcome.failure is None:
            inverse = inverse_call(tool.effect, arguments, outcome.result)
            await self._ledger.move(
                action.id, EffectState.DONE, result=outcome.result, inverse=inverse
            )
            return
        state = EffectState.UNKNOWN if status is CallStatus.UNKNOWN else EffectState.FAILED
        failure: dict[str, JsonValue] = outcome.failure.model_dump(mode="json")
        await self._ledger.move(action.id, state, result=failure)


def read_status(outcome: ToolOutcome) -> CallStatus:
    """Say in one word what became of a read."""
    return CallStatus.FAILED if outcome.failure else CallStatus.OK


def write_status(outcome: ToolOutcome) -> CallStatus:
    """Say in one word what became of a write."""
    if outcome.failure is None:
        return CallStatus.OK
    return CallStatus.UNKNOWN if outcome.uncertain else CallStatus.FAILED


@asynccontextmanager
async def open_executor(connections: Connections, ledger: Ledger) -> AsyncGenerator[Executor]:
    """Open an executor; closing it waits for the writes that have begun."""
    failure: Exception | None = None
    async with asyncio.TaskGroup() as writes:
        try:
            yield Executor(connections, ledger, writes)
        except Exception as error:  # noqa: BLE001 - raised again below, outside of the group
            failure = error
    if failure is not None:
        raise failure
