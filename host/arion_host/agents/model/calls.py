"""The calls of one run: judged in the model's order, held back, made, and told to the model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from agents import (
    Agent,
    FunctionTool,
    ModelResponse,
    RunContextWrapper,
    RunHooks,
    ToolApprovalItem,
    ToolGuardrailFunctionOutput,
    ToolInputGuardrail,
    ToolInputGuardrailData,
)
from agents.tool_context import ToolContext
from openai.types.responses import ResponseFunctionToolCall
from pydantic import JsonValue

from arion_host.agents.model.meter import Halt, Meter
from arion_host.agents.model.seam import DoneCall, Judged, PendingCall, ToolGate
from arion_host.agents.model.tool_words import (
    description,
    function_names,
    parameters,
    parse_arguments,
    rejected,
    result_text,
)
from arion_host.tools.catalogue import CatalogueTool

_NOT_JSON = "The arguments are not one JSON object."
_NO_TIME = "There is no time left for this call. Answer with what is known."
_FOLLOWS = "It comes after a call that needs a yes."


@dataclass(frozen=True)
class _Call:
    tool: CatalogueTool
    arguments: Mapping[str, JsonValue]
    judged: Judged


class Calls(RunHooks[Any]):
    """What a model may call in one run, and what becomes of its calls."""

    def __init__(self, gate: ToolGate, tools: Sequence[CatalogueTool], meter: Meter) -> None:
        self._gate = gate
        self._meter = meter
        self._tools = function_names(tools)
        self._calls: dict[str, _Call] = {}
        self._sent_back: set[str] = set()
        """Functions of which a call was rejected already."""
        self._writes: list[str] = []
        """Writes that are to be made, in order."""
        self._moved_on = asyncio.Condition()
        self._done: list[DoneCall] = []

    @property
    def done(self) -> tuple[DoneCall, ...]:
        """The calls that were made, in the order in which they ended."""
        return tuple(self._done)

    @property
    def tools(self) -> tuple[CatalogueTool, ...]:
        """The tools that are offered."""
        return tuple(self._tools.values())

    @property
    def functions(self) -> list[FunctionTool]:
        """The tools as the SDK takes them."""
        guard = ToolInputGuardrail[Any](guardrail_function=self._guard, name="judged")
        return [
            FunctionTool(
                name=name,
                description=description(tool),
                params_json_schema=parameters(tool),
                on_invoke_tool=self._make,
                strict_json_schema=False,
                tool_input_guardrails=[guard],
                needs_approval=self._asks,
            )
            for name, tool in self._tools.items()
        ]

    async def on_llm_end(
        self,
        context: RunContextWrapper[Any],
        agent: Agent[Any],
        response: ModelResponse,
    ) -> None:
        """Judge what the model wants called, before the SDK calls anything.

        Raises:
            Halt: a call is wrong again after one of the same tool was sent back.
        """
        wrong: set[str] = set()
        asking = False
        for item in response.output:
            if not isinstance(item, ResponseFunctionToolCall) or item.name not in self._tools:
                continue
            call = await self._judge(item)
            writes = not call.tool.read_only
            if asking and writes and call.judged.verdict == "run":
                # It may build on the one before, and the person should see the whole plan.
                call = replace(call, judged=Judged("ask", _FOLLOWS))
            self._calls[item.call_id] = call
            asking = asking or (writes and call.judged.verdict == "ask")
            if call.judged.verdict == "run" and writes:
                self._writes.append(item.call_id)
            elif call.judged.verdict == "reject":
                wrong.add(item.name)
                if item.name in self._sent_back:
                    raise Halt("rejected", f"Wrong twice: {item.name}: {call.judged.reason}")
        self._sent_back |= wrong

    def pending(self, waiting: Sequence[ToolApprovalItem]) -> tuple[PendingCall, ...]:
        """The calls that wait for a yes."""
        pending: list[PendingCall] = []
        for item in waiting:
            call_id = item.call_id or ""
            call = self._calls[call_id]
            pending.append(PendingCall(call.tool, call.arguments, call.judged.reason, call_id))
        return tuple(pending)

    def agree(self, waiting: Sequence[ToolApprovalItem]) -> bool:
        """Take the calls as agreed to; False if one of them can't be made any more."""
        for item in waiting:
            tool = self._tools.get(item.name or "")
            arguments = parse_arguments(tool, item.arguments or "") if tool else None
            if tool is None or arguments is None or item.call_id is None:
                return False
            self._calls[item.call_id] = _Call(tool, arguments, Judged("run"))
            if not tool.read_only:
                self._writes.append(item.call_id)
        return True

    async def _judge(self, item: ResponseFunctionToolCall) -> _Call:
        tool = self._tools[item.name]
        arguments = parse_arguments(tool, item.arguments)
        if arguments is None:
            return _Call(tool, {}, Judged("reject", _NOT_JSON))
        again = item.name in self._sent_back
        return _Call(tool, arguments, await self._gate.judge(tool, arguments, again=again))

    def _guard(self, data: ToolInputGuardrailData) -> ToolGuardrailFunctionOutput:
        judged = self._calls[data.context.tool_call_id].judged
        if judged.verdict == "reject":
            return ToolGuardrailFunctionOutput.reject_content(rejected(judged.reason))
        return ToolGuardrailFunctionOutput.allow()

    async def _asks(
        self,
        context: RunContextWrapper[Any],
        arguments: dict[str, Any],
        call_id: str,
    ) -> bool:
        return self._calls[call_id].judged.verdict == "ask"

    async def _make(self, context: ToolContext[Any], text: str) -> str:
        call_id = context.tool_call_id
        call = self._calls[call_id]
        if call.tool.read_only:
            return await self._read(call, call_id)
        async with self._in_turn(call_id):
            if self._meter.left_s <= 0:
                return rejected(_NO_TIME)
            return await self._run(call, call_id)

    async def _read(self, call: _Call, call_id: str) -> str:
        try:
            async with asyncio.timeout(max(self._meter.left_s, 0)):
                return await self._run(call, call_id)
        except TimeoutError:
            return rejected(_NO_TIME)

    async def _run(self, call: _Call, call_id: str) -> str:
        outcome = await self._gate.run(call.tool, call.arguments, call_id)
        self._done.append(DoneCall(call.tool, call.arguments, outcome, call_id))
        return result_text(call.tool, outcome)

    @asynccontextmanager
    async def _in_turn(self, call_id: str) -> AsyncGenerator[None]:
        """Wait until every write before this one has been made."""
        async with self._moved_on:
            await self._moved_on.wait_for(lambda: self._writes[0] == call_id)
        try:
            yield
        finally:
            self._writes.remove(call_id)
            async with self._moved_on:
                self._moved_on.notify_all()
