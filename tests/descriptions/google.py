"""What Google's discovery documents object to in a request, uploads and token questions too."""

from __future__ import annotations

import re
from typing import Any, cast

from tests.vendor_specs import calendar, gmail

_UPLOAD = "/upload/gmail/v1/"


def check(method: str, path: str, query: list[tuple[str, str]], body: Any) -> list[str]:
    """Everything that Google would refuse; nothing means it is right."""
    if path == "/tokeninfo":
        return _check_token(method, query, body)
    if path.startswith(_UPLOAD):
        return _check_upload(method, path, query, body)
    description = calendar() if path.startswith("/calendar/") else gmail()
    if method == "PATCH":
        body = _without_nulls(body)
    return description.check(method, path, query, body)


def _without_nulls(value: Any) -> Any:
    """What is left of a patch without the fields it clears (Calendar API, patch semantics)."""
    if not isinstance(value, dict):
        return value
    fields = cast("dict[str, Any]", value).items()
    return {name: _without_nulls(item) for name, item in fields if item is not None}


def _check_token(method: str, query: list[tuple[str, str]], body: Any) -> list[str]:
    right = method == "GET" and [name for name, _ in query] == ["access_token"] and body is None
    return [] if right else [f"{method} /tokeninfo: takes access_token"]


def _check_upload(method: str, path: str, query: list[tuple[str, str]], body: Any) -> list[str]:
    described = gmail().method(method, path.removeprefix("/upload"))
    if not described or not described.get("supportsMediaUpload"):
        return [f"{method} {path}: takes no uploads"]
    kinds = [value for name, value in query if name == "uploadType"]
    faults = [] if kinds == ["multipart"] else ["uploadType: multipart, once"]
    if not isinstance(body, str) or not re.match(r"--\S+\r\nContent-Type: application/json", body):
        faults.append("$: metadata first, then the message")
    return faults
