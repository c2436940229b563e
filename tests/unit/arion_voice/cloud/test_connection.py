"""What every engine in the cloud does when its vendor refuses, is slow or goes away."""

from __future__ import annotations

import asyncio
import logging
import socket
from typing import Any

import pytest
from pydantic import SecretStr
from tests.sandbox import Sandbox
from tests.unit.arion_voice.cloud.engines import VENDORS, below, hearing, speaking, stretch
from tests.unit.arion_voice.cloud.vendor import HANG, LOSE, Answer, Step, Vendor

from arion_voice.cloud.connection import Bounds
from arion_voice.cloud.recognizer import CloudRecognizer
from arion_voice.errors import SpeechError, VoiceErrorKind

pytestmark = pytest.mark.thorough

each_vendor = pytest.mark.parametrize("name", VENDORS)
NOW = {"Retry-After": "0"}


def openai(code: str | None, kind: str = "invalid_request_error") -> dict[str, Any]:
    return {"error": {"message": "In words.", "type": kind, "param": None, "code": code}}


def elevenlabs(status: str) -> dict[str, Any]:
    return {"detail": {"status": status, "message": "In words."}}


async def failure_of(recognizer: CloudRecognizer) -> SpeechError:
    with pytest.raises(SpeechError) as failure:
        await recognizer.transcribe(stretch())
    return failure.value


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (401, openai("invalid_api_key"), "not_allowed"),
        (401, elevenlabs("invalid_api_key"), "not_allowed"),
        (403, openai("unsupported_country_region_territory"), "not_allowed"),
        (429, openai("insufficient_quota", "insufficient_quota"), "quota"),
        (429, openai("billing_hard_limit_reached", "insufficient_quota"), "quota"),
        (429, openai(None, "insufficient_quota"), "quota"),
        (401, elevenlabs("quota_exceeded"), "quota"),
        (402, b"pay first", "quota"),
        (413, b"", "too_large"),
        (400, openai("unsupported_value"), "engine_failed"),
        (404, openai("model_not_found"), "engine_failed"),
        (422, {"detail": [{"loc": ["body"], "msg": "no"}]}, "engine_failed"),
        (302, b"", "engine_failed"),
        (400, {"error": "as text"}, "engine_failed"),
        (400, b"<html>", "engine_failed"),
    ],
)
async def test_a_refusal_is_told_by_its_kind_and_never_asked_again(
    vendor: Vendor, status: int, body: Any, kind: str
) -> None:
    vendor.script = [Answer(body, status, NOW)]
    async with hearing("openai", vendor.url) as recognizer:
        failure = await failure_of(recognizer)
    assert (failure.kind.value, len(vendor.asked)) == (kind, 1)
    assert str(status) in failure.message


@pytest.mark.parametrize(
    "first",
    [
        Answer(openai("rate_limit_exceeded", "requests"), 429, NOW),
        Answer(elevenlabs("system_busy"), 429, {"Retry-After": "0.0"}),
        Answer(b"", 500, NOW),
        Answer(b"", 503),
        Answer(b"", 408, NOW),
        LOSE,
    ],
    ids=["limit", "busy", "500", "503", "408", "lost"],
)
async def test_what_may_pass_is_asked_once_more(vendor: Vendor, first: Step) -> None:
    vendor.script = [first, Answer({"text": "네"})]
    async with hearing("openai", vendor.url) as recognizer:
        heard = await recognizer.transcribe(stretch())
    assert (heard.text, len(vendor.asked)) == ("네", 2)
    assert vendor.asked[0].field("file") == vendor.asked[1].field("file")


@pytest.mark.parametrize(
    ("again", "kind"),
    [
        (Answer(b"", 429, NOW), "busy"),
        (Answer(b"", 502, NOW), "engine_failed"),
        (LOSE, "engine_failed"),
    ],
    ids=["limit", "502", "lost"],
)
async def test_what_does_not_pass_is_not_asked_a_third_time(
    vendor: Vendor, again: Step, kind: str
) -> None:
    vendor.script = [again]
    async with hearing("openai", vendor.url) as recognizer:
        failure = await failure_of(recognizer)
    assert (failure.kind.value, len(vendor.asked)) == (kind, 2)


@pytest.mark.parametrize("pause", ["2", "3600", "Wed, 21 Oct 2026 07:28:00 GMT", "-1", "soon"])
async def test_a_vendor_that_wants_a_long_pause_is_not_asked_again(
    vendor: Vendor, pause: str
) -> None:
    vendor.script = [Answer(b"", 429, {"Retry-After": pause})]
    async with hearing("openai", vendor.url) as recognizer:
        failure = await failure_of(recognizer)
    assert (failure.kind, len(vendor.asked)) == (VoiceErrorKind.BUSY, 1)


async def test_a_vendor_that_never_answers_is_given_up_and_not_asked_again(
    vendor: Vendor,
) -> None:
    vendor.script = [HANG]
    async with hearing("openai", vendor.url, bounds=Bounds(answer_s=0.3)) as recognizer:
        failure = await failure_of(recognizer)
        async with asyncio.timeout(5):
            await vendor.left.wait()
    assert failure.kind is VoiceErrorKind.ENGINE_FAILED
    # 0.3 s, and a tenth of the audio.
    assert "0.4 s" in failure.message
    assert len(vendor.asked) == 1


async def test_where_nobody_listens_it_fails_at_once() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        async with hearing("openai", f"http://127.0.0.1:{deaf.getsockname()[1]}") as recognizer:
            failure = await failure_of(recognizer)
            with pytest.raises(SpeechError) as cold:
                await recognizer.warm()
    assert failure.kind is cold.value.kind is VoiceErrorKind.ENGINE_FAILED


async def test_a_cancelled_call_closes_its_request(vendor: Vendor) -> None:
    vendor.script = [HANG]
    async with hearing("openai", vendor.url) as recognizer:
        call = asyncio.create_task(recognizer.transcribe(stretch()))
        await vendor.until_asked(1)
        call.cancel()
        async with asyncio.timeout(5):
            await vendor.left.wait()
        vendor.script = [Answer({"text": "네"})]
        assert (await recognizer.transcribe(stretch())).text == "네"
    assert call.cancelled()


async def test_one_connection_serves_call_after_call(vendor: Vendor) -> None:
    async with hearing("openai", vendor.url) as recognizer:
        await recognizer.warm()
        for _ in range(3):
            await recognizer.transcribe(stretch())
    assert vendor.connections == 1
    assert vendor.asked[0].line == "GET /models HTTP/1.1"


async def test_a_kept_connection_that_the_vendor_has_closed_is_replaced(vendor: Vendor) -> None:
    async with hearing("openai", vendor.url) as recognizer:
        await recognizer.transcribe(stretch())
        vendor.script = [LOSE, Answer({"text": "네"})]
        assert (await recognizer.transcribe(stretch())).text == "네"


async def test_only_so_many_are_asked_at_once_and_so_many_wait(vendor: Vendor) -> None:
    gate = asyncio.Event()
    vendor.script = [Answer({"text": "네"}, gate=gate)]
    bounds = Bounds(at_once=2, most_waiting=1)
    async with hearing("openai", vendor.url, bounds=bounds) as recognizer:
        calls = [asyncio.create_task(recognizer.transcribe(stretch())) for _ in range(3)]
        await vendor.until_asked(2)
        refused = await failure_of(recognizer)
        assert len(vendor.asked) == 2
        gate.set()
        assert [it.text for it in await asyncio.gather(*calls)] == ["네"] * 3
    assert refused.kind is VoiceErrorKind.BUSY
    assert len(vendor.asked) == 3


async def test_a_call_that_was_given_up_leaves_its_place_to_another(vendor: Vendor) -> None:
    vendor.script = [HANG]
    async with hearing("openai", vendor.url, bounds=Bounds(at_once=1)) as recognizer:
        first = asyncio.create_task(recognizer.transcribe(stretch()))
        await vendor.until_asked(1)
        waiting = asyncio.create_task(recognizer.transcribe(stretch()))
        first.cancel()
        vendor.script = [Answer({"text": "네"})]
        assert (await waiting).text == "네"


@each_vendor
async def test_a_refused_key_is_found_before_the_first_words(sandbox: Sandbox, name: str) -> None:
    url, wrong = below(sandbox.url, name), SecretStr("wrong")
    async with hearing(name, url, key=wrong) as ear, speaking(name, url, key=wrong) as voice:
        for engine in (ear, voice):
            with pytest.raises(SpeechError) as failure:
                await engine.warm()
            assert failure.value.kind is VoiceErrorKind.NOT_ALLOWED
    assert {request["path"] for request in sandbox.requests()} == {"/v1/models"}


@each_vendor
async def test_a_missing_key_is_refused_by_the_vendor(sandbox: Sandbox, name: str) -> None:
    async with hearing(name, below(sandbox.url, name), key=None) as recognizer:
        failure = await failure_of(recognizer)
    assert failure.kind is VoiceErrorKind.NOT_ALLOWED


@pytest.mark.parametrize(
    ("status", "body"),
    [(401, elevenlabs("missing_permissions")), (403, b""), (404, b""), (500, b"")],
)
async def test_a_vendor_that_only_keeps_its_models_to_itself_is_warm(
    vendor: Vendor, status: int, body: Any
) -> None:
    vendor.script = [Answer(body, status, {"Retry-After": "9"})]
    async with hearing("elevenlabs", vendor.url) as recognizer:
        await recognizer.warm()
    assert len(vendor.asked) == 1


@pytest.mark.parametrize("key", ["se cret", "비밀secret", "secret\r\nX-Evil: 1", ""])
async def test_a_key_that_is_none_is_never_sent(vendor: Vendor, key: str) -> None:
    async with hearing("elevenlabs", vendor.url, key=SecretStr(key)) as recognizer:
        failure = await failure_of(recognizer)
    assert failure.kind is VoiceErrorKind.NOT_ALLOWED
    assert "cret" not in f"{failure} {failure.__cause__} {failure.__context__}"
    assert vendor.asked == []


async def test_space_around_a_key_does_not_count(vendor: Vendor) -> None:
    async with hearing("openai", vendor.url, key=SecretStr(" sandbox\n")) as recognizer:
        await recognizer.transcribe(stretch())
    assert vendor.asked[0].headers["authorization"] == "Bearer sandbox"


@each_vendor
@pytest.mark.parametrize("status", [200, 401, 429])
async def test_no_log_and_no_error_holds_the_key(
    vendor: Vendor, name: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "sk-geheim-12345"
    # Vendors repeat a part of a wrong key in what they say.
    told = {"text": "네", **openai(f"wrong {secret}"), "detail": {"message": secret}}
    vendor.script = [Answer(told, status, NOW)]
    async with hearing(name, vendor.url, key=SecretStr(secret)) as recognizer:
        said = repr(recognizer) + repr(vars(recognizer))
        try:
            await recognizer.transcribe(stretch())
        except SpeechError as error:
            said += f"{error} {error!r} {error.__cause__!r} {error.__context__!r}"
    assert secret not in said
    assert secret not in caplog.text
    assert any(secret in value for value in vendor.asked[0].headers.values())
