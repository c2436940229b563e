from __future__ import annotations

import httpx2
import pytest
from pydantic import SecretStr

from arion_kit.credentials import Bearer, Credentials, HeaderKey, Open, QueryKey, Together

KEY = SecretStr("k3y-of-the-tests")


def signed(credentials: Credentials) -> httpx2.Request:
    request = httpx2.Request("GET", "https://api.example.com/v1?q=1")
    credentials.sign(request)
    return request


def test_a_token_goes_into_the_authorization_header():
    assert signed(Bearer(KEY, "V", "KakaoAK")).headers["authorization"] == f"KakaoAK {_text()}"


def test_a_key_goes_where_the_vendor_wants_it():
    assert (
        signed(HeaderKey("X-Subscription-Token", KEY, "V")).headers["x-subscription-token"]
        == _text()
    )
    assert signed(QueryKey("apiKey", KEY, "V")).url.params["apiKey"] == _text()
    both = Together((HeaderKey("X-Id", SecretStr("me"), "ID"), QueryKey("k", KEY, "V")))
    assert (signed(both).headers["x-id"], signed(both).url.params["k"]) == ("me", _text())
    assert both.secrets() == ("me", _text())


@pytest.mark.parametrize(
    "credentials",
    [
        Bearer(None, "ARION_X_TOKEN"),
        HeaderKey("X", None, "ARION_X_TOKEN"),
        QueryKey("x", None, "ARION_X_TOKEN"),
        Together((Open(), Bearer(None, "ARION_X_TOKEN"))),
    ],
)
def test_an_empty_key_is_named_by_its_setting(credentials: Credentials):
    assert credentials.missing() == "ARION_X_TOKEN"
    assert credentials.secrets() == ()


def test_an_open_vendor_needs_nothing():
    assert Open().missing() is None
    assert "authorization" not in signed(Open()).headers


def _text() -> str:
    return KEY.get_secret_value()
