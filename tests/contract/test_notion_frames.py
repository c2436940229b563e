"""What people say about their Notion in any order of words."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from arion_host.agents.router import Router
from arion_host.agents.understood import Match, NoMatch, ToolFacts
from arion_kit.packs import load_pack
from arion_kit.signatures import read_signature
from arion_kit.words import Language, LanguagePack
from arion_notion import SPEC

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))


@cache
def pack() -> LanguagePack:
    signatures = {tool.name: read_signature(tool) for tool in SPEC.tools}
    reading = frozenset(tool.name for tool in SPEC.tools if tool.read_only)
    return load_pack(SPEC.language, signatures, reading)


@cache
def router() -> Router:
    facts = {tool.name: ToolFacts(tool.read_only, tool.destructive) for tool in SPEC.tools}
    return Router({"notion": pack()}, {"notion": facts})


def understood(text: str) -> Match:
    language = "ko" if "가" <= text[0] <= "힣" else "en"
    match = router().route(text, language=language, now=NOW)
    assert isinstance(match, Match), f"{text!r} is not understood"
    return match


@pytest.mark.parametrize(
    ("text", "tool", "said"),
    [
        (
            "할 일에 명찰 주문 추가해 줘 마감은 금요일",
            "create_page",
            {"task_list": "할 일", "chore": "명찰 주문", "due": "금요일"},
        ),
        (
            "할 일 중에 진행 중인 것만 보여줘",
            "query",
            {"tasks": "할 일", "task_status": "진행 중인"},
        ),
        ("노션 장보기에 양파도 적어줘", "append", {"page": "장보기", "note": "양파도"}),
        (
            "워크숍 발표 자료에 초안 올렸다고 댓글 남겨줘",
            "comment",
            {"page": "워크숍 발표 자료", "remark": "초안 올렸다"},
        ),
        (
            "정수기 필터 교체 완료 처리해줘",
            "update_properties",
            {"page": "정수기 필터 교체", "to_status": "완료"},
        ),
        (
            "new task in Notion: renew the parking permit",
            "create_page",
            {"task_list": "task", "chore": "renew the parking permit"},
        ),
        ("throw out the year in review page", "trash_page", {"page": "year in review"}),
        (
            "그 페이지 제목을 예산 검토로 바꿔줘",
            "update_properties",
            {"page": "그", "new_title": "예산 검토"},
        ),
        (
            "조선의 시장 별점 세 개로 낮춰줘",
            "update_properties",
            {"page": "조선의 시장", "stars": "세 개"},
        ),
        (
            "정수기 필터 교체 다 했으니까 체크해줘",
            "update_properties",
            {"done_page": "정수기 필터 교체"},
        ),
        ("tick that task off", "update_properties", {"page": "that"}),
        (
            "write under that page that we need a projector",
            "append",
            {"page": "that", "note": "we need a projector"},
        ),
        ("which of those tasks are done already", "query", {"task_status": "done already"}),
        (
            "swap 대파 for spinach on the 장보기 page",
            "edit_page",
            {"old": "대파", "new": "spinach"},
        ),
    ],
)
def test_the_parts_of_a_request_may_come_in_any_order(
    text: str, tool: str, said: dict[str, str]
) -> None:
    match = understood(text)
    assert match.tool == f"notion_{tool}"
    assert said.items() <= {name: value.text for name, value in match.slots.items()}.items()
    assert match.missing == ()


@pytest.mark.parametrize(
    ("text", "tool", "missing"),
    [
        ("할 일 하나 추가할 게 있는데", "create_page", "chore"),
        ("노션에 페이지 하나 만들어 줘", "create_page", "page_title"),
        ("add a task", "create_page", "chore"),
        ("Create a Notion page", "create_page", "page_title"),
    ],
)
def test_what_is_missing_is_asked_for(text: str, tool: str, missing: str) -> None:
    match = understood(text)
    assert (match.tool, match.missing[0]) == (f"notion_{tool}", missing)
    assert match.asks[missing].endswith("?")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_example_means_its_own_tool(language: Language) -> None:
    said = [(it.tool, text) for it in pack().intents for text in it.examples.get(language, ())]
    found = [(router().route(text, language=language, now=NOW), text) for _, text in said]
    assert [(it.tool, text) for it, text in found if isinstance(it, Match)] == said


@pytest.mark.parametrize(
    "text",
    [
        "회의 자료 찾아줘",
        "내일 회의 3시로 옮겨줘",
        "메일 지워줘",
        "오늘 회의 끝났어",
        "숙제 다 했어",
        "내일 병원 예약 완료했어?",
        "주말이 눈 깜짝할 새에 끝났네",
        "delete everything in Notion",
        "turn off the lights in the bedroom",
        "put the meeting in the trash",
        "the interview notes task",
    ],
)
def test_what_is_no_notions_business_is_left_alone(text: str) -> None:
    language = "en" if text.isascii() else "ko"
    assert isinstance(router().route(text, language=language, now=NOW), NoMatch)


@pytest.mark.parametrize(
    "text",
    [
        "set the priority of the user interviews to high",
        "put a heading called Next steps on the retro page",
        "create a task from this mail",
        "add Emma's phone number to the contacts database",
        "remove the third item of the grocery page",
        "create a to-do: renew passport, deadline end of December",
    ],
)
def test_what_no_tool_does_so_is_written_nowhere(text: str) -> None:
    assert isinstance(router().route(text, language="en", now=NOW), NoMatch)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("할 일 목록에 엄마한테 전화드리기라고 추가 부탁해요", "엄마한테 전화드리기"),
        ("독서 목록에 밤의 도서관이라는 책 넣어줘", "밤의 도서관"),
        ("독서 목록에 이번에 선물 받은 책 넣어줘", "이번에 선물 받은 책"),
    ],
)
def test_a_title_is_all_that_was_said_of_it_and_no_more(text: str, title: str) -> None:
    match = understood(text)

    assert title in [value.text for value in match.slots.values()]


@pytest.mark.parametrize(
    "text",
    [
        "독서 목록에 한강 작가 소년이 온다 읽을 책으로 올려줘",
        "할 일에 여권 갱신하기랑 환전하기 넣어줘",
        "할 일에 '치과 전화하기' 추가하는데 마감은 모레까지로 해줘",
        "노션에 지난주에 새로 만든 페이지 뭐 있어",
        "노션에서 내가 어제 고친 페이지 알려줘",
        "노션에서 '온보딩' 나오는 페이지 찾아줘",
    ],
)
def test_what_would_be_cut_out_of_other_words_is_no_title(text: str) -> None:
    assert isinstance(router().route(text, language="ko", now=NOW), NoMatch)
