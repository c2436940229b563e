"""What the sentences are about, as plain values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from arion_kit.speech import speakable

Kind = Literal["issues", "prs", "code", "repos", "users"]
Obstacle = Literal["closed", "draft", "conflicts"]
RunAct = Literal["rerun", "cancel", "dispatch"]
MergeMethod = Literal["merge", "squash", "rebase"]

FEW = 3
"""Rows that are read out; of more, the rest is on the screen."""
MOST_SPOKEN = 4

SPOKEN_TEXT = 120
"""Letters of a text that are read out."""

_LONGEST_TITLE = 50
_LONGEST_NAME = 30

_REFERENCE = re.compile(r"\s*\(#\d+\)")
"""The number that a squashed commit carries."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Item:
    """An issue or pull request as it is named aloud."""

    number: int
    title: str
    repo: str = ""


@dataclass(frozen=True)
class PullSpoken:
    """How a pull request stands."""

    item: Item
    state: str
    """open, merged or closed."""
    draft: bool
    conflicts: bool
    checks: tuple[int, int, int] | None
    """Passed, failed, running; None where they could not be read."""
    approvals: int
    changes_requested: int


@dataclass(frozen=True)
class ThreadSpoken:
    """A notification."""

    repo: str
    title: str
    reason: str


@dataclass(frozen=True)
class RunSpoken:
    """A workflow run."""

    workflow: str
    title: str
    result: str
    """success, failure, cancelled, running or other."""


def spoken_part(rows: Sequence[Row], *, more: bool) -> Sequence[Row]:
    """The rows to read out: all of a few, the first of many."""
    return rows if len(rows) <= MOST_SPOKEN and not more else rows[:FEW]


def title_of(text: str) -> str:
    """A title fit to be said."""
    return speakable(_REFERENCE.sub("", text), _LONGEST_TITLE)


def name_of(text: str) -> str:
    """A name fit to be said."""
    return speakable(text, _LONGEST_NAME)
