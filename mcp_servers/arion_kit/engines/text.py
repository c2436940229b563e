"""Text that other people wrote, made plain: markup, entities, invisible characters, dates."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

SEOUL = timezone(timedelta(hours=9))

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_LONGEST = 4_000
"""Characters of a title or snippet that are looked at."""
_DAY = re.compile(r"(\d{4})\D?(\d\d)\D?(\d\d)")

_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, apart from tab and line ends
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff"
    "\U000e0000-\U000e0fff"  # tags and variation selectors, which can spell out hidden orders
    "]"
)


def visible(text: str) -> str:
    """The text without what nobody sees: zero-width, bidi, tag and control characters."""
    return _HIDDEN.sub("", text)


def one_line(text: str) -> str:
    """Visible text on one line."""
    return " ".join(visible(text.replace("\u2028", " ").replace("\u2029", " ")).split())


def lines(text: str) -> str:
    """Visible text whose lines are trimmed, with no more than one blank line in a row."""
    spaced = _SPACES.sub(" ", visible(text.replace("\r\n", "\n").replace("\r", "\n")))
    trimmed = "\n".join(line.strip() for line in spaced.split("\n"))
    return _BLANK_LINES.sub("\n\n", trimmed).strip()


def plain(markup: str | None) -> str:
    """A title or snippet as engines send it, without `<b>` and entities."""
    return one_line(html.unescape(_TAG.sub("", (markup or "")[:_LONGEST])))


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where one ends near."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ", limit * 2 // 3)
    return (head[:space] if space > 0 else head).rstrip(" ,.·-") + "…"


def fitted(text: str, most_chars: int, most_words: int | None = None) -> str:
    """A query cut to what an engine takes, at a word where one ends near."""
    words = one_line(text).split(" ")
    joined = " ".join(words[:most_words] if most_words else words)
    if len(joined) <= most_chars:
        return joined
    head = joined[:most_chars]
    space = head.rfind(" ", most_chars // 2)
    return head[:space] if space > 0 else head


def parse_date(text: str | None, zone: tzinfo = UTC) -> datetime | None:
    """A date as any engine writes it, with its offset (`zone` where none is given), or None."""
    written = (text or "").strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime, _day):
        try:
            found = read(written)
            aware = found if found.tzinfo else found.replace(tzinfo=zone)
            aware.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return aware
    return None


def is_korean(text: str) -> bool:
    """Whether it is written in Hangul, in part."""
    return any("HANGUL" in unicodedata.name(letter, "") for letter in text)


def _day(text: str) -> datetime:
    found = _DAY.fullmatch(text)
    if not found:
        raise ValueError(text)
    return datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001 - zone follows
