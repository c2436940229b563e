"""What GitHub means by its error answers.

Source: docs.github.com/rest/using-the-rest-api, "Troubleshooting" and "Rate limits".
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from arion_kit.errors import UpstreamFailure
from arion_kit.http import kind_of_status
from arion_kit.words import ErrorKind, Language

SERVICE = "GitHub"

_SECONDARY_S = 60.0
"""What GitHub asks for where a secondary limit names no time."""

NextStep = Mapping[Language, str]

_CODES = {
    "missing": "does not exist",
    "missing_field": "is missing",
    "invalid": "is not valid",
    "already_exists": "exists already",
    "unprocessable": "cannot be processed",
}

_NEXT: Mapping[str, NextStep] = {
    "token": {
        "ko": "새 토큰을 만들어 ARION_GITHUB_TOKEN에 넣어 주세요.",
        "en": "Make a new token and put it into ARION_GITHUB_TOKEN.",
    },
    "sso": {
        "ko": "토큰 설정에서 이 조직의 SSO를 승인해 주세요.",
        "en": "Authorize the token for this organization's single sign-on.",
    },
    "rights": {
        "ko": "토큰에 이 저장소의 쓰기 권한이 있는지 확인해 주세요.",
        "en": "Check that the token may do this in the repository; the README names the scopes.",
    },
    "issues_off": {
        "ko": "이 저장소는 이슈를 쓰지 않아요. 다른 저장소를 말씀해 주세요.",
        "en": "Issues are switched off in this repository; name another one.",
    },
    "not_found": {
        "ko": "이름과 번호를 확인하고, 비공개 저장소라면 토큰 권한도 확인해 주세요.",
        "en": "Check the owner, name and number. GitHub also says this of private repositories "
        "that the token may not see.",
    },
    "empty": {
        "ko": "아직 커밋이 없는 저장소예요.",
        "en": "The repository has no commits yet.",
    },
    "unmergeable": {
        "ko": "충돌이 있거나 검사나 리뷰가 더 필요해요. PR을 다시 확인해 주세요.",
        "en": "It may have conflicts, or need checks or reviews first: look with github_pr_read.",
    },
    "changed": {
        "ko": "그사이 바뀌었어요. 다시 읽은 다음에 해 주세요.",
        "en": "It has changed since it was read: read it again, then repeat with what is new.",
    },
    "too_large": {
        "ko": "변경이 너무 커요. 파일 목록으로 봐 주세요.",
        "en": "The diff is too large for GitHub to show: use method=files.",
    },
}


def translate(status: int, body: JsonValue, headers: Mapping[str, str]) -> UpstreamFailure | None:
    """The failure that an answer means; None for one that is none."""
    if status < 400:
        return None
    told = _told(body) or f"HTTP {status}."
    if status in (403, 429) and _is_limit(told, headers):
        wait_s = None if "retry-after" in headers else _until_reset(headers)
        return _failure(ErrorKind.RATE_LIMITED, told, retry_after_s=wait_s)
    kind, step = _meant(status, told, headers)
    needed = headers.get("x-accepted-oauth-scopes", "")
    if kind is ErrorKind.FORBIDDEN and needed:
        told = f"{told} (needs scope: {needed})"
    return _failure(kind, told, _NEXT.get(step))


def _meant(status: int, told: str, headers: Mapping[str, str]) -> tuple[ErrorKind, str]:
    if status == 403 and "x-github-sso" in headers:
        return ErrorKind.FORBIDDEN, "sso"
    if status == 410 and "disabled" in told:
        return ErrorKind.FORBIDDEN, "issues_off"
    if status == 409 and "empty" in told:
        return ErrorKind.NOT_FOUND, "empty"
    known = {
        401: (ErrorKind.NOT_SIGNED_IN, "token"),
        403: (ErrorKind.FORBIDDEN, "rights"),
        404: (ErrorKind.NOT_FOUND, "not_found"),
        405: (ErrorKind.FORBIDDEN, "unmergeable"),
        406: (ErrorKind.TOO_LARGE, "too_large"),
        409: (ErrorKind.CONFLICT, "changed"),
        451: (ErrorKind.FORBIDDEN, ""),
    }
    return known.get(status) or (kind_of_status(status), "")


def _failure(
    kind: ErrorKind, told: str, step: NextStep | None = None, *, retry_after_s: float | None = None
) -> UpstreamFailure:
    return UpstreamFailure(
        kind, told, service=SERVICE, next_steps=step, retry_after_s=retry_after_s
    )


def _is_limit(told: str, headers: Mapping[str, str]) -> bool:
    return (
        "retry-after" in headers
        or headers.get("x-ratelimit-remaining") == "0"
        or "rate limit" in told.lower()
    )


def _until_reset(headers: Mapping[str, str]) -> float:
    """Seconds until the limit starts anew, which GitHub gives as a moment."""
    reset = headers.get("x-ratelimit-reset", "")
    if headers.get("x-ratelimit-remaining") != "0" or not reset.isdecimal():
        return _SECONDARY_S
    return max(1.0, float(reset) - time.time())


def _told(body: JsonValue) -> str:
    """The message, and what is wrong with which field."""
    if not isinstance(body, dict):
        return ""
    message, errors = body.get("message"), body.get("errors")
    parts = [message.replace("\n\n", " ") if isinstance(message, str) else ""]
    parts += _problems(errors) if isinstance(errors, list) else []
    return ": ".join(part for part in (parts[0], "; ".join(parts[1:])) if part)


def _problems(errors: list[JsonValue]) -> Iterator[str]:
    for error in errors:
        if isinstance(error, str):
            yield error
        elif isinstance(error, dict):
            code = str(error.get("code") or "")
            reason = error.get("message") or _CODES.get(code, code)
            field = error.get("field")
            yield f"{field} {reason}" if field and not error.get("message") else str(reason)
