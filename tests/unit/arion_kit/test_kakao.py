from __future__ import annotations

import pytest
from pydantic import JsonValue

from arion_kit.errors import UpstreamFailure
from arion_kit.kakao import kakao_translator
from arion_kit.words import ErrorKind

translate = kakao_translator(
    "KakaoMap",
    {ErrorKind.FORBIDDEN: {"ko": "카카오맵 사용 설정을 켜 주세요.", "en": "Please turn it on."}},
)

EXCEEDED: JsonValue = {"code": -10, "msg": "API limit has been exceeded."}


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, EXCEEDED, ErrorKind.RATE_LIMITED),
        (429, EXCEEDED, ErrorKind.RATE_LIMITED),
        (429, None, ErrorKind.RATE_LIMITED),
        (401, {"errorType": "AccessDeniedError", "message": "wrong"}, ErrorKind.NOT_SIGNED_IN),
        (401, {"code": -401, "msg": "wrong appKey"}, ErrorKind.NOT_SIGNED_IN),
        (403, {"code": -3, "msg": "disabled service"}, ErrorKind.FORBIDDEN),
        (400, {"code": -2, "msg": "bad parameter"}, ErrorKind.BAD_INPUT),
        (400, {"code": -1, "msg": "internal"}, ErrorKind.UNAVAILABLE),
        (400, {"code": -603, "msg": "timeout"}, ErrorKind.TIMEOUT),
    ],
)
def test_an_error_of_kakao_becomes_its_kind(status: int, body: JsonValue, kind: ErrorKind) -> None:
    failure = translate(status, body, {})
    assert isinstance(failure, UpstreamFailure)
    assert failure.kind is kind
    assert failure.service == "KakaoMap"


@pytest.mark.parametrize(
    ("status", "body", "step"),
    [
        (403, {"code": -3, "msg": "x"}, "카카오맵 사용 설정"),
        (401, None, "REST API 키"),
        (400, EXCEEDED, "내일"),
    ],
)
def test_what_only_the_owner_of_the_key_can_mend_has_its_own_next_step(
    status: int, body: JsonValue, step: str
) -> None:
    failure = translate(status, body, {})
    assert isinstance(failure, UpstreamFailure)
    assert step in failure.next_steps["ko"]
    assert failure.next_steps["en"].startswith("Please")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {"meta": {}, "documents": []}),
        (500, {"errorType": "InternalError", "message": "x"}),
        (400, {"errorType": "MissingParameter", "message": "query parameter required"}),
        (502, None),
    ],
)
def test_what_the_status_says_is_left_to_the_status(status: int, body: JsonValue) -> None:
    assert translate(status, body, {}) is None
