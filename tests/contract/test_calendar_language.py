"""What people say about their calendar, through the host's router, up to the tool call."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from arion_calendar import SPEC
from arion_host.agents.references import complete, reference_query
from arion_host.agents.router import Router
from arion_host.agents.understood import Match, NoMatch, Resolved, ToolFacts
from arion_kit.packs import load_pack
from arion_kit.signatures import read_signature
from arion_kit.words import Language, LanguagePack

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
    return Router({"calendar": pack()}, {"calendar": facts})


def understood(text: str, language: Language) -> Match:
    match = router().route(text, language=language, now=NOW)
    assert isinstance(match, Match), f"{text!r} is not understood"
    return match


def call(text: str, language: Language = "ko") -> tuple[str, dict[str, Any]]:
    done = complete(understood(text, language), {})
    return done.tool.removeprefix("calendar_"), done.arguments


def test_no_template_is_refused() -> None:
    assert router().refused == {}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_example_means_its_own_intent(language: Language) -> None:
    said = [(intent.name, text) for intent in pack().intents for text in intent.examples[language]]
    heard = [(understood(text, language).intent, text) for _, text in said]
    assert heard == said


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("내일 일정 알려줘", "2026-11-24T00:00:00+09:00", "2026-11-25T00:00:00+09:00"),
        ("이번 주 일정 알려줘", "2026-11-23T00:00:00+09:00", "2026-11-30T00:00:00+09:00"),
        ("내일 오후에 뭐 있어?", "2026-11-24T12:00:00+09:00", "2026-11-24T18:00:00+09:00"),
        ("나 내일 뭐 해야 돼?", "2026-11-24T00:00:00+09:00", "2026-11-25T00:00:00+09:00"),
        ("모레 일정 좀 알려 주시겠어요?", "2026-11-25T00:00:00+09:00", "2026-11-26T00:00:00+09:00"),
        ("내일 스케줄 어때", "2026-11-24T00:00:00+09:00", "2026-11-25T00:00:00+09:00"),
    ],
)
def test_a_question_about_a_time_lists_its_events(text: str, start: str, end: str) -> None:
    assert call(text) == ("list_events", {"start": start, "end": end})


@pytest.mark.parametrize(
    ("text", "tool", "arguments"),
    [
        (
            "내일 오후 3시에 치과 예약 잡아줘",
            "create_event",
            {"summary": "치과 예약", "start": "2026-11-24T15:00:00+09:00"},
        ),
        (
            "치과 예약 내일 오후 3시로 잡아 주세요",
            "create_event",
            {"summary": "치과 예약", "start": "2026-11-24T15:00:00+09:00"},
        ),
        (
            "내일 3시에 팀 회의 일정 추가해줘",
            "create_event",
            {"summary": "팀 회의", "start": "2026-11-24T15:00:00+09:00"},
        ),
        (
            "내일 2시부터 4시까지 디자인 리뷰 잡아줘",
            "create_event",
            {
                "summary": "디자인 리뷰",
                "start": "2026-11-24T14:00:00+09:00",
                "end": "2026-11-24T16:00:00+09:00",
            },
        ),
        (
            "금요일 저녁 7시에 강남역에서 동창 모임 잡아줘",
            "create_event",
            {
                "summary": "동창 모임",
                "start": "2026-11-27T19:00:00+09:00",
                "location": "강남역",
            },
        ),
        (
            "12월 1일부터 3일까지 제주도 여행 일정 넣어줘",
            "create_event",
            {"summary": "제주도 여행", "start": "2026-12-01", "end": "2026-12-04"},
        ),
        (
            "내일 하루 종일 휴가 등록해줘",
            "create_event",
            {"summary": "휴가", "start": "2026-11-24"},
        ),
        (
            "내일 3시에 치과 예약해줘",
            "create_event",
            {"summary": "치과 예약", "start": "2026-11-24T15:00:00+09:00"},
        ),
        ("치과 예약 언제야?", "list_events", {"query": "치과"}),
        (
            "내일 3시에 비어 있어?",
            "free_busy",
            {"start": "2026-11-24T15:00:00+09:00", "end": "2026-11-24T16:00:00+09:00"},
        ),
        ("지금 몇 시야", "now", {}),
        ("일정 알려줘", "list_events", {}),
    ],
)
def test_korean_becomes_the_call(text: str, tool: str, arguments: dict[str, Any]) -> None:
    assert call(text) == (tool, arguments)


@pytest.mark.parametrize(
    ("text", "tool", "arguments"),
    [
        (
            "What is on my calendar tomorrow afternoon?",
            "list_events",
            {"start": "2026-11-24T12:00:00+09:00", "end": "2026-11-24T18:00:00+09:00"},
        ),
        (
            "Schedule a dentist appointment tomorrow at 3 pm",
            "create_event",
            {"summary": "dentist appointment", "start": "2026-11-24T15:00:00+09:00"},
        ),
        (
            "Please add lunch with Kim to my calendar on Friday at noon",
            "create_event",
            {"summary": "lunch with Kim", "start": "2026-11-27T12:00:00+09:00"},
        ),
        (
            "Schedule dinner at Luigi's on Friday at 7 pm",
            "create_event",
            {"summary": "dinner", "start": "2026-11-27T19:00:00+09:00", "location": "Luigi's"},
        ),
        (
            "Am I free from 2 to 4 pm tomorrow?",
            "free_busy",
            {"start": "2026-11-24T14:00:00+09:00", "end": "2026-11-24T16:00:00+09:00"},
        ),
        ("When is my dentist appointment?", "list_events", {"query": "dentist"}),
        ("What time is it?", "now", {}),
    ],
)
def test_english_becomes_the_call(text: str, tool: str, arguments: dict[str, Any]) -> None:
    assert call(text, "en") == (tool, arguments)


@pytest.mark.parametrize(
    ("text", "language", "query", "question"),
    [
        (
            "내일 치과 예약 취소해줘",
            "ko",
            {
                "query": "치과",
                "start": "2026-11-24T00:00:00+09:00",
                "end": "2026-11-25T00:00:00+09:00",
            },
            "'치과 예약' 일정을 삭제할까요?",
        ),
        (
            "Cancel the dentist appointment tomorrow",
            "en",
            {
                "query": "dentist",
                "start": "2026-11-24T00:00:00+09:00",
                "end": "2026-11-25T00:00:00+09:00",
            },
            "Delete '치과 예약'?",
        ),
        (
            "내일 3시 일정 취소해줘",
            "ko",
            {"start": "2026-11-24T15:00:00+09:00", "end": "2026-11-24T16:00:00+09:00"},
            "내일 오후 3시 '치과 예약' 일정을 삭제할까요?",
        ),
        (
            "캘린더에서 동창 모임 삭제해 주세요",
            "ko",
            {"query": "동창 모임"},
            "'치과 예약' 일정을 삭제할까요?",
        ),
        (
            "Delete yoga from my calendar",
            "en",
            {"query": "yoga"},
            "Delete '치과 예약'?",
        ),
    ],
)
def test_a_deletion_looks_the_event_up_and_asks(
    text: str, language: Language, query: dict[str, Any], question: str
) -> None:
    match = understood(text, language)
    [slot] = match.references
    assert reference_query(match, slot).arguments == query
    row = {"id": "e1", "summary": "치과 예약", "calendar_id": "primary"}
    done = complete(match, {slot: Resolved("e1", "치과 예약", row)})
    assert (done.tool, done.arguments) == (
        "calendar_delete_event",
        {"event_id": "e1", "calendar_id": "primary"},
    )
    assert done.readback == question


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("이 메일 삭제해줘", "ko"),
        ("내일 날씨 어때?", "ko"),
        ("오늘 산 우유 장바구니에 추가해줘", "ko"),
        ("오늘 온 메일 읽어줘", "ko"),
        ("노션에 오늘 회의록 적어줘", "ko"),
        ("강남역 근처 카페 있어?", "ko"),
        ("내일 아침 7시에 깨워줘", "ko"),
        ("내일 회의 잡지 마", "ko"),
        ("delete this email", "en"),
        ("add milk to my shopping list", "en"),
        ("remind me to call mom tomorrow", "en"),
        ("what's the weather tomorrow", "en"),
        ("create an issue for the bug", "en"),
        ("book me a flight tomorrow", "en"),
    ],
)
def test_what_is_no_calendars_business_is_left_alone(text: str, language: Language) -> None:
    assert isinstance(router().route(text, language=language, now=NOW), NoMatch)
