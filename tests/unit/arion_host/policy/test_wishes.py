from __future__ import annotations

import pytest

from arion_host.agents.understood import Evidence, Provenance
from arion_host.policy.wishes import Wish, wish_for


def said(*words: str) -> list[Evidence]:
    return [Evidence(Provenance.SAID, (word,)) for word in words]


NAMED = Evidence(Provenance.RESOLVED, sources=("calendar/calendar_list_events",))


@pytest.mark.parametrize(
    ("tool", "utterance"),
    [
        ("calendar_create_event", "내일 3시에 치과 예약 잡아 줘"),
        ("calendar_create_event", "내일 3시에 치과예약 추가해주세요"),
        ("list_add", "치과 예약 목록에 좀 넣어줘"),
        ("calendar_delete_event", "치과 예약 취소해 줘"),
    ],
)
def test_a_korean_request_behind_its_thing_is_a_wish(tool: str, utterance: str):
    assert wish_for(tool, utterance, said("치과 예약"), "ko", alone=True) is Wish.WHOLE


@pytest.mark.parametrize(
    ("tool", "utterance", "word"),
    [
        ("github_branch_delete", "batch 브랜치 커밋 보여 줘", "batch"),
        ("notion_trash_page", "장보기 페이지 읽어 줘", "장보기"),
        ("list_remove", "우유 값 비교해 줘", "우유"),
        ("calendar_create_event", "내일 3시 치과 일정 뭐야", "치과"),
        ("calendar_delete_event", "치과 예약 취소됐어?", "치과"),
        ("calendar_create_event", "치과 예약 잡아줬어?", "치과"),
        ("calendar_delete_event", "치과 예약 취소하면 수수료 얼마야?", "치과"),
        # The verb is there, but for something else.
        ("list_add", "우유 값 알려 주고 회의 잡아 줘", "우유"),
        ("list_add", "우유 얼마야? 회의 잡아 줘", "우유"),
        ("calendar_delete_event", "치과 예약 잡아 줘", "치과"),
    ],
)
def test_words_said_for_another_purpose_are_no_wish(tool: str, utterance: str, word: str):
    assert wish_for(tool, utterance, said(word), "ko", alone=True) is Wish.NONE


@pytest.mark.parametrize(
    ("utterance", "wish"),
    [
        ("회의 잡아 줘. 우유 얼마야?", Wish.PART),
        ("시간 비면 회의 잡아 줘", Wish.PART),
        ("회의 잡아 줘", Wish.WHOLE),
    ],
)
def test_a_korean_request_among_others_or_under_a_condition_is_part(utterance: str, wish: Wish):
    assert wish_for("calendar_create_event", utterance, said("회의"), "ko", alone=True) is wish


@pytest.mark.parametrize(
    ("utterance", "wish"),
    [
        ("Create an event 'Lunch' tomorrow at noon", Wish.WHOLE),
        ("Can you please add an event 'Lunch' tomorrow?", Wish.WHOLE),
        ("Am I free at noon? If so, please create an event 'Lunch'.", Wish.PART),
        ("Create an event 'Lunch' if I am free", Wish.PART),
        ("Create an event 'Lunch' and tell me what Bob's event is", Wish.PART),
        ("Add an event 'Lunch', then add an event 'Dinner'", Wish.PART),
        ("When is the event 'Lunch'?", Wish.NONE),
        ("Did you create the event 'Lunch'?", Wish.NONE),
        ("Please don't create the event 'Lunch'", Wish.NONE),
        ("Create a note 'Lunch'", Wish.NONE),
        ("Tell me what the events on Monday add up to", Wish.NONE),
        ("", Wish.NONE),
    ],
)
def test_an_english_request_names_the_verb_and_the_thing(utterance: str, wish: Wish):
    assert wish_for("create_calendar_event", utterance, said("Lunch"), "en", alone=True) is wish


def test_a_thing_named_by_its_title_needs_no_other_noun():
    utterance = "Please move my Dental check-up to Friday"
    assert wish_for("reschedule_calendar_event", utterance, [NAMED], "en", alone=True) is Wish.WHOLE
    assert (
        wish_for("reschedule_calendar_event", utterance, said("Friday"), "en", alone=True)
        is Wish.NONE
    )


def test_a_tool_whose_name_says_no_known_deed_is_never_wished_for():
    assert (
        wish_for("frobnicate_event", "Please frobnicate the event", [], "en", alone=True)
        is Wish.NONE
    )


def test_with_something_said_before_a_request_is_one_among_others():
    wish = wish_for("calendar_create_event", "회의 잡아 줘", said("회의"), "ko", alone=False)
    assert wish is Wish.PART
