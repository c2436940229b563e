"""What an endpoint that does not answer means, and when it may be asked again."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime

from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError

from arion_host.agents.model.meter import Halt
from arion_host.agents.model.seam import StopKind
from arion_host.clock import utc_now

_FIRST_WAIT_S = 0.5
"""Before the second attempt, where the endpoint does not say; doubled with each."""
_PASSING = frozenset({408, 409, 429})
_SERVER_ERROR = 500

_MEANING: dict[int, tuple[StopKind, str]] = {
    401: ("key", "refuses the key"),
    403: ("key", "refuses the key"),
    404: ("unavailable", "has no such model, or is at another address"),
    429: ("busy", "has had too many requests, or its account is empty"),
    503: ("busy", "has too much to do"),
    529: ("busy", "has too much to do"),
}


def retry_after(error: OpenAIError, attempt: int) -> float | None:
    """Seconds to wait before the same request is sent again; None where that would not help.

    `attempt` counts from zero.
    """
    if isinstance(error, APITimeoutError):
        return None
    usual = _FIRST_WAIT_S * 2**attempt
    if isinstance(error, APIConnectionError):
        return usual
    if not isinstance(error, APIStatusError):
        return None
    if error.status_code not in _PASSING and error.status_code < _SERVER_ERROR:
        return None
    headers = error.response.headers
    for name, scale in (("retry-after-ms", 1_000), ("retry-after", 1)):
        told = _seconds(headers.get(name, ""))
        if told is not None:
            return told / scale
    return usual


def _seconds(told: str) -> float | None:
    if told.strip().replace(".", "", 1).isdecimal():
        return float(told)
    try:
        moment: datetime = parsedate_to_datetime(told)
        return max((moment - utc_now()).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None


def unanswered(error: OpenAIError) -> Halt:
    """Why there is no answer."""
    if isinstance(error, APIStatusError):
        kind, said = _MEANING.get(error.status_code, ("unavailable", "cannot answer"))
        return Halt(kind, f"The model's endpoint {said} (HTTP {error.status_code}).")
    if isinstance(error, APIConnectionError):
        return Halt("unavailable", "The model's endpoint cannot be reached.")
    return Halt("garbage", f"The endpoint's answer cannot be read: {type(error).__name__}")
