"""Files, conversations, people and long results of the Gmail server, as a client gets them."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox import running_sandbox
from tests.servers.gmail import Gmail, gmail_at, gmail_client

from arion_gmail import SPEC
from arion_gmail.scopes import with_covered
from arion_gmail.tools import TOOLS

pytestmark = pytest.mark.thorough

REPORT = Path(__file__).parents[2] / "mcp_servers/arion_sandbox/data/mail/report.pdf"


@pytest.fixture
async def gmail() -> AsyncIterator[Gmail]:
    async with running_sandbox() as sandbox, gmail_client(sandbox.google) as client:
        yield Gmail(client, sandbox)
        assert sandbox.violations() == []


async def attached(gmail: Gmail, query: str, name: str) -> dict[str, str]:
    """The arguments that name a file of the newest mail of a search."""
    found = await gmail.read(query)
    [row] = [row for row in found["attachments"] if row["name"] == name]
    return {"message_id": found["id"], "attachment_id": row["id"]}


FILES = [
    ("from:정민재 has:attachment", "3분기 실적보고서.pdf", "4분기 목표: 매출 52억 원"),
    ("from:김하나 has:attachment", "부산 워크숍 준비.docx", "김하나\t다과와 명찰"),
    ("from:김하나 has:attachment", "예산 집행 현황.xlsx", "인건비\t420000000"),
    ("from:최유나 has:attachment", "출장 신청서.hwpx", "출장지: 부산 벡스코"),
    ("from:한강도시가스", "요금고지서.txt", "청구 금액 38,420원"),
    ("from:방콕식당", "똠얌꿍 쿠폰.txt", "똠얌꿍 반값 쿠폰"),
]


@pytest.mark.parametrize(("query", "name", "told"), FILES)
async def test_a_file_is_read_as_text(gmail: Gmail, query: str, name: str, told: str) -> None:
    found = await gmail.call("get_attachment", **await attached(gmail, query, name))
    assert found["name"] == name
    assert told in found["text"]
    assert found["say"].startswith("'")


async def test_the_first_file_is_read_aloud(gmail: Gmail) -> None:
    [report] = await gmail.ids("subject:보고서")
    told = await gmail.call("get_attachment", message_id=report)
    assert told["say"] == (
        "'3분기 실적보고서' 파일이에요. 3분기 실적 보고서. "
        "매출은 48억 2천만 원으로 지난 분기보다 12% 늘었습니다. "
        "영업이익은 6억 1천만 원입니다. 4분기 목표: 매출 52억 원, 해지율 2% 아래. 작성: 정민재."
    )


async def test_the_bytes_of_a_file_come_in_parts(gmail: Gmail) -> None:
    wanted = await attached(gmail, "subject:보고서", "3분기 실적보고서.pdf")
    content, offset = b"", 0
    while offset is not None:
        part = await gmail.call(
            "get_attachment", mode="base64", offset=offset, room=2_000, **wanted
        )
        assert len(json.dumps(part, ensure_ascii=False)) <= 2_000
        content += base64.b64decode(part["base64"])
        offset = part.get("next_offset")
    assert content == REPORT.read_bytes()


async def test_a_file_that_is_not_there_names_those_that_are(gmail: Gmail) -> None:
    [report] = await gmail.ids("subject:보고서")
    failed = await gmail.call("get_attachment", message_id=report, attachment_id="9")
    assert failed["error"]["kind"] == "bad_input"
    assert "3분기 실적보고서.pdf" in failed["error"]["message"]


@pytest.mark.parametrize(
    ("query", "subject", "begins"),
    [
        ("from:한강도시가스", "이번 달 도시가스 요금 안내", "김하늘 고객님, 이번 달"),
        ("from:한마음문화센터", "도자기 강좌 수강 안내", "김하늘 님, 도자기 기초반이"),
        ("from:방콕식당", "(광고) 똠얌꿍 반값 쿠폰이 도착했습니다", "이번 주 금요일까지 똠얌꿍을"),
    ],
)
async def test_mail_in_old_korean_charsets_is_read(
    gmail: Gmail, query: str, subject: str, begins: str
) -> None:
    message = await gmail.read(query)
    assert message["subject"] == subject
    assert message["body"].startswith(begins)


async def test_a_signature_is_folded_and_an_image_of_the_text_is_no_file(gmail: Gmail) -> None:
    meeting = await gmail.read('subject:"내일 회의 자료"')
    assert meeting["folded"] is True
    assert "02-555-0148" not in meeting["body"]
    photos = await gmail.read("subject:사진")
    assert photos["attachments"] == []
    assert photos["body"] == "언니, 사진 한 장 먼저 보낼게. 나머지는 앨범에 올렸어!"


async def test_a_conversation_is_read_oldest_first(gmail: Gmail) -> None:
    thread = (await gmail.read("subject:온보딩 from:이수민"))["thread_id"]
    told = await gmail.call("read_thread", thread_id=thread)
    assert [row["from"].split()[0] for row in told["messages"]] == ["이수민", "김하늘", "이수민"]
    assert told["messages"][1]["body"].endswith("[…]")
    assert told["say"] == (
        "주고받은 메일이 세 통이에요. 마지막은 이수민 님의 '온보딩 화면 시안 공유드려요'예요. "
        "좋아요! 문구 바꿔서 오늘 오후 3시까지 다시 올릴게요."
    )


async def test_a_long_conversation_is_read_from_its_end(gmail: Gmail) -> None:
    thread = (await gmail.read("subject:온보딩 from:이수민"))["thread_id"]
    latest = await gmail.call("read_thread", thread_id=thread, max_messages=2)
    earlier = await gmail.call("read_thread", thread_id=thread, offset=latest["next_offset"])
    whole = await gmail.call("read_thread", thread_id=thread)
    assert earlier["messages"] + latest["messages"] == whole["messages"]
    assert "next_offset" not in earlier


async def test_people_are_found_by_name_with_an_address_to_write_to(gmail: Gmail) -> None:
    told = await gmail.call("find_people", name="하나")
    assert told["people"] == [
        {
            "name": "김하나",
            "address": "hana.kim@yeoul.example",
            "to": "김하나 <hana.kim@yeoul.example>",
        }
    ]
    assert told["say"] == "한 명을 찾았어요. 김하나예요."
    several = await gmail.call("find_people", name="김")
    assert {row["name"] for row in several["people"]} >= {"김하나", "김하린"}
    nobody = await gmail.call("find_people", language="en", name='"없는" OR 사람')
    assert (nobody["people"], nobody["say"]) == (
        [],
        "I found nobody of that name in your mail.",
    )


async def test_that_mail_is_the_one_last_read_and_the_last_one_the_newest(gmail: Gmail) -> None:
    async def meant(words: str) -> list[str]:
        found = await gmail.call("current", words=words)
        return [row["id"] for row in found["messages"]]

    [newest, *_] = [row["id"] for row in (await gmail.state("messages"))["messages"]]
    assert [await meant(it) for it in ("그", "this", "방금 읽은")] == [[], [], []]
    assert [await meant(it) for it in ("방금 온", "latest", "방금")] == [[newest]] * 3
    mother = (await gmail.read("from:어머니"))["id"]
    assert [await meant(it) for it in ("그", "this", "방금 읽은", "방금")] == [[mother]] * 4
    assert await meant("마지막") == [newest]


ROOMS = [2_000, 6_000, 24_000]


@pytest.mark.parametrize("room", ROOMS)
async def test_no_result_is_larger_than_there_is_room(gmail: Gmail, room: int) -> None:
    ids = await gmail.ids("in:inbox")
    found = [
        await gmail.call("search", query="", max_results=50, room=room),
        await gmail.call("read", message_ids=[*ids, *ids][:20], room=room, max_chars=24_000),
        await gmail.call("list_drafts", room=room),
    ]
    assert [len(json.dumps(it, ensure_ascii=False)) <= room for it in found] == [True] * 3
    assert found[0]["messages"]
    assert len(found[1]["messages"]) + len(found[1].get("not_read", [])) == len([*ids, *ids][:20])


async def test_a_page_that_was_cut_goes_on_where_it_ended(gmail: Gmail) -> None:
    seen: list[str] = []
    token: str | None = None
    while True:
        page = await gmail.call(
            "search", query="in:inbox", max_results=12, room=2_500, page_token=token
        )
        seen += [row["id"] for row in page["messages"]]
        if not (token := page.get("next_page_token")):
            break
    everything = await gmail.state("messages", q="in:inbox", maxResults=100)
    assert seen == [row["id"] for row in everything["messages"]]


async def test_a_page_token_of_nobody_is_refused(gmail: Gmail) -> None:
    failed = await gmail.call("search", query="x", page_token="eyJzaXplIjogOTl9")
    assert failed["error"]["kind"] == "bad_input"
    assert "page_token" in failed["error"]["message"]


async def test_results_with_words_of_others_are_marked(gmail: Gmail) -> None:
    reading = {
        "gmail_search": {"query": "in:inbox"},
        "gmail_read": {"query": "in:inbox"},
        "gmail_find_people": {"name": "김하나"},
    }
    for tool, arguments in reading.items():
        result = await gmail.client.call_tool(tool, arguments)
        assert (result.meta or {})["dev.arion/untrusted"] is True
    labels: Any = await gmail.client.call_tool("gmail_list_labels", {})
    assert "dev.arion/untrusted" not in (labels.meta or {})


async def test_the_check_names_the_account_and_all_that_its_token_covers(gmail: Gmail) -> None:
    async with gmail_at(gmail.sandbox.google).open() as api:
        account = await SPEC.check(api)
    assert account.name == "hanul@example.com"
    assert account.scopes is not None
    assert {scope for tool in TOOLS for scope in tool.scopes} <= account.scopes


def test_a_narrow_scope_covers_nothing_else() -> None:
    only = frozenset({"https://www.googleapis.com/auth/gmail.readonly"})
    assert with_covered(only) == only
    assert len(with_covered(frozenset({"https://mail.google.com/"}))) == 6
