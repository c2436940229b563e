"""One utterance that may ask for several things with one verb, written out as several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_ITEMS = 4
"""More than that are no requests but a list."""


@dataclass(frozen=True)
class Way:
    """One way in which an utterance may ask for several things."""

    texts: tuple[str, ...]
    """The commands, each written out."""
    items: tuple[str, ...] = ()
    """What is said for each of them alone; nothing where the things may be of different kinds."""
    joint: str = ""
    """The words on both sides of where they come apart."""
    clear: bool = False
    """That it comes apart is plain from how it is built, whatever the words are."""
    mixed: bool = False
    """The things may be for different tools."""
    bare: bool = False
    """Nothing but "and" tells that there are several: "yoga and pilates", or one name."""
    near: bool = False
    """The things have to be of one server."""


def spread(said: str, begin: int, items: Sequence[str], end: int, joint: str) -> Way:
    """A command for each of `items`, which stand between two offsets of what was said."""
    head, tail = said[:begin], said[end:]
    return Way(tuple(f"{head}{it}{tail}" for it in items), tuple(items), joint)


def around(said: str, begin: int, end: int) -> str:
    """Where an utterance comes apart, with a word on both sides."""
    before, behind = said[:begin].split()[-1:], said[end:].split()[:1]
    return f"{''.join(before)}{said[begin:end]}{''.join(behind)}"


def cut(text: str, joints: Sequence[tuple[int, int]]) -> list[str]:
    """What stands between the joints of a text."""
    edges = [0, *(edge for joint in joints for edge in joint), len(text)]
    return [text[begin:end].strip() for begin, end in zip(edges[::2], edges[1::2], strict=True)]


def grouped(joints: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Joints to come apart at: all of them, where they are few, then each alone."""
    together = [list(joints)] if 1 < len(joints) < MOST_ITEMS else []
    return together + [[it] for it in joints]
