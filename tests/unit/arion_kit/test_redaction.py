from __future__ import annotations

import logging

import pytest

from arion_kit.redaction import RedactingFormatter, redact


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Authorization: Bearer ya29.abcDEF", "Authorization: Bearer [hidden]"),
        ("sent KakaoAK 0123456789abcdef", "sent KakaoAK [hidden]"),
        ("GET /x?access_token=abcdef123&q=1", "GET /x?access_token=[hidden]&q=1"),
        ("GET /x?apiKey=abcdef123", "GET /x?apiKey=[hidden]"),
        ("GET /x?key=AIzaSyA_b-c", "GET /x?key=[hidden]"),
        ('{"refresh_token": "1//0abcdef", "a": 1}', '{"refresh_token": "[hidden]", "a": 1}'),
        ("{'client_secret': 'abcdef123'}", "{'client_secret': '[hidden]'}"),
        ("password=hunter22", "password=[hidden]"),
    ],
)
def test_what_looks_like_a_credential_is_hidden(text: str, clean: str):
    assert redact(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "The calendar 'primary' was not found.",
        "code: 400, reason: rateLimitExceeded",
        "next page token is missing",
        "basic training tomorrow",
        "the key to the meeting room",
    ],
)
def test_plain_words_stay(text: str):
    assert redact(text) == text


def test_named_secrets_are_hidden_wherever_they_stand():
    assert redact("x-abc-y, abc", "abc", "") == "x-[hidden]-y, [hidden]"


def test_a_log_line_and_its_traceback_are_redacted():
    with pytest.raises(RuntimeError) as raised:
        raise RuntimeError("Bearer abcdefgh")
    trouble = (raised.type, raised.value, raised.tb)
    record = logging.LogRecord("x", logging.ERROR, "", 1, "token=%s", ("abcdefgh",), trouble)
    line = RedactingFormatter("%(levelname)s %(message)s").format(record)
    assert line.startswith("ERROR token=[hidden]\nTraceback")
    assert "abcdefgh" not in line
