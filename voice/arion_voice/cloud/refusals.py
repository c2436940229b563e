"""What a vendor's refusal means, and whether the same call may succeed a moment later. Pure.

No message from here carries text of the vendor but its word for machines: what it says to people
may repeat a part of the key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from arion_voice.errors import SpeechError, VoiceErrorKind

_LONGEST_PAUSE_S = 1.0
"""A vendor that asks for a longer pause before the retry fails the call: somebody is waiting."""

_PAUSE_S = 0.1
"""Pause before the retry where the vendor names none, in seconds."""

_NO_CREDIT = frozenset(
    {
        "insufficient_quota",
        "credit_balance_exhausted",
        "billing_hard_limit_reached",
        "quota_exceeded",
        "insufficient_credits",
        "payment_required",
    }
)
"""Reasons that mean used-up credit, whatever the status: ElevenLabs sends 401, OpenAI 429."""

NARROW_KEY = "missing_permissions"
"""ElevenLabs' reason, with 401, for a key that is right and may not do this."""

_PASSING = frozenset({408, 429})
"""Statuses, beside 5xx, after which the same call may succeed."""

_PLAIN_REASON = re.compile(r"[A-Za-z0-9_.-]{1,60}")


class Refusal(SpeechError):
    """A call that failed, and after how long it may be made again."""

    def __init__(
        self,
        kind: VoiceErrorKind,
        message: str,
        *,
        status: int | None = None,
        reason: str = "",
        pause_s: float | None = None,
    ) -> None:
        super().__init__(kind, message)
        self.status = status
        """Of the answer; None where none came."""
        self.reason = reason
        self.pause_s = pause_s
        """In seconds. None: the same call would fail again."""


def refusal_of(
    name: str, status: int, headers: Mapping[str, str], body: Mapping[str, Any] | None
) -> Refusal:
    """Tell what an answer that is no success means.

    Args:
        name: the vendor's.
        status: of the answer.
        headers: of the answer, by lower-case name.
        body: of the answer; None where it is no JSON object.
    """
    reason = _reason(body)
    kind = _kind(status, reason)
    may_pass = kind is not VoiceErrorKind.QUOTA and (status in _PASSING or status >= 500)
    return Refusal(
        kind,
        f"{name}: {status} {reason}".rstrip(),
        status=status,
        reason=reason,
        pause_s=_pause_s(headers) if may_pass else None,
    )


def _reason(body: Mapping[str, Any] | None) -> str:
    """The vendor's word for machines in a refusal; empty where there is none.

    Sources: OpenAI `{"error": {"code", "type", "message", "param"}}`
    (https://developers.openai.com/api/docs/guides/error-codes), ElevenLabs
    `{"detail": {"status", "message"}}` (its help pages on the errors 400, 401 and 429).
    """
    told: Any = (body or {}).get("error") or (body or {}).get("detail")
    if not isinstance(told, dict):
        return ""
    fields = cast("dict[str, Any]", told)
    words = [fields.get(name) for name in ("code", "status", "type")]
    plain = [it for it in words if isinstance(it, str) and _PLAIN_REASON.fullmatch(it)]
    # OpenAI's `type` names used-up credit for more causes than its `code`.
    return next((it for it in plain if it in _NO_CREDIT), plain[0] if plain else "")


def _kind(status: int, reason: str) -> VoiceErrorKind:
    if reason in _NO_CREDIT or status == 402:
        return VoiceErrorKind.QUOTA
    return {
        401: VoiceErrorKind.NOT_ALLOWED,
        403: VoiceErrorKind.NOT_ALLOWED,
        413: VoiceErrorKind.TOO_LARGE,
        429: VoiceErrorKind.BUSY,
    }.get(status, VoiceErrorKind.ENGINE_FAILED)


def _pause_s(headers: Mapping[str, str]) -> float | None:
    told = headers.get("retry-after", "")
    if not told:
        return _PAUSE_S
    # It may also be a date, which is never as near as a second.
    pause_s = float(told) if re.fullmatch(r"\d+(\.\d+)?", told, re.ASCII) else _LONGEST_PAUSE_S + 1
    return pause_s if pause_s <= _LONGEST_PAUSE_S else None
