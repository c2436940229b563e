"""What our description of TMAP objects to in a request."""

from __future__ import annotations

from typing import Any

from tests.descriptions.openapi import Description


def check(method: str, path: str, query: list[tuple[str, str]], body: Any) -> list[str]:
    """Everything that the vendor would refuse; nothing means it is right."""
    return Description.load("tmap").check(method, path, query, body)
