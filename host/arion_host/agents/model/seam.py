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

    async def judge(
        self, tool: CatalogueTool, arguments: Mapping[str, JsonValue], *, again: bool = False
    ) -> Judged:
        """Say what may become of a call. Asked once for each call, in the model's order.

        `again` says that a call of the tool was sent back before.
        """
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
    is_worded: bool = False
    """Another model puts the results into words: `DONE` is then all that is to be answered."""


DONE = "DONE"
"""What a model answers that has called what was to be called and leaves the words to another."""


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


@dataclass(frozen=True)
class Budget:
    """What may be spent, in US dollars."""

    day_usd: float
    week_usd: float
    """From Monday to Sunday."""
    turn_usd: float | None = None
    """All models of one turn together; None: only the day and the week count."""


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
    written_tokens: int = 0
    """Of the input tokens, those that the endpoint keeps for later requests, for a higher price."""


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
    "budget",
    "unpriced",
    "storage",
    "deadline",
    "turns",
    "unavailable",
    "key",
    "busy",
    "refused",
    "garbage",
    "rejected",
    "declined",
    "no_tool",
]
"""`budget`: no money is left. `unpriced`: nobody knows what the model costs. `storage`: what it
costs cannot be written down. `turns`: too many requests. `key`: the endpoint does not take the
key. `busy`: it takes no more requests now. `refused`: the model would not. `garbage`: no sensible
answer. `rejected`: a call was wrong again after it was sent back. `declined`: the person said no.
`no_tool`: no tool does what was asked."""


@dataclass(frozen=True)
class Stopped:
    """The run has ended without an answer."""

    kind: StopKind
    reason: str
    """Why, as a sentence for logs."""
    usage: Usage
    done: tuple[DoneCall, ...] = ()


RunEnd = Answered | Waiting | Stopped


@dataclass(frozen=True)
class Chosen:
    """Which tools a request needs, as a model says."""

    tools: tuple[CatalogueTool, ...] | None
    """None: all that are offered may be needed. Empty: none of them can do it."""
    usage: Usage
    reason: str = ""
    """Why there is no clear answer, as a sentence for logs."""


@dataclass(frozen=True)
class Findings:
    """What is to be put into words."""

    said: str
    language: Language
    now: datetime
    """In the person's time zone."""
    done: tuple[DoneCall, ...]


@dataclass(frozen=True)
class Described:
    """Results in words."""

    text: str
    """As far as it got; it begins with all that was passed on."""
    usage: Usage
    failed: StopKind | None = None
    """Why it broke off, or never began."""
    reason: str = ""
    """The same as a sentence for logs."""
