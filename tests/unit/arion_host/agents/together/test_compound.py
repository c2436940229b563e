from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.arion_host.agents.every_pack import (
    LANGUAGES,
    commands,
    examples,
    understood,
)

from arion_host.agents.together.compound import splits
from arion_kit.words import Language


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("메일 확인하고 회의 잡아줘", ("메일 확인해줘", "회의 잡아줘")),
        (
            "우유 사기 메모하고 내일 3시에 치과 예약 잡아줘",
            ("우유 사기 메모해줘", "내일 3시에 치과 예약 잡아줘"),
        ),
        ("내일 회의 잡고 메일 보내줘", ("내일 회의 잡아줘", "메일 보내줘")),
        ("그 메일 지우고 일정 알려줘", ("그 메일 지워줘", "일정 알려줘")),
        ("이슈 만들고 나서 메일 확인해줘", ("이슈 만들어줘", "메일 확인해줘")),
        ("서울 날씨 알려 주고 내일 일정 알려 줘", ("서울 날씨 알려 줘", "내일 일정 알려 줘")),
        ("새 메일 확인한 다음에 일정 알려줘", ("새 메일 확인해줘", "일정 알려줘")),
        ("회의록 보낸 뒤에 일정 알려줘", ("회의록 보내줘", "일정 알려줘")),
        ("우유 사야 하고 일정 알려줘", ("우유 사야 해", "일정 알려줘")),
        ("일정 알려줘 그리고 메일 읽어줘", ("일정 알려줘", "메일 읽어줘")),
        ("일정 알려주세요. 메일 읽어줘", ("일정 알려주세요", "메일 읽어줘")),
        ("치과 취소하고 우유 넣고 메일 읽어줘", ("치과 취소해줘", "우유 넣어줘", "메일 읽어줘")),
        ("check my mail and then show my tasks", ("check my mail", "show my tasks")),
        ("check my mail, then book lunch", ("check my mail", "book lunch")),
        ("check my mail; show my tasks", ("check my mail", "show my tasks")),
    ],
)
def test_a_sentence_comes_apart_into_wishes(text: str, parts: tuple[str, ...]):
    language: Language = "en" if text.isascii() else "ko"
    assert next(splits(text, language)) == parts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("내일 일정 알려줘", "ko"),
        ("밥 먹고 운동하기 할 일에 추가해줘", "ko"),
        ("김하나 씨에게 내일 늦는다고 메일 보내줘", "ko"),
        ("김하나 씨에게 내일 일정 알려주고 회의 잡아 달라고 메일 보내줘", "ko"),
        ("김하나 씨에게 우유 주문해줘 내일 일정 알려줘라고 메일 보내줘", "ko"),
        ('"메일 확인하고 회의 잡기" 할 일에 추가해줘', "ko"),
        ("장보기 목록에 우유랑 계란 그리고 빵 넣어줘", "ko"),
        ("add milk and eggs to my list", "en"),
        ("Email Emma that I will check my mail and book a table", "en"),
        ("메일 확인하고 " * 40 + "회의 잡아줘", "ko"),
        ("", "ko"),
    ],
)
def test_titles_messages_and_lists_stay_whole(text: str, language: Language):
    assert list(splits(text, language)) == []


def test_the_particle_of_addition_may_be_dropped():
    candidates = list(splits("내일 일정 알려주고 새 메일도 읽어줘", "ko"))
    assert candidates == [
        ("내일 일정 알려줘", "새 메일도 읽어줘"),
        ("내일 일정 알려줘", "새 메일 읽어줘"),
    ]


COMPOUNDS = [
    (
        "안 읽은 메일 보여주고 내일 오후 3시에 회의 잡아줘",
        "ko",
        "gmail_search calendar_create_event",
    ),
    ("내일 일정 알려주고 안 읽은 메일도 읽어줘", "ko", "calendar_list_events gmail_read"),
    ("내일 일정 알려주고 안 읽은 메일 읽어줘", "ko", "calendar_list_events gmail_read"),
    (
        "내일 오후 3시에 치과 예약 잡고 김하나 씨에게 내일 회의 늦는다고 메일 보내줘",
        "ko",
        "calendar_create_event gmail_send",
    ),
    (
        "내일 치과 예약 취소하고 금요일 2시에 회의 잡아줘",
        "ko",
        "calendar_delete_event calendar_create_event",
    ),
    (
        "장보기 목록에 우유 추가하고 내일 일정 알려줘",
        "ko",
        "list_add calendar_list_events",
    ),
    ("PR 10번 병합하고 이슈 6번 닫아줘", "ko", "github_pr_merge github_issue_update"),
    ("이슈 5번 닫고 PR 12번 승인해줘", "ko", "github_issue_update github_pr_review"),
    ("메일 온 거 있나요? 그리고 오늘 일정 알려줘", "ko", "gmail_search calendar_list_events"),
    ("새 메일 확인해줘 그리고 내일 일정 알려줘", "ko", "gmail_search calendar_list_events"),
    ("새 메일 확인해줘. 내일 일정 알려줘", "ko", "gmail_search calendar_list_events"),
    (
        "강남역 근처 카페 찾고 내일 3시에 강남역에서 약속 잡아줘",
        "ko",
        "map_category calendar_create_event",
    ),
    (
        "내일 회의 3시로 옮기고 박서준한테 자료 다 봤다고 메일 보내줘",
        "ko",
        "calendar_update_event gmail_send",
    ),
    (
        "회의 3시로 옮기고 박서준한테 자료 다 봤다고 메일 보내줘",
        "ko",
        "calendar_update_event gmail_send",
    ),
    (
        "그 메일에 알겠다고 답장하고 그 메일 보관해 줘",
        "ko",
        "gmail_send gmail_modify",
    ),
    (
        "그 메일 읽음으로 표시하고 이 메일에 여행 라벨을 달아 주세요",
        "ko",
        "gmail_modify gmail_modify",
    ),
    ("방금 온 메일 읽어주고 오늘 할 일 알려줘", "ko", "gmail_read notion_query"),
    ("오늘 날씨 알려주고 오늘 일정 알려줘", "ko", "web_search calendar_list_events"),
    ("오늘 뉴스 읽어주고 내일 일정도 보여줘", "ko", "news_search calendar_list_events"),
    ("계란 두 개 추가하고 휴지 빼줘", "ko", "list_add list_remove"),
    ("할 일에 세탁소 들르기 추가하고 내일 할 일 보여줘", "ko", "notion_create_page notion_query"),
    ("내일 일정 확인한 다음에 새 메일 확인해줘", "ko", "calendar_list_events gmail_search"),
    ("새 메일 확인한 뒤에 오늘 일정 알려줘", "ko", "gmail_search calendar_list_events"),
    (
        "내일 일정 알려주고 새 메일 확인하고 오늘 날씨 알려줘",
        "ko",
        "calendar_list_events gmail_search web_search",
    ),
    (
        "김하나가 보낸 메일 읽어주고 그 메일에 알겠다고 답장해줘",
        "ko",
        "gmail_read gmail_send",
    ),
    ("노션에서 회의록 찾고 장보기 페이지에 귤 한 봉지 적어줘", "ko", "notion_search notion_append"),
    (
        "장보기 페이지에 귤 한 봉지 적고 장보기 목록에 우유 추가해 줘",
        "ko",
        "notion_append list_add",
    ),
    ("견적서 초안 보내고 회의록 초안 지워줘", "ko", "gmail_send_draft gmail_delete_draft"),
    ("내 이슈 보여주고 내 PR 보여줘", "ko", "github_search github_search"),
    (
        "여울 노티파이 저장소 빌드 다시 돌리고 이슈 2번 닫아줘",
        "ko",
        "github_actions_run github_issue_update",
    ),
    (
        "내일 3시에 회의 잡고 나서 박서준한테 자료 다 봤다고 메일 보내줘",
        "ko",
        "calendar_create_event gmail_send",
    ),
    ("쿠팡에서 온 메일 지우고 은행에서 온 메일 찾아줘", "ko", "gmail_trash gmail_search"),
    (
        "다음 회의 언제야 그리고 다음 공휴일 언제야",
        "ko",
        "calendar_list_events calendar_list_events",
    ),
    ("서울 날씨 알려 주고 내일 일정 알려 줘", "ko", "web_search calendar_list_events"),
    (
        "무선 이어폰 5만 원 이하로 찾고 장보기 목록에 우유 추가해 줘",
        "ko",
        "shop_search list_add",
    ),
    (
        "내일 2시에 미팅 추가하고 모레 10시에 디자인 회의 추가해 줘",
        "ko",
        "calendar_create_event calendar_create_event",
    ),
    (
        "정수기 필터 교체 할 일 완료로 바꾸고 오늘 할 일 보여줘",
        "ko",
        "notion_update_properties notion_query",
    ),
    (
        "디자인 리뷰 페이지 읽어주고 디자인 리뷰 페이지에 확인했습니다라고 댓글 남겨줘",
        "ko",
        "notion_read_page notion_comment",
    ),
    ("현재 시간 알려주고 오늘 일정 알려줘", "ko", "calendar_now calendar_list_events"),
    (
        "check my email and schedule a dentist appointment tomorrow at 3 pm",
        "en",
        "gmail_search calendar_create_event",
    ),
    ("Check my email and then show me my schedule", "en", "gmail_search calendar_list_events"),
    (
        "Add milk to my shopping list and tell me the weather",
        "en",
        "list_add web_search",
    ),
    (
        "What is on my calendar tomorrow and do I have any issues?",
        "en",
        "calendar_list_events github_search",
    ),
    ("Merge PR 10 and close issue 6", "en", "github_pr_merge github_issue_update"),
    (
        "Cancel my next meeting and email Emma that the designs are ready",
        "en",
        "calendar_delete_event gmail_send",
    ),
    ("Read my unread email, then archive that email", "en", "gmail_read gmail_modify"),
    (
        "Book lunch with Emma on Monday at noon and email Emma that the room is booked",
        "en",
        "calendar_create_event gmail_send",
    ),
    ("Show me the open issues; show me my PRs", "en", "github_search github_search"),
    (
        "Find cafes near Gangnam Station and then put yoga on my calendar for Monday at 7 am",
        "en",
        "map_category calendar_create_event",
    ),
    (
        "Order milk, add milk to my shopping list and check my email",
        "en",
        "shop_search list_add gmail_search",
    ),
    ("Tell me the weather. Show me my schedule", "en", "web_search calendar_list_events"),
]


@pytest.mark.thorough
@pytest.mark.parametrize(("text", "language", "tools"), COMPOUNDS, ids=lambda it: str(it)[:60])
def test_each_part_is_understood_as_what_it_is(text: str, language: Language, tools: str):
    assert [part.match.tool for part in commands(text, language)] == tools.split()


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_of_any_server_is_two_commands_or_none(language: Language):
    wrong = {
        text: [part.text for part in found]
        for text in examples(language)
        if len(found := commands(text, language)) != 1 and understood(text, language)
    }
    assert wrong == {}


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=80), language=st.sampled_from(LANGUAGES))
def test_whatever_is_said_has_a_first_part(text: str, language: Language):
    assert all(1 < len(parts) <= 3 and all(parts) for parts in splits(text, language))
