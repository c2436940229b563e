from __future__ import annotations

import pytest
from tests.unit.arion_host.agents.every_pack import commands

from arion_host.agents.together.doubts import quoted
from arion_kit.words import Language

pytestmark = pytest.mark.thorough

_NOTHING: list[str] = []


def _language(text: str) -> Language:
    return "en" if text.isascii() else "ko"


def _taken(text: str) -> list[tuple[str, list[str]]]:
    return [
        (it.match.tool, [value.text for value in it.match.slots.values()])
        for it in commands(text, _language(text))
    ]


def test_quotes_of_every_kind_are_found_and_apostrophes_are_none() -> None:
    assert list(quoted("'김밥 싸기'라고 하고 “소풍”")) == ["김밥 싸기", "소풍"]
    assert list(quoted("the dentist's mail and Emma's")) == []


@pytest.mark.parametrize(
    "text",
    [
        'schedule "plan and review" for Thursday at 3',
        "check whether I'm free on Thursday at 2 and if so book the dentist",
        "see if the demo day is on Friday and if not move it to Friday",
        "엠마한테 온 메일 있으면 확인했다고 답장해줘",
        "목요일에 일정 없으면 치과 예약 넣어줘",
        "6번 이슈 해결됐으면 닫아줘",
        "생수 만원 이하면 쇼핑 목록에 넣어줘",
        "할 일에 회식 장소 예약이라고 써 주고 우선순위 2",
        "노션 올해 회고에 '아침에 일찍 일어나기' 추가해 줄래요",
        "arion에 이슈 올려줘 제목은 로그인 안 됨, 라벨은 버그",
        "email Emma that I'll be late and move the Northwind sync to 11",
    ],
)
def test_what_hangs_on_a_condition_or_would_be_torn_apart_is_not_done(text: str) -> None:
    assert commands(text, _language(text)) == ()


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("안 읽은 메일 있으면 읽어줘", [("gmail_search", ["안 읽은"])]),
        (
            "모레 3시에 '김밥 싸고 소풍 가기'라고 일정 넣어줘",
            [("calendar_create_event", ["모레 3시", "김밥 싸고 소풍 가기"])],
        ),
        ("치과는 놔두고 건강검진만 취소해줘", [("calendar_delete_event", ["건강검진"])]),
        ("팀 회식 장소 을지로로 바꿔줘", [("calendar_update_event", ["팀 회식", "을지로"])]),
        (
            "6번 이슈에 댓글로 해결했다고 남겨줘",
            [("github_comment", ["6", "이슈", "해결했다"])],
        ),
        (
            "close issue 4 on arion and comment that it's fixed in the next release",
            [
                ("github_issue_update", ["4", "arion"]),
                ("github_comment", ["4", "arion", "it's fixed in the next release"]),
            ],
        ),
    ],
)
def test_what_is_sure_is_read_with_all_of_its_words(
    text: str, taken: list[tuple[str, list[str]]]
) -> None:
    assert _taken(text) == taken


@pytest.mark.parametrize(
    "text",
    [
        "결혼식 가야 되니까 토요일 오후 비워놓고 축의금 봉투 사기 할 일에 추가",
        "여울 노티파이 배포 실패한 거 다시 돌리고 결과 나오면 알려줘",
        "arion 저장소에 이슈 하나 만들어줘 제목은 로그인 안 됨 그리고 라벨은 bug",
        "뉴스 들려주고 스포츠는 빼줘",
        "광고 아닌 메일만 읽어주고 광고는 지워",
        "send Minjae a mail saying thanks and a mail to Seojun saying I'm running late",
        "find out when the demo day is and email Yuna the date",
        "email Jihoon the address of the restaurant and the time",
        "tell Harin I said yes and ask her what dad wants",
        "tell Emma the meeting is at four",
        "comment on issue 2 of arion that I can reproduce it and assign it to me",
        "reply to Jihoon with congratulations and ask when the party is",
        "give me the headlines, but skip sports",
        "remind me about the dentist a day before and an hour before",
        "delete tomorrow's standup, the one-on-one can stay",
        "merge 12 and close 13",
        "can you move both of tomorrow's meetings by an hour",
        "schedule review on Monday at 9 and make it an hour and a half",
        "write a note called do's and don'ts under the retrospective page",
    ],
)
def test_what_would_lose_or_swallow_a_part_is_not_done(text: str) -> None:
    assert commands(text, _language(text)) == ()


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        (
            "서준이한테는 늦는다고 하고 민재한테는 먼저 시작하라고 메일 보내줘",
            [("gmail_send", ["서준이", "늦는다"]), ("gmail_send", ["민재", "먼저 시작하라"])],
        ),
        (
            "점심 약속 이름을 수민이랑 파스타로 바꾸고 장소는 연남동으로 해줘",
            [
                ("calendar_update_event", ["점심", "수민이랑 파스타"]),
                ("calendar_update_event", ["점심", "연남동"]),
            ],
        ),
        (
            "오늘 남은 일정 말해주고 서울 날씨도 좀",
            [("calendar_list_events", ["오늘"]), ("web_search", ["서울 날씨"])],
        ),
        (
            "도서관 메일 읽어주고 일정도 알려줘",
            [("gmail_read", ["도서관"]), ("calendar_list_events", _NOTHING)],
        ),
        (
            "comment on issue 2 of arion that I'll review it and merge it",
            [("github_comment", ["2", "arion", "I'll review it and merge it"])],
        ),
        (
            "read the team dinner poll and reply that I prefer option one",
            [
                ("gmail_read", ["team dinner poll"]),
                ("gmail_send", ["team dinner poll", "I prefer option one"]),
            ],
        ),
    ],
)
def test_each_command_has_its_own_words(text: str, taken: list[tuple[str, list[str]]]) -> None:
    assert _taken(text) == taken
