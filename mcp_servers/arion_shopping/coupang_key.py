"""How requests to Coupang Partners are signed.

Source: Coupang's HMAC guide for its open APIs: `signed-date`, method, path and query (without the
question mark) are hashed with the secret key.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx2
from pydantic import SecretStr

from arion_shopping.variables import COUPANG_KEYS


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class CoupangKey:
    """`ACCESS_KEY:SECRET_KEY`, for the API at `base_url`."""

    token: SecretStr | None
    base_url: str
    now: Callable[[], datetime] = _utc_now

    def missing(self) -> str | None:
        """The setting, while it is empty. Half a key is sent, and Coupang refuses it."""
        return None if self.token else COUPANG_KEYS

    def sign(self, request: httpx2.Request) -> None:
        """Sets the `Authorization` header; the signature is good for a few minutes."""
        access, secret = self.secrets()
        date = self.now().astimezone(UTC).strftime("%y%m%dT%H%M%SZ")
        # A stand-in may lie below a path of its own, which is no part of Coupang's.
        path, _, query = request.url.raw_path.decode().partition("?")
        path = path.removeprefix(urlsplit(self.base_url).path)
        message = f"{date}{request.method}{path}{query}"
        signature = hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()
        request.headers["Authorization"] = (
            f"CEA algorithm=HmacSHA256, access-key={access}, "
            f"signed-date={date}, signature={signature}"
        )

    def secrets(self) -> tuple[str, str]:
        """Access key and secret key; empty where they are missing."""
        access, _, secret = (self.token.get_secret_value() if self.token else "").partition(":")
        return access, secret
