from __future__ import annotations

import pytest
from tests.unit.arion_host.agents.every_pack import NOW, commands

from arion_host.agents.together.listing import listed
from arion_kit.words import Language

pytestmark = pytest.mark.thorough


def _language(text: str) -> Language:
    return "en" if text.isascii() else "ko"


def _read(text: str) -> list[tuple[str, dict[str, str]]]:
    """The tool of each command, and the words of its slots."""
    return [
        (part.match.tool, {name: value.text for name, value in part.match.slots.items()})
        for part in commands(text, _language(text))
    ]


@pytest.mark.parametrize(
    ("text", "tool", "each"),
    [
        ("close issues four and six on arion", "github_issue_update", ["four", "six"]),
        ("close issues 2, 3 and 7 on arion", "github_issue_update", ["2", "3", "7"]),
        ("close issue 3 and issue 5 on arion", "github_issue_update", ["3", "5"]),
        ("아리온 이슈 3번이랑 5번 닫아줘", "github_issue_update", ["3", "5"]),
        ("아리온 2번 이슈랑 7번 이슈 닫아줘", "github_issue_update", ["2", "7"]),
        (
            "put gym on Wednesday at seven am and Friday at seven am",
            "calendar_create_event",
            ["on Wednesday at seven am", "Friday at seven am"],
        ),
        (
            "put yoga on Tuesday and Thursday at 7 pm",
            "calendar_create_event",
            ["on Tuesday at 7 pm", "Thursday at 7 pm"],
        ),
        (
            "월요일이랑 수요일 저녁 7시에 헬스 넣어줘",
            "calendar_create_event",
            ["월요일 저녁 7시", "수요일 저녁 7시"],
        ),
        (
            "what do I have today, tomorrow and the day after?",
            "calendar_list_events",
            ["today", "tomorrow", "the day after tomorrow"],
        ),
        (
            "am I free Friday at two? And Thursday at eleven?",
            "calendar_free_busy",
            ["Friday at two", "Thursday at eleven"],
        ),
        (
            "show me pull requests on arion and on yeoul-notify",
            "github_list_prs",
            ["arion", "yeoul-notify"],
        ),
        (
            "move the standup to ten and the review to four",
            "calendar_update_event",
            ["standup", "review"],
        ),
        (
            "email Seojun that I'm late and Harin that I'm early",
            "gmail_send",
            ["Seojun", "Harin"],
        ),
        (
            "엄마한테는 고맙다고, 하린이한테는 등산화 좋다고 메일 보내줘",
            "gmail_send",
            ["엄마", "하린이"],
        ),
        (
            "내일 9시 스탠드업이랑 11시 리뷰 둘 다 취소해줘",
            "calendar_delete_event",
            ["스탠드업", "리뷰"],
        ),
        ("search for a humidifier and a power bank", "shop_search", ["humidifier", "power bank"]),
        (
            "내일 아침 일곱 시 러닝, 여덟 시 아침 약속 둘 다 넣어줘",
            "calendar_create_event",
            ["내일 아침 일곱 시", "내일 여덟 시"],
        ),
    ],
)
def test_the_same_is_done_for_each_of_several_things(text: str, tool: str, each: list[str]):
    read = _read(text)
    assert [it for it, _ in read] == [tool] * len(each)
    for (_, slots), own in zip(read, each, strict=True):
        assert own in slots.values()


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        (
            "how long from Jamsil to Hongdae by car, and by subway?",
            "map_directions_car map_directions_transit",
        ),
        (
            "강남역에서 판교역까지 차로 얼마나 걸리고 지하철로는 얼마나 걸려?",
            "map_directions_car map_directions_transit",
        ),
        ("show me my to-do list and my shopping list", "notion_query list_get"),
        (
            "오늘 일정이랑 안 읽은 메일이랑 깃허브 알림 쭉 알려줘",
            "calendar_list_events gmail_search github_notifications_list",
        ),
        ("headlines first, then the weather in Seoul", "news_search web_search"),
    ],
)
def test_one_verb_may_ask_for_things_of_different_kinds(text: str, tools: str):
    assert [tool for tool, _ in _read(text)] == tools.split()


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("book lunch with Tom and Jerry tomorrow at noon", "Tom and Jerry"),
        ("create an issue in arion called login and signup broken", "login and signup"),
        ("search for rock and roll", "rock and roll"),
        ("지훈이랑 저녁 약속 취소해줘", "지훈이"),
        ("Email Emma that I will book the room and send the agenda", "and send the agenda"),
    ],
)
def test_what_is_one_name_stays_whole(text: str, whole: str):
    read = _read(text)
    assert len(read) == 1
    assert any(whole in words for words in read[0][1].values())


@pytest.mark.parametrize("text", ["cancel mac and cheese night", "delete the pros and cons page"])
def test_a_change_comes_apart_only_where_its_things_are_told_apart(text: str):
    assert [way for way in listed(text, "en", NOW) if len(way.texts) > 1] == []


def test_a_plain_command_is_not_taken_apart():
    assert list(listed("내일 일정 알려줘", "ko", NOW)) == []
    assert list(listed("what is on tomorrow", "en", NOW)) == []


@pytest.mark.parametrize(
    "text",
    [
        "가까운 안과 있는지 봐줘",
        "판교 치과 찾아줘",
        "지난번 결과 좀 보여줘",
        "산부인과 어디 있는지 알려줘",
    ],
)
def test_the_end_of_a_noun_is_no_and(text: str) -> None:
    assert list(listed(text, "ko", NOW)) == []
