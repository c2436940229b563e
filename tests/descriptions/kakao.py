"""What our descriptions of Kakao objects to in a request: Local, Mobility and Daum search."""

from __future__ import annotations

from typing import Any

from tests.descriptions.openapi import Description


def check(method: str, path: str, query: list[tuple[str, str]], body: Any) -> list[str]:
    """Everything that the vendor would refuse; nothing means it is right."""
    daum = path.startswith(("/v2/search/", "/v3/search/"))
    return Description.load("daum" if daum else "kakao").check(method, path, query, body)
