"""The mark that tells a repeated write from a new one, hidden in what was written."""

from __future__ import annotations

import hashlib


def marker(key: str) -> str:
    """What a body made for this key holds; it does not show on github.com."""
    return f"<!-- arion:{hashlib.sha256(key.encode()).hexdigest()[:24]} -->"


def marked(body: str, key: str | None) -> str:
    """`body` with the mark of the key, if there is one."""
    if key is None:
        return body
    return f"{body}\n\n{marker(key)}" if body else marker(key)


def is_marked(body: str | None, key: str) -> bool:
    """Whether a body was written for this key."""
    return marker(key) in (body or "")
