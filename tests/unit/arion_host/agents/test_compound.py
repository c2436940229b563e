from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.arion_host.agents.every_pack import LANGUAGES, examples, meant

from arion_host.agents.compound import splits
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
        "gmail/unread calendar/create_kind",
    ),
    ("내일 일정 알려주고 안 읽은 메일도 읽어줘", "ko", "calendar/list_events gmail/read_unread"),
    ("내일 일정 알려주고 안 읽은 메일 읽어줘", "ko", "calendar/list_events gmail/read_unread"),
    (
        "내일 오후 3시에 치과 예약 잡고 김하나 씨에게 내일 회의 늦는다고 메일 보내줘",
        "ko",
        "calendar/create_event gmail/send_to",
    ),
    (
        "내일 치과 예약 취소하고 금요일 2시에 회의 잡아줘",
        "ko",
        "calendar/delete_event_then calendar/create_kind",
    ),
    (
        "장보기 목록에 우유 추가하고 내일 일정 알려줘",
        "ko",
        "shopping/list_add calendar/list_events",
    ),
    ("PR 10번 병합하고 이슈 6번 닫아줘", "ko", "github/merge_pr github/close_issue"),
    ("이슈 5번 닫고 PR 12번 승인해줘", "ko", "github/close_issue github/approve_pr"),
    ("메일 온 거 있나요? 그리고 오늘 일정 알려줘", "ko", "gmail/unread calendar/list_events"),
    ("새 메일 확인해줘 그리고 내일 일정 알려줘", "ko", "gmail/unread calendar/list_events"),
    ("새 메일 확인해줘. 내일 일정 알려줘", "ko", "gmail/unread calendar/list_events"),
    (
        "강남역 근처 카페 찾고 내일 3시에 강남역에서 약속 잡아줘",
        "ko",
        "kakaomap/near calendar/create_kind",
    ),
    (
        "내일 회의 3시로 옮기고 박서준한테 자료 다 봤다고 메일 보내줘",
        "ko",
        "calendar/move_event_then gmail/send_to",
    ),
    (
        "회의 3시로 옮기고 박서준한테 자료 다 봤다고 메일 보내줘",
        "ko",
        "calendar/move_next_kind gmail/send_to",
    ),
    (
        "그 메일에 알겠다고 답장하고 그 메일 보관해 줘",
        "ko",
        "gmail/reply_to_that gmail/archive_that",
    ),
    (
        "그 메일 읽음으로 표시하고 이 메일에 여행 라벨을 달아 주세요",
        "ko",
        "gmail/mark_read gmail/put_label",
    ),
    ("방금 온 메일 읽어주고 오늘 할 일 알려줘", "ko", "gmail/read_latest notion/tasks_due"),
    ("오늘 날씨 알려주고 오늘 일정 알려줘", "ko", "search/weather calendar/list_events"),
    ("오늘 뉴스 읽어주고 내일 일정도 보여줘", "ko", "search/headlines calendar/list_events"),
    ("계란 두 개 추가하고 휴지 빼줘", "ko", "shopping/grocery_add shopping/grocery_remove"),
    ("할 일에 세탁소 들르기 추가하고 내일 할 일 보여줘", "ko", "notion/add_task notion/tasks_due"),
    ("내일 일정 확인한 다음에 새 메일 확인해줘", "ko", "calendar/list_events gmail/unread"),
    ("새 메일 확인한 뒤에 오늘 일정 알려줘", "ko", "gmail/unread calendar/list_events"),
    (
        "내일 일정 알려주고 새 메일 확인하고 오늘 날씨 알려줘",
        "ko",
        "calendar/list_events gmail/unread search/weather",
    ),
    (
        "김하나가 보낸 메일 읽어주고 그 메일에 알겠다고 답장해줘",
        "ko",
        "gmail/read_from_sender gmail/reply_to_that",
    ),
    ("노션에서 회의록 찾고 장보기 페이지에 귤 한 봉지 적어줘", "ko", "notion/search notion/append"),
    (
        "장보기 페이지에 귤 한 봉지 적고 장보기 목록에 우유 추가해 줘",
        "ko",
        "notion/append shopping/list_add",
    ),
    ("견적서 초안 보내고 회의록 초안 지워줘", "ko", "gmail/send_draft gmail/delete_draft"),
    ("내 이슈 보여주고 내 PR 보여줘", "ko", "github/my_issues github/my_prs"),
    (
        "여울 노티파이 저장소 빌드 다시 돌리고 이슈 2번 닫아줘",
        "ko",
        "github/rerun_build github/close_issue",
    ),
    (
        "내일 3시에 회의 잡고 나서 박서준한테 자료 다 봤다고 메일 보내줘",
        "ko",
        "calendar/create_kind gmail/send_to",
    ),
    ("쿠팡에서 온 메일 지우고 은행에서 온 메일 찾아줘", "ko", "gmail/trash_from gmail/from_sender"),
    (
        "다음 회의 언제야 그리고 다음 공휴일 언제야",
        "ko",
        "calendar/next_of_kind calendar/next_holiday",
    ),
    ("서울 날씨 알려 주고 내일 일정 알려 줘", "ko", "search/facts calendar/list_events"),
    (
        "무선 이어폰 5만 원 이하로 찾고 장보기 목록에 우유 추가해 줘",
        "ko",
        "shopping/search_limited shopping/list_add",
    ),
    (
        "내일 2시에 미팅 추가하고 모레 10시에 디자인 회의 추가해 줘",
        "ko",
        "calendar/create_kind calendar/create_named_kind",
    ),
    (
        "정수기 필터 교체 할 일 완료로 바꾸고 오늘 할 일 보여줘",
        "ko",
        "notion/set_status notion/tasks_due",
    ),
    (
        "디자인 리뷰 페이지 읽어주고 디자인 리뷰 페이지에 확인했습니다라고 댓글 남겨줘",
        "ko",
        "notion/read_page notion/comment",
    ),
    ("현재 시간 알려주고 오늘 일정 알려줘", "ko", "calendar/now calendar/list_events"),
    (
        "check my email and schedule a dentist appointment tomorrow at 3 pm",
        "en",
        "gmail/unread calendar/create_event",
    ),
    ("Check my email and then show me my schedule", "en", "gmail/unread calendar/list_today"),
    (
        "Add milk to my shopping list and tell me the weather",
        "en",
        "shopping/list_add search/weather",
    ),
    (
        "What is on my calendar tomorrow and do I have any issues?",
        "en",
        "calendar/list_events github/my_issues",
    ),
    ("Merge PR 10 and close issue 6", "en", "github/merge_pr github/close_issue"),
    (
        "Cancel my next meeting and email Emma that the designs are ready",
        "en",
        "calendar/delete_next gmail/send_to",
    ),
    ("Read my unread email, then archive that email", "en", "gmail/read_unread gmail/archive_that"),
    (
        "Book lunch with Emma on Monday at noon and email Emma that the room is booked",
        "en",
        "calendar/create_with gmail/send_to",
    ),
    ("Show me the open issues; show me my PRs", "en", "github/open_issues github/my_prs"),
    (
        "Find cafes near Gangnam Station and then put yoga on my calendar for Monday at 7 am",
        "en",
        "kakaomap/near calendar/create_event",
    ),
    (
        "Order milk, add milk to my shopping list and check my email",
        "en",
        "shopping/order shopping/list_add gmail/unread",
    ),
    ("Tell me the weather. Show me my schedule", "en", "search/weather calendar/list_today"),
]


@pytest.mark.thorough
@pytest.mark.parametrize(("text", "language", "intents"), COMPOUNDS, ids=lambda it: str(it)[:60])
def test_each_part_is_understood_as_what_it_is(text: str, language: Language, intents: str):
    understood = ([meant(part, language) for part in parts] for parts in splits(text, language))
    whole = next((found for found in understood if all(found)), None)
    assert whole == intents.split()


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_of_any_server_is_two_commands(language: Language):
    parts = {
        text: found
        for text in examples(language)
        for found in splits(text, language)
        if all(meant(part, language) for part in found)
    }
    assert parts == {}


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=80), language=st.sampled_from(LANGUAGES))
def test_whatever_is_said_has_a_first_part(text: str, language: Language):
    assert all(1 < len(parts) <= 3 and all(parts) for parts in splits(text, language))
