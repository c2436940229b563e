"""Names of the settings that people are told to fill in."""

from __future__ import annotations

COUPANG_KEYS = "ARION_SHOPPING_TOKEN"

SEARCH_KEY = "ARION_SEARCH_TOKEN"
"""The simplest of the search engines' keys."""
