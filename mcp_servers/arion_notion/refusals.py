"""What Notion means by its error answers.

Errors are `{"object": "error", "status", "code", "message", "additional_data"}`
(developers.notion.com/reference/status-codes, …/request-limits).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import JsonValue

from arion_kit.errors import UpstreamFailure
from arion_kit.http import kind_of_status
from arion_kit.words import ErrorKind, Language

SERVICE = "Notion"

_KINDS = {
    "unauthorized": ErrorKind.NOT_SIGNED_IN,
    "restricted_resource": ErrorKind.FORBIDDEN,
    "object_not_found": ErrorKind.NOT_FOUND,
    "conflict_error": ErrorKind.CONFLICT,
    "rate_limited": ErrorKind.RATE_LIMITED,
    "service_overload": ErrorKind.RATE_LIMITED,
    "validation_error": ErrorKind.BAD_INPUT,
    "internal_server_error": ErrorKind.UNAVAILABLE,
    "service_unavailable": ErrorKind.UNAVAILABLE,
    "gateway_timeout": ErrorKind.TIMEOUT,
}
_OTHER_KIND = re.compile(r"\bis an? [\w ]+, not an? ")
"""The message for an id of a database where a page is wanted, and the like."""

_NEXT_STEPS: Mapping[ErrorKind, Mapping[Language, str]] = {
    ErrorKind.NOT_SIGNED_IN: {
        "ko": "노션 연결의 시크릿을 다시 확인해 주세요.",
        "en": "Check the secret of the Notion connection (ARION_NOTION_TOKEN).",
    },
    ErrorKind.FORBIDDEN: {
        "ko": "노션 연결 설정에서 필요한 권한을 켜 주세요.",
        "en": "Turn on the capability it needs in the settings of the Notion connection.",
    },
    ErrorKind.NOT_FOUND: {
        "ko": "노션에서 그 페이지를 연결과 공유했는지 확인하고, 다시 찾아 주세요.",
        "en": "Look it up with notion_search; it has to be shared with the connection "
        "(••• › Connections).",
    },
    ErrorKind.RATE_LIMITED: {
        "ko": "노션이 정한 요청 수를 넘었어요. 잠시 뒤에 다시 해 주세요.",
        "en": "Notion's request limit is reached; try again after the wait.",
    },
}


def translate(status: int, body: JsonValue, headers: Mapping[str, str]) -> UpstreamFailure | None:
    """The failure of an answer; None for one that is none."""
    if status < 400:
        return None
    told = body if isinstance(body, dict) else {}
    code, message = str(told.get("code") or ""), str(told.get("message") or "")
    kind = _KINDS.get(code) or (ErrorKind.RATE_LIMITED if status == 529 else kind_of_status(status))
    if kind is ErrorKind.BAD_INPUT and _OTHER_KIND.search(message):
        kind = ErrorKind.NOT_FOUND
    additional = told.get("additional_data")
    reason = additional.get("rate_limit_reason") if isinstance(additional, dict) else None
    if reason:
        message += f" ({reason})"
    return UpstreamFailure(
        kind,
        message or f"HTTP {status}.",
        service=SERVICE,
        next_steps=_NEXT_STEPS.get(kind),
    )
