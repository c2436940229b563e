"""The loop: the model proposes calls, the gate judges and makes them, until there is an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic

from agents import (
    Agent,
    AgentsException,
    ModelRefusalError,
    RunConfig,
    Runner,
    RunState,
    ToolExecutionConfig,
    TResponseInputItem,
    UserError,
    set_trace_processors,
    set_tracing_disabled,
)
from pydantic import ValidationError

from arion_host.agents.model.calls import Calls
from arion_host.agents.model.connected import Connected
from arion_host.agents.model.meter import Halt, Meter
from arion_host.agents.model.metered import MeteredModel
from arion_host.agents.model.plain import plain
from arion_host.agents.model.prompt import instructions, messages
from arion_host.agents.model.seam import (
    Answered,
    Assignment,
    Limits,
    RunEnd,
    Stopped,
    ToolGate,
    Waiting,
)
from arion_host.policy.pins import visible
from arion_host.tools.catalogue import CatalogueTool
from arion_kit.words import Frozen

_PARALLEL = 4
"""Calls at a time."""

Find = Callable[[str, str], CatalogueTool | None]
"""`(server, tool) → the tool as it is now`."""


_CONFIG = RunConfig(
    tracing_disabled=True,
    trace_include_sensitive_data=False,
    tool_execution=ToolExecutionConfig(
        max_function_tool_concurrency=_PARALLEL, pre_approval_tool_input_guardrails=True
    ),
    tool_not_found_behavior="return_error_to_model",
    tool_name_collision_policy="error",
)


class _Stored(Frozen):
    """A run that waits, as it is kept."""

    version: int = 1
    tools: tuple[tuple[str, str], ...]
    """Server and name of each tool that was offered."""
    run: str
    """The SDK's own state."""


class ModelLoop:
    """Runs assignments with one model."""

    def __init__(
        self,
        model: Connected,
        limits: Limits | None = None,
        *,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Use `model` within `limits`; `clock` counts seconds."""
        self._model = model
        self._limits = limits or Limits()
        self._clock = clock
        # By default the SDK sends what was said to its maker.
        set_trace_processors([])
        set_tracing_disabled(True)

    async def run(
        self,
        assignment: Assignment,
        gate: ToolGate,
        *,
        limits: Limits | None = None,
    ) -> RunEnd:
        """Work on what was said until it is answered, waits for the person, or cannot go on.

        `limits` stand in for those of the loop. Whatever the endpoint does, the run ends in one
        of the ends; only what the gate raises is raised.
        """
        told: list[TResponseInputItem] = [{**message} for message in messages(assignment)]
        meter = self._meter(limits)
        calls = Calls(gate, assignment.tools, meter)
        agent = self._agent(calls, meter, limits)
        return await _ended(_run(agent, told, calls, meter), calls, meter)

    async def resume(
        self,
        state: str,
        approved: bool,
        gate: ToolGate,
        find: Find,
        *,
        limits: Limits | None = None,
    ) -> RunEnd:
        """Go on with a run that waits: make its calls after a yes, end it after a no.

        `find` gives the tools as they are now. What the gate raises is raised.
        """
        meter = self._meter(limits)
        if not approved:
            return Stopped("declined", "The person said no.", meter.usage)
        try:
            stored = _Stored.model_validate_json(state)
        except ValidationError:
            return Stopped("garbage", "The stored run cannot be read.", meter.usage)
        tools = [tool for server, name in stored.tools if (tool := find(server, name))]
        if len(tools) < len(stored.tools):
            return Stopped("unavailable", "A tool of the stored run is gone.", meter.usage)
        calls = Calls(gate, tools, meter)
        agent = self._agent(calls, meter, limits)
        return await _ended(_run(agent, stored, calls, meter), calls, meter)

    def _meter(self, limits: Limits | None) -> Meter:
        return Meter(limits or self._limits, self._model.price, self._clock)

    def _agent(self, calls: Calls, meter: Meter, limits: Limits | None) -> Agent[None]:
        most = (limits or self._limits).output_tokens
        return Agent(
            name="executor",
            instructions=instructions("executor-1"),
            model=MeteredModel(self._model.model, meter),
            model_settings=self._model.settings(most),
            tools=list(calls.functions),
        )


async def _ended(running: Awaitable[RunEnd], calls: Calls, meter: Meter) -> RunEnd:
    """The end of a run, whatever way it went."""
    try:
        return await running
    except Halt as halt:
        return Stopped(halt.kind, halt.reason, meter.usage, calls.done)
    except ModelRefusalError as error:
        return Stopped("refused", visible(error.refusal), meter.usage, calls.done)
    except AgentsException as error:
        if isinstance(error, UserError) and isinstance(error.__cause__, Exception):
            # What a tool raises comes wrapped; here that can only be the gate's own failure.
            raise error.__cause__ from None
        return Stopped("garbage", visible(str(error)), meter.usage, calls.done)


async def _run(
    agent: Agent[None], start: list[TResponseInputItem] | _Stored, calls: Calls, meter: Meter
) -> RunEnd:
    given = await _restored(agent, start, calls) if isinstance(start, _Stored) else start
    result = await Runner.run(agent, given, max_turns=None, hooks=calls, run_config=_CONFIG)
    if result.interruptions:
        tools = tuple((tool.server, tool.name) for tool in calls.tools)
        stored = _Stored(tools=tools, run=result.to_state().to_string())
        waiting = calls.pending(result.interruptions)
        return Waiting(waiting, stored.model_dump_json(), meter.usage, calls.done)
    return Answered(plain(str(result.final_output or "")), meter.usage, calls.done)


async def _restored(agent: Agent[None], stored: _Stored, calls: Calls) -> RunState[None]:
    """The run that waited, with every call agreed to."""
    state = await RunState[None].from_string(agent, stored.run)
    waiting = state.get_interruptions()
    if not waiting or not calls.agree(waiting):
        raise Halt("garbage", "The stored run does not fit the tools as they are now.")
    for item in waiting:
        state.approve(item)
    return state
