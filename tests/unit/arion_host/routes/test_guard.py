from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from arion_host.routes.guard import HostGuard
from arion_kit.words import ErrorKind


async def nothing(*_: object) -> None: ...


GUARD = HostGuard(nothing, allowed_hosts=["arion.example.com", "hub.local:8443"])


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "127.0.0.1:8700"},
        {"host": "localhost:8700"},
        {"host": "LOCALHOST"},
        {"host": "[::1]:8700"},
        {"host": "arion.example.com"},
        {"host": "arion.example.com:443"},
        {"host": "hub.local:8443"},
        {"host": "127.0.0.1:8700", "origin": "http://127.0.0.1:8700"},
        {"host": "arion.example.com", "origin": "https://arion.example.com"},
    ],
)
def test_requests_to_this_host_from_its_own_pages_may_enter(headers: dict[str, str]):
    assert GUARD.refusal(Headers(headers)) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": ""},
        {"host": "evil.example.com"},
        {"host": "127.0.0.1.evil.example.com"},
        {"host": "localhost.evil.example.com:8700"},
        {"host": "evil@127.0.0.1:8700"},
        {"host": "hub.local"},
        {"host": "[::1"},
        {"host": "127.0.0.1:8700", "origin": "null"},
        {"host": "127.0.0.1:8700", "origin": "http://evil.example.com"},
        {"host": "127.0.0.1:8700", "origin": "http://127.0.0.1:3000"},
        {"host": "127.0.0.1:8700", "origin": "http://localhost:8700"},
        {"host": "127.0.0.1:8700", "origin": ""},
    ],
)
def test_requests_under_another_name_or_from_another_page_may_not(headers: dict[str, str]):
    refusal = GUARD.refusal(Headers(headers))
    assert refusal is not None
    assert refusal.kind is ErrorKind.FORBIDDEN
