"""Gmail search queries, with dates that mean what the person means."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from arion_kit.errors import BadInput

_DATED = re.compile(r"(?<!\S)([-({]*)(after|before|newer|older):(\S*?)([)}]*)(?!\S)", re.IGNORECASE)
_EPOCH = re.compile(r"\d{7,}")
_LONGEST = 1_500
_UNREAD = re.compile(r"(?<!\S)[({]*is:unread\b", re.IGNORECASE)


def with_exact_dates(query: str, timezone: ZoneInfo) -> str:
    """`query` with every date as seconds since the epoch.

    Gmail takes a plain date for midnight in California, and no times of day
    (developers.google.com/workspace/gmail/api/guides/filtering). Here a date is midnight in
    `timezone`, and RFC 3339 is understood.

    Raises:
        BadInput: A date is none, or the query is too long.
    """
    if len(query) > _LONGEST:
        raise BadInput("query", f"may have up to {_LONGEST:,} characters")
    return _DATED.sub(lambda found: _exact(found, timezone), query)


def asks_for_unread(query: str, label_ids: list[str] | None) -> bool:
    """Whether only mail that has not been read is searched for."""
    return bool(_UNREAD.search(query)) or "UNREAD" in (label_ids or ())


def _exact(found: re.Match[str], timezone: ZoneInfo) -> str:
    opening, operator, value, closing = found.groups()
    if _EPOCH.fullmatch(value):
        return found[0]
    try:
        moment = datetime.fromisoformat(_dashed(value))
    except ValueError:
        raise BadInput(
            "query",
            f"{operator}: may be a date (2026/11/23), a time (2026-11-23T10:00:00+09:00) or "
            f"seconds since the epoch, not {value!r}",
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone)
    return f"{opening}{operator}:{int(moment.timestamp())}{closing}"


def _dashed(value: str) -> str:
    """A date as ISO 8601 writes it: `2026/1/5` is `2026-01-05`."""
    date = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", value)
    return f"{date[1]}-{date[2]:0>2}-{date[3]:0>2}" if date else value
