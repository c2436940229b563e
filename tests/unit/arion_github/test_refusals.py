"""What GitHub means by its error answers."""

from __future__ import annotations

import time

import pytest

from arion_github.refusals import translate
from arion_kit.words import ErrorKind


def test_an_answer_that_is_none_is_no_failure() -> None:
    assert translate(200, {"message": "fine"}, {}) is None
    assert translate(304, None, {}) is None


def test_a_used_up_limit_says_when_it_starts_anew() -> None:
    reset = str(int(time.time()) + 600)
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
    failure = translate(403, {"message": "API rate limit exceeded"}, headers)
    assert failure is not None
    assert failure.kind is ErrorKind.RATE_LIMITED
    assert 590 < (failure.failure.retry_after_s or 0) <= 600


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"message": "Validation Failed", "errors": ["Body cannot be blank"]}, "blank"),
        (
            {"message": "Validation Failed", "errors": [{"field": "head", "code": "invalid"}]},
            "head is not valid",
        ),
        (
            {
                "message": "Validation Failed",
                "errors": [{"code": "custom", "message": "No commits"}],
            },
            "No commits",
        ),
        ({"message": 'Invalid request.\n\n"sha" wasn\'t supplied.'}, '"sha" wasn\'t supplied'),
        ("no JSON object", "HTTP 422."),
        ({"errors": [None, 3]}, "HTTP 422."),
    ],
)
def test_what_is_wrong_with_which_field_is_told(body: object, told: str) -> None:
    failure = translate(422, body, {})  # type: ignore[arg-type]
    assert failure is not None
    assert failure.kind is ErrorKind.BAD_INPUT
    assert told in str(failure)


def test_an_unknown_status_is_judged_by_itself() -> None:
    failure = translate(502, None, {})
    assert failure is not None
    assert failure.kind is ErrorKind.UNAVAILABLE
