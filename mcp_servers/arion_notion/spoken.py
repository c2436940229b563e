"""Markdown as words that can be read aloud."""

from __future__ import annotations

import re
from dataclasses import dataclass

from arion_kit.speech import speakable

_LONGEST_LINE = 1_000
_LOOKED_AT = 4_000
"""Characters of a page that are searched for something to read out."""

_FENCE = re.compile(r"```.*?(?:```|$)", re.DOTALL)
# No expression may read on past what could be the next match: pages hold whatever people paste.
_PAGE = re.compile(r"<(?:page|database|mention-\w+)\b[^<>]*>([^<]*)</[\w-]+>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_ATTRIBUTES = re.compile(r" ?\{[\w-]+=\"[^\"{}]*\"[^{}]*\}")
_MARK = re.compile(r"(?<!\\)(?:\*\*|__|~~|`|\*(?=\S)|(?<=\S)\*)")
_ESCAPE = re.compile(r"\\([\\*~`$\[\]<>{}|^])")
_LEAD = re.compile(r"^\s*(?:(?P<head>#{1,6}\s+)|(?P<todo>[-*] \[(?P<done>[ xX])\]\s+)|"
                   r"(?P<item>[-*+]\s+|\d+[.)]\s+)|(?P<quote>>\s+))?(?P<text>.*)$")  # fmt: skip
_RULE = re.compile(r"[\s|:\-]*")


@dataclass(frozen=True)
class SpokenText:
    """The beginning of a text, in words."""

    words: str
    whole: bool
    """Whether it is all of it."""


def plain_text(markdown: str) -> str:
    """Markdown without its markup, line by line; boxes of to-dos stay."""
    text = _PAGE.sub(r"\1", markdown)
    text = _ATTRIBUTES.sub("", _TAG.sub("", text))
    text = _LINK.sub(r"\1", text)
    lines = [_ESCAPE.sub(r"\1", _MARK.sub("", line)).rstrip() for line in text.split("\n")]
    return "\n".join(re.sub(r"^(\s*)#{1,6}\s+", r"\1", line) for line in lines)


def speak_markdown(markdown: str, limit: int) -> SpokenText:
    """The first `limit` characters of it as sentences; what is done of a list is left out."""
    clauses: list[str] = []
    text = _FENCE.sub("", markdown[:_LOOKED_AT])
    used = 0
    for line in text.split("\n"):
        clause = _clause(line)
        if not clause:
            continue
        if clauses and used + len(clause) > limit:
            return SpokenText(_joined(clauses), whole=False)
        clauses.append(clause[:limit])
        used += len(clause)
    return SpokenText(_joined(clauses), whole=len(markdown) <= _LOOKED_AT)


def _clause(line: str) -> str:
    if _RULE.fullmatch(line):
        return ""
    found = _LEAD.match(line)
    if found is None or (found["done"] or " ") != " ":
        return ""
    text = speakable(plain_text(found["text"]), _LONGEST_LINE)
    if not text:
        return ""
    listed = found["todo"] or found["item"]
    if listed:
        return text.rstrip(".,") + ", "
    return text + (" " if text.endswith((".", "!", "?", "…")) else ". ")


def _joined(clauses: list[str]) -> str:
    """The clauses, each list ending as a sentence does."""
    following = [*clauses, ""][1:]
    ended = [
        f"{clause.removesuffix(', ')}. "
        if clause.endswith(", ") and not after.endswith(", ")
        else clause
        for clause, after in zip(clauses, following, strict=True)
    ]
    return "".join(ended).strip()
