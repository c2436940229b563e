"""What people say to change their calendar, answer and plan, up to the tool call."""

from __future__ import annotations

from typing import Any

import pytest
from tests.contract.test_calendar_language import NOW, pack, router, understood

from arion_host.agents.references import complete, reference_query
from arion_host.agents.understood import Match, Resolved
from arion_kit.words import Language

pytestmark = pytest.mark.thorough

ROW = {"id": "e1", "summary": "주간 회의", "calendar_id": "primary"}
EVENT = {"event_id": "e1", "calendar_id": "primary"}


def call(text: str) -> tuple[str, dict[str, Any], dict[str, Any], str | None]:
    """Tool, arguments, what is looked up before, and the question."""
    language: Language = "ko" if any("가" <= letter <= "힣" for letter in text) else "en"
    match = understood(text, language)
    looked_up = [reference_query(match, name).arguments for name in match.references]
    found = {name: Resolved("e1", "주간 회의", ROW) for name in match.references}
    done = complete(match, found)
    tool = done.tool.removeprefix("calendar_")
    return tool, done.arguments, looked_up[0] if looked_up else {}, done.readback


@pytest.mark.parametrize(
    ("text", "start", "query"),
    [
        ("금요일 팀 회의를 3시로 옮겨줘", "15:00", "팀 회의"),
        ("치과 예약 금요일로 미뤄줘", "2026-11-27", "치과"),
        ("내일 주간 회의 모레 오후 4시로 바꿔줘", "2026-11-25T16:00:00+09:00", "주간 회의"),
        ("회의 3시로 옮겨줘", "15:00", "회의"),
        ("내일 주간 회의 30분 미뤄줘", "+30", "주간 회의"),
        ("내일 팀 회식 한 시간 앞당겨줘", "-60", "팀 회식"),
        ("회의 한 시간 미뤄줘", "+60", "회의"),
        ("Move the dentist appointment to 3 pm", "15:00", "dentist"),
        ("Reschedule Friday's yoga to Saturday", "2026-11-28", "yoga"),
        ("Push tomorrow's review back by an hour", "+60", "review"),
    ],
)
def test_a_move_changes_only_what_was_said(text: str, start: str, query: str) -> None:
    tool, arguments, looked_up, question = call(text)
    assert (tool, arguments) == ("update_event", {**EVENT, "start": start})
    assert looked_up["query"] == query
    assert question is not None
    assert "주간 회의" in question


@pytest.mark.parametrize(
    ("text", "response", "query"),
    [
        ("브랜드 킥오프 초대 수락해줘", "accepted", {"query": "브랜드 킥오프"}),
        ("마케팅 회의에 불참한다고 전해줘", "declined", {"query": "마케팅 회의"}),
        ("초대 거절해줘", "declined", {"unanswered": True}),
        ("Accept the invitation", "accepted", {"unanswered": True}),
        (
            "Tentatively accept the budget review invitation",
            "tentative",
            {"query": "budget review"},
        ),
    ],
)
def test_an_invitation_is_answered(text: str, response: str, query: dict[str, Any]) -> None:
    tool, arguments, looked_up, question = call(text)
    assert question is not None
    assert "주간 회의" in question
    assert (tool, arguments) == ("respond", {**EVENT, "response": response})
    assert looked_up == query


@pytest.mark.parametrize(
    ("text", "tool", "arguments"),
    [
        ("다음 일정 뭐야?", "list_events", {"start": "now", "max_results": 1}),
        ("What's next on my calendar?", "list_events", {"start": "now", "max_results": 1}),
        (
            "다음 회의 언제야?",
            "list_events",
            {"query": "회의", "start": "now", "max_results": 1},
        ),
        (
            "다음 공휴일 언제야?",
            "list_events",
            {"calendar_ids": ["holidays"], "start": "now", "max_results": 1},
        ),
        (
            "내일 쉬는 날이야?",
            "list_events",
            {
                "calendar_ids": ["holidays"],
                "start": "2026-11-24T00:00:00+09:00",
                "end": "2026-11-25T00:00:00+09:00",
            },
        ),
        (
            "추석 언제야?",
            "list_events",
            {
                "calendar_ids": ["holidays"],
                "start": "2027-09-15T00:00:00+09:00",
                "end": "2027-09-16T00:00:00+09:00",
            },
        ),
        ("답 안 한 초대 있어?", "list_events", {"unanswered": True}),
        (
            "내일 비는 시간 찾아줘",
            "find_slots",
            {"start": "2026-11-24T00:00:00+09:00", "end": "2026-11-25T00:00:00+09:00"},
        ),
        ("30분 비는 시간 찾아줘", "find_slots", {"duration_min": 30}),
        (
            "내일 회의할 시간 찾아줘",
            "find_slots",
            {
                "start": "2026-11-24T00:00:00+09:00",
                "end": "2026-11-25T00:00:00+09:00",
                "working_hours": "09:00-18:00",
            },
        ),
        (
            "Book a meeting with Bob on Friday at 3 pm",
            "create_event",
            {"summary": "meeting with Bob", "start": "2026-11-27T15:00:00+09:00"},
        ),
        (
            "어제 뭐 했어?",
            "list_events",
            {"start": "2026-11-22T00:00:00+09:00", "end": "2026-11-23T00:00:00+09:00"},
        ),
    ],
)
def test_a_question_becomes_the_call(text: str, tool: str, arguments: dict[str, Any]) -> None:
    assert call(text)[:2] == (tool, arguments)


@pytest.mark.parametrize(
    ("text", "scope", "question"),
    [
        ("PT 반복 일정 삭제해줘", "all", "반복 일정 '주간 회의'의 모든 일정을 삭제할까요?"),
        ("Delete all my standup meetings", "all", "Delete every occurrence of '주간 회의'?"),
        ("다음 회의 취소해줘", None, "가장 가까운 '주간 회의' 일정을 삭제할까요?"),
    ],
)
def test_a_deletion_says_how_much_it_takes(text: str, scope: str | None, question: str) -> None:
    tool, arguments, _, asked = call(text)
    assert (tool, arguments.get("scope"), asked) == ("delete_event", scope, question)


def test_every_tool_can_be_asked_for() -> None:
    spoken = {intent.tool for intent in pack().intents}
    assert len(spoken) == 10


@pytest.mark.parametrize(
    "text", ["회의 옮기지 마", "초대 수락하지 마", "메일 초대 링크 보내줘", "don't move my meeting"]
)
def test_what_is_no_wish_changes_nothing(text: str) -> None:
    language: Language = "en" if text.startswith("don't") else "ko"
    match = router().route(text, language=language, now=NOW)
    writes = isinstance(match, Match) and match.tool in (
        "calendar_update_event",
        "calendar_respond",
        "calendar_delete_event",
    )
    assert not writes
