"""HTML mail as the text a person would see.

Parsed with lexbor (through selectolax), since mail is neither well-formed nor friendly: the
standard library's parser needs 38 seconds for 60 KB of `<a <a <a` (CPython 3.11.7).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

FOLD = "[…]"
"""Stands on a line of its own where a quote or a signature was left out."""

_DEEPEST = 1_000
"""Nested elements. Lexbor's time grows with the square of the depth: 40,000 take 3 seconds."""

_UNSEEN = frozenset(
    {"head", "script", "style", "title", "template", "noscript", "object", "svg", "-comment"}
)
_BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|"
    "figcaption|figure|footer|form|h[1-6]|header|hr|html|li|main|nav|ol|p|pre|section|summary|"
    "table|tbody|tfoot|thead|tr|ul"
)
_SELF_CLOSED = "area|base|br|col|dd|dt|hr|img|input|li|link|meta|option|p|source|t[bdfhr]\\w*|wbr"
_TAG = re.compile(rf"<(/?)(?!(?:{_SELF_CLOSED})[\s/>])([a-z][^\s/>]*)", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")

_HIDDEN = re.compile(r"display:none|visibility:hidden|(?:font-size|opacity|max-height):0(?![.\d])")
_QUOTED = frozenset({"gmail_quote", "gmail_quote_container", "moz-cite-prefix", "yahoo_quoted"})
_SIGNED = frozenset({"gmail_signature", "moz-signature"})
_REPLIED_TO = frozenset({"divRplyFwdMsg", "appendonsend"})
"""Outlook puts the mail that is answered after these, beside them."""

_BREAK = "\ue000"
"""A line break among white space that means nothing, as it does in HTML."""


def html_to_text(html: str, *, fold: bool) -> str:
    """What a reader of `html` sees, a block a line.

    Text that is styled to be unseen is left out: it pads, or speaks to machines behind the
    reader's back. With `fold`, quoted mail and signatures become a `FOLD` line.
    """
    if _depth(html) > _DEEPEST:
        return _lines(_MARKUP.sub(" ", html))
    root = LexborHTMLParser(html).root
    return _lines("".join(_texts(root, fold=fold))) if root else ""


def _texts(root: LexborNode, *, fold: bool) -> Iterator[str]:
    waiting: list[LexborNode | str] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield node.text_content or ""
        elif fold and _folded(node, tag):
            yield f"{_BREAK}{FOLD}{_BREAK}"
        elif tag not in _UNSEEN and not _hidden(node):
            around = _BREAK if _BLOCK.fullmatch(tag) else " " if tag in {"td", "th"} else ""
            yield around
            waiting.append(around)
            waiting.extend(reversed(_children(node, fold=fold)))


def _children(node: LexborNode, *, fold: bool) -> list[LexborNode | str]:
    children: list[LexborNode | str] = []
    for child in node.iter(include_text=True):
        if fold and child.id in _REPLIED_TO:
            return [*children, f"{_BREAK}{FOLD}{_BREAK}"]
        children.append(child)
    return children


def _folded(node: LexborNode, tag: str) -> bool:
    return (
        tag == "blockquote"
        or node.id == "Signature"
        or not (_QUOTED | _SIGNED).isdisjoint((node.attributes.get("class") or "").split())
    )


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = re.sub(r"\s", "", attributes.get("style") or "").lower()
    return "hidden" in attributes or bool(_HIDDEN.search(style))


def _depth(html: str) -> int:
    """An upper bound of how deep the elements of `html` are nested."""
    unclosed = Counter[str]()
    depth = deepest = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        if not tag[1]:
            unclosed[name] += 1
            depth += 1
        elif unclosed[name]:  # an end tag of nothing closes nothing
            unclosed[name] -= 1
            depth -= 1
        deepest = max(deepest, depth)
    return deepest


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split(_BREAK))
    return "\n".join(line for line in lines if line)
