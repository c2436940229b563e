"""One request to a model of the SDK, as a value that can be measured and sent again."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from agents import (
    AgentOutputSchemaBase,
    FunctionTool,
    Handoff,
    ItemHelpers,
    Model,
    ModelResponse,
    ModelSettings,
    ModelTracing,
    Tool,
    TResponseInputItem,
)
from agents.items import TResponseStreamEvent
from openai.types.responses import ResponseOutputMessage
from openai.types.responses.response_prompt_param import ResponsePromptParam

_UNBOUNDED = 8_000
"""Tokens of an answer without a bound; none of ours goes without."""


@dataclass(frozen=True)
class Request:
    """One request, as the SDK puts it; never traced, never part of a conversation elsewhere."""

    instructions: str | None
    input: str | list[TResponseInputItem]
    settings: ModelSettings
    tools: list[Tool]
    schema: AgentOutputSchemaBase | None = None
    handoffs: list[Handoff] | None = None
    prompt: ResponsePromptParam | None = None

    @cached_property
    def size(self) -> int:
        """Its length in bytes, near enough."""
        schemas = [
            (tool.name, tool.description, tool.params_json_schema)
            for tool in self.tools
            if isinstance(tool, FunctionTool)
        ]
        whole = [self.instructions, self.input, schemas]
        return len(json.dumps(whole, ensure_ascii=False, default=str).encode())

    @property
    def output_tokens(self) -> int:
        """Longest answer, in tokens."""
        given = self.settings.max_tokens
        if given is None:
            further = self.settings.extra_args or {}
            given = cast("int | None", further.get("max_completion_tokens"))
        return given or _UNBOUNDED

    @property
    def retries(self) -> int:
        """How often it may be sent again."""
        return (self.settings.retry and self.settings.retry.max_retries) or 0

    async def send(self, model: Model) -> ModelResponse:
        """Ask `model`."""
        return await model.get_response(
            self.instructions,
            self.input,
            self.settings,
            self.tools,
            self.schema,
            self.handoffs or [],
            ModelTracing.DISABLED,
            previous_response_id=None,
            conversation_id=None,
            prompt=self.prompt,
        )

    def stream(self, model: Model) -> AsyncIterator[TResponseStreamEvent]:
        """Ask `model` for its answer in pieces."""
        return model.stream_response(
            self.instructions,
            self.input,
            self.settings,
            self.tools,
            self.schema,
            self.handoffs or [],
            ModelTracing.DISABLED,
            previous_response_id=None,
            conversation_id=None,
            prompt=self.prompt,
        )


class RequestModel(Model):
    """A model of the SDK that takes what it is asked as one `Request`."""

    @abstractmethod
    async def answer(self, request: Request) -> ModelResponse:
        """Answer a request."""
        ...

    def pieces(self, request: Request) -> AsyncIterator[TResponseStreamEvent]:
        """Answer a request in pieces; a model that is never asked for them need not."""
        raise NotImplementedError

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
        """What the SDK asks for an answer."""
        return await self.answer(
            Request(
                system_instructions, input, model_settings, tools, output_schema, handoffs, prompt
            )
        )

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
        """What the SDK asks for an answer in pieces."""
        return self.pieces(
            Request(
                system_instructions, input, model_settings, tools, output_schema, handoffs, prompt
            )
        )


def text_of(response: ModelResponse) -> str:
    """The words of an answer."""
    messages = [it for it in response.output if isinstance(it, ResponseOutputMessage)]
    return "".join(ItemHelpers.extract_text(message) or "" for message in messages)
