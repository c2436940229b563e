"""Settings of the search server: those of the engines, `ARION_SEARCH_…`."""

from __future__ import annotations

from arion_kit.engines.settings import EngineSettings as SearchSettings

__all__ = ["SearchSettings"]
