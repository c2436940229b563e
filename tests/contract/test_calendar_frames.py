"""What people say about their calendar in their own order, up to the tool call."""

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
from arion_kit.words import Language

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
ROW = {"id": "e1", "summary": "주간 회의", "calendar_id": "primary"}
EVENT = {"event_id": "e1", "calendar_id": "primary"}


@cache
def router() -> Router:
    signatures = {tool.name: read_signature(tool) for tool in SPEC.tools}
    reading = frozenset(tool.name for tool in SPEC.tools if tool.read_only)
    pack = load_pack(SPEC.language, signatures, reading)
    facts = {tool.name: ToolFacts(tool.read_only, tool.destructive) for tool in SPEC.tools}
    return Router({"calendar": pack}, {"calendar": facts})


def understood(text: str) -> Match:
    language: Language = "en" if text.isascii() else "ko"
    match = router().route(text, language=language, now=NOW)
    assert isinstance(match, Match), f"{text!r} is not understood"
    return match


def call(text: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The tool, its arguments, and what a name in the utterance is looked up by."""
    match = understood(text)
    looked_up = [reference_query(match, slot).arguments for slot in match.references]
    found = {name: Resolved("e1", "주간 회의", ROW) for name in match.references}
    done = complete(match, found)
    tool = done.tool.removeprefix("calendar_")
    return tool, done.arguments, looked_up[0] if looked_up else {}


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("25일 오전 열 시 반 안과", {"summary": "안과", "start": "2026-11-25T10:30:00+09:00"}),
        (
            "lunch with Sumin Friday at noon",
            {"summary": "lunch with Sumin", "start": "2026-11-27T12:00:00+09:00"},
        ),
        (
            "토요일 저녁 여섯 시에 고모네 가는 거 추가",
            {"summary": "고모네 가기", "start": "2026-11-28T18:00:00+09:00"},
        ),
        (
            "두 시간 뒤에 세탁소 가야 돼, 십 분 전에 알림 오게 넣어줘",
            {"summary": "세탁소 가야 함", "start": "2026-11-23T12:00:00+09:00", "reminders": [10]},
        ),
        (
            "다음 주 월요일 오전 열한 시로 시안 회의 한 시간 잡아줘",
            {"summary": "시안 회의", "start": "2026-11-30T11:00:00+09:00", "duration_min": 60},
        ),
        (
            "Create a proposal review for tomorrow at 10 am with a video link",
            {"summary": "proposal review", "start": "2026-11-24T10:00:00+09:00", "meet": True},
        ),
        ("Mark December 24th as a day off, all day", {"summary": "day off", "start": "2026-12-24"}),
        ("금요일에 휴가 등록해줘", {"summary": "휴가", "start": "2026-11-27"}),
        (
            "12월 24일 저녁 일곱 시 크리스마스이브 파티 등록해 줘",
            {"summary": "크리스마스이브 파티", "start": "2026-12-24T19:00:00+09:00"},
        ),
        (
            "금요일 7시에 강남역 달빛커피에서 수민이랑 저녁",
            {
                "summary": "수민이랑 저녁",
                "start": "2026-11-27T19:00:00+09:00",
                "location": "강남역 달빛커피",
            },
        ),
    ],
)
def test_an_event_is_made_of_what_was_said(text: str, arguments: dict[str, Any]) -> None:
    assert call(text)[:2] == ("create_event", arguments)


@pytest.mark.parametrize(
    ("text", "missing", "question"),
    [
        ("내일 저녁에 약속 하나 넣어줘", ("when:hour",), "몇 시로 잡을까요?"),
        ("회의 하나 잡아줘", ("when", "when:hour"), "언제로 잡을까요?"),
        ("set up a meeting tomorrow", ("when:hour",), "What time should it start?"),
        ("데모 데이 시간 좀 바꿔야 되는데", ("target",), "언제로 옮길까요?"),
        ("move the dentist to another day", ("target",), "When should I move it to?"),
    ],
)
def test_what_an_event_needs_is_asked_for(
    text: str, missing: tuple[str, ...], question: str
) -> None:
    match = understood(text)
    assert match.missing == missing
    assert match.asks[missing[0]] == question


@pytest.mark.parametrize(
    ("text", "arguments", "query"),
    [
        ("회식 일곱 시로 늦춰", {"start": "19:00"}, "회식"),
        ("move the team dinner to seven", {"start": "19:00"}, "team dinner"),
        (
            "my one on one tomorrow has to be at two in the afternoon instead",
            {"start": "14:00"},
            "one on one",
        ),
        ("치과 예약 다음 주 목요일 같은 시간으로 미뤄줘", {"start": "2026-12-03"}, "치과"),
        ("Push the dentist to Thursday next week, same time", {"start": "2026-12-03"}, "dentist"),
        ("치과 하루 뒤로 옮겨야 되는데 옮겨줄래?", {"start": "+1440"}, "치과"),
        ("데모 데이 삼십 분만 당겨줄 수 있어?", {"start": "-30"}, "데모 데이"),
        ("The user interview should start two hours later", {"start": "+120"}, "user interview"),
        ("민수 결혼식 장소 명동성당으로 고쳐줘", {"location": "명동성당"}, "민수 결혼식"),
        ("rename the hike to Gwanak hike", {"summary": "Gwanak hike"}, "hike"),
        ("건강검진 하루 전에 알림 오게 해 줘", {"reminders": [1440]}, "건강검진"),
        ("분기 목표 리뷰에 화상 회의 링크 달아줘", {"meet": True}, "분기 목표 리뷰"),
        ("Make the team meeting an hour and a half long", {"duration_min": 90}, "team meeting"),
    ],
)
def test_a_change_is_only_what_was_said(text: str, arguments: dict[str, Any], query: str) -> None:
    tool, given, looked_up = call(text)
    assert (tool, given) == ("update_event", {**EVENT, **arguments})
    assert looked_up["query"] == query


@pytest.mark.parametrize(
    ("text", "tool", "arguments", "query"),
    [
        ("나 금요일 회식 못 갈 것 같아 캘린더에서 빼줘", "delete_event", {}, "회식"),
        ("skip book club this Sunday", "delete_event", {}, "book club"),
        ("독서 모임 이번 주만 빼줘", "delete_event", {}, "독서 모임"),
        (
            "노스윈드 싱크는 못 간다고 해 그날 병원 간다고",
            "respond",
            {"response": "declined", "comment": "그날 병원 간다"},
            "노스윈드 싱크",
        ),
        (
            "put me down as a maybe for the Northwind design sync",
            "respond",
            {"response": "tentative"},
            "Northwind design sync",
        ),
        ("내일 고객사 미팅에 누구누구 들어와?", "get_event", {}, "고객사 미팅"),
        ("where's the wedding on the 5th", "get_event", {}, "wedding"),
    ],
)
def test_one_event_is_looked_up_by_its_name(
    text: str, tool: str, arguments: dict[str, Any], query: str
) -> None:
    made, given, looked_up = call(text)
    assert (made, given) == (tool, {**EVENT, **arguments})
    assert looked_up["query"] == query


@pytest.mark.parametrize(
    ("text", "tool", "arguments"),
    [
        ("지금 뉴욕은 몇 시야?", "now", {"tz": "America/New_York"}),
        ("what time is it in Tokyo", "now", {"tz": "Asia/Tokyo"}),
        (
            "이번 달 남은 일정 쭉 읽어줘",
            "list_events",
            {"start": "2026-11-23T00:00:00+09:00", "end": "2026-12-01T00:00:00+09:00"},
        ),
        ("제주 여행 며칠부터더라", "list_events", {"query": "제주 여행"}),
        ("what time does the Busan workshop start", "list_events", {"query": "Busan workshop"}),
        ("Have I got any invitations I haven't answered?", "list_events", {"unanswered": True}),
        (
            "오늘 중으로 삼십 분만 빌 때 없나 찾아봐 줘",
            "find_slots",
            {
                "start": "2026-11-23T00:00:00+09:00",
                "end": "2026-11-24T00:00:00+09:00",
                "duration_min": 30,
            },
        ),
    ],
)
def test_a_question_becomes_its_look_up(text: str, tool: str, arguments: dict[str, Any]) -> None:
    assert call(text)[:2] == (tool, arguments)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("내일 일정 다 지워줘", "ko"),
        ("cancel everything tomorrow", "en"),
        ("이번 주 할 일 목록에 우유 추가해줘", "ko"),
        ("schedule the workshop for the 32nd of December", "en"),
        ("내일 이십오 시에 미팅 잡아줘", "ko"),
        ("book me a KTX ticket to Busan", "en"),
    ],
)
def test_what_cannot_be_done_here_is_not_taken_for_an_event(text: str, language: Language) -> None:
    assert isinstance(router().route(text, language=language, now=NOW), NoMatch)


@pytest.mark.parametrize(
    ("text", "arguments", "query"),
    [
        ("건강검진 오전 열 시로 변경됐대", {"start": "10:00"}, "건강검진"),
        ("팀 회식 일곱 시로 늦춰졌어 수정해줘", {"start": "19:00"}, "팀 회식"),
        ("면접이 한 시간 앞당겨졌어", {"start": "-60"}, "면접"),
        (
            "the health checkup got rescheduled to December tenth at nine am",
            {"start": "2026-12-10T09:00:00+09:00"},
            "health checkup",
        ),
        ("the workshop's been pushed to Wednesday", {"start": "2026-11-25"}, "workshop"),
        ("my dentist appointment got pushed back an hour", {"start": "+60"}, "dentist"),
        ("채용 면접을 회의실 A에서 하기로 바뀌었어", {"location": "회의실 A"}, "채용 면접"),
        ("dinner with Jihoon is now at Luigi's", {"location": "Luigi's"}, "dinner with Jihoon"),
        ("can you make the team dinner half past seven", {"start": "19:30"}, "team dinner"),
        ("tomorrow's lunch should be at one", {"start": "13:00"}, "lunch"),
        (
            "데일리 스탠드업 이름을 연말 점검으로 바꿔줘",
            {"summary": "연말 점검"},
            "데일리 스탠드업",
        ),
    ],
)
def test_what_has_changed_moves_the_event_and_makes_none(
    text: str, arguments: dict[str, Any], query: str
) -> None:
    tool, given, looked_up = call(text)
    assert (tool, given) == ("update_event", {**EVENT, **arguments})
    assert looked_up["query"] == query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("등산 취소됐어", "등산"),
        ("금요일 회식 없던 걸로 해줘", "회식"),
        ("the book club is off this week", "book club"),
        ("Jihoon's ill so Wednesday's dinner is off, take it out", "dinner"),
    ],
)
def test_what_is_off_is_deleted(text: str, query: str) -> None:
    tool, given, looked_up = call(text)
    assert (tool, given) == ("delete_event", EVENT)
    assert looked_up["query"] == query


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        (
            "두 시간 뒤에 약 먹으라고 알려줘",
            {"summary": "약 먹기", "start": "2026-11-23T12:00:00+09:00", "reminders": [0]},
        ),
        (
            "in two hours nudge me to ring the insurance people",
            {
                "summary": "ring the insurance people",
                "start": "2026-11-23T12:00:00+09:00",
                "reminders": [0],
            },
        ),
        (
            "내일 두 시에 강남역에서 후배 만나기로 했어",
            {
                "summary": "후배 만나기",
                "start": "2026-11-24T14:00:00+09:00",
                "location": "강남역",
            },
        ),
        (
            "Put in a quick walk with Emma on Friday at 4 pm",
            {"summary": "quick walk with Emma", "start": "2026-11-27T16:00:00+09:00"},
        ),
        (
            "there's a parent-teacher thing on December 8th from four to five, could that go in",
            {
                "summary": "parent-teacher thing",
                "start": "2026-12-08T16:00:00+09:00",
                "end": "2026-12-08T17:00:00+09:00",
            },
        ),
        (
            "화요일 말고 수요일 오전 열 시에 보험 상담 잡아줘",
            {"summary": "보험 상담", "start": "2026-11-25T10:00:00+09:00"},
        ),
        (
            "금요일 네 시에 주간 보고 매주 반복되게 잡아줘",
            {
                "summary": "주간 보고",
                "start": "2026-11-27T16:00:00+09:00",
                "recurrence": ["RRULE:FREQ=WEEKLY"],
            },
        ),
    ],
)
def test_a_title_is_what_happens_and_nothing_around_it(
    text: str, arguments: dict[str, Any]
) -> None:
    assert call(text)[:2] == ("create_event", arguments)


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("give me a rundown of December 4th", "list_events"),
        ("is Sunday evening taken", "free_busy"),
        ("can I take a call at ten tomorrow", "free_busy"),
        ("내일 네 시에 미팅 가능해?", "free_busy"),
        ("금요일에 반차 써도 괜찮을까", "free_busy"),
        ("what's a good time for a half hour chat tomorrow", "find_slots"),
        ("다음 주에 한 시간짜리 면담 언제 하면 좋을까", "find_slots"),
        ("데모 데이에 몇 명이나 와", "get_event"),
        ("what seat do I have on the flight back from Busan", "get_event"),
    ],
)
def test_a_question_changes_nothing(text: str, tool: str) -> None:
    assert understood(text).tool == f"calendar_{tool}"


@pytest.mark.parametrize(
    "text",
    [
        # A guest can be found only by another server.
        "다음 주 목요일 세 시에 수민 씨 불러서 시안 점검 회의 만들어",
        "데모 데이에 민재 씨도 부를 수 있을까?",
        "add Minjae to the demo day",
        # How much longer is no length.
        "데모 데이 한 시간 더 길게 잡아줘",
        "make the demo day half an hour longer",
        # Two things at once.
        "cancel the dentist and put a haircut there on Tuesday next week at half past four",
        "치과 취소하고 다음 주 금요일 오전 열 시로 다시 잡아줘",
        # Two times that may be one.
        "모레 저녁에 지수랑 밥 먹기로 했어 일곱 시에",
        # No calendar's business.
        "set a timer for ten minutes",
        "book me a table for two at seven",
        "remind me to call mom tomorrow",
    ],
)
def test_no_title_is_made_of_what_was_not_understood(text: str) -> None:
    language: Language = "en" if text.isascii() else "ko"
    assert isinstance(router().route(text, language=language, now=NOW), NoMatch)


@pytest.mark.parametrize(
    ("text", "looked_up", "start"),
    [
        (
            "다음 주 화요일 네 시 반에 치과 가는 거 그거 다섯 시로 좀 늦춰줄래",
            {
                "query": "치과",
                "start": "2026-12-01T16:30:00+09:00",
                "end": "2026-12-01T16:31:00+09:00",
            },
            "17:00",
        ),
        (
            "내일 고객사 미팅 다섯 시로 옮겨줘",
            {
                "query": "고객사 미팅",
                "start": "2026-11-24T00:00:00+09:00",
                "end": "2026-11-25T00:00:00+09:00",
            },
            "17:00",
        ),
    ],
)
def test_what_stands_before_로_is_where_an_event_moves_to(
    text: str, looked_up: dict[str, Any], start: str
) -> None:
    assert call(text) == ("update_event", EVENT | {"start": start}, looked_up)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("지지난주에 자동차 점검 받은 게 며칠이었지", "자동차 점검"),
        ("엠마랑 만나는 게 언제야", "엠마"),
        ("에마 클라크랑 하는 회의 다음 거 언제야", "에마 클라크"),
    ],
)
def test_what_was_done_with_an_event_is_no_part_of_its_name(text: str, query: str) -> None:
    assert call(text)[1]["query"] == query


def test_what_else_an_answer_says_is_its_comment() -> None:
    done = call("브랜드 리뉴얼 킥오프 초대 거절해줘 그날 휴가라고 하고")
    assert done[1] == EVENT | {"response": "declined", "comment": "그날 휴가"}


@pytest.mark.parametrize(
    "text",
    [
        # Asking, or telling what it is not.
        "금요일 회식 장소 어디로 정해졌대",
        "나 다음 주에 며칠이나 회의 없어",
        "수요일에 뭐 있었지 지훈이랑 저녁 말고",
        "오늘 회의 끝나면 몇 시야",
        "회의 참석자 중에 답 안 한 사람 있어",
        "다음 주에 부산 가는 날 비행기 몇 시 거야",
        # A time that is none of the call's.
        "가족 저녁 식사 여섯 시 반으로",
        "등산 여덟 시 반으로 30분 미뤄졌대 고쳐줘",
        "12월 한 달 동안 회의 다 빼줘",
        "생일 축하 파티 하린이 생일에 저녁 일곱 시로 넣어줘",
        "내일 점심에 약속 있나 보고 없으면 열두 시에 유나랑 밥 먹는 거 잡아줘",
        "모레 오전 열 시부터 열한 시 반까지 병원이라 자리 비운다고 캘린더에 표시해줘",
        # To a person, by mail.
        "지훈이한테 청첩장 잘 받았고 결혼식 꼭 가겠다고 답장 보내",
    ],
)
def test_what_is_more_than_a_name_names_no_event(text: str) -> None:
    assert isinstance(router().route(text, language="ko", now=NOW), NoMatch)


@pytest.mark.parametrize(
    "text",
    [
        "remove Minjae from the team dinner",
        "should I move the interview to Friday?",
        "maybe move the 1:1 to later today",
        "make tomorrow's standup at 10 just this once",
        "schedule drinks with Jihoon the day after the wedding at 8",
        "put the zoom call with grandparents on every Sunday at 6 pm until Christmas",
        "make a 30 min focus block every weekday at 9",
        "put the PT session off until Thursday evening",
        "delete all mails from Green Mart",
        "find a time for me, Seojun and Sumin next week for an hour",
    ],
)
def test_english_words_that_are_more_than_a_name_change_no_event(text: str) -> None:
    assert isinstance(router().route(text, language="en", now=NOW), NoMatch)
