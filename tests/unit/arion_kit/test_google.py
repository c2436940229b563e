from __future__ import annotations

import pytest
from pydantic import JsonValue, SecretStr
from tests.sandbox import TOKEN, running_sandbox

from arion_kit.google import google_translator, granted_scopes
from arion_kit.words import ErrorKind

STEPS = {
    "insufficientPermissions": {"ko": "권한", "en": "scope"},
    ErrorKind.NOT_FOUND: {"ko": "없음", "en": "gone"},
}
translate = google_translator("Gmail", STEPS)


def error(code: int, reason: str) -> JsonValue:
    return {"error": {"code": code, "message": "Told.", "errors": [{"reason": reason}]}}


@pytest.mark.parametrize(
    ("status", "reason", "kind"),
    [
        (400, "invalidArgument", ErrorKind.BAD_INPUT),
        (400, "failedPrecondition", ErrorKind.FORBIDDEN),
        (401, "authError", ErrorKind.NOT_SIGNED_IN),
        (403, "insufficientPermissions", ErrorKind.FORBIDDEN),
        (403, "rateLimitExceeded", ErrorKind.RATE_LIMITED),
        (403, "userRateLimitExceeded", ErrorKind.RATE_LIMITED),
        (404, "notFound", ErrorKind.NOT_FOUND),
        (409, "duplicate", ErrorKind.CONFLICT),
        (410, "deleted", ErrorKind.GONE),
        (429, "rateLimitExceeded", ErrorKind.RATE_LIMITED),
        (500, "backendError", ErrorKind.UNAVAILABLE),
        (418, "teapot", ErrorKind.BAD_RESPONSE),
    ],
)
def test_an_error_of_google_becomes_its_kind(status: int, reason: str, kind: ErrorKind) -> None:
    failure = translate(status, error(status, reason), {})
    assert failure is not None
    assert (failure.kind, str(failure)) == (kind, "Told.")


def test_a_reason_has_its_own_next_step_before_its_kind() -> None:
    by_reason = translate(403, error(403, "insufficientPermissions"), {})
    by_kind = translate(404, error(404, "notFound"), {})
    assert getattr(by_reason, "next_steps", None) == {"ko": "권한", "en": "scope"}
    assert getattr(by_kind, "next_steps", None) == {"ko": "없음", "en": "gone"}


@pytest.mark.parametrize("body", [None, [], {}, {"error": "invalid_grant"}, {"error": {}}])
def test_an_error_without_words_is_told_by_its_status(body: JsonValue) -> None:
    failure = translate(401, body, {})
    assert failure is not None
    assert (failure.kind, str(failure)) == (ErrorKind.NOT_SIGNED_IN, "HTTP 401.")


def test_an_answer_that_is_no_error_is_left_alone() -> None:
    assert translate(200, {"error": "a field of that name"}, {}) is None


async def test_the_scopes_of_a_token_are_told_by_google_or_a_stand_in() -> None:
    async with running_sandbox() as sandbox:
        granted = await granted_scopes(sandbox.google, SecretStr(TOKEN))
    assert granted is not None
    assert "https://www.googleapis.com/auth/gmail.modify" in granted


@pytest.mark.parametrize("token", ["expired", None])
async def test_a_token_that_google_does_not_know_has_no_known_scopes(token: str | None) -> None:
    async with running_sandbox() as sandbox:
        assert await granted_scopes(sandbox.google, SecretStr(token) if token else None) is None


async def test_a_stand_in_that_knows_nothing_of_tokens_leaves_the_scopes_open() -> None:
    async with running_sandbox() as sandbox:
        assert await granted_scopes(f"{sandbox.url}/kakao", SecretStr(TOKEN)) is None
