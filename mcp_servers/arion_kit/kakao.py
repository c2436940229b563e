"""What Kakao's APIs (Local, Mobility, Daum search) mean by their error answers.

Errors are `{"code": -10, "msg": "…"}` or `{"errorType": "…", "message": "…"}`
(developers.kakao.com/docs/en/rest-api/error-code). Most of Kakao's own codes come with status
400, a used-up quota too.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from arion_kit.errors import UpstreamFailure
from arion_kit.http import Translate
from arion_kit.words import ErrorKind, Language

KakaoNextSteps = Mapping[ErrorKind, Mapping[Language, str]]
"""What to do next, by kind, where a service needs other words than Kakao's usual ones."""

_BY_CODE = {
    -1: ErrorKind.UNAVAILABLE,
    -2: ErrorKind.BAD_INPUT,
    -3: ErrorKind.FORBIDDEN,
    -5: ErrorKind.FORBIDDEN,
    -7: ErrorKind.UNAVAILABLE,
    -10: ErrorKind.RATE_LIMITED,
    -11: ErrorKind.RATE_LIMITED,
    -12: ErrorKind.FORBIDDEN,
    -401: ErrorKind.NOT_SIGNED_IN,
    -603: ErrorKind.TIMEOUT,
    -9798: ErrorKind.UNAVAILABLE,
}

_BY_STATUS = {
    401: ErrorKind.NOT_SIGNED_IN,
    403: ErrorKind.FORBIDDEN,
    429: ErrorKind.RATE_LIMITED,
}

_NEXT_STEPS: KakaoNextSteps = {
    ErrorKind.NOT_SIGNED_IN: {
        "ko": "카카오 REST API 키를 확인해 주세요.",
        "en": "Please check the Kakao REST API key.",
    },
    ErrorKind.RATE_LIMITED: {
        "ko": "잠시 뒤에 다시 해 주세요. 하루 사용량이 다 찼다면 내일 다시 돼요.",
        "en": "Please try again in a moment, or tomorrow if the day's quota is used up.",
    },
}


def kakao_translator(service: str, next_steps: KakaoNextSteps | None = None) -> Translate:
    """The `translate` of one of Kakao's services.

    Args:
        service: Its name as people say it.
        next_steps: By kind, instead of (or besides) the usual ones.
    """
    steps = {**_NEXT_STEPS, **(next_steps or {})}

    def translate(
        status: int, body: JsonValue, headers: Mapping[str, str]
    ) -> UpstreamFailure | None:
        fields = body if isinstance(body, dict) else {}
        code = fields.get("code")
        kind = (_BY_CODE.get(code) if isinstance(code, int) else None) or _BY_STATUS.get(status)
        if kind is None:
            return None
        message = fields.get("msg") or fields.get("message") or f"HTTP {status}."
        return UpstreamFailure(kind, str(message), service=service, next_steps=steps.get(kind))

    return translate
