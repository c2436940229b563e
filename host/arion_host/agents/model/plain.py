"""What a model writes, as something that can be said to a person; or that it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable

from arion_host.agents.model.meter import Halt
from arion_host.policy.pins import visible

OnText = Callable[[str], None]
"""Gets an answer piece by piece, as it is written."""

_THOUGHT = "<think>"
_THOUGHT_ENDS = "</think>"
_RAW = re.compile(r"\A[\s]*[\[{<`]|```|<\||</?(?:tool|function|think)|\{\s*\"")
"""Calls, markup and code, which are not for ears."""
_LOOP = re.compile(r"([^\W\d_].{0,39}?)\1{9,}|([^\W\d_].{14,119}?)\2{2,}", re.DOTALL)
"""The same few letters ten times over, or the same sentence three times."""
_LOOKS_BACK = 500
"""Characters in which a loop shows."""


def plain(text: str) -> str:
    """What is to be said, without thoughts and characters nobody sees.

    Raises:
        Halt: it is empty, a raw call or code, or goes round in circles.
    """
    said = visible(_after_thoughts(text) or "").strip()
    if not said:
        raise Halt("garbage", "The model's answer is empty.")
    _check(said)
    return said


def _check(said: str) -> None:
    if _RAW.search(said):
        raise Halt("garbage", "The model's answer is a call or code, not a sentence.")
    if _LOOP.search(said[-_LOOKS_BACK:]):
        raise Halt("garbage", "The model's answer goes round in circles.")


def _after_thoughts(text: str) -> str | None:
    """What follows the thoughts some local models write first; None while they may go on."""
    start = text.lstrip()
    if start.startswith(_THOUGHT):
        _, ends, rest = start.partition(_THOUGHT_ENDS)
        return rest if ends else None
    return None if start and _THOUGHT.startswith(start) else text


class Aloud:
    """Passes an answer on word by word, as far as it can be said."""

    def __init__(self, on_text: OnText) -> None:
        """`on_text` gets the pieces; together they are `said`."""
        self._on_text = on_text
        self._written = ""
        self.said = ""

    def feed(self, piece: str) -> None:
        """Take the next piece of the answer.

        Raises:
            Halt: it is no answer.
        """
        self._written += piece
        text = visible(_after_thoughts(self._written) or "").lstrip()
        # A word that is not complete may still become anything.
        words, space, _ = text.rpartition(" ")
        if space:
            self._say(words)

    def finish(self) -> str:
        """Pass on the rest; return the whole answer.

        Raises:
            Halt: it is no answer.
        """
        whole = plain(self._written)
        self._say(whole)
        return whole

    def _say(self, text: str) -> None:
        text = text.rstrip()
        if len(text) > len(self.said):
            _check(text)
            self._on_text(text[len(self.said) :])
            self.said = text
