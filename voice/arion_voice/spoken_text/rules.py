"""An ordered list of patterns and what stands in their place. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

Said = str | Callable[[re.Match[str]], str]
"""A replacement: a template, or a function of the match."""


class Rules:
    """Replacements that are made one after the other."""

    def __init__(self, *rules: tuple[str, Said]) -> None:
        self._rules = tuple((re.compile(pattern), said) for pattern, said in rules)

    def apply(self, text: str) -> str:
        """Return `text` after every rule has been applied to the result of the one before."""
        for pattern, said in self._rules:
            text = pattern.sub(said, text)
        return text
