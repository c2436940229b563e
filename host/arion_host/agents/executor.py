"""Carries out calls: reads at once, writes through the ledger."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from pydantic import JsonValue, TypeAdapter, ValidationError

from arion_host.effects.inverse import inverse_call
from arion_host.effects.ledger import Action, EffectRow, EffectState, Ledger
from arion_host.errors import HostError
from arion_host.exchange import CallStatus
from arion_host.tools.catalogue import CatalogueTool
from arion_host.tools.connections import Connections
from arion_host.tools.outcome import ToolOutcome
from arion_host.turns.questions import AgreedPreview
from arion_kit.words import (
    CONFIRM_TOKEN,
    META_KEY,
    META_LANGUAGE,
    META_MAX_CHARS,
    META_NOW,
    META_TIMEZONE,
    ErrorKind,
    Language,
)

logger = logging.getLogger(__name__)

_ARGUMENTS = TypeAdapter(dict[str, JsonValue])
_PASSING = frozenset(
    {
        ErrorKind.NOT_SIGNED_IN,
        ErrorKind.RATE_LIMITED,
        ErrorKind.TIMEOUT,
        ErrorKind.UNAVAILABLE,
    }
)
"""After these the same call may succeed later."""

MAX_CHARS = 6_000
"""Room for a result: what is spoken or shown beside it is far shorter."""


@dataclass(frozen=True)
class CallContext:
    """For whom and when a call is made; servers get it beside the arguments."""

    language: Language
    timezone: str
    now: datetime

    @property
    def meta(self) -> dict[str, JsonValue]:
        """The request's `_meta`."""
        return {
            META_LANGUAGE: self.language,
            META_TIMEZONE: self.timezone,
            META_NOW: self.now.isoformat(),
            META_MAX_CHARS: MAX_CHARS,
        }


@dataclass(frozen=True)
class Agreement:
    """The person's yes to a call."""

    preview: AgreedPreview | None = None
    """What the server had said would happen; None where only the arguments were known."""
    noted: bool = True
    """The ledger has it already; else it is written down together with the beginning."""

    def covers(self, outcome: ToolOutcome) -> bool:
        """Whether what the server asks now is what the person has agreed to."""
        return self.preview is None or self.preview == shown_preview(outcome)


def shown_preview(outcome: ToolOutcome) -> AgreedPreview:
    """What a server says would happen, as the person is shown it."""
    details = outcome.result.get("preview")
    return AgreedPreview(
        say=outcome.say or "", details=details if isinstance(details, dict) else {}
    )


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

    async def preview(
        self, tool: CatalogueTool, arguments: Mapping[str, JsonValue], context: CallContext
    ) -> ToolOutcome:
        """Have the server say what a write would do; for tools that then change nothing.

        Raises:
            ValueError: the tool does not promise that.
        """
        if tool.effect is None or not tool.effect.previews:
            raise ValueError(f"{tool.name} would act at once")
        return await self.read(tool.server, tool.name, arguments, context)

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
        self,
        action: Action,
        tool: CatalogueTool,
        context: CallContext,
        agreed: Agreement | None = None,
    ) -> tuple[CallStatus, ToolOutcome]:
        """Write the call down, then make it, once; `agreed` when the person was asked before.

        A call that has begun is finished even when the turn is cut off.

        Raises:
            StorageFailed: it cannot be written down; nothing was sent.
            EffectConflict: it was made before.
        """
        if agreed is not None:
            noted = () if agreed.noted else (EffectState.CONFIRMED,)
            await self._ledger.move(action.id, *noted, EffectState.ATTEMPTING)
        else:
            await self._ledger.add(action, EffectState.ATTEMPTING)
        attempt = self._writes.create_task(self._attempt(action, tool, context, agreed))
        return await asyncio.shield(attempt)

    async def _attempt(
        self,
        action: Action,
        tool: CatalogueTool,
        context: CallContext,
        agreed: Agreement | None,
    ) -> tuple[CallStatus, ToolOutcome]:
        arguments = _keyed(action.arguments, tool, action.id)
        outcome = await self._call(action.id, tool, arguments, context, agreed)
        status = write_status(outcome)
        try:
            await self._record(action.id, tool, arguments, status, outcome)
        except HostError:
            # The call was made and the person is told so; its row stays `attempting`.
            logger.exception("The outcome of action %s could not be recorded", action.id)
        # What a write answers quotes what it met: titles of events in its way, subjects, names.
        return status, replace(outcome, untrusted=True)

    async def finish(self, row: EffectRow, context: CallContext) -> EffectState:
        """Send a write that was left behind again, under its own key, and record the outcome.

        It stays `attempting` while that cannot be found out. A refusal leaves the outcome of the
        first attempt unknown.

        Raises:
            StorageFailed: the ledger cannot be read or written.
        """
        tool = (await self._connections.catalogue()).tool(row.server, row.tool)
        if tool is None:
            return EffectState.ATTEMPTING
        try:
            arguments = _keyed(_ARGUMENTS.validate_json(row.arguments), tool, row.action_id)
        except ValidationError:
            logger.exception("The row of action %s is damaged", row.action_id)
            return await self._give_up(row)
        agreed = Agreement() if await self._ledger.was_confirmed(row.action_id) else None
        outcome = await self._call(row.action_id, tool, arguments, context, agreed)
        failure = outcome.failure
        if failure is not None and (outcome.uncertain or failure.kind in _PASSING):
            return EffectState.ATTEMPTING
        if failure is not None:
            return await self._give_up(row)
        await self._record(row.action_id, tool, arguments, write_status(outcome), outcome)
        return EffectState.DONE if outcome.confirm_token is None else EffectState.FAILED

    async def _give_up(self, row: EffectRow) -> EffectState:
        await self._ledger.move(row.action_id, EffectState.UNKNOWN)
        return EffectState.UNKNOWN

    async def _call(
        self,
        action_id: str,
        tool: CatalogueTool,
        arguments: Mapping[str, JsonValue],
        context: CallContext,
        agreed: Agreement | None,
    ) -> ToolOutcome:
        call = partial(
            self._connections.call,
            tool.server,
            tool.name,
            meta={**context.meta, META_KEY: action_id},
            read=False,
        )
        outcome = await call(arguments)
        if outcome.confirm_token is None or agreed is None or not agreed.covers(outcome):
            return outcome
        # The server asks what the person has just been asked about these very arguments.
        return await call({**arguments, CONFIRM_TOKEN: outcome.confirm_token})

    async def _record(
        self,
        action_id: str,
        tool: CatalogueTool,
        arguments: Mapping[str, JsonValue],
        status: CallStatus,
        outcome: ToolOutcome,
    ) -> None:
        if outcome.confirm_token is not None:
            await self._ledger.move(action_id, EffectState.FAILED, result={"say": outcome.say})
        elif outcome.failure is None:
            inverse = inverse_call(tool.effect, arguments, outcome.result)
            await self._ledger.move(
                action_id,
                EffectState.DONE,
                result=outcome.result,
                inverse=inverse.model_dump(mode="json") if inverse else None,
            )
        else:
            state = EffectState.UNKNOWN if status is CallStatus.UNKNOWN else EffectState.FAILED
            failure: dict[str, JsonValue] = outcome.failure.model_dump(mode="json")
            await self._ledger.move(action_id, state, result=failure)


def _keyed(
    arguments: Mapping[str, JsonValue], tool: CatalogueTool, action_id: str
) -> dict[str, JsonValue]:
    """The arguments, with the action id where the tool has a parameter for it."""
    key = tool.effect.key_parameter if tool.effect else None
    return {**arguments, key: action_id} if key else dict(arguments)


def read_status(outcome: ToolOutcome) -> CallStatus:
    """Say in one word what became of a read."""
    return CallStatus.FAILED if outcome.failure else CallStatus.OK


def write_status(outcome: ToolOutcome) -> CallStatus:
    """Say in one word what became of a write."""
    if outcome.confirm_token is not None:
        return CallStatus.NOT_RUN
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
