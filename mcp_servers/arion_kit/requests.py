"""What a call says beside its arguments: for whom, when, and how much there is room for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from arion_kit.errors import BadInput
from arion_kit.settings import PersonSettings
from arion_kit.spec import MAX_CHARS
from arion_kit.words import (
    META_KEY,
    META_LANGUAGE,
    META_MAX_CHARS,
    META_NOW,
    META_TIMEZONE,
    Language,
)

_AWARE = TypeAdapter(AwareDatetime)
_LONGEST_KEY = 200
_LEAST_CHARS = 2_000
_MOST_CHARS = 100_000


@dataclass(frozen=True)
class Request:
    """The `_meta` of a call, read and checked."""

    language: Language
    timezone: ZoneInfo
    now: datetime
    key: str | None
    max_chars: int


def read_request(meta: Mapping[str, Any], person: PersonSettings) -> Request:
    """Reads `_meta`; what it does not say is as `person` has set.

    Raises:
        BadInput: A value is not what it may be.
    """
    timezone = _timezone(meta, person.timezone)
    return Request(
        language=spoken_language(meta, person.language),
        timezone=timezone,
        now=_now(meta, timezone),
        key=_key(meta),
        max_chars=_max_chars(meta),
    )


def spoken_language(meta: Mapping[str, Any], default: Language) -> Language:
    """The language of answers; one that is not spoken here is the default."""
    tag = str(meta.get(META_LANGUAGE, default)).partition("-")[0].lower()
    return "ko" if tag == "ko" else "en" if tag == "en" else default


def _timezone(meta: Mapping[str, Any], default: ZoneInfo) -> ZoneInfo:
    name = meta.get(META_TIMEZONE)
    if name is None:
        return default
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError):
        raise BadInput(META_TIMEZONE, "must be a time zone such as Asia/Seoul") from None


def _now(meta: Mapping[str, Any], timezone: ZoneInfo) -> datetime:
    text = meta.get(META_NOW)
    if text is None:
        return datetime.now(timezone)
    try:
        return _AWARE.validate_python(text).astimezone(timezone)
    except (ValidationError, OverflowError):
        raise BadInput(META_NOW, "must be a time such as 2026-11-23T10:00:00+09:00") from None


def _key(meta: Mapping[str, Any]) -> str | None:
    key = meta.get(META_KEY)
    if key is not None and not (isinstance(key, str) and 0 < len(key) <= _LONGEST_KEY):
        raise BadInput(META_KEY, f"must be a text of 1 to {_LONGEST_KEY} characters")
    return key


def _max_chars(meta: Mapping[str, Any]) -> int:
    room = meta.get(META_MAX_CHARS)
    if room is None:
        return MAX_CHARS
    if not isinstance(room, int) or isinstance(room, bool):
        raise BadInput(META_MAX_CHARS, "must be a whole number")
    return min(max(room, _LEAST_CHARS), _MOST_CHARS)
