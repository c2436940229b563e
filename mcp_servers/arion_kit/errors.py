"""The errors of the tool servers.

    ToolFailure           a call that failed; a person is told why
    ├── BadInput          the caller can mend it
    └── UpstreamFailure   the vendor's API refused, failed, or could not be reached

    StartError            a server that cannot start; whoever starts it is told why
    ├── SettingsError     an environment variable is wrong
    └── SpecError         the server's own tools or language pack are wrong

`api.py` raises a ToolFailure; the kit turns it into an MCP result once, so no tool holds a
try/except.
"""

from __future__ import annotations

from collections.abc import Mapping

from arion_kit.words import ErrorKind, Failure, Language


class ToolFailure(Exception):
    """A tool call that failed in a way a person can be told about."""

    def __init__(
        self,
        kind: ErrorKind,
        message: str,
        *,
        next_step: str | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message)
        self.failure = Failure(
            kind=kind, message=message, next_step=next_step, retry_after_s=retry_after_s
        )

    @property
    def kind(self) -> ErrorKind:
        """What went wrong, for machines."""
        return self.failure.kind


class BadInput(ToolFailure):
    """An argument that cannot be right; names the parameter and what it may be."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(ErrorKind.BAD_INPUT, f"{parameter}: {message}")
        self.parameter = parameter


class UpstreamFailure(ToolFailure):
    """The vendor's API refused, failed, or could not be reached.

    With `service` (the vendor's name) the person hears the kit's own sentence for the kind, in
    their language, and `message` is a detail for logs and models; `next_steps` replaces the kit's
    next step where this vendor needs its own. Without `service` they hear `message`.
    """

    def __init__(
        self,
        kind: ErrorKind,
        message: str,
        *,
        next_step: str | None = None,
        retry_after_s: float | None = None,
        service: str | None = None,
        next_steps: Mapping[Language, str] | None = None,
    ) -> None:
        super().__init__(kind, message, next_step=next_step, retry_after_s=retry_after_s)
        self.service = service
        self.next_steps: Mapping[Language, str] = next_steps or {}


class StartError(Exception):
    """A server that cannot start; the message is one sentence that says what to change."""


class SettingsError(StartError):
    """An environment variable is unknown, missing or wrong; the message names it."""


class SpecError(StartError):
    """A server's tools or language pack contradict each other."""
