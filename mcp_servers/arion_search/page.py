"""A page as text: its title, date, author, headings and sections. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from arion_kit.engines.text import one_line
from arion_kit.errors import BadInput

MOST_HEADINGS = 60
_HEADING = re.compile(r"^(#{1,6}) +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Heading:
    """A heading, and where its section lies in the text."""

    text: str
    level: int
    start: int
    end: int


@dataclass(frozen=True)
class Page:
    """What a page says."""

    url: str
    text: str
    """Markdown where the page has headings and lists."""
    title: str = ""
    author: str | None = None
    date: datetime | None = None
    site: str | None = None
    lacks: str | None = None
    """The extra of arion-hub that has to be installed to read it."""

    @property
    def headings(self) -> list[Heading]:
        """Its headings in order."""
        found = list(_HEADING.finditer(self.text))
        levels = [len(it[1]) for it in found]
        return [
            Heading(
                it[2].strip(),
                levels[index],
                it.start(),
                next(
                    (
                        later.start()
                        for later, level in zip(
                            found[index + 1 :], levels[index + 1 :], strict=True
                        )
                        if level <= levels[index]
                    ),
                    len(self.text),
                ),
            )
            for index, it in enumerate(found)
        ]

    def section(self, named: str) -> str:
        """The text under a heading, the headings below it included.

        Raises:
            BadInput: The page has no such heading; the message tells which it has.
        """
        wanted = one_line(named).lstrip("# ").casefold()
        headings = self.headings
        for heading in headings:
            if heading.text.casefold() == wanted:
                return self.text[heading.start : heading.end].strip()
        for heading in headings:
            if wanted in heading.text.casefold():
                return self.text[heading.start : heading.end].strip()
        known = "; ".join(heading.text for heading in headings[:MOST_HEADINGS])
        if not known:
            raise BadInput("section", "this page has no headings; leave it out")
        raise BadInput("section", f"this page has: {known}")
