"""A model within limits: every request is paid for before it is sent and timed while it runs."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from agents import (
    AgentOutputSchemaBase,
    AgentsException,
    FunctionTool,
    Handoff,
    Model,
    ModelResponse,
    ModelSettings,
    ModelTracing,
    Tool,
    TResponseInputItem,
)
from agents.items import TResponseOutputItem, TResponseStreamEvent
from agents.usage import Usage as SdkUsage
from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseFunctionToolCall,
    ResponseTextDeltaEvent,
)
from openai.types.responses.response_prompt_param import ResponsePromptParam

from arion_host.agents.model.meter import Halt, Meter
from arion_host.agents.model.seam import Usage
from arion_host.agents.model.tool_words import readable_arguments

OnText = Callable[[str], None]
"""Gets the answer piece by piece, as the model writes it."""


@dataclass(frozen=True)
class _Request:
    """One request, as the SDK puts it."""

    instructions: str | None
    input: str | list[TResponseInputItem]
    settings: ModelSettings
    tools: list[Tool]
    schema: AgentOutputSchemaBase | None
    handoffs: list[Handoff]
    prompt: ResponsePromptParam | None

    @property
    def size(self) -> int:
        """Its length in bytes, near enough."""
        schemas = [
            (tool.name, tool.description, tool.params_json_schema)
            for tool in self.tools
            if isinstance(tool, FunctionTool)
        ]
        whole = [self.instructions, self.input, schemas]
        return len(json.dumps(whole, ensure_ascii=False, default=str).encode())


class MeteredModel(Model):
    """Any model of the SDK, kept within a meter. All its failures become a `Halt`."""

    def __init__(self, inner: Model, meter: Meter, on_text: OnText | None = None) -> None:
        self._inner = inner
        self._meter = meter
        self._on_text = on_text

    async def get_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],
        model_settings: ModelSettings,
        tools: list[Tool],
        output_schema: AgentOutputSchemaBase | None,
        handoffs: list[Handoff],
        tracing: ModelTracing,
        *,
        previous_response_id: str | None,
        conversation_id: str | None,
        prompt: ResponsePromptParam | None,
    ) -> ModelResponse:
        """Ask the model, if there is time and money for it."""
        request = _Request(
            system_instructions, input, model_settings, tools, output_schema, handoffs, prompt
        )
        reserved = self._meter.reserve(request.size)
        try:
            async with asyncio.timeout(max(self._meter.left_s, 0)):
                response = await self._ask(request)
        except (TimeoutError, APITimeoutError) as error:
            # The endpoint may go on writing, and bill it.
            self._meter.settle(reserved, Usage())
            late = isinstance(error, TimeoutError)
            raise Halt(
                "deadline" if late else "unavailable", "The model has not answered in time."
            ) from error
        except Halt:
            raise
        except AgentsException as error:
            raise Halt("garbage", f"The answer of the model makes no sense: {error}") from error
        except OpenAIError as error:
            raise _unavailable(error) from error
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            # What the SDK trips over when the endpoint's JSON is not what it should be.
            raise Halt("garbage", f"The endpoint's answer cannot be read: {error!r}") from error
        self._meter.settle(reserved, _usage(response.usage))
        response.output = _own(response.output)
        return response

    def stream_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],
        model_settings: ModelSettings,
        tools: list[Tool],
        output_schema: AgentOutputSchemaBase | None,
        handoffs: list[Handoff],
        tracing: ModelTracing,
        *,
        previous_response_id: str | None,
        conversation_id: str | None,
        prompt: ResponsePromptParam | None,
    ) -> AsyncIterator[TResponseStreamEvent]:
        """Never asked for: pieces of the answer go to `on_text`."""
        raise NotImplementedError("the loop runs with get_response only")

    async def _ask(self, request: _Request) -> ModelResponse:
        if self._on_text is not None:
            return await self._ask_in_pieces(request, self._on_text)
        return await self._inner.get_response(
            request.instructions,
            request.input,
            request.settings,
            request.tools,
            request.schema,
            request.handoffs,
            ModelTracing.DISABLED,
            previous_response_id=None,
            conversation_id=None,
            prompt=request.prompt,
        )

    async def _ask_in_pieces(self, request: _Request, on_text: OnText) -> ModelResponse:
        whole: Response | None = None
        events = self._inner.stream_response(
            request.instructions,
            request.input,
            request.settings,
            request.tools,
            request.schema,
            request.handoffs,
            ModelTracing.DISABLED,
            previous_response_id=None,
            conversation_id=None,
            prompt=request.prompt,
        )
        async for event in events:
            if isinstance(event, ResponseTextDeltaEvent):
                on_text(event.delta)
            elif isinstance(event, ResponseCompletedEvent):
                whole = event.response
        if whole is None:
            raise Halt("garbage", "The answer of the model broke off.")
        used = whole.usage
        usage = SdkUsage(requests=1)
        if used is not None:
            usage = SdkUsage(
                requests=1,
                input_tokens=used.input_tokens,
                input_tokens_details=used.input_tokens_details,
                output_tokens=used.output_tokens,
                output_tokens_details=used.output_tokens_details,
                total_tokens=used.total_tokens,
            )
        return ModelResponse(output=list(whole.output), usage=usage, response_id=None)


def _usage(usage: SdkUsage) -> Usage:
    return Usage(
        requests=1,
        input_tokens=usage.input_tokens,
        cached_tokens=usage.input_tokens_details.cached_tokens,
        output_tokens=usage.output_tokens,
    )


def _own(output: Sequence[TResponseOutputItem]) -> list[TResponseOutputItem]:
    """The output with its calls under ids of our own, and with arguments that can be read.

    Some endpoints give the same id twice. Ours have nine letters and digits, as Mistral's
    endpoint wants them.
    """
    return [_own_call(it) if isinstance(it, ResponseFunctionToolCall) else it for it in output]


def _own_call(call: ResponseFunctionToolCall) -> ResponseFunctionToolCall:
    arguments = readable_arguments(call.arguments or "{}")
    call_id = secrets.token_hex(5)[:9]
    return call.model_copy(update={"call_id": call_id, "arguments": arguments})


def _unavailable(error: OpenAIError) -> Halt:
    if isinstance(error, APIStatusError):
        said = {
            401: "refuses the key",
            403: "refuses the key",
            404: "has no such model, or is at another address",
            429: "has had too many requests, or its account is empty",
        }.get(error.status_code, "cannot answer")
        return Halt("unavailable", f"The model's endpoint {said} (HTTP {error.status_code}).")
    if isinstance(error, APIConnectionError):
        return Halt("unavailable", "The model's endpoint cannot be reached.")
    return Halt("garbage", f"The endpoint's answer cannot be read: {type(error).__name__}")
