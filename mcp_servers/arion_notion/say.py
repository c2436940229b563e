"""The spoken sentences of the tools, by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from pydantic import JsonValue

from arion_kit.words import Language
from arion_notion import say_en, say_ko
from arion_notion.diffs import Counted


class Speaker(Protocol):
    """One language's sentences. Titles are foreign text and are made speakable."""

    def found(self, titles: Sequence[str], query: str, *, more: bool) -> str:
        """What a search found; without `query`, what was edited last."""
        ...

    def read(self, title: str, markdown: str, *, begun: bool) -> str:
        """A page's title and the beginning of its text; `begun` goes on within it."""
        ...

    def row(self, title: str, values: Mapping[str, JsonValue], *, today: date) -> str:
        """A row that has no text of its own: some of its values."""
        ...

    def schema(self, title: str, names: Sequence[str]) -> str:
        """What a data source keeps of each row."""
        ...

    def rows(self, source: str, titles: Sequence[str], *, filtered: bool, more: bool) -> str:
        """The rows of a data source."""
        ...

    def made(self, title: str, parent: str, *, in_source: bool, existed: bool) -> str:
        """What was made, and where."""
        ...

    def made_database(self, title: str, parent: str, *, existed: bool) -> str:
        """What database was made, and in which page."""
        ...

    def appended(self, title: str, *, existed: bool) -> str:
        """That a page has become longer."""
        ...

    def edited(self, title: str, lines: Counted, *, dry_run: bool) -> str:
        """That a passage has changed, or how it would."""
        ...

    def replaced(self, title: str, *, changed: bool) -> str:
        """That all of a page has changed, or had that content."""
        ...

    def ask_replace(self, title: str, lines: Counted) -> str:
        """Whether all of a page shall change."""
        ...

    def updated(self, title: str, values: Mapping[str, JsonValue], *, today: date) -> str:
        """Which properties of a page have changed, and to what."""
        ...

    def trashed(self, title: str, *, changed: bool) -> str:
        """That a page is in the trash."""
        ...

    def restored(self, title: str, *, changed: bool) -> str:
        """That a page is not in the trash."""
        ...

    def moved(self, title: str, parent: str) -> str:
        """That a page is in another place."""
        ...

    def commented(self, title: str, *, existed: bool) -> str:
        """That a comment stands under a page."""
        ...

    def uncommented(self) -> str:
        """That a comment is gone."""
        ...

    def comments(self, title: str, remarks: Sequence[tuple[str | None, str]], *, more: bool) -> str:
        """Who said what about a page."""
        ...

    def users(self, names: Sequence[str], *, more: bool) -> str:
        """Who is in the workspace."""
        ...


SPEAKERS: Mapping[Language, Speaker] = {"ko": say_ko, "en": say_en}
