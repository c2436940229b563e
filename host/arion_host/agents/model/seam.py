"""Where the model's loop meets the host: what it may ask of it, and what a run ends in.

The loop knows no policy, no ledger and no connection. It proposes calls; the gate says what
becomes of them, and makes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from pydantic import JsonValue

from arion_host.tools.catalogue import CatalogueTool
from arion_host.tools.outcome import ToolOutcome
from arion_kit.words import Language


@dataclass(frozen=True)
class Judged:
    """What may become of a call that the model proposes."""

    verdict: Literal["run", "ask", "reject"]
    reason: str = ""
    """Of a rejection: what is wrong, for the model to repair. Of a question: why."""


class ToolGate(Protocol):
    """The host, as far as the loop may know it. What it raises ends the run and is raised again."""

    async def judge(self, tool: CatalogueTool, arguments: Mapping[str, JsonValue]) -> Judged:
        """Say what may become of a call. Asked once for each call, in the model's order."""
        ...

    async def run(
        self, tool: CatalogueTool, arguments: Mapping[str, JsonValue], call_id: str
    ) -> ToolOutcome:
        """Make a call that was judged `run`, or that the person has said yes to.

        Reads may come at the same time, writes one after the other. `call_id` is unique and the
        same before and after a question.
        """
        ...


@dataclass(frozen=True)
class Exchange:
    """An earlier turn of the conversation, whoever answered it."""

    said: str
    answered: str


@dataclass(frozen=True)
class Assignment:
    """What one run is to do."""

    said: str
    language: Language
    now: datetime
    """In the person's time zone."""
    tools: tuple[CatalogueTool, ...]
    """Those that are offered."""
    history: tuple[Exchange, ...] = ()
    """Oldest first."""


@dataclass(frozen=True)
class Limits:
    """How far one run, or one part of a run that was resumed, may go."""

    deadline_s: float = 20.0
    """Seconds until the last answer of the model. A write that has begun is finished after it."""
    requests: int = 8
    """Requests to the model."""
    output_tokens: int = 1_000
    """Longest answer to one request, in tokens."""
    tokens: int | None = None
    """Tokens of all requests together, both ways."""
    usd: float | None = None
    """US dollars of all requests together; a model without a price is then not asked at all."""


@dataclass(frozen=True)
class Usage:
    """What a run took of the model."""

    requests: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    """Of the input tokens."""
    output_tokens: int = 0
    cost_usd: float | None = 0.0
    """None when the model has no price. Where the endpoint counts no tokens, an upper estimate."""


@dataclass(frozen=True)
class DoneCall:
    """A call that was made."""

    tool: CatalogueTool
    arguments: Mapping[str, JsonValue]
    outcome: ToolOutcome
    call_id: str


@dataclass(frozen=True)
class PendingCall:
    """A call that waits for the person's yes."""

    tool: CatalogueTool
    arguments: Mapping[str, JsonValue]
    reason: str
    call_id: str


@dataclass(frozen=True)
class Answered:
    """The model has answered."""

    text: str
    usage: Usage
    done: tuple[DoneCall, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """The person has to say yes or no, to all calls at once."""

    calls: tuple[PendingCall, ...]
    """In the order in which they would be made."""
    state: str
    """What `resume` needs, in this process or another; it holds what was said and found."""
    usage: Usage
    done: tuple[DoneCall, ...] = ()


StopKind = Literal[
    "budget", "deadline", "turns", "unavailable", "refused", "garbage", "rejected", "declined"
]
"""`refused`: the model would not. `rejected`: a call was wrong again after it was sent back.
`declined`: the person said no. `turns`: too many requests. `garbage`: no sensible answer."""


@dataclass(frozen=True)
class Stopped:
    """The run has ended without an answer."""

    kind: StopKind
    reason: str
    """Why, as a sentence for logs."""
    usage: Usage
    done: tuple[DoneCall, ...] = ()


RunEnd = Answered | Waiting | Stopped
