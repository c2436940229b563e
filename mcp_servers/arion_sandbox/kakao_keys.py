"""The REST API keys that the stand-in for Kakao knows."""

from __future__ import annotations

from collections.abc import Mapping

KEY = "sandbox"
"""An app that may do everything, a partner of Kakao Mobility too."""

PARTNERLESS_KEY = "sandbox-partnerless"
"""An app as most are: no ways on foot."""

USED_UP_KEY = "sandbox-used-up"
"""An app that has used up its day's quota."""

KEYS = frozenset({KEY, PARTNERLESS_KEY, USED_UP_KEY})


def key_of(headers: Mapping[str, str]) -> str | None:
    """The key of `Authorization: KakaoAK …`, if it is one of ours."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    return key if scheme == "KakaoAK" and key in KEYS else None
