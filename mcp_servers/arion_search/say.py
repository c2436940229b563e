"""What the tools say: which words, in the person's language. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from arion_kit.engines.query import Query, Row
from arion_kit.speech import speakable
from arion_kit.words import Language
from arion_search import say_en, say_ko
from arion_search.models import ImageRow

if TYPE_CHECKING:
    from arion_search.page import Page

MOST_NAMED = 3
"""Results that are named aloud; more are not remembered."""

_LONGEST_TITLE = 60
_LONGEST_ANSWER = 110
_LOOKED_AT = 600
_SENTENCE = re.compile(r"(.+?[.!?])(?:\s|$)")
_BULLET = re.compile(r"^(?:[-*>]+|\d{1,3}\.)\s+")
_SIGNED = re.compile(r"(.{8,}?)\s+[-–—|]\s+([^-–—|]{2,15})")
"""A headline with the paper's name behind it."""
_DOTS = re.compile(r"…+|\.{3,}")
_DECIMAL = re.compile(r"\d$")


@dataclass(frozen=True)
class Asked:
    """What was asked, and by whom."""

    query: Query
    language: Language
    now: datetime
    as_web: bool = False
    named: bool = True
    """The person said what about; else it is the day's headlines."""

    @property
    def words(self) -> str:
        """The query as it can be said."""
        return speakable(self.query.text, 40)


def say_results(asked: Asked, rows: Sequence[Row]) -> str:
    """The best results by title and source, and the first one's first sentence."""
    news = asked.query.kind == "news"
    told = [named(row, news=news) for row in rows[:MOST_NAMED]]
    words = say_ko if asked.language == "ko" else say_en
    if not told:
        return words.nothing(asked.words)
    if asked.query.kind == "local":
        return words.places(asked.words, [title for title, _ in told], len(rows))
    if news and not asked.as_web:
        return words.news(asked.words if asked.named else "", told, len(rows))
    answer = first_sentence(rows[0].snippet)
    return words.pages(asked.words, told, answer, as_web=asked.as_web)


def say_images(query: str, images: Sequence[ImageRow], language: Language) -> str:
    """How many images there are, and of what."""
    words = say_ko if language == "ko" else say_en
    spoken = speakable(query, 40)
    if not images:
        return words.nothing(spoken)
    titles = [speakable(image.title, 40) for image in images[:MOST_NAMED]]
    distinct = [title for title in dict.fromkeys(titles) if title and title != spoken]
    return words.images(spoken, len(images), distinct)


def say_page(page: Page, text: str, section: str | None, language: Language) -> str:
    """Whose text it is, and its beginning."""
    words = say_ko if language == "ko" else say_en
    name = speakable(section or page.title, _LONGEST_TITLE)
    lines = (_BULLET.sub("", line) for line in text.split("\n") if line[:1] != "#")
    beginning = first_sentence(" ".join(filter(None, lines)))
    if not text.strip():
        return words.empty_page(name)
    return words.page(name, beginning, section=section is not None)


def say_lacking(extra: str, language: Language) -> tuple[str, str]:
    """That a library is missing, and how to get it."""
    return (say_ko if language == "ko" else say_en).lacking(extra)


def headlines(language: Language) -> str:
    """What finds the day's headlines."""
    return (say_ko if language == "ko" else say_en).HEADLINES


def note_as_web(language: Language) -> str:
    """That web pages were searched in the place of news."""
    return (say_ko if language == "ko" else say_en).NO_NEWS_ENGINE


def named(row: Row, *, news: bool = False) -> tuple[str, str]:
    """A result's title without the site's name behind it, and the site's name if it is a word."""
    source = row.source if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", row.source) else ""
    title = _DOTS.sub(", ", row.title).strip(" ,")
    signed = _SIGNED.fullmatch(title) if news and not source else None
    if signed:
        title, source = signed[1], signed[2]
    if source:
        title = re.sub(rf"\s*[-–—|:·]\s*{re.escape(source)}.{{0,25}}$", "", title)
    return speakable(title, _LONGEST_TITLE), speakable(source, 30)


def first_sentence(text: str) -> str:
    """The first sentence if it is short enough to be heard, else nothing."""
    end = 0
    for found in _SENTENCE.finditer(text[:_LOOKED_AT]):
        end = found.end(1)
        if not _DECIMAL.search(found[1][:-1]) and end > 5:
            break
    sentence = speakable(text[:end], 400)
    return sentence if 5 < len(sentence) <= _LONGEST_ANSWER else ""
