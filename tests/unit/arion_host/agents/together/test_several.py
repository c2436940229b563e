from __future__ import annotations

import pytest
from tests.unit.arion_host.agents.every_pack import NOW, commands, router

from arion_host.agents.together.several import Several
from arion_host.agents.understood import Match, NoMatch
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


def _tools(text: str) -> list[str]:
    return [tool for tool, _ in _read(text)]


@pytest.mark.parametrize(
    ("text", "tools", "taken"),
    [
        (
            "치과 예약 취소하고 다음 주 금요일 오전 열 시로 다시 잡아줘",
            "calendar_delete_event calendar_create_event",
            {"what": "치과"},
        ),
        (
            "노티파이 10번 피알 승인하고 머지까지 해줘",
            "github_pr_review github_pr_merge",
            {"repo": "노티파이", "number": "10"},
        ),
        (
            "아리온 이슈 2번 읽어주고 닫아줘",
            "github_issue_read github_issue_update",
            {"repo": "아리온", "number": "2"},
        ),
        ("엄마 메일 읽어주고 별표도 달아줘", "gmail_read gmail_modify", {"one_mail": "엄마"}),
        ("서준이 메일 읽고 보관해줘", "gmail_read gmail_modify", {"one_mail": "서준이"}),
        (
            "텀블러 얼마 하는지 찾아보고 쇼핑 목록에도 적어놔",
            "shop_search list_add",
            {"buys": "텀블러"},
        ),
        (
            "코엑스 근처 카페 찾아주고 거기까지 지하철로 얼마나 걸려",
            "map_category map_directions_transit",
            {"goal": "코엑스"},
        ),
        (
            "김하나가 보낸 메일 읽어주고 그 메일에 알겠다고 답장해줘",
            "gmail_read gmail_send",
            {"mail_by": "김하나", "news": "알겠다"},
        ),
        (
            "내일 10시 회의 11시로 미루고 장소는 회의실 B로 바꿔줘",
            "calendar_update_event calendar_update_event",
            {"event_then": "회의", "spot": "회의실 B"},
        ),
        (
            "Cancel the dentist and book it again for Friday next week at ten in the morning",
            "calendar_delete_event calendar_create_event",
            {"what": "dentist"},
        ),
        (
            "approve PR 10 on yeoul-notify and then merge it",
            "github_pr_review github_pr_merge",
            {"repo": "yeoul-notify", "number": "10"},
        ),
        (
            "comment fixed on arion issue 2 and close it",
            "github_comment github_issue_update",
            {"repo": "arion", "number": "2"},
        ),
        ("read mom's mail and then star it", "gmail_read gmail_modify", {"one_mail": "mom"}),
        (
            "find cafes near COEX and tell me how to get there from Jamsil by subway",
            "map_category map_directions_transit",
            {"goal": "COEX", "origin_at": "Jamsil"},
        ),
        (
            "close issue 5 on arion and leave a comment saying fixed",
            "github_issue_update github_comment",
            {"repo": "arion", "number": "5", "body": "fixed"},
        ),
        (
            "read Seojun's email and reply that I'll be there",
            "gmail_read gmail_send",
            {"mail_by": "Seojun", "news": "I'll be there"},
        ),
    ],
)
def test_the_second_command_takes_over_what_the_first_is_about(
    text: str, tools: str, taken: dict[str, str]
):
    read = _read(text)
    assert [tool for tool, _ in read] == tools.split()
    assert taken.items() <= read[1][1].items()


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("내일 3시에 회의 잡고 5시에는 병원 예약 넣어줘", "내일 5시"),
        ("토요일 등산 빼고 그날 점심 12시에 엄마랑 밥 먹기 넣어줘", "토요일 점심 12시"),
        ("what's on Friday and find a free hour that day", "on Friday"),
        ("what's on tomorrow and find a free hour in the afternoon", "tomorrow afternoon"),
        ("내일 회의 취소하고 금요일 2시에 미팅 잡아줘", "금요일 2시"),
    ],
)
def test_an_hour_without_a_day_is_on_the_day_that_was_said(text: str, when: str):
    assert when in _read(text)[1][1].values()


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        ("오늘 일정이랑 안 읽은 메일 보여줘", "calendar_list_events gmail_search"),
        ("아리온 열린 이슈랑 피알 같이 보여줘", "github_list_issues github_list_prs"),
        ("지금 몇 시인지랑 다음 일정 뭔지 알려줘", "calendar_now calendar_list_events"),
        (
            "show me my tasks in Notion and then today's calendar",
            "notion_query calendar_list_events",
        ),
        ("show PRs and issues in arion", "github_list_prs github_list_issues"),
    ],
)
def test_one_verb_may_ask_for_two_things(text: str, tools: str):
    assert _tools(text) == tools.split()


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("New task, order name tags, due Friday", "notion_create_page"),
        ("우유 사고 세탁소 들르기 할 일에 추가해줘", "notion_create_page"),
        ("create a task to review the draft and send it to Emma", "notion_create_page"),
        ("create an issue in arion titled login and signup broken", "github_issue_create"),
        ("add a meeting with Emma and Harin on Friday at 2", "calendar_create_event"),
        ("email Emma and Seojun that the meeting is moved", "gmail_send"),
        ("Email Emma that I will check my mail and book a table", "gmail_send"),
    ],
)
def test_one_command_with_several_things_in_it_stays_one(text: str, tool: str):
    assert _tools(text) == [tool]


@pytest.mark.parametrize(
    "text",
    [
        "내일 일정 알려주고 피자 시켜줘",
        "delete my 3 pm meeting and order a pizza",
        "star the newsletter and take it to the moon",
        "find a pharmacy near Gangnam Station and give it to them",
    ],
)
def test_where_one_part_is_not_understood_nothing_is(text: str):
    language = _language(text)

    def route(part: str) -> Match | NoMatch:
        return router().route(part, language=language, now=NOW)

    found = Several(language, NOW, route).read(text, route)
    assert isinstance(found, NoMatch)
    assert found.partly


def test_what_is_written_to_others_keeps_its_words():
    assert _read("cancel lunch tomorrow and tell Emma I can't make it")[1][1]["news"] == (
        "I can't make it"
    )


def test_the_same_is_not_done_twice():
    assert commands("쿠팡에서 생수 바로 주문하고 결제까지 해줘", "ko") == ()


@pytest.mark.parametrize(
    "text", ["show " + "a and " * 40, "메일 보고 " * 30, "이거 하고 " * 25 + "해줘"]
)
def test_the_number_of_readings_is_limited(text: str):
    tried: list[str] = []

    def route(part: str) -> Match | NoMatch:
        tried.append(part)
        return NoMatch()

    assert isinstance(Several(_language(text), NOW, route).read(text, route), NoMatch)
    assert len(tried) <= 41


def test_the_last_word_of_a_message_is_no_word_of_order():
    read = _read(
        "open an issue on arion called dark mode, and comment on number four that it's next"
    )
    assert [tool for tool, _ in read] == ["github_issue_create", "github_comment"]
    assert {"number": "four", "body": "it's next"}.items() <= read[1][1].items()


def test_what_is_only_added_to_a_new_thing_makes_no_second_one():
    read = _read("add call the bank to my tasks and make it due Friday")
    assert [tool for tool, _ in read] == ["notion_create_page"]
    assert "Friday" in read[0][1].values()


def test_a_subject_that_is_said_behind_a_mail_makes_no_second_one():
    said = _read("수민 씨한테 내일 오후 반차 쓴다고 메일 보내주고 제목은 반차 안내로 해줘")
    mail = {"addressee": "수민 씨", "news": "내일 오후 반차 쓴다", "subject_words": "반차 안내"}
    assert said in ([], [("gmail_send", mail)])


@pytest.mark.parametrize(
    "text",
    [
        "점심시간 빼고 내일 한 시간 비는 시간 찾아줘",
        "보고서 메일을 최유나랑 이수민한테 전달하면서 검토 부탁드린다고 써줘",
    ],
)
def test_what_is_left_out_or_written_along_is_no_command(text: str):
    assert len(_tools(text)) < 2


@pytest.mark.parametrize("who", ["Emma", "Northwind"])
def test_what_is_only_made_now_is_not_looked_up_to_be_changed(who: str):
    tools = _tools(f"set up a call with {who} on Friday at 3 and make it a video call")
    assert tools in ([], ["calendar_create_event"])
