"""Takes credentials out of anything that is logged or shown."""

from __future__ import annotations

import logging
import re

HIDDEN = "[hidden]"

_SCHEME = re.compile(r"(?i)\b(bearer|kakaoak)(\s+)[^\s,;\"'\[]{6,}")
_NAMED = re.compile(
    r"(?i)\b((?:access|refresh|id)_?token|api_?key|client_?secret|password|token|secret|key)"
    r"(['\"]?\s*[=:]\s*['\"]?)[^\s&,;\"'}\[]{6,}"
)


def redact(text: str, *secrets: str) -> str:
    """`text` without `secrets` and without what looks like a credential."""
    for secret in filter(None, secrets):
        text = text.replace(secret, HIDDEN)
    text = _SCHEME.sub(rf"\1\2{HIDDEN}", text)
    return _NAMED.sub(rf"\1\2{HIDDEN}", text)


class RedactingFormatter(logging.Formatter):
    """A log formatter whose lines, tracebacks included, carry no credential."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one redacted text."""
        return redact(super().format(record))
