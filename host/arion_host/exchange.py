"""What goes into a turn and what comes out of it: the JSON of every door of the host."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from time import perf_counter
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from arion_kit.words import Language

PRODUCT = "arion"
"""What `/health` calls itself, so that a client knows whom it has found on a port."""

Route = Literal["template", "nearest", "model", "none"]
"""How a text was understood."""

DEFAULT_SESSION = "default"

SESSION_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"


class CallStatus(StrEnum):
    """What became of a call."""

    OK = "ok"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """It failed on the way and may have taken effect all the same."""
    NOT_RUN = "not_run"


class Step(StrEnum):
    """The timed steps of a turn."""

    ROUTE = "route"
    TOOLS = "tools"
    VALIDATE = "validate"
    DESCRIBE = "describe"
    TOTAL = "total"


class TurnRequest(BaseModel):
    """What a person says."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    text: str = ""
    """Empty when `confirm` alone answers the open question."""
    session: str = Field(default=DEFAULT_SESSION, pattern=SESSION_PATTERN)
    """The conversation this turn belongs to."""
    language: Language | None = None
    """Of the text; left out: it is found out."""
    spoken: bool = False
    """Whether a recogniser wrote the text, and may have heard it wrongly."""
    now: AwareDatetime | None = None
    """The moment to count as now, with its offset."""
    confirm: bool | None = None
    """Without a text: the answer to the open question. With one: the answer in advance to the
    question this turn may ask."""
    question: str | None = Field(default=None, pattern=r"^[a-z0-9]{1,64}$")
    """With `confirm` alone: the `id` of the confirmation that is answered, so that no other is."""
    id: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]{8,64}$")
    """Chosen by the client: a request that is sent again under the same id is the same turn."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class CallReport(_Part):
    """One tool call of the turn."""

    server: str
    tool: str
    arguments: dict[str, JsonValue]
    status: CallStatus
    effect_id: str | None = None
    """Row of the effect ledger; None for a read."""
    result: dict[str, JsonValue] | None = None
    """What the tool returned, for showing, without the sentence that is the answer; None where
    there is no result."""


class ValidationReport(_Part):
    """What one stage of validation said of a call."""

    stage: int
    verdict: Literal["pass", "reject", "confirm"]
    reason: str


class Origin(StrEnum):
    """Where a value comes from, as the person is told."""

    SAID = "said"
    """Their own words, or worked out from them."""
    OWN = "own"
    """Found in their own data."""
    OTHERS = "others"
    """Written by others, or by a model that had read what others wrote."""
    MODEL = "model"
    """Written by a language model."""
    ARION = "arion"
    """What Arion always puts there."""


class ShownArgument(_Part):
    """One argument of a call that waits for a yes."""

    name: str
    """Of the parameter."""
    label: str
    """What people call it."""
    value: JsonValue
    origin: Origin
    words: str = ""
    """What the person said for it."""
    sources: list[str] = []
    """The tools that returned it, or what the model had read, as `server/tool`."""
    source: str
    """Where it comes from, as a short phrase in the person's language."""


class ShownCall(_Part):
    """One call that waits for a yes, with everything it would do."""

    server: str
    tool: str
    title: str
    arguments: list[ShownArgument]
    preview: dict[str, JsonValue] = {}
    """What the server says would happen: who gets what, what is replaced by what."""
    reason: str
    """Why the person is asked, as a sentence."""
    reversible: bool
    """Whether it could be taken back afterwards."""


class Confirmation(_Part):
    """What waits for a yes, for the eye; the question itself is `needs_human`."""

    id: str
    """Answers name it in `question`."""
    calls: list[ShownCall]
    """In the order in which they would be made."""
    expires_at: AwareDatetime


class TurnResult(_Part):
    """One turn: what was understood, what was done, what is answered."""

    turn_id: str
    text: str
    language: Language
    answer: str
    """The sentence for the person."""
    route: Route
    calls: list[CallReport]
    validation: list[ValidationReport]
    needs_human: str | None
    """The question that is open now, if the person was asked one."""
    confirmation: Confirmation | None = None
    """What that question is about, where a yes would start something."""
    cost_usd: float | None
    """What language models cost; nothing without one, None where their price is unknown."""
    stopped: str | None = None
    """Why a language model gave no answer, in one word; None where it did, or none was asked."""
    timings_ms: dict[Step, float]


class StepClock:
    """Adds up the time each step of a turn takes."""

    def __init__(self) -> None:
        self._started = perf_counter()
        self._ms = dict.fromkeys(Step, 0.0)

    @contextmanager
    def step(self, step: Step) -> Generator[None]:
        """Count the block's time to a step."""
        started = perf_counter()
        try:
            yield
        finally:
            self._ms[step] += (perf_counter() - started) * 1000

    def read(self) -> dict[Step, float]:
        """Return the milliseconds of each step so far, and in total."""
        total = (perf_counter() - self._started) * 1000
        return {step: round(ms, 3) for step, ms in {**self._ms, Step.TOTAL: total}.items()}
