"""Language models without one: scripts, a gate that writes down what it is asked, an endpoint."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from agents.items import TResponseOutputItem
from agents.testing import ScriptedModel, assistant_message, function_call
from agents.usage import Usage as SdkUsage
from openai.types.responses.response_usage import InputTokensDetails
from pydantic import JsonValue
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from arion_host.agents.model.seam import Assignment, Judged
from arion_host.tools.catalogue import CatalogueTool
from arion_host.tools.outcome import ToolOutcome

Call = tuple[str, dict[str, JsonValue]]
"""A tool's name and what it was called with."""

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))

TEXT: dict[str, JsonValue] = {"type": "object", "properties": {"text": {"type": "string"}}}


def a_tool(name: str, server: str = "notes", *, writes: bool = False) -> CatalogueTool:
    """A tool that takes a text."""
    return CatalogueTool(
        server=server,
        name=name,
        title=name.replace("_", " ").capitalize(),
        input_schema=TEXT,
        read_only=not writes,
        destructive=False,
        effect=None,
    )


LIST = a_tool("notes_list")
FIND = a_tool("notes_find")
ADD = a_tool("notes_add", writes=True)
SEND = a_tool("send", "mail", writes=True)
TOOLS = (LIST, FIND, ADD, SEND)

ASSIGNMENT = Assignment("내일 오후 3시에 우유 사기 메모해줘", "ko", NOW, TOOLS)


def find(server: str, name: str) -> CatalogueTool | None:
    """The tool as it is now."""
    return next((t for t in TOOLS if (t.server, t.name) == (server, name)), None)


@dataclass
class Gate:
    """A gate that says what it was told to say, and writes down what it is asked."""

    verdicts: Mapping[str, Judged | Sequence[Judged]] = field(default_factory=dict[str, Judged])
    """By tool; several are said one after the other. A tool that is missing may run."""
    outcomes: Mapping[str, ToolOutcome] = field(default_factory=dict[str, ToolOutcome])
    while_running: Callable[[str], Any] | None = None
    """Awaited inside of each call, with the tool's name."""
    judged: list[Call] = field(default_factory=list[Call])
    started: list[str] = field(default_factory=list[str])
    made: list[Call] = field(default_factory=list[Call])
    ids: list[str] = field(default_factory=list[str])

    async def judge(
        self, tool: CatalogueTool, arguments: Mapping[str, JsonValue], *, again: bool = False
    ) -> Judged:
        earlier = sum(name == tool.name for name, _ in self.judged)
        self.judged.append((tool.name, dict(arguments)))
        verdict = self.verdicts.get(tool.name, Judged("run"))
        return verdict if isinstance(verdict, Judged) else verdict[earlier]

    async def run(
        self, tool: CatalogueTool, arguments: Mapping[str, JsonValue], call_id: str
    ) -> ToolOutcome:
        self.started.append(str(arguments.get("text", tool.name)))
        self.ids.append(call_id)
        if self.while_running is not None:
            await self.while_running(tool.name)
        else:
            await asyncio.sleep(0)
        self.made.append((tool.name, dict(arguments)))
        return self.outcomes.get(tool.name, ToolOutcome(result={"say": f"{tool.name}: ok"}))


def calls(*wanted: tuple[str, dict[str, Any] | str]) -> list[TResponseOutputItem]:
    """A step in which the model calls functions; all under the same id, as some endpoints do."""
    step: list[TResponseOutputItem] = []
    for name, arguments in wanted:
        text = arguments if isinstance(arguments, str) else json.dumps(arguments)
        call: Any = function_call(name, {}, call_id="call_0")
        step.append(call.model_copy(update={"arguments": text}))
    return step


def says(text: str) -> list[TResponseOutputItem]:
    """A step in which the model answers."""
    return [assistant_message(text)]


def tokens(input_tokens: int, output_tokens: int, cached: int = 0) -> SdkUsage:
    """What an endpoint counts for one request."""
    return SdkUsage(
        requests=1,
        input_tokens=input_tokens,
        input_tokens_details=InputTokensDetails(cached_tokens=cached, cache_write_tokens=0),
        output_tokens=output_tokens,
        total_tokens=input_tokens + output_tokens,
    )


def scripted(*steps: Any) -> ScriptedModel:
    """A model that goes through `steps`, 1,000 tokens in (400 of them cached) and 50 out each."""
    return ScriptedModel(steps, default_usage=tokens(1_000, 50, cached=400))


def heard(model: ScriptedModel, call: int = -1) -> list[str]:
    """What a request told the model: messages and results, oldest first."""
    return [
        str(item.get("content") or item.get("output"))
        for item in model.calls[call].input
        if item.get("content") or item.get("output")
    ]


USAGE: dict[str, Any] = {
    "prompt_tokens": 700,
    "completion_tokens": 20,
    "total_tokens": 720,
    "prompt_tokens_details": {"cached_tokens": 512},
}


def completion(
    text: str | None = None,
    called: Sequence[tuple[str, str]] = (),
    *,
    refusal: str | None = None,
    reason: str = "stop",
    usage: dict[str, Any] | None = USAGE,
) -> dict[str, Any]:
    """An answer of the Chat Completions interface."""
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": refusal}
    if called:
        message["tool_calls"] = [
            {"id": "call_0", "type": "function", "function": {"name": name, "arguments": given}}
            for name, given in called
        ]
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_795_000_000,
        "model": "small",
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        **({"usage": usage} if usage else {}),
    }


def _streamed(answer: dict[str, Any]) -> Response:
    message = answer["choices"][0]["message"]
    pieces: list[dict[str, Any]] = [{"content": word} for word in _words(message["content"])]
    pieces += [
        {"tool_calls": [{"index": n, **call}]}
        for n, call in enumerate(message.get("tool_calls", []))
    ]
    base = {**answer, "object": "chat.completion.chunk", "usage": None}
    chunks: list[dict[str, Any]] = [
        {**base, "choices": [{"index": 0, "delta": piece, "finish_reason": None}]}
        for piece in pieces
    ]
    chunks.append({**base, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    chunks.append({**base, "choices": [], "usage": answer.get("usage")})
    lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in chunks]
    return Response("".join([*lines, "data: [DONE]\n\n"]), media_type="text/event-stream")


def _words(text: str | None) -> list[str]:
    return [word + " " for word in (text or "").split()]


class Hang:
    """An answer that does not come."""


@dataclass
class FakeEndpoint:
    """An OpenAI-compatible endpoint that gives its answers one after the other."""

    answers: list[dict[str, Any] | Response | Hang]
    requests: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    keys: list[str] = field(default_factory=list[str])
    paths: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.app = Starlette(routes=[Route("/{path:path}", self._answer, methods=["POST"])])

    async def _answer(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        self.keys.append(request.headers["authorization"])
        self.paths.append(request.url.path)
        answer = self.answers.pop(0)
        if isinstance(answer, Hang):
            while not await request.is_disconnected():
                await request.receive()
            return Response()
        if isinstance(answer, Response):
            return answer
        return _streamed(answer) if body.get("stream") else JSONResponse(answer)


def broken(status: int) -> Response:
    """An HTTP error, after which the client may try again at once."""
    error = {"error": {"message": "no", "type": "broken", "code": None}}
    return JSONResponse(error, status, headers={"retry-after-ms": "1"})
