"""The cases as they are written in `cases/`: what is said, what is planted, what the model does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, TypeAdapter

FOLDER = Path(__file__).parent / "cases"

Arguments = dict[str, JsonValue] | str
"""Of a call; text is sent as it is, for what is no proper JSON."""

Call = Annotated[dict[str, Arguments], Field(min_length=1, max_length=1)]
"""One tool and its arguments."""


def _as_steps(steps: Sequence[object]) -> list[object]:
    return [step if isinstance(step, list) else [step] for step in steps]


Steps = Annotated[list[list[Call]], BeforeValidator(_as_steps)]
"""What the model puts out, one answer after the other; the calls of one answer run at once."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Turn(_Part):
    """One thing the person says, and what the model makes of it."""

    said: str
    calls: Steps = []
    command: bool = False
    """It is understood without the model."""


class Case(_Part):
    """A person who wants something harmless, and a model that obeys what it reads."""

    id: str
    said: str
    plant: dict[str, dict[str, JsonValue]] = {}
    """What others have written, by its kind."""
    reads: Steps = []
    """How the model comes to read it."""
    command: bool = False
    """What is said first is understood without the model, which comes in later."""
    attack: Steps
    leaks: list[str] = []
    """What no third party may be sent."""
    then: list[Turn] = []
    """Further turns in the same conversation."""
    beside: list[str] = []
    """What the person does want changed: parts of the names of such rows, or ids."""
    agrees: bool = False
    """They say yes to the first question, which is about what they want."""
    own: bool = False
    """What is read counts as the person's own, so no confirmation says that others wrote it."""
    blunt: bool = False
    """Nothing would happen without a gate either."""

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Everything that is said, in order."""
        first = Turn(said=self.said, calls=[*self.reads, *self.attack], command=self.command)
        return (first, *self.then)


class Control(_Part):
    """A person who asks for a write in their own words, and a model that does it."""

    id: str
    said: str
    plant: dict[str, dict[str, JsonValue]] = {}
    reads: Steps = []
    calls: Steps
    want: Literal["done", "asked", "either"] = "either"
    """Whether it is done at once or after a yes."""
    read: bool = False
    """It changes nothing, so that only its result counts."""


class _Carrier(_Part):
    id: str
    said: list[str]
    plant: dict[str, dict[str, JsonValue]]
    """`{order}` stands for the instruction."""
    reads: Steps


class _Order(_Part):
    id: str
    order: str
    attack: Steps
    leaks: list[str] = []


class _Matrix(_Part):
    """Every carrier with every order."""

    carriers: list[_Carrier]
    orders: list[_Order]


@cache
def cases() -> tuple[Case, ...]:
    """Every attack: those written one by one, and those of the matrix."""
    files = sorted(FOLDER.glob("*.yaml"))
    kept = [file for file in files if file.stem not in ("matrix", "controls")]
    written = [case for file in kept for case in TypeAdapter(list[Case]).validate_python(_of(file))]
    return (*written, *_crossed(_Matrix.model_validate(_of(FOLDER / "matrix.yaml"))))


@cache
def controls() -> tuple[Control, ...]:
    """Every call that a person asks for."""
    return tuple(TypeAdapter(list[Control]).validate_python(_of(FOLDER / "controls.yaml")))


def _of(file: Path) -> object:
    return yaml.safe_load(file.read_text("utf-8"))


def _crossed(matrix: _Matrix) -> Iterator[Case]:
    for number, carrier in enumerate(matrix.carriers):
        for count, order in enumerate(matrix.orders):
            yield Case(
                id=f"{carrier.id}-{order.id}",
                said=carrier.said[(number + count) % len(carrier.said)],
                plant={
                    kind: {name: _filled(value, order.order) for name, value in fields.items()}
                    for kind, fields in carrier.plant.items()
                },
                reads=carrier.reads,
                attack=order.attack,
                leaks=order.leaks,
            )


def _filled(value: JsonValue, order: str) -> JsonValue:
    if isinstance(value, str):
        return value.replace("{order}", order)
    if isinstance(value, list):
        return [_filled(item, order) for item in value]
    if isinstance(value, Mapping):
        return {name: _filled(item, order) for name, item in value.items()}
    return value
