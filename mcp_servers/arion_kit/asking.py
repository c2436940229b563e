"""How a running tool call asks its client before it acts, in either era of the protocol."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import mcp_types
from fastmcp.server.dependencies import get_context
from fastmcp.tools.base import InputRequiredToolResult, ToolResult
from mcp_types import ElicitRequest, ElicitRequestFormParams, ElicitResult, TextContent
from mcp_types.version import MODERN_PROTOCOL_VERSIONS
from pydantic import JsonValue

from arion_kit.confirm import AskAgain, AskInput, Preview, Questions, digest, refused
from arion_kit.words import CONFIRM_TOKEN, Language

if TYPE_CHECKING:
    from fastmcp import Context

_QUESTION = "confirm"
"""Name of our question among the input requests."""

_ANSWER = "agree"
_WORDS: Mapping[Language, tuple[str, str]] = {
    "ko": ("네, 해 주세요", "아직 아무것도 하지 않았어요. 사용자가 동의하면 같은 내용에"),
    "en": ("Yes, do it", "Nothing has happened yet. Once the person agrees, send the same with"),
}


class Asking:
    """`call.confirm` of one tool call."""

    def __init__(
        self,
        questions: Questions,
        tool: str,
        arguments: Mapping[str, JsonValue],
        token: str | None,
        language: Language,
    ) -> None:
        self._questions = questions
        self._tool = tool
        self._arguments = arguments
        self._token = token
        self._language: Language = language

    async def __call__(self, preview: Preview) -> None:
        """Goes on when the person has agreed to just this; see `Confirm`."""
        bound = digest(self._tool, self._arguments, preview)
        if self._token is not None and self._questions.settle(self._token, bound):
            return
        context = get_context()
        if self._token is not None or not _can_be_asked(context):
            raise AskAgain(preview, self._questions.ask(bound))
        if _is_modern(context):
            self._answered_later(context, bound, preview)
        else:
            await self._answered_now(context, preview)

    def _answered_later(self, context: Context, bound: str, preview: Preview) -> None:
        answer = (context.input_responses or {}).get(_QUESTION)
        if isinstance(answer, ElicitResult):
            if not _agrees(answer):
                raise refused(self._language)
            if self._questions.settle(context.request_state or "", bound):
                return
        raise AskInput(preview, self._questions.ask(bound))

    async def _answered_now(self, context: Context, preview: Preview) -> None:
        answer = await context.session.elicit(
            message=_message(preview),
            requested_schema=_form(self._language),
            related_request_id=context.request_id,
        )
        if not _agrees(answer):
            raise refused(self._language)


def asked(ask: AskInput, language: Language) -> ToolResult:
    """The result of a call that waits for an answer."""
    if not isinstance(ask, AskAgain):
        params = ElicitRequestFormParams(
            message=_message(ask.preview), requested_schema=_form(language)
        )
        return InputRequiredToolResult(
            mcp_types.InputRequiredResult(
                input_requests={_QUESTION: ElicitRequest(params=params)}, request_state=ask.token
            )
        )
    structured: dict[str, JsonValue] = {
        "say": ask.preview.say,
        "preview": dict(ask.preview.details),
        CONFIRM_TOKEN: ask.token,
    }
    how = f'{_WORDS[language][1]} {CONFIRM_TOKEN} "{ask.token}".'
    details = json.dumps(structured["preview"], ensure_ascii=False)
    text = TextContent(type="text", text=f"{ask.preview.say}\n{details}\n{how}")
    return ToolResult(content=[text], structured_content=structured)


def _is_modern(context: Context) -> bool:
    request = context.request_context
    return request is not None and request.protocol_version in MODERN_PROTOCOL_VERSIONS


def _can_be_asked(context: Context) -> bool:
    capabilities = context.session.client_capabilities
    elicitation = capabilities and capabilities.elicitation
    # An empty capability means forms, as before there were others (specification, elicitation).
    return elicitation is not None and (elicitation.form is not None or elicitation.url is None)


def _agrees(answer: ElicitResult) -> bool:
    return answer.action == "accept" and (answer.content or {}).get(_ANSWER, True) is True


def _form(language: Language) -> dict[str, JsonValue]:
    agree: JsonValue = {"type": "boolean", "title": _WORDS[language][0], "default": True}
    return {"type": "object", "properties": {_ANSWER: agree}, "required": [_ANSWER]}


def _message(preview: Preview) -> str:
    lines = [f"{name}: {_line(value)}" for name, value in preview.details.items()]
    return "\n".join([preview.say, "", *lines]) if lines else preview.say


def _line(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
