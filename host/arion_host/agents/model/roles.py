"""The models at work, as far as a turn may know them: none of them needs the agents SDK here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from arion_host.agents.model import seam
from arion_host.tools.catalogue import CatalogueTool


class Loop(Protocol):
    """A language model at work: `agents.model`, as far as a turn may know it."""

    async def run(self, assignment: seam.Assignment, gate: seam.ToolGate) -> seam.RunEnd:
        """Work until there is an answer, a question to the person, or a reason to stop."""
        ...

    async def resume(
        self,
        state: str,
        approved: bool,
        gate: seam.ToolGate,
        find: Callable[[str, str], CatalogueTool | None],
    ) -> seam.RunEnd:
        """Go on after the person has answered."""
        ...


class Comparison(Protocol):
    """What models say of a call: it is what was said, it is not, or they can't tell."""

    @property
    def verdict(self) -> Literal["match", "mismatch", "unsure"]:
        """What they say together."""
        ...

    @property
    def slot(self) -> str:
        """Of a mismatch: what differs."""
        ...

    @property
    def cost_usd(self) -> float | None:
        """What they cost; None where nobody knows."""
        ...


class Checker(Protocol):
    """Models that compare a call with what was said: `agents.model.validator`."""

    async def check(self, said: str, sentence: str, *, grave: bool) -> Comparison:
        """Compare; `grave` calls are looked at twice. Never raises."""
        ...


class Chooser(Protocol):
    """A model that picks tools: `agents.model.router`."""

    async def choose(self, assignment: seam.Assignment) -> seam.Chosen:
        """Pick those that the assignment needs. Never raises."""
        ...


class Describer(Protocol):
    """A model that puts results into words: `agents.model.describer`."""

    async def describe(
        self, findings: seam.Findings, *, on_text: Callable[[str], None] | None = None
    ) -> seam.Described:
        """Answer the person; `on_text` gets the answer in pieces. Never raises."""
        ...
