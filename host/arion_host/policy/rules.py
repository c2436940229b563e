"""The person's own rules, as sentences: small, readable, and checked before they count.

    always allow calendar
    always ask before gmail
    always ask before gmail to outside example.com
    never github_pr_merge

A rule names a server or one of its tools; of several that fit, the strictest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from pydantic import JsonValue

_RULE = re.compile(
    r"(?P<what>always\s+allow|always\s+ask\s+before|never)\s+(?P<target>[a-z][a-z0-9_]*)"
    r"(?:\s+to\s+outside\s+(?P<domain>[a-z0-9.-]+\.[a-z]{2,}))?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s@<>,;]+@([^\s@<>,;]+)")


class Strictness(IntEnum):
    """What a rule does, the mildest first."""

    ALLOW = 0
    ASK = 1
    NEVER = 2


_WORDS = {
    "always allow": Strictness.ALLOW,
    "always ask before": Strictness.ASK,
    "never": Strictness.NEVER,
}


@dataclass(frozen=True)
class Rule:
    """One sentence of the person."""

    strictness: Strictness
    target: str
    """Name of a server or of a tool."""
    outside: str | None = None
    """Only for calls with a mail address outside of this domain."""

    @property
    def sentence(self) -> str:
        """The rule in its one spelling, which `parse_rules` reads back."""
        words = next(text for text, what in _WORDS.items() if what is self.strictness)
        outside = f" to outside {self.outside}" if self.outside else ""
        return f"{words} {self.target}{outside}"

    def fits(self, server: str, tool: str, arguments: Mapping[str, JsonValue]) -> bool:
        """Whether the rule is about this call."""
        if self.target not in (server, tool):
            return False
        if self.outside is None:
            return True
        return any(not _is_within(domain, self.outside) for domain in _domains(arguments))


def parse_rules(text: str) -> tuple[Rule, ...]:
    """Read rules, one a line or separated by semicolons.

    Raises:
        ValueError: A sentence is no rule; the message quotes it and shows the forms there are.
    """
    sentences = (part.strip() for part in re.split(r"[;\n]", text))
    return tuple(_parse(sentence) for sentence in sentences if sentence)


def strictest(
    rules: Sequence[Rule], server: str, tool: str, arguments: Mapping[str, JsonValue]
) -> Strictness | None:
    """What the rules say about a call; None where none is about it."""
    found = [rule.strictness for rule in rules if rule.fits(server, tool, arguments)]
    return max(found, default=None)


def _parse(sentence: str) -> Rule:
    found = _RULE.fullmatch(sentence)
    if found is None:
        raise ValueError(
            f"{sentence!r} is no rule; write 'always allow calendar', 'always ask before gmail', "
            "'always ask before gmail to outside example.com' or 'never github_pr_merge'"
        )
    strictness = _WORDS[" ".join(found["what"].lower().split())]
    return Rule(strictness, found["target"].lower(), found["domain"] and found["domain"].lower())


def _domains(value: JsonValue | Mapping[str, JsonValue]) -> Iterator[str]:
    if isinstance(value, str):
        yield from (domain.lower().rstrip(".") for domain in _ADDRESS.findall(value))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _domains(item)
    elif isinstance(value, list):
        for item in value:
            yield from _domains(item)


def _is_within(domain: str, outer: str) -> bool:
    return domain == outer or domain.endswith(f".{outer}")
