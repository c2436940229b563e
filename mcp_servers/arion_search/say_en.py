"""English sentences. Pure: what they speak of is given and speakable."""

from __future__ import annotations

from collections.abc import Sequence

from arion_kit.speech import join_spoken, number_word

HEADLINES = "top stories today"
NO_NEWS_ENGINE = "No news engine is set up, so I looked on the web."

_ORDINALS = ("First", "Second", "Third")

Told = tuple[str, str]
"""Title and source; the source may be empty."""


def nothing(words: str) -> str:
    """No result."""
    return f"I found nothing for '{words}'. Shall I try other words?"


def pages(words: str, told: Sequence[Told], answer: str, *, as_web: bool) -> str:
    """Web pages: the first with its first sentence, then the others."""
    opening = f"{NO_NEWS_ENGINE} " if as_web else ""
    first = f"The top result for '{words}' is {_of(told[0])}."
    others = [_of(it) for it in told[1:]]
    rest = f" There is also {join_spoken(others, 'en')}." if others else ""
    return f"{opening}{first}{' ' + answer if answer else ''}{rest}"


def news(words: str, told: Sequence[Told], count: int) -> str:
    """Headlines, one after the other."""
    if words and len(told) == 1:
        return f"There is one story about '{words}': {_of(told[0])}."
    headlines = " ".join(
        f"{ordinal}, {_of(it)}." for ordinal, it in zip(_ORDINALS, told, strict=False)
    )
    more = "" if count == len(told) else " The rest is on the screen."
    if not words:
        return f"Here are the top stories. {headlines}{more}"
    return f"I found {number_word(count)} stories about '{words}'. {headlines}{more}"


def places(words: str, names: Sequence[str], count: int) -> str:
    """Places by name."""
    if count == 1:
        return f"I found one place for '{words}': {names[0]}."
    listed = join_spoken(names, "en")
    return f"I found {number_word(count)} places for '{words}', such as {listed}."


def images(words: str, count: int, titles: Sequence[str]) -> str:
    """How many, and of what."""
    many = "one image" if count == 1 else f"{number_word(count)} images"
    of = f": {join_spoken(titles, 'en')}" if titles else ""
    return f"I found {many} for '{words}'{of}."


def page(name: str, beginning: str, *, section: bool) -> str:
    """A page or one section of it."""
    what = "section" if section else "page"
    opening = f"This is the {what} '{name}'." if name else f"This {what} has no title."
    return f"{opening} {beginning}".strip()


def empty_page(name: str) -> str:
    """A page without text."""
    return f"There is nothing to read on '{name}'." if name else "There is nothing to read there."


def lacking(extra: str) -> tuple[str, str]:
    """A missing library, and what to do."""
    return (
        "What it takes to read this page is not installed.",
        f"Please install arion-hub[{extra}].",
    )


def _of(told: Told) -> str:
    title, source = told
    return f"'{title}' from {source}" if source else f"'{title}'"
