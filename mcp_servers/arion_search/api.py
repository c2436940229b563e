"""What the tools work with: the engines, and a reader of pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arion_kit.engines import Engines
    from arion_search.reading import Reader


@dataclass(frozen=True)
class SearchApi:
    """Open for as long as the server runs."""

    engines: Engines
    reader: Reader
