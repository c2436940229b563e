"""Parameters that several tools share, and what they mean for a call."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator

from arion_github.api import GithubApi
from arion_github.rows import Eyes
from arion_kit.spec import Call

REPO = "repo"
"""The scope of classic tokens for everything in repositories."""

NOTIFICATIONS = "notifications"


def within(low: int, high: int) -> AfterValidator:
    """A range that takes no space in what is listed."""

    def check(value: int | None) -> int | None:
        if value is not None and not low <= value <= high:
            raise ValueError(f"must be from {low} to {high}")
        return value

    return AfterValidator(check)


def _long(low: int, high: int) -> AfterValidator:
    """A length that takes no space in what is listed."""

    def check(value: str | None) -> str | None:
        if value is not None and not low <= len(value) <= high:
            raise ValueError(f"must have {low} to {high} characters")
        return value

    return AfterValidator(check)


LONGEST_TITLE = 256
LONGEST_BODY = 65_000
"""GitHub takes 65,536, our mark included."""

_MOST = 2**53

Number = Annotated[int, within(1, _MOST)]
PerPage = Annotated[int | None, within(1, 100)]
"""Rows; None for as many as a tool gives by itself."""
MaxChars = Annotated[int | None, within(500, 24_000)]
Offset = Annotated[int | None, within(0, _MOST)]
Title = Annotated[str, _long(1, LONGEST_TITLE)]
NewTitle = Annotated[str | None, _long(1, LONGEST_TITLE)]
Body = Annotated[str | None, _long(0, LONGEST_BODY)]
Text = Annotated[str, _long(1, LONGEST_BODY)]
Query = Annotated[str, _long(1, 256)]
"""Words and qualifiers; GitHub takes 256 characters."""
Names = tuple[str, ...] | None
Since = datetime | None
"""What was updated after it."""
State = Literal["open", "closed", "all"]


def as_utc(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """A moment as GitHub takes it; one without an offset is meant in the person's zone."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


async def eyes_of(call: Call[GithubApi]) -> Eyes:
    """For whom a result is shown."""
    if not call.api.lockdown:
        return Eyes(call.timezone)
    return Eyes(call.timezone, lockdown=True, login=await call.api.login())
