"""What changes in a text, for people to look at and for putting it back."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

_TAG = re.compile(r"<(page|database)\b[^<>]*\burl=\"([^\"<>]*)\"[^<>]*>([^<]*)")

_LONGEST_LINE = 200
_COMPARED = 1_000_000
"""Pairs of lines that are compared to show a small difference in a large change."""
_WIDENED = 50
"""Lines around a change that are tried to make it one of a kind."""


@dataclass(frozen=True)
class Swap:
    """Two texts: replacing the first, which occurs once, by the second undoes a change."""

    now: str
    before: str


@dataclass(frozen=True)
class Counted:
    """How many lines go and come."""

    gone: int
    come: int


def unified(before: str, after: str) -> str:
    """The lines that go (-) and come (+), with two around them; empty when nothing changes."""
    return "\n".join(_difference(before.split("\n"), after.split("\n"), around=2))


def count_lines(before: str, after: str) -> Counted:
    """How many lines a change takes out and puts in; empty ones don't count."""
    changed = _difference(_lines(before), _lines(after), around=0)
    gone = sum(line.startswith("-") for line in changed)
    return Counted(gone, sum(line.startswith("+") for line in changed))


def _difference(old: list[str], new: list[str], *, around: int) -> list[str]:
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    gone, come = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(gone) * len(come) <= _COMPARED:
        return list(difflib.unified_diff(old, new, n=around, lineterm=""))[2:]
    # Finding what two long texts have in common takes longer than anybody waits.
    place = f"@@ -{head + 1},{len(gone)} +{head + 1},{len(come)} @@"
    return [place, *(f"-{line}" for line in gone), *(f"+{line}" for line in come)]


def find_swap(before: str, after: str) -> Swap | None:
    """The smallest whole lines whose swap turns `after` into `before` again.

    None when nothing has changed, or no text that occurs only once holds the change.
    """
    old, new = before.split("\n"), after.split("\n")
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    if head == len(old) == len(new):
        return None
    for _ in range(_WIDENED):
        there, here = old[head : len(old) - tail], new[head : len(new) - tail]
        now = "\n".join(here)
        # Lines on both sides: where there is none, the break beside it would stay or be missing.
        once = after.find(now) == after.rfind(now)
        if there and here and now.strip() and once:
            return Swap(now, "\n".join(there))
        if not head and not tail:
            return None
        # One more line of what surrounds the change, before it while there is one.
        head, tail = (head - 1, tail) if head else (head, tail - 1)
    return None


def lost_pages(before: str, after: str) -> list[str]:
    """Titles of pages and databases that lie in `before` and no more in `after`."""
    kept = {found[2] for found in _TAG.finditer(after)}
    return [found[3] or found[2] for found in _TAG.finditer(before) if found[2] not in kept]


def nearest_line(text: str, wanted: str) -> str | None:
    """The line of `text` that looks most like the first line of `wanted`."""
    first = next(iter(_lines(wanted)), "")[:_LONGEST_LINE]
    lines = [line[:_LONGEST_LINE] for line in _lines(text)[:500]]
    found = difflib.get_close_matches(first, lines, n=1, cutoff=0.5)
    return found[0] if found else None


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _common(one: list[str], other: list[str]) -> int:
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))
