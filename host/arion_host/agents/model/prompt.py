"""What a model is told: constant instructions first, what changes from turn to turn last.

Endpoints keep the beginning of a request that they have seen before, so the instructions and the
tools never depend on the moment, the language or the person.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal, TypedDict

from arion_host.agents.model.seam import DONE, Assignment
from arion_host.language.times import find_times
from arion_kit.words import Language

_TURNS = 8
"""Earlier turns that are told; more of them only cost."""
_LONGEST = 600
"""Characters of one side of an earlier turn."""
_WORDED = (
    f"Words: your results are put into words for the person. When every call is made, answer "
    f"{DONE} and nothing else. Answer in words only where something is missing or cannot be done."
)
LANGUAGES: dict[Language, str] = {"ko": "Korean", "en": "English"}


class Message(TypedDict):
    """One message, in the form the agents SDK takes."""

    role: Literal["user", "assistant"]
    content: str


@cache
def instructions(name: Literal["router-1", "executor-1", "describer-1", "validator-1"]) -> str:
    """The instructions of a role; the number is their version."""
    return files("arion_host").joinpath(f"prompts/{name}.md").read_text("utf-8").strip()


def messages(assignment: Assignment) -> list[Message]:
    """The conversation so far and what is said now, with the moment and the times meant."""
    told: list[Message] = []
    for turn in assignment.history[-_TURNS:]:
        told.append({"role": "user", "content": turn.said[:_LONGEST]})
        told.append({"role": "assistant", "content": turn.answered[:_LONGEST]})
    return [*told, {"role": "user", "content": f"{_moment(assignment)}\n\n{assignment.said}"}]


def _moment(assignment: Assignment) -> str:
    now = assignment.now
    lines = [
        f"Now: {now:%A} {now.isoformat(timespec='minutes')} ({now.tzinfo})",
        f"Answer in: {LANGUAGES[assignment.language]}",
    ]
    spans = find_times(assignment.said, assignment.language, now)
    times = [f'"{it.text}" = {it.at}' + (f" to {it.until}" if it.until else "") for it in spans]
    if times:
        lines.append(f"Times said: {'; '.join(times)}")
    if assignment.is_worded:
        lines.append(_WORDED)
    return "\n".join(lines)
