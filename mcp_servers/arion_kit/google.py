"""What Google's APIs mean by their error answers.

Errors are `{"error": {"code", "message", "errors": [{"domain", "reason", "message"}]}}`
(developers.google.com/workspace/calendar/api/guides/errors, …/gmail/api/guides/handle-errors).
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from arion_kit.errors import UpstreamFailure
from arion_kit.http import Translate, kind_of_status
from arion_kit.words import ErrorKind, Language

NextSteps = Mapping[str, Mapping[Language, str]]
"""What to do next, by Google's reason or by the kind, where the kit's own words don't say it."""

_REASONS = {
    "calendarUsageLimits": ErrorKind.RATE_LIMITED,
    "dailyLimitExceeded": ErrorKind.RATE_LIMITED,
    "quotaExceeded": ErrorKind.RATE_LIMITED,
    "rateLimitExceeded": ErrorKind.RATE_LIMITED,
    "userRateLimitExceeded": ErrorKind.RATE_LIMITED,
    "failedPrecondition": ErrorKind.FORBIDDEN,
}
"""Reasons that say more than their status: 403 for a quota, 400 for an account without mail."""


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
