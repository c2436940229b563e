from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.unit.arion_host.agents.every_pack import LANGUAGES, NOW, examples

from arion_host.agents.following.past import (
    PastQuery,
    PastRow,
    Picked,
    Unsure,
    label,
    past_query,
    pick,
)
from arion_host.agents.replies import asks_undo
from arion_kit.words import Language

TODAY = NOW.replace(hour=0)
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
LAST = PastQuery(count=1, is_latest=True)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("방금 거 취소해", LAST),
        ("방금 한 거 취소해 줘", LAST),
        ("되돌려줘", LAST),
        ("그거 되돌려 줘", LAST),
        ("방금 일은 없던 일로 해줘", LAST),
        ("원래대로 돌려놔", LAST),
        ("마지막 거 취소해", LAST),
        ("아까 만든 거 취소해주세요", PastQuery(count=1, act="made", is_latest=True)),
        ("방금 보낸 거 취소", PastQuery(count=1, act="sent", is_latest=True)),
        ("아까 만든 회의 지워줘", PastQuery("회의", act="made")),
        ("아까 보낸 메일 취소해줘", PastQuery("메일", act="sent")),
        ("아까 김하나한테 보낸 메일 취소해줘", PastQuery("김하나 메일", act="sent")),
        ("지난번에 잡은 치과 예약 취소해", PastQuery("치과 예약", act="made")),
        ("방금 잡은 회의 취소해줘", PastQuery("회의", act="made", is_latest=True)),
        ("방금 회의 취소해줘", PastQuery("회의", is_latest=True)),
        ("치과 예약 옮긴 거 되돌려줘", PastQuery("치과 예약", act="changed")),
        ("좀 전에 추가한 메모 빼줘", PastQuery("메모", act="made", is_latest=True)),
        ("방금 전에 만든 일정 지워줘", PastQuery("일정", act="made", is_latest=True)),
        ("최근 세 개 되돌려줘", PastQuery(count=3)),
        ("아까 내가 추가한 우유 빼줘", PastQuery("우유", act="made")),
        ("방금 두 개 되돌려", PastQuery(count=2, is_latest=True)),
        ("마지막 두 개 되돌려줘", PastQuery(count=2)),
        ("세 개 다 되돌려줘", PastQuery(count=3)),
        ("전부 되돌려줘", PastQuery(count="all")),
        (
            "오늘 추가한 거 다 되돌려줘",
            PastQuery(count="all", act="made", since=TODAY, until=TOMORROW),
        ),
        (
            "오늘 만든 일정 전부 지워줘",
            PastQuery("일정", "all", "made", since=TODAY, until=TOMORROW),
        ),
        (
            "어제 잡은 치과 예약 취소해줘",
            PastQuery("치과 예약", act="made", since=YESTERDAY, until=TODAY),
        ),
    ],
)
def test_what_was_done_is_named_in_korean(text: str, query: PastQuery):
    assert past_query(text, "ko", NOW) == query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("undo that", LAST),
        ("Undo", LAST),
        ("please undo the last thing", LAST),
        ("undo what you just did", LAST),
        ("please take that back", LAST),
        ("undo the email to Emma", PastQuery("email Emma")),
        ("undo the last two", PastQuery(count=2)),
        ("undo the last three changes", PastQuery(count=3)),
        ("undo both", PastQuery(count=2)),
        ("undo all of that", PastQuery(count="all")),
        ("delete the meeting I just made", PastQuery("meeting", act="made", is_latest=True)),
        ("cancel the email I just sent", PastQuery("email", act="sent", is_latest=True)),
        ("remove the milk I just added", PastQuery("milk", act="made", is_latest=True)),
        ("take back the mail I sent earlier", PastQuery("mail", act="sent")),
        (
            "undo everything you did today",
            PastQuery(count="all", since=TODAY, until=TOMORROW),
        ),
    ],
)
def test_what_was_done_is_named_in_english(text: str, query: PastQuery):
    assert past_query(text, "en", NOW) == query


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("내일 회의 취소해줘", "ko"),
        ("오늘 회의 취소해줘", "ko"),
        ("내일 잡은 회의 취소해줘", "ko"),
        ("방금 온 메일 읽어줘", "ko"),
        ("아까 온 메일 지워줘", "ko"),
        ("방금 읽은 메일 지워줘", "ko"),
        ("아까 받은 초대 취소해줘", "ko"),
        ("아까 이수민이 보낸 메일 지워줘", "ko"),
        ("마지막 메일 지워줘", "ko"),
        ("그거 지워줘", "ko"),
        ("다 지워줘", "ko"),
        ("취소해", "ko"),
        ("방금 거 취소하지 마", "ko"),
        ("장보기 목록에서 전부 지워줘", "ko"),
        ("cancel my meeting tomorrow", "en"),
        ("delete the last email", "en"),
        ("delete it", "en"),
        ("cancel it", "en"),
        ("don't undo that", "en"),
        ("read the email I just sent", "en"),
        ("remove everything from my list", "en"),
        ("방금 만든 " + "아주 " * 200 + "거 지워줘", "ko"),
    ],
)
def test_another_command_takes_nothing_back(text: str, language: Language):
    assert past_query(text, language, NOW) is None


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_of_any_server_takes_anything_back(language: Language):
    found = {text: past_query(text, language, NOW) for text in examples(language)}
    assert {text: query for text, query in found.items() if query} == {}


@pytest.mark.parametrize("text", ["방금 거 취소해", "아까 만든 거 취소해주세요", "방금 건 물러줘"])
def test_what_asks_to_undo_names_the_last_write(text: str):
    query = past_query(text, "ko", NOW)
    assert asks_undo(text, "ko")
    assert query is not None
    assert (query.words, query.count) == (None, 1)


def row(
    minutes_ago: int, server: str, tool: str, arguments: dict, result: dict | None = None
) -> PastRow:
    at: datetime = NOW - timedelta(minutes=minutes_ago)
    return PastRow(f"a{minutes_ago}", server, tool, arguments, result or {}, at)


MEETING = row(
    1,
    "calendar",
    "calendar_create_event",
    {"summary": "팀 회의", "start": "2026-11-24T15:00:00+09:00"},
)
DENTIST = row(
    5, "calendar", "calendar_create_event", {"summary": "치과 예약"}, {"event": {"id": "회의7"}}
)
MAIL = row(
    10,
    "gmail",
    "gmail_send",
    {"to": ["hana@example.com"], "body": "늦어요"},
    {"say": "김하나 님에게 보냈어요."},
)
MOVED = row(20, "calendar", "calendar_update_event", {"event_id": "x"}, {"summary": "치과 예약"})
MILK = row(1500, "shopping", "list_add", {"items": ["우유"]})
ROWS = [MILK, DENTIST, MEETING, MOVED, MAIL]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("방금 거 취소해", [MEETING]),
        ("방금 두 개 되돌려", [MEETING, DENTIST]),
        ("아까 보낸 메일 취소해줘", [MAIL]),
        ("아까 김하나한테 보낸 메일 취소해줘", [MAIL]),
        ("지난번에 잡은 치과 예약 취소해", [DENTIST]),
        ("아까 만든 치과예약 지워줘", [DENTIST]),
        ("치과 예약 옮긴 거 되돌려줘", [MOVED]),
        ("아까 추가한 우유 빼줘", [MILK]),
        ("오늘 추가한 거 다 되돌려줘", [MEETING, DENTIST]),
        ("전부 되돌려줘", [MEETING, DENTIST, MAIL, MOVED, MILK]),
        ("방금 잡은 일정 취소해줘", [MEETING]),
        ("아까 만든 치과 예약이랑 팀 회의 지워줘", [MEETING, DENTIST]),
    ],
)
def test_the_writes_that_are_meant_are_picked_the_latest_first(text: str, rows: list[PastRow]):
    query = past_query(text, "ko", NOW)
    assert query is not None
    assert pick(query, ROWS) == Picked(tuple(rows))


def test_of_several_that_fit_it_has_to_be_asked_which():
    query = past_query("아까 만든 일정 지워줘", "ko", NOW)
    assert query is not None
    assert pick(query, ROWS) == Unsure((MEETING, DENTIST))


@pytest.mark.parametrize(
    "text", ["아까 만든 점심 약속 지워줘", "아까 지운 거 되돌려줘", "아까 만든 회의랑 여행 지워줘"]
)
def test_what_was_never_done_is_not_found(text: str):
    query = past_query(text, "ko", NOW)
    assert query is not None
    assert pick(query, [MEETING, MAIL]) is None


def test_a_write_is_called_by_its_own_words():
    assert [label(it) for it in (MEETING, MAIL, MOVED, MILK)] == [
        "팀 회의",
        "늦어요",
        "치과 예약",
        "우유",
    ]
    assert label(row(1, "github", "github_pr_merge", {"number": 3})) == "github_pr_merge"
