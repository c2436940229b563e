"""What Google's services share: what their error answers mean, and what a token allows.

Errors are `{"error": {"code", "message", "errors": [{"domain", "reason", "message"}]}}`
(developers.google.com/workspace/calendar/api/guides/errors, …/gmail/api/guides/handle-errors).
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, JsonValue, SecretStr

from arion_kit.credentials import QueryKey
from arion_kit.errors import ToolFailure, UpstreamFailure
from arion_kit.http import Translate, Upstream, UpstreamOptions, kind_of_status
from arion_kit.words import ErrorKind, Language

NextSteps = Mapping[str, Mapping[Language, str]]
"""What to do next, by Google's reason or by the kind, where the kit's own words don't say it."""

OAUTH = "https://oauth2.googleapis.com"
"""Where Google tells about tokens."""

_REASONS = {
    "calendarUsageLimits": ErrorKind.RATE_LIMITED,
    "dailyLimitExceeded": ErrorKind.RATE_LIMITED,
    "quotaExceeded": ErrorKind.RATE_LIMITED,
    "rateLimitExceeded": ErrorKind.RATE_LIMITED,
    "userRateLimitExceeded": ErrorKind.RATE_LIMITED,
    "failedPrecondition": ErrorKind.FORBIDDEN,
}
"""Reasons that say more than their status: 403 for a quota, 400 for an account without mail."""


class _TokenInfo(BaseModel):
    scope: str = ""
    """Scopes, with blanks between them."""


async def granted_scopes(base_url: str, token: SecretStr | None) -> frozenset[str] | None:
    """The scopes that an access token was given; None where nobody tells.

    Args:
        base_url: `OAUTH`, or a stand-in that may not know about tokens.
        token: An OAuth access token.

    Source: https://oauth2.googleapis.com/tokeninfo?access_token=…, as Google's OAuth playground
    and libraries ask it.
    """
    options = UpstreamOptions(
        service="Google", base_url=base_url, credentials=QueryKey("access_token", token, "")
    )
    async with Upstream(options) as upstream:
        try:
            answer = await upstream.get("/tokeninfo")
            scopes = upstream.parse(_TokenInfo, answer).scope.split()
        except ToolFailure:
            return None
    return frozenset(scopes) or None


def google_translator(service: str, next_steps: NextSteps) -> Translate:
    """The `translate` of one of Google's services."""

    def translate(
        status: int, body: JsonValue, headers: Mapping[str, str]
    ) -> UpstreamFailure | None:
        if status < 400:
            return None
        message, reason = _told(body)
        kind = _REASONS.get(reason) or kind_of_status(status)
        return UpstreamFailure(
            kind,
            message or f"HTTP {status}.",
            service=service,
            next_steps=next_steps.get(reason) or next_steps.get(kind),
        )

    return translate


def _told(body: JsonValue) -> tuple[str, str]:
    """Message and reason of an error body; empty where it has none."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return "", ""
    errors = error.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    reason = first.get("reason") if isinstance(first, dict) else None
    return str(error.get("message") or ""), str(reason or "")
