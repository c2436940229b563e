"""Asking before acting: one question for every client, whichever way it can be asked.

A client of the protocol before 2026-07-28 is asked by elicitation while the call waits. A later
one gets an `InputRequiredResult` and sends the call again with the answer. A client that can do
neither gets the preview and a token, and sends the call again with the token. An agreement
covers these arguments and this preview, once, for five minutes: when either has changed in the
meantime, the person is asked anew.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import JsonValue

from arion_kit.clock import SYSTEM_CLOCK, Clock
from arion_kit.errors import ToolFailure
from arion_kit.words import ErrorKind, Language

AGREEMENT_S = 300.0
"""How long a question stays open, in seconds."""

_OPEN_QUESTIONS = 1_000
"""More than that, and the oldest are forgotten."""


@dataclass(frozen=True)
class Preview:
    """What will happen if the person agrees."""

    say: str
    """One question that can be spoken."""
    details: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    """All of it, for the eye: who gets what, what is replaced by what."""


class Confirm(Protocol):
    """What a tool awaits before it acts."""

    async def __call__(self, preview: Preview) -> None:
        """Goes on when the person has agreed to just this.

        Raises:
            ToolFailure: They have not; nothing happens.
        """
        ...


class AskInput(Exception):
    """The client has to put the question to the person and call again."""

    def __init__(self, preview: Preview, token: str) -> None:
        super().__init__(preview.say)
        self.preview = preview
        self.token = token


class AskAgain(AskInput):
    """As `AskInput`, of a client that can only be given a token."""


def digest(tool: str, arguments: Mapping[str, JsonValue], preview: Preview) -> str:
    """What an agreement is bound to."""
    bound = [tool, dict(arguments), preview.say, dict(preview.details)]
    text = json.dumps(bound, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Questions:
    """The questions that are open, by their token."""

    def __init__(self, clock: Clock = SYSTEM_CLOCK) -> None:
        self._clock = clock
        self._open: dict[str, tuple[str, float]] = {}

    def ask(self, bound: str) -> str:
        """Opens a question about `bound`; gives its token."""
        while len(self._open) >= _OPEN_QUESTIONS:
            del self._open[next(iter(self._open))]
        token = secrets.token_urlsafe(12)
        self._open[token] = (bound, self._clock.monotonic() + AGREEMENT_S)
        return token

    def settle(self, token: str, bound: str) -> bool:
        """Closes a question; says whether it was open and about `bound`."""
        asked, until = self._open.pop(token, ("", 0.0))
        return asked == bound and self._clock.monotonic() < until


def refused(language: Language) -> ToolFailure:
    """The failure of a call that the person did not want."""
    if language == "ko":
        return ToolFailure(ErrorKind.DECLINED, "하지 않았어요.", next_step="바뀐 것은 없어요.")
    return ToolFailure(ErrorKind.DECLINED, "I didn't do it.", next_step="Nothing has changed.")
