"""Runs a tool call: arguments in, result or failure out. The one place that maps errors."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

import mcp_types
from fastmcp.exceptions import NotFoundError
from fastmcp.server.dependencies import get_context
from fastmcp.server.middleware import CallNext, Middleware, MiddlewareContext
from fastmcp.tools import Tool as FastMCPTool
from fastmcp.tools import ToolResult
from mcp_types import CallToolRequestParams, TextContent
from pydantic import AwareDatetime, PrivateAttr, TypeAdapter, ValidationError

from arion_kit.changes import Changes, watched_changes
from arion_kit.errors import BadInput, ToolFailure
from arion_kit.failures import failure_for
from arion_kit.settings import PersonSettings
from arion_kit.signatures import Signature
from arion_kit.spec import Call, Said, Tool
from arion_kit.words import META_LANGUAGE, META_NOW, META_TIMEZONE, ErrorKind, Language

logger = logging.getLogger(__name__)

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that no vendor takes and no JSON text can carry."""

_AWARE = TypeAdapter(AwareDatetime)


@dataclass
class Opened:
    """What the running server holds, from when it starts."""

    api: Any = None


class ServedTool(FastMCPTool):
    """A tool of a spec as FastMCP lists and calls it."""

    _tool: Tool = PrivateAttr()
    _signature: Signature = PrivateAttr()
    _opened: Opened = PrivateAttr()
    _person: PersonSettings = PrivateAttr()

    def bind(
        self, tool: Tool, signature: Signature, opened: Opened, person: PersonSettings
    ) -> ServedTool:
        """Joins the listing with what runs it."""
        self._tool, self._signature = tool, signature
        self._opened, self._person = opened, person
        return self

    def to_mcp_tool(self, **overrides: Any) -> mcp_types.Tool:
        """The listing, with the tool's own `_meta` instead of FastMCP's."""
        return super().to_mcp_tool(**{"_meta": self.meta, **overrides})

    async def run(self, arguments: dict[str, Any]) -> ToolResult:
        """Runs the call. Nothing but a cancellation leaves it as an exception."""
        meta = _request_meta()
        language = _language(meta, self._person.language)
        with watched_changes() as changes:
            try:
                values = _validated(self._signature, arguments)
                timezone = _timezone(meta, self._person.timezone)
                call: Call[Any] = Call(self._opened.api, language, timezone, _now(meta, timezone))
                return _result(await self._tool.run(call, **values))
            except ToolFailure as failure:
                logger.info("%s failed: %s: %s", self.name, failure.kind, failure)
                error: Exception = failure
            except Exception as unexpected:
                logger.exception("%s failed unexpectedly", self.name)
                error = unexpected
        return failed(error, language, None if self._tool.read_only else changes)


class UnknownTools(Middleware):
    """Answers a call of a tool that is not there with what is there."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names

    async def on_call_tool(
        self,
        context: MiddlewareContext[CallToolRequestParams],
        call_next: CallNext[CallToolRequestParams, ToolResult],
    ) -> ToolResult:
        """Passes the call on."""
        try:
            return await call_next(context)
        except NotFoundError:
            message = f"This server has no such tool; it has {', '.join(self._names)}."
            return failed(ToolFailure(ErrorKind.NOT_FOUND, message), "en")


def failed(error: Exception, language: Language, changes: Changes | None = None) -> ToolResult:
    """The error result: a `Failure` for machines, and as text what helps a person or a model."""
    failure = failure_for(error, language, changes)
    told = " ".join(part for part in (failure.message, failure.next_step) if part)
    detail = str(error) if isinstance(error, ToolFailure) and str(error) != failure.message else ""
    return ToolResult(
        content=[TextContent(type="text", text=f"{told}\n{detail}".strip())],
        structured_content={"error": failure.model_dump(mode="json", exclude_defaults=True)},
        is_error=True,
    )


def _result(said: Said) -> ToolResult:
    structured = said.model_dump(mode="json", by_alias=True, exclude_none=True)
    rest = {key: value for key, value in structured.items() if key != "say"}
    text = said.say
    if rest:
        text += "\n" + json.dumps(rest, ensure_ascii=False, separators=(",", ":"))
    return ToolResult(content=[TextContent(type="text", text=text)], structured_content=structured)


def _validated(signature: Signature, arguments: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in arguments.items():
        texts = cast("list[Any]", value) if isinstance(value, list) else [value]
        if any(isinstance(text, str) and _UNUSABLE.search(text) for text in (name, *texts)):
            parameter = (
                name if name in signature.input_schema.get("properties", {}) else "arguments"
            )
            raise BadInput(parameter, "has characters that are not text")
    try:
        model = signature.arguments.model_validate(arguments)
    except ValidationError as error:
        raise _bad_input(error, signature) from None
    return {name: getattr(model, name) for name in type(model).model_fields}


def _bad_input(error: ValidationError, signature: Signature) -> BadInput:
    first = error.errors(include_url=False, include_input=False)[0]
    parameter = ".".join(str(part) for part in first["loc"]) or "arguments"
    if first["type"] == "extra_forbidden":
        names = ", ".join(signature.input_schema.get("properties", {})) or "none"
        return BadInput(parameter, f"is no parameter of this tool; it has {names}")
    reason = first["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return BadInput(parameter, reason[:1].lower() + reason[1:])


def _request_meta() -> Mapping[str, Any]:
    request = get_context().request_context
    return (request and request.meta) or {}


def _language(meta: Mapping[str, Any], default: Language) -> Language:
    tag = str(meta.get(META_LANGUAGE, default)).partition("-")[0].lower()
    return "ko" if tag == "ko" else "en" if tag == "en" else default


def _timezone(meta: Mapping[str, Any], default: ZoneInfo) -> ZoneInfo:
    name = meta.get(META_TIMEZONE)
    if name is None:
        return default
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError):
        raise BadInput(META_TIMEZONE, "must be a time zone such as Asia/Seoul") from None


def _now(meta: Mapping[str, Any], timezone: ZoneInfo) -> datetime:
    text = meta.get(META_NOW)
    if text is None:
        return datetime.now(timezone)
    try:
        return _AWARE.validate_python(text).astimezone(timezone)
    except (ValidationError, OverflowError):
        raise BadInput(META_NOW, "must be a time such as 2026-11-23T10:00:00+09:00") from None
