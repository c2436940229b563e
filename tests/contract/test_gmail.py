"""The Gmail server's reading tools against the sandbox over HTTP, as a client calls them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from tests.sandbox import running_sandbox, serving
from tests.servers.gmail import Gmail, gmail_at, gmail_client

from arion_kit.testing import (
    assert_every_server_rules,
    assert_language_rules,
    assert_snapshot,
    bytes_of,
    connected,
    language_pack,
    listed,
)

SNAPSHOT = Path(__file__).parent / "snapshots" / "gmail.json"
CORE_BYTES = 7_987


@pytest.fixture
async def gmail() -> AsyncIterator[Gmail]:
    async with running_sandbox() as sandbox, gmail_client(sandbox.google) as client:
        yield Gmail(client, sandbox)
        assert sandbox.violations() == []


async def test_what_clients_see_is_the_snapshot_and_keeps_the_rules(gmail: Gmail) -> None:
    core = await gmail.client.list_tools()
    async with connected(gmail_at(gmail.sandbox.google), toolsets=frozenset({"all"})) as client:
        tools = await client.list_tools()
    assert_every_server_rules(tools, core)
    assert bytes_of(listed(core)) <= CORE_BYTES
    assert_snapshot(SNAPSHOT, listed(tools))


async def test_the_language_pack_is_served_in_both_languages(gmail: Gmail) -> None:
    assert_language_rules(await language_pack(gmail.client))


async def test_unread_mail_is_found_in_short(gmail: Gmail) -> None:
    found = await gmail.call("search", query="is:unread from:박서준")
    [row] = found["messages"]
    assert row["from"] == "박서준 <seojun.park@yeoul.example>"
    assert row["subject"] == "오늘 주간 회의 안건"
    assert row["date"] == "2026-11-23T08:40:00+09:00"
    assert row["snippet"].startswith("하늘 님, 좋은 아침입니다.")
    assert (row["unread"], row["has_attachment"]) == (True, False)
    assert found["say"] == ("안 읽은 메일이 한 통 있어요. 박서준 님의 '오늘 주간 회의 안건'이에요.")


async def test_a_search_is_told_in_english_to_who_speaks_it(gmail: Gmail) -> None:
    found = await gmail.call("search", language="en", query="from:Emma is:unread")
    assert found["say"] == (
        "You have one unread email: 'Agenda for the Busan workshop' from Emma Clark."
    )


async def test_attachments_are_seen_without_reading_the_mail(gmail: Gmail) -> None:
    found = await gmail.call("search", query="has:attachment in:inbox")
    assert found["messages"]
    assert all(row["has_attachment"] for row in found["messages"])
    plain = await gmail.call("search", query="subject:워크숍 -has:attachment")
    assert not any(row["has_attachment"] for row in plain["messages"])


async def test_pages_follow_one_another_without_repeating(gmail: Gmail) -> None:
    seen: list[str] = []
    page = await gmail.call("search", query="in:inbox", max_results=7)
    assert "일곱 통 넘게" in page["say"]
    while token := page.get("next_page_token"):
        seen += [row["id"] for row in page["messages"]]
        page = await gmail.call("search", query="in:inbox", max_results=7, page_token=token)
    seen += [row["id"] for row in page["messages"]]
    assert len(seen) == len(set(seen)) > 14


async def test_dates_are_days_of_the_person(gmail: Gmail) -> None:
    today = await gmail.subjects("in:inbox after:2026/11/23 before:2026-11-24")
    assert "김치 보냈다" in today
    assert "아버지 생신 선물 뭐 하지?" not in today
    there = await gmail.subjects(
        "in:inbox after:2026/11/22 before:2026/11/23", timezone="America/New_York"
    )
    assert "김치 보냈다" in there


async def test_labels_and_spam_narrow_and_widen_a_search(gmail: Gmail) -> None:
    labels = (await gmail.call("list_labels"))["labels"]
    travel = next(label["id"] for label in labels if label["name"] == "여행")
    assert await gmail.subjects("", label_ids=["INBOX", travel]) == [
        "예약 확정: 김포-김해 왕복 (K7M2QX)"
    ]
    assert await gmail.subjects("당첨") == []
    assert len(await gmail.subjects("당첨", include_spam_trash=True)) == 1


async def test_a_mail_is_read_with_its_people_and_its_text(gmail: Gmail) -> None:
    message = await gmail.read('subject:"오늘 주간 회의 안건"')
    assert message["to"] == ["김하늘 <hanul@example.com>"]
    assert message["cc"] == [
        "이수민 <sumin.lee@yeoul.example>",
        "정민재 <minjae.jung@yeoul.example>",
    ]
    assert message["body"].splitlines()[0] == "하늘 님, 좋은 아침입니다."
    assert "1. 알림 설정 개편 일정" in message["body"]
    assert message["body_chars"] == len(message["body"])
    assert "next_offset" not in message


async def test_reading_aloud_says_who_what_and_how_it_begins(gmail: Gmail) -> None:
    told = await gmail.call("read", query="from:Emma", language="en")
    assert told["say"].startswith("This is 'Agenda for the Busan workshop' from Emma Clark.")
    assert "We start at 10:30" in told["say"]
    assert "@" not in told["say"]
    assert told["messages"][0]["id"] not in told["say"]


async def test_an_old_korean_mail_is_read_with_its_attachment(gmail: Gmail) -> None:
    message = await gmail.read("from:한강도시가스")
    assert message["subject"] == "이번 달 도시가스 요금 안내"
    assert message["body"].startswith("김하늘 고객님, 이번 달 도시가스 요금은 38,420원입니다.")
    assert [file["name"] for file in message["attachments"]] == ["요금고지서.txt"]


async def test_a_mail_of_html_alone_is_read_as_text_or_as_it_is(gmail: Gmail) -> None:
    text = await gmail.read('from:"디자인 위클리"')
    assert text["body"].splitlines()[:2] == [
        "조용한 알림이 이긴다",
        "이번 호에서는 알림을 절반으로 줄인 세 팀의 이야기를 전합니다.",
    ]
    source = await gmail.read('from:"디자인 위클리"', body="html")
    assert "<h1>조용한 알림이 이긴다</h1>" in source["body"]


async def test_a_quote_is_folded_and_nothing_else(gmail: Gmail) -> None:
    message = await gmail.read("subject:온보딩 from:이수민 is:unread")
    assert message["body"] == "좋아요! 문구 바꿔서 오늘 오후 3시까지 다시 올릴게요.\n[…]"
    assert message["folded"] is True


async def test_headers_alone_can_be_asked_for(gmail: Gmail) -> None:
    message = await gmail.read("from:정민재 has:attachment", body="none")
    assert (message["body"], message["body_chars"]) == ("", 0)
    names = [file["name"] for file in message["attachments"]]
    assert names == ["3분기 실적보고서.pdf", "예산안.csv"]


async def test_a_cut_body_is_read_on_from_its_offset(gmail: Gmail) -> None:
    whole = (await gmail.read("from:Emma"))["body"]
    pieces: list[str] = []
    offset: int | None = 0
    while offset is not None:
        piece = await gmail.read("from:Emma", max_chars=50, offset=offset)
        pieces.append(piece["body"])
        offset = piece.get("next_offset")
    assert "".join(pieces) == whole
    assert all(0 < len(piece) <= 50 for piece in pieces)


async def test_several_mails_are_read_at_once_in_order(gmail: Gmail) -> None:
    found = (await gmail.call("search", query="in:inbox", max_results=5))["messages"]
    ids = [row["id"] for row in found]
    told = await gmail.call("read", message_ids=[*ids, "abc123"])
    assert [message["id"] for message in told["messages"]] == ids
    assert told["not_found"] == ["abc123"]
    assert told["say"].startswith("메일을 다섯 통 읽었어요.")


async def test_no_mail_for_a_search_is_no_failure(gmail: Gmail) -> None:
    told = await gmail.call("read", query="from:nobody-at-all")
    assert (told["messages"], told["say"]) == ([], "그런 메일을 찾지 못했어요.")


async def test_own_mail_is_told_by_who_got_it(gmail: Gmail) -> None:
    told = await gmail.call("search", query="in:sent subject:온보딩")
    assert (
        told["say"] == "메일을 한 통 찾았어요. 이수민 님께 보낸 '온보딩 화면 시안 공유드려요'예요."
    )


async def test_labels_are_listed_and_those_of_the_person_said(gmail: Gmail) -> None:
    told = await gmail.call("list_labels")
    kinds = {label["name"]: label["type"] for label in told["labels"]}
    assert (kinds["INBOX"], kinds["회사"]) == ("system", "user")
    assert told["say"] == "라벨은 세 개예요. 가족 사진, 여행, 회사예요."
    family = await gmail.call("list_labels", prefix="가족")
    assert [label["name"] for label in family["labels"]] == ["가족/사진"]


BAD_INPUT: list[tuple[str, dict[str, Any], str]] = [
    ("search", {"query": "after:yesterday"}, "query: after: may be a date"),
    ("search", {"query": "x", "max_results": 51}, "max_results"),
    ("search", {}, "query"),
    ("search", {"query": "x", "sort": "date"}, "has query"),
    ("read", {}, "exactly one of message_id, message_ids and query"),
    ("read", {"message_id": "a", "query": "b"}, "exactly one of"),
    ("read", {"message_ids": ["a"] * 21}, "message_ids"),
    ("read", {"message_id": "a", "body": "raw"}, "body"),
]


async def test_bad_input_names_the_parameter_and_costs_no_quota(gmail: Gmail) -> None:
    for tool, arguments, named in BAD_INPUT:
        failed = (await gmail.call(tool, **arguments))["error"]
        assert failed["kind"] == "bad_input"
        assert named in failed["message"]
    assert gmail.sandbox.requests() == []


async def test_a_mail_that_is_not_there_is_told_with_what_to_do(gmail: Gmail) -> None:
    failed = (await gmail.call("read", message_id="abc123"))["error"]
    assert failed["kind"] == "not_found"
    assert failed["next_step"] == "메일을 다시 검색해 주세요. 지워졌을 수 있어요."


@pytest.mark.parametrize("token", ["expired", None])
async def test_without_a_good_token_the_person_is_told_to_connect(
    gmail: Gmail, token: str | None
) -> None:
    async with connected(gmail_at(gmail.sandbox.google, token)) as client:
        failed = (await Gmail(client, gmail.sandbox).call("search", query=""))["error"]
    assert failed["kind"] == "not_signed_in"
    assert "연결해 주세요" in failed["next_step"]


REFUSALS = {
    "quota": (403, "rateLimitExceeded", "rate_limited", "잠시 뒤에"),
    "scope": (403, "insufficientPermissions", "forbidden", "권한이 있는 토큰"),
    "disabled": (403, "accessNotConfigured", "forbidden", "Gmail API를 사용 설정"),
    "too many": (429, "rateLimitExceeded", "rate_limited", "잠시 뒤에"),
    "down": (503, "backendError", "unavailable", "잠시 뒤에"),
}


@pytest.mark.parametrize("refusal", sorted(REFUSALS))
async def test_what_google_refuses_has_a_kind_and_a_next_step(refusal: str) -> None:
    status, reason, kind, step = REFUSALS[refusal]

    async def refuse(_request: Request) -> JSONResponse:
        errors = [{"reason": reason, "domain": "global", "message": "No."}]
        error = {"code": status, "message": "No.", "errors": errors}
        return JSONResponse({"error": error}, status)

    app = Starlette(routes=[Route("/{path:path}", refuse)])
    async with serving(app) as url, connected(gmail_at(url)) as client:
        result = await client.call_tool("gmail_search", {"query": "x"}, raise_on_error=False)
    failed = (result.structured_content or {})["error"]
    assert failed["kind"] == kind
    assert step in failed["next_step"]


async def test_a_mail_that_vanishes_while_a_page_is_read_is_left_out() -> None:
    async def answer(request: Request) -> JSONResponse:
        if request.url.path.endswith("/messages"):
            return JSONResponse({"messages": [{"id": "1", "threadId": "1"}, {"id": "2"}]})
        if request.url.path.endswith("/1"):
            return JSONResponse({"error": {"code": 404, "message": "Gone."}}, 404)
        return JSONResponse({"id": "2", "threadId": "2", "internalDate": "0", "payload": {}})

    app = Starlette(routes=[Route("/{path:path}", answer)])
    async with serving(app) as url, connected(gmail_at(url)) as client:
        result = await client.call_tool("gmail_search", {"query": "x"})
    rows = (result.structured_content or {})["messages"]
    assert [row["id"] for row in rows] == ["2"]
