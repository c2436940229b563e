"""What our descriptions of the search engines object to in a request."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from tests.descriptions.openapi import Description

NAMES = ("naver", "brave", "tavily", "searxng")


def check(name: str, method: str, path: str, query: list[tuple[str, str]], body: Any) -> list[str]:
    """Everything that the engine would refuse; nothing means it is right."""
    return Description.load(name).check(method, path, query, body)


CHECKS: Mapping[str, partial[list[str]]] = {name: partial(check, name) for name in NAMES}
"""By the first segment of the sandbox's paths. Daum lies under Kakao's."""
