"""A search engine as data: what it finds, how it is asked and how its answers are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, JsonValue, model_validator

from arion_kit.engines.query import LONGEST_QUERY, EngineName, Kind, Query, Row
from arion_kit.engines.settings import EngineSettings
from arion_kit.engines.text import fitted
from arion_kit.http import Upstream, UpstreamOptions
from arion_kit.messages import Params


class Wire(BaseModel):
    """What an engine sends; fields we don't know are ignored, and null is as good as nothing."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_null(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        fields = cast("dict[str, Any]", value)
        return {name: item for name, item in fields.items() if item is not None}


@dataclass(frozen=True)
class Ask:
    """The request for a query."""

    path: str
    params: Params = field(default_factory=dict[str, str])
    json: JsonValue = None
    """Sent with POST; None asks with GET."""
    count: int = 10
    """Rows that a full page has."""


@dataclass(frozen=True)
class Engine:
    """One search engine."""

    name: EngineName
    title: str
    """As people call it."""
    variable: str
    """The setting to fill in first."""
    kinds: frozenset[Kind]
    ask: Callable[[Query], Ask]
    read: Callable[[Upstream, JsonValue, Query], list[Row]]
    options: Callable[[EngineSettings], UpstreamOptions]
    """How to reach it; its credentials say what is missing."""
    korean: bool = False
    """Knows Korean pages best."""
    takes_sites: bool = False
    """Can be told to search certain sites only."""
    takes_freshness: frozenset[Kind] = frozenset()
    """Can be told how old results may be, or dates them, so that they can be sorted out."""
    most_words: int | None = None
    pages: int = 1
    """The last page it gives."""
    pages_of: Mapping[Kind, int] = field(default_factory=dict[Kind, int])
    """Where a kind has another number of pages."""

    def reaches(self, query: Query) -> bool:
        """Whether it has this kind, and that many pages of it."""
        return query.kind in self.kinds and query.page <= self.pages_of.get(query.kind, self.pages)


def words_of(query: Query, *, sites: bool, most_words: int | None = None) -> str:
    """The text to send: cut to what engines take, with `site:` for each site if wanted."""
    if not (sites and query.sites):
        return fitted(query.text, LONGEST_QUERY, most_words)
    named: list[str] = []
    room = LONGEST_QUERY // 2
    for site in query.sites:
        room -= len(site) + 9
        if room < 0:
            break
        named.append(f"site:{site}")
    limits = " OR ".join(named)
    limits = f"({limits})" if len(named) > 1 else limits
    words = most_words - 2 * len(named) if most_words else None
    return f"{fitted(query.text, LONGEST_QUERY - len(limits) - 1, words)} {limits}"
