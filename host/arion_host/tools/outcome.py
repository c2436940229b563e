"""What came of a tool call, whatever way it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from mcp import MCPError
from mcp_types import (
    CONNECTION_CLOSED,
    INVALID_PARAMS,
    REQUEST_TIMEOUT,
    CallToolResult,
    TextContent,
)
from pydantic import JsonValue, TypeAdapter, ValidationError

from arion_host.tools.wire import LOST, NOT_SENT
from arion_kit.words import CONFIRM_TOKEN, META_UNTRUSTED, ErrorKind, Failure

_RESULT = TypeAdapter(dict[str, JsonValue])


def _nothing() -> Mapping[str, JsonValue]:
    return MappingProxyType({})


@dataclass(frozen=True)
class ToolOutcome:
    """The result of one tool call, or why there is none."""

    result: Mapping[str, JsonValue] = field(default_factory=_nothing)
    """The tool's structured content; `{"say": text}` where the server gave only text."""
    failure: Failure | None = None
    uncertain: bool = False
    """With a failure: the call may have taken effect all the same."""
    untrusted: bool = False
    """The result holds text that others than the person wrote."""
    lost: bool = False
    """With a failure: the connection broke, so another one may serve."""

    @property
    def confirm_token(self) -> str | None:
        """What agrees to the call in a second one; given when the server asks before it acts."""
        token = self.result.get(CONFIRM_TOKEN)
        return token if isinstance(token, str) and "preview" in self.result else None

    @property
    def say(self) -> str | None:
        """The sentence the server would say about the result."""
        say = self.result.get("say")
        return say if isinstance(say, str) and say else None


def not_sent(kind: ErrorKind, message: str, *, lost: bool = False) -> ToolOutcome:
    """Return the outcome of a call that no tool has seen."""
    return ToolOutcome(failure=Failure(kind=kind, message=message), lost=lost)


def sent(kind: ErrorKind, message: str, *, lost: bool = False) -> ToolOutcome:
    """Return the outcome of a call that failed after it had left, so that it may have happened."""
    failure = Failure(kind=kind, message=message, may_have_happened=True)
    return ToolOutcome(failure=failure, uncertain=True, lost=lost)


def from_result(result: CallToolResult) -> ToolOutcome:
    """Read what a server answered, be it a result or an error it explains."""
    text = "\n".join(c.text for c in result.content if isinstance(c, TextContent))
    try:
        content = _RESULT.validate_python(result.structured_content or {})
        if not result.is_error:
            untrusted = bool((result.meta or {}).get(META_UNTRUSTED))
            return ToolOutcome(result=content or {"say": text}, untrusted=untrusted)
        if "error" not in content:
            # A server that is not ours explains an error in text, and does not say how far it came.
            return sent(ErrorKind.INTERNAL, text)
        failure = Failure.model_validate(content["error"])
    except ValidationError as error:
        return sent(ErrorKind.BAD_RESPONSE, str(error))
    # What a server says of a failure may list what there is instead, by the names others chose.
    return ToolOutcome(failure=failure, uncertain=failure.may_have_happened, untrusted=True)


def from_error(error: MCPError) -> ToolOutcome:
    """Read a protocol error; whether the call was sent decides whether it may have happened."""
    message = error.message
    if error.code == NOT_SENT:
        return not_sent(ErrorKind.UNAVAILABLE, message, lost=True)
    if message == "Session terminated":
        # The answer of a server that has restarted and forgotten the session.
        return not_sent(ErrorKind.UNAVAILABLE, message, lost=True)
    if error.code == INVALID_PARAMS:
        return not_sent(ErrorKind.BAD_INPUT, message)
    if error.code in (LOST, CONNECTION_CLOSED):
        return sent(ErrorKind.UNAVAILABLE, message, lost=True)
    timed_out = error.code == REQUEST_TIMEOUT
    return sent(ErrorKind.TIMEOUT if timed_out else ErrorKind.INTERNAL, message)
