"""Takes out of a page what a person would not see on it.

Hidden text is where pages put orders for models. What is hidden by scripts or by rules of style
sheets in other files is not known here.
"""

from __future__ import annotations

import re
from typing import Any

Tree = Any
"""An lxml element; lxml brings no types."""

_SIMPLE = re.compile(r"[.#][\w-]+")
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:[;!]|$)"
    r"|font-size\s*:\s*0(?:\.0+)?(?:px|em|rem|pt|%)?\s*(?:[;!]|$)"
    r"|(?:text-indent|left|top|right|margin-left|margin-top)\s*:\s*-\d{4,}"
    r"|clip\s*:\s*rect\(\s*(?:0|1px)[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|transform\s*:\s*scale\(\s*0\s*\)|color\s*:\s*transparent\s*(?:[;!]|$)",
    re.IGNORECASE,
)
_NEVER_TEXT = ("script", "style", "template", "noscript", "iframe", "object", "svg", "canvas")
_WHOLE = frozenset({"html", "body", "main", "article"})
"""Hidden only until a script has run."""

_LOOKED_AT = 300_000
"""Characters of style sheets that are looked at."""


def remove_unseen(tree: Tree) -> None:
    """Removes comments, scripts and hidden elements; the text behind them stays."""
    names = _hidden_names(tree)
    doomed = [
        element
        for element in tree.iter()
        if not isinstance(element.tag, str)
        or element.tag in _NEVER_TEXT
        or (element.tag not in _WHOLE and _is_unseen(element, names))
    ]
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tree()


def _is_unseen(element: Tree, names: frozenset[str]) -> bool:
    if "hidden" in element.attrib and element.attrib["hidden"] != "until-found":
        return True
    if element.tag == "input" or _UNSEEN.search(element.attrib.get("style", "")):
        return True
    own = {f".{name}" for name in element.attrib.get("class", "").split()}
    own.add(f"#{element.attrib.get('id', '')}")
    return not names.isdisjoint(own)


def _hidden_names(tree: Tree) -> frozenset[str]:
    """Classes and ids that the page's own style sheets hide."""
    sheets = (it.text or "" for it in tree.iter("style") if _is_for_screens(it.get("media", "")))
    css = _without_at_rules(_without_comments("".join(sheets)[:_LOOKED_AT]))
    names: set[str] = set()
    for rule in css.split("}"):
        selectors, _, declarations = rule.partition("{")
        if _UNSEEN.search(declarations):
            names |= {it.strip() for it in selectors.split(",") if _SIMPLE.fullmatch(it.strip())}
    return frozenset(names)


def _is_for_screens(media: str) -> bool:
    return not media or "all" in media or "screen" in media


def _without_comments(css: str) -> str:
    """Linear in time, which a regular expression is not where comments are never closed."""
    first, *rest = css.split("/*")
    return first + "".join(part.partition("*/")[2] for part in rest)


def _without_at_rules(css: str) -> str:
    """The rules that hold always, not on paper or on small screens only."""
    kept: list[str] = []
    depth, skipping, start = 0, False, 0
    for place, letter in enumerate(css):
        if letter == "@" and depth == 0 and not skipping:
            kept.append(css[start:place])
            skipping = True
        elif letter == "{":
            depth += 1
        elif letter == "}":
            depth = max(0, depth - 1)
        if skipping and ((letter == "}" and depth == 0) or (letter == ";" and depth == 0)):
            skipping, start = False, place + 1
    return "".join(kept) + ("" if skipping else css[start:])
