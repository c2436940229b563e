from __future__ import annotations

import gzip
import logging
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from pydantic import BaseModel, JsonValue

from arion_kit.errors import ToolFailure, UpstreamFailure
from arion_kit.http import Upstream
from arion_kit.messages import parse_json
from arion_kit.words import ErrorKind

from .conftest import CREDENTIALS, TOKEN, Vendor, reply

Connect = Callable[..., Upstream]


async def test_a_read_sends_the_token_and_gives_the_parsed_body(vendor: Vendor, connect: Connect):
    vendor.replies = [reply(body={"메모": ["우유"]})]
    body = await connect().get("/notes", params={"q": "우유 & 빵", "page": None, "tag": ["a", "b"]})
    assert body == {"메모": ["우유"]}
    line, *headers = vendor.requests[0].split("\r\n")
    assert line == "GET /api/notes?q=%EC%9A%B0%EC%9C%A0+%26+%EB%B9%B5&tag=a&tag=b HTTP/1.1"
    assert f"Authorization: Bearer {TOKEN}" in headers


async def test_a_write_sends_its_json_and_an_empty_answer_is_none(vendor: Vendor, connect: Connect):
    vendor.replies = [b"HTTP/1.1 204 No Content\r\n\r\n"]
    assert (
        await connect(credentials=replace(CREDENTIALS, scheme="KakaoAK")).send(
            "POST", "/notes", json={"title": "빵"}
        )
        is None
    )
    assert vendor.requests[0].startswith("POST /api/notes HTTP/1.1\r\n")
    assert f"Authorization: KakaoAK {TOKEN}" in vendor.requests[0]
    assert vendor.bodies == ['{"title":"빵"}'.encode()]


async def test_calls_share_one_connection(vendor: Vendor, connect: Connect):
    vendor.replies = [reply(body=1)]
    upstream = connect()
    for _ in range(3):
        await upstream.get("/notes")
    assert vendor.connections == 1


async def test_without_a_token_nothing_is_sent_and_the_setting_is_named(
    vendor: Vendor, connect: Connect
):
    with pytest.raises(UpstreamFailure, match="ARION_NOTES_TOKEN") as failed:
        await connect(credentials=replace(CREDENTIALS, token=None)).get("/notes")
    assert failed.value.kind is ErrorKind.NOT_SIGNED_IN
    assert vendor.requests == []


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, ErrorKind.BAD_RESPONSE),
        (400, ErrorKind.BAD_INPUT),
        (401, ErrorKind.NOT_SIGNED_IN),
        (403, ErrorKind.FORBIDDEN),
        (404, ErrorKind.NOT_FOUND),
        (409, ErrorKind.CONFLICT),
        (410, ErrorKind.GONE),
        (412, ErrorKind.CONFLICT),
        (418, ErrorKind.BAD_RESPONSE),
        (429, ErrorKind.RATE_LIMITED),
        (500, ErrorKind.UNAVAILABLE),
        (504, ErrorKind.TIMEOUT),
    ],
)
async def test_a_status_becomes_a_kind(
    status: int, kind: ErrorKind, vendor: Vendor, connect: Connect
):
    vendor.replies = [reply(status, b"<html>", Location="http://127.0.0.1:9/")]
    with pytest.raises(UpstreamFailure) as failed:
        await connect().send("POST", "/notes")
    assert failed.value.kind is kind
    assert failed.value.service == "Notebook"
    assert len(vendor.requests) == 1


async def test_the_vendor_translates_its_own_errors_even_under_status_200(
    vendor: Vendor, connect: Connect
):
    def translate(status: int, body: JsonValue, headers: Mapping[str, str]) -> ToolFailure | None:
        if isinstance(body, dict) and body.get("result_code") == 104:
            return UpstreamFailure(ErrorKind.NOT_FOUND, f"{status} {headers['x-trace']}")
        return None

    vendor.replies = [
        reply(body={"result_code": 104}, X_Trace="t1"),
        reply(body={"result_code": 0}),
    ]
    upstream = connect(translate=translate)
    with pytest.raises(UpstreamFailure, match="200 t1") as failed:
        await upstream.get("/route")
    assert (failed.value.kind, failed.value.service) == (ErrorKind.NOT_FOUND, "Notebook")
    assert await upstream.get("/route") == {"result_code": 0}


async def test_a_vendors_own_words_stay_when_it_insists(vendor: Vendor, connect: Connect):
    vendor.replies = [reply(403, {})]
    own = ToolFailure(ErrorKind.FORBIDDEN, "관리자에게 문의해 주세요.")
    with pytest.raises(ToolFailure, match="관리자에게 문의해 주세요") as failed:
        await connect(translate=lambda *_: own).get("/notes")
    assert not isinstance(failed.value, UpstreamFailure)


@pytest.mark.parametrize(
    "content", [b"<html>busy</html>", b'{"a": 1', b"[" * 100_000, b'{"a": NaN, }', b"\xff\xfe\x00"]
)
async def test_an_answer_that_is_not_json_is_a_bad_response(
    content: bytes, vendor: Vendor, connect: Connect
):
    vendor.replies = [reply(body=content)]
    with pytest.raises(UpstreamFailure, match="not JSON") as failed:
        await connect().get("/notes")
    assert failed.value.kind is ErrorKind.BAD_RESPONSE


@pytest.mark.parametrize(
    "cut",
    [
        b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{"a"',
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n{"a":\r\n',
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
        b"",
        b"nonsense\r\n\r\nConnection: close",
    ],
)
async def test_an_answer_that_breaks_off_is_a_bad_response(
    cut: bytes, vendor: Vendor, connect: Connect
):
    vendor.replies = [cut]
    with pytest.raises(UpstreamFailure, match="broke off") as failed:
        await connect().get("/notes")
    assert failed.value.kind is ErrorKind.BAD_RESPONSE


@pytest.mark.parametrize("packed", [False, True])
async def test_an_answer_that_is_too_large_is_cut_short(
    packed: bool, vendor: Vendor, connect: Connect
):
    content = b'"' + b"a" * 200_000 + b'"'
    vendor.replies = [
        reply(body=gzip.compress(content), Content_Encoding="gzip")
        if packed
        else reply(body=content)
    ]
    with pytest.raises(UpstreamFailure, match="larger than 100000 bytes") as failed:
        await connect(largest_bytes=100_000).get("/notes")
    assert failed.value.kind is ErrorKind.TOO_LARGE


async def test_silence_is_a_timeout(vendor: Vendor, connect: Connect):
    vendor.replies = [None]
    with pytest.raises(UpstreamFailure, match=r"No answer in 0\.05 s") as failed:
        await connect(timeout_s=0.05).send("POST", "/notes")
    assert failed.value.kind is ErrorKind.TIMEOUT


async def test_a_vendor_that_is_not_there_is_unavailable(connect: Connect):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(UpstreamFailure, match="No connection") as failed:
        await connect(base_url=f"http://127.0.0.1:{port}").get("/notes")
    assert failed.value.kind is ErrorKind.UNAVAILABLE


async def test_a_name_that_does_not_resolve_is_unavailable(connect: Connect):
    with pytest.raises(UpstreamFailure) as failed:
        await connect(base_url="http://nowhere.invalid").get("/notes")
    assert failed.value.kind is ErrorKind.UNAVAILABLE


async def test_no_credential_reaches_a_message_or_a_log(
    vendor: Vendor, connect: Connect, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG, logger="arion_kit")
    vendor.replies = [reply(503, {"error": f"bad token {TOKEN}"})]
    upstream = connect(
        translate=lambda _status, body, _headers: UpstreamFailure(
            ErrorKind.UNAVAILABLE, f"said {body}; sent Bearer abcdefgh and api_key=12345678"
        )
    )
    with pytest.raises(UpstreamFailure) as failed:
        await upstream.get("/notes", params={"secret": TOKEN})
    told = f"{failed.value!r} {failed.value.failure!r} {caplog.text}"
    assert "said" in told
    assert "trying again" in told
    for secret in (TOKEN, "abcdefgh", "12345678"):
        assert secret not in told


class Note(BaseModel):
    title: str


async def test_a_body_of_another_shape_is_a_bad_response(connect: Connect):
    upstream = connect()
    assert upstream.parse(Note, {"title": "우유"}) == Note(title="우유")
    with pytest.raises(UpstreamFailure, match=r"Note\.title: Field required") as failed:
        upstream.parse(Note, {"titel": "우유"})
    assert failed.value.kind is ErrorKind.BAD_RESPONSE


def test_json_of_vendors_is_read_as_they_send_it():
    assert parse_json(b"  ") is None
    assert parse_json(b"\xef\xbb\xbf[1]") == [1]
    assert parse_json(rb'{"a": ["\ud83d\ude00", "cut \ud83d"], "\udc00": 1}') == {
        "a": ["😀", "cut �"],
        "�": 1,
    }
    assert parse_json(b'"\xed\x95"') == "�"
