from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.arion_host.agents.every_pack import (
    LANGUAGES,
    NOW,
    examples,
    meant,
    slots,
)

from arion_host.agents.following.corrections import corrected
from arion_host.language.utterance import bare
from arion_kit.words import Language

pytestmark = pytest.mark.thorough

# What was said: what puts it right: what that makes of it.
KOREAN: dict[str, dict[str, str]] = {
    "내일 오후 3시에 치과 예약 잡아줘": {
        "아니, 4시로": "내일 오후 4시에 치과 예약 잡아줘",
        "아니 4시": "내일 오후 4시에 치과 예약 잡아줘",
        "4시로 바꿔": "내일 오후 4시에 치과 예약 잡아줘",
        "4시": "내일 오후 4시에 치과 예약 잡아줘",
        "내일 말고 모레": "모레 오후 3시에 치과 예약 잡아줘",
        "모레로 해줘": "모레 오후 3시에 치과 예약 잡아줘",
        "아니 오전": "내일 오전 3시에 치과 예약 잡아줘",
        "오전 10시": "내일 오전 10시에 치과 예약 잡아줘",
        "아니 10시": "내일 10시에 치과 예약 잡아줘",
        "아니 다섯 시 반으로 해줘": "내일 오후 다섯 시 반에 치과 예약 잡아줘",
        "아니 모레 4시로": "모레 오후 4시에 치과 예약 잡아줘",
        "아니요, 다음 주 화요일이요": "다음 주 화요일 오후 3시에 치과 예약 잡아줘",
        "3시 말고 4시": "내일 오후 4시에 치과 예약 잡아줘",
        "3시가 아니라 4시야": "내일 오후 4시에 치과 예약 잡아줘",
        "금요일 저녁 7시로 변경해줘": "금요일 저녁 7시에 치과 예약 잡아줘",
    },
    "내일 3시에 회의 잡아줘": {
        "아니 오전 11시": "내일 오전 11시에 회의 잡아줘",
        "아니 모레": "모레 3시에 회의 잡아줘",
        "4시 반으로": "내일 4시 반에 회의 잡아줘",
        "정오로 해줘": "내일 정오에 회의 잡아줘",
        "12월 3일로 바꿔줘": "12월 3일 3시에 회의 잡아줘",
        "아니 12월 3일 오후 2시": "12월 3일 오후 2시에 회의 잡아줘",
    },
    "내일 일정 알려줘": {
        "아니 모레": "모레 일정 알려줘",
        "아니 다음 주": "다음 주 일정 알려줘",
    },
    "이번 주 일정 알려줘": {
        "이번 주 말고 다음 주": "다음 주 일정 알려줘",
    },
    "금요일 스케줄이 어떻게 돼요?": {
        "아니 목요일": "목요일 스케줄이 어떻게 돼요?",
    },
    "내일 오후에 뭐 있어?": {
        "아니 오전에": "내일 오전에 뭐 있어?",
    },
    "내일 오후에 시간 있어?": {
        "아니 모레": "모레 오후에 시간 있어?",
    },
    "내일 2시부터 4시까지 디자인 리뷰 잡아줘": {
        "아니 3시부터 5시까지": "내일 3시부터 5시까지 디자인 리뷰 잡아줘",
        "아니 5시까지": "내일 2시부터 5시까지 디자인 리뷰 잡아줘",
        "모레로": "모레 2시부터 4시까지 디자인 리뷰 잡아줘",
    },
    "금요일 저녁 7시에 강남역에서 동창 모임 잡아줘": {
        "아니 6시": "금요일 저녁 6시에 강남역에서 동창 모임 잡아줘",
        "아니 토요일": "토요일 저녁 7시에 강남역에서 동창 모임 잡아줘",
        "강남역 말고 종로": "금요일 저녁 7시에 종로에서 동창 모임 잡아줘",
        "강남역 말고 홍대": "금요일 저녁 7시에 홍대에서 동창 모임 잡아줘",
        "아니 사당역에서": "금요일 저녁 7시에 사당역에서 동창 모임 잡아줘",
        "장소는 종로로": "금요일 저녁 7시에 종로에서 동창 모임 잡아줘",
        "제목은 송년회로 해줘": "금요일 저녁 7시에 강남역에서 송년회 잡아줘",
    },
    "다음 주 화요일 10시에 팀 회의 일정 추가해 주세요": {
        "아니 수요일": "다음 주 수요일 10시에 팀 회의 일정 추가해 주세요",
        "제목은 정기 점검으로": "다음 주 화요일 10시에 정기 점검 일정 추가해 주세요",
    },
    "내일 3시에 치과 예약해줘": {
        "아니 4시": "내일 4시에 치과 예약해줘",
    },
    "미용실 모레 11시로 예약해 주세요": {
        "아니 1시로": "미용실 모레 1시로 예약해 주세요",
    },
    "내일 치과 예약 금요일로 옮겨줘": {
        "아니 토요일로": "내일 치과 예약 토요일로 옮겨줘",
        "아니 토요일 4시로": "내일 치과 예약 토요일 4시로 옮겨줘",
    },
    "내일 3시 일정 5시로 옮겨줘": {
        "아니 6시로": "내일 3시 일정 6시로 옮겨줘",
        "아니 4시 반으로": "내일 3시 일정 4시 반으로 옮겨줘",
    },
    "팀 회의 3시로 옮겨줘": {
        "4시로": "팀 회의 4시로 옮겨줘",
    },
    "회의 3시로 옮겨줘": {
        "아니 내일 4시": "회의 내일 4시로 옮겨줘",
    },
    "내일 주간 회의 30분 미뤄줘": {
        "아니 한 시간": "내일 주간 회의 한 시간 미뤄줘",
        "아니 10분": "내일 주간 회의 10분 미뤄줘",
    },
    "내일 치과 예약 취소해줘": {
        "내일 말고 모레": "모레 치과 예약 취소해줘",
        "치과 말고 미용실": "내일 미용실 예약 취소해줘",
    },
    "김하나 씨에게 내일 회의 늦는다고 메일 보내줘": {
        "아니 박민수한테": "박민수에게 내일 회의 늦는다고 메일 보내줘",
        "김하나 말고 이바다": "이바다 씨에게 내일 회의 늦는다고 메일 보내줘",
        "김하나가 아니라 박민수요": "박민수 씨에게 내일 회의 늦는다고 메일 보내줘",
        "김하나 말고 박민수": "박민수 씨에게 내일 회의 늦는다고 메일 보내줘",
        "김하나 말고 박민수한테 보내줘": "박민수 씨에게 내일 회의 늦는다고 메일 보내줘",
    },
    "이수민 팀장님께 메일로 오늘은 재택이라고 전해 주세요": {
        "박민수한테 보내줘": "박민수께 메일로 오늘은 재택이라고 전해 주세요",
        "오늘 말고 내일": "이수민 팀장님께 메일로 내일은 재택이라고 전해 주세요",
    },
    "박서준한테서 온 메일 찾아줘": {
        "아니 이수민한테서": "이수민한테서 온 메일 찾아줘",
    },
    "어제 받은 메일 보여줘": {
        "아니 오늘": "오늘 받은 메일 보여줘",
    },
    "이슈 5번 내용 알려줘": {
        "아니 2번": "이슈 2번 내용 알려줘",
    },
    "이슈 6번 닫아줘": {
        "6번 말고 5번": "이슈 5번 닫아줘",
    },
    "PR 12번 상태 알려줘": {
        "아니 10번": "PR 10번 상태 알려줘",
    },
    "강남역에서 판교까지 차로 얼마나 걸려?": {
        "아니 서울역까지": "강남역에서 서울역까지 차로 얼마나 걸려?",
        "강남역 말고 역삼역에서": "역삼역에서 판교까지 차로 얼마나 걸려?",
    },
    "강남역 근처 카페 찾아줘": {
        "카페 말고 식당": "강남역 근처 식당 찾아줘",
    },
    "내일 할 일에 운동하기 추가해줘": {
        "아니 모레": "모레 할 일에 운동하기 추가해줘",
    },
    "금요일까지 보고서 쓰기 할 일에 추가해줘": {
        "아니 목요일까지": "목요일까지 보고서 쓰기 할 일에 추가해줘",
    },
    "워크숍 숙소 예약 할 일 마감을 금요일로 바꿔줘": {
        "아니 월요일로": "워크숍 숙소 예약 할 일 마감을 월요일로 바꿔줘",
    },
    "계란 두 개 추가해 줘": {
        "아니 세 개": "계란 세 개 추가해 줘",
    },
    "장보기 목록에 우유 추가해 줘": {
        "우유 말고 두유": "장보기 목록에 두유 추가해 줘",
    },
    "여권 재발급 수수료 검색해 줘": {
        "여권 말고 면허증": "면허증 재발급 수수료 검색해 줘",
    },
    "네이버에서 경복궁 관람료 검색해 줘": {
        "경복궁 말고 창덕궁": "네이버에서 창덕궁 관람료 검색해 줘",
    },
    "오늘 반도체 뉴스 뭐 있어?": {
        "이번 주": "이번 주 반도체 뉴스 뭐 있어?",
    },
}

ENGLISH: dict[str, dict[str, str]] = {
    "Schedule a dentist appointment tomorrow at 3 pm": {
        "no, at 4": "Schedule a dentist appointment tomorrow at 4 pm",
        "make it Friday": "Schedule a dentist appointment Friday at 3 pm",
        "Tuesday instead": "Schedule a dentist appointment Tuesday at 3 pm",
        "no, 4": "Schedule a dentist appointment tomorrow at 4 pm",
        "make it 4:30": "Schedule a dentist appointment tomorrow at 4:30 pm",
        "actually 10 am": "Schedule a dentist appointment tomorrow at 10 am",
        "no, Friday at 5 pm": "Schedule a dentist appointment Friday at 5 pm",
        "not tomorrow, Friday": "Schedule a dentist appointment Friday at 3 pm",
        "Friday, not tomorrow": "Schedule a dentist appointment Friday at 3 pm",
        "in the morning": "Schedule a dentist appointment tomorrow at 3 am",
        "move it to Monday": "Schedule a dentist appointment Monday at 3 pm",
        "noon": "Schedule a dentist appointment tomorrow at noon",
        "the title is eye test": "Schedule a eye test tomorrow at 3 pm",
    },
    "Create an interview on Friday at 10 am": {
        "no, Thursday": "Create an interview on Thursday at 10 am",
        "tomorrow instead": "Create an interview tomorrow at 10 am",
        "make it 11": "Create an interview on Friday at 11 am",
        "make it 2": "Create an interview on Friday at 2",
    },
    "What is on my calendar tomorrow?": {
        "I meant Friday": "What is on my calendar Friday?",
        "no, next week": "What is on my calendar next week?",
    },
    "Show me my calendar for tomorrow afternoon": {
        "no, in the morning": "Show me my calendar for tomorrow in the morning",
    },
    "Schedule an event next Monday at 9 am": {
        "no, Tuesday": "Schedule an event next Tuesday at 9 am",
    },
    "Move tomorrow's dentist appointment to Friday": {
        "no, Saturday": "Move tomorrow's dentist appointment to Saturday",
        "Saturday at 4 pm": "Move tomorrow's dentist appointment to Saturday at 4 pm",
    },
    "Please move tomorrow's yoga class to Saturday at 9 am": {
        "make it 10": "Please move tomorrow's yoga class to Saturday at 10 am",
    },
    "Move my meeting to 3 pm": {
        "no, 4": "Move my meeting to 4 pm",
        "make it 5 pm": "Move my meeting to 5 pm",
    },
    "Book a meeting with Bob on Friday at 3 pm": {
        "no, with Emma": "Book a meeting with Emma on Friday at 3 pm",
        "not Bob, Emma": "Book a meeting with Emma on Friday at 3 pm",
    },
    "Email Emma that the designs are ready": {
        "not Emma, Hana": "Email Hana that the designs are ready",
        "no, to Hana": "Email Hana that the designs are ready",
        "Hana instead of Emma": "Email Hana that the designs are ready",
    },
    "Forward that email to Emma": {
        "no, to Minsu": "Forward that email to Minsu",
    },
    "Draft a message to Emma saying the room is booked": {
        "actually, to Bob Kim": "Draft a message to Bob Kim saying the room is booked",
    },
    "Read the email from this morning": {
        "no, yesterday": "Read the email from yesterday morning",
    },
    "Show me emails from yesterday": {
        "no, today": "Show me emails from today",
    },
    "Read me the latest message from Emma": {
        "no, from Bob": "Read me the latest message from Bob",
    },
    "Show me issue number 5": {
        "no, 6": "Show me issue number 6",
    },
    "Merge PR 10": {
        "not 10, 7": "Merge PR 7",
        "no, PR 7": "Merge PR 7",
    },
    "Find cafes near Gangnam Station": {
        "no, near Pangyo Station": "Find cafes near Pangyo Station",
        "not cafes, restaurants": "Find restaurants near Gangnam Station",
    },
    "How long does it take from Seoul Station to Incheon Airport?": {
        "no, to Gimpo Airport": "How long does it take from Seoul Station to Gimpo Airport?",
    },
    "Add milk to my shopping list": {
        "not milk, soy milk": "Add soy milk to my shopping list",
    },
    "What's the weather in Seoul?": {
        "no, in Busan": "What's the weather in Busan?",
    },
    "Make a dinner reservation for Saturday at 7 pm": {
        "sorry, Sunday": "Make a dinner reservation for Sunday at 7 pm",
    },
    "Put renew passport on my to-do list for tomorrow": {
        "no, Friday": "Put renew passport on my to-do list for Friday",
    },
    "Put yoga on my calendar for Monday at 7 am": {
        "call it morning stretch": "Put morning stretch on my calendar for Monday at 7 am",
    },
}

CASES = [
    pytest.param(said, correction, becomes, language, id=f"{said} | {correction}")
    for language, cases in (("ko", KOREAN), ("en", ENGLISH))
    for said, corrections in cases.items()
    for correction, becomes in corrections.items()
]


@pytest.mark.parametrize(("said", "correction", "becomes", "language"), CASES)
def test_only_what_was_put_right_is_different(
    said: str, correction: str, becomes: str, language: Language
):
    result = corrected(said, correction, language, NOW, slots(said, language))
    assert result == becomes
    assert meant(becomes, language) == meant(said, language) is not None


@pytest.mark.parametrize(
    ("said", "correction", "language"),
    [
        ("이번 주 일정 알려줘", "다음 주 말고 이번 주", "ko"),
        ("내일 오후 3시에 치과 예약 잡아줘", "아니 모레 일정 알려줘", "ko"),
        ("내일 오후 3시에 치과 예약 잡아줘", "아니", "ko"),
        ("내일 오후 3시에 치과 예약 잡아줘", "아니요", "ko"),
        ("내일 오후 3시에 치과 예약 잡아줘", "취소해줘", "ko"),
        ("내일 오후 3시에 치과 예약 잡아줘", "내일 오후 3시", "ko"),
        ("장보기 목록에 우유 추가해 줘", "4시", "ko"),
        ("우유 주문해 줘", "4시로 바꿔", "ko"),
        ("내일 오후 3시에 치과 예약 잡아줘", "고마워", "ko"),
        ("내일 오후 3시에 치과 예약 잡아줘", "회의 4시로 옮겨줘", "ko"),
        ("내일 오후 3시에 치과 예약 잡아줘", "김하나 말고 박민수", "ko"),
        ("내일 오후 3시에 치과 예약 잡아줘", "내일 말고 모레 일정 알려줘", "ko"),
        ("내일 일정 알려줘", "4시에 회의 잡아줘", "ko"),
        ("내일 3시에 회의 잡아줘", "금요일은?", "ko"),
        ("내일 3시에 회의 잡아줘", "모레?", "ko"),
        ("Email Emma that the designs are ready", "to do list", "en"),
        ("Schedule a dentist appointment tomorrow at 3 pm", "no", "en"),
        ("Schedule a dentist appointment tomorrow at 3 pm", "no thanks", "en"),
        (
            "Schedule a dentist appointment tomorrow at 3 pm",
            "no, show me my calendar for Friday",
            "en",
        ),
        ("Schedule a dentist appointment tomorrow at 3 pm", "tomorrow at 3 pm", "en"),
        ("Add milk to my shopping list", "at 4", "en"),
        ("Add milk to my shopping list", "thank you", "en"),
        ("Schedule a dentist appointment tomorrow at 3 pm", "cancel it", "en"),
        ("Schedule a dentist appointment tomorrow at 3 pm", "what time is it", "en"),
        ("Schedule a dentist appointment tomorrow at 3 pm", "not Hana, Minsu", "en"),
    ],
)
def test_what_corrects_nothing_is_no_correction(said: str, correction: str, language: Language):
    assert corrected(said, correction, language, NOW, slots(said, language)) is None


@pytest.mark.parametrize(
    ("said", "correction", "becomes", "language"),
    [
        (
            "김하나 씨에게 늦는다고 메일 보내줘",
            "박민수한테",
            "박민수에게 늦는다고 메일 보내줘",
            "ko",
        ),
        ("내일 3시에 회의 잡아줘", "아니 4시", "내일 4시에 회의 잡아줘", "ko"),
        ("내일 3시에 회의 잡아줘", "제목은 정기 점검으로", None, "ko"),
        ("Forward it to Emma", "no, to Minsu", "Forward it to Minsu", "en"),
    ],
)
def test_without_slots_only_what_the_words_tell_is_replaced(
    said: str, correction: str, becomes: str | None, language: Language
):
    assert corrected(said, correction, language, NOW) == becomes


@pytest.mark.parametrize(
    ("correction", "language"),
    [
        ("아니 금요일 5시로", "ko"),
        ("make it Sunday at 5 pm", "en"),
    ],
)
def test_a_new_time_leaves_what_is_meant_by_the_examples(correction: str, language: Language):
    becomes = {
        example: result
        for example in examples(language)
        if (result := corrected(example, correction, language, NOW))
    }
    same = [it for it in becomes if meant(becomes[it], language) == meant(it, language)]
    # The rest asks for what is so now or today, or is all day: the weather, a day off.
    assert len(same) > 0.8 * len(becomes) > 40


WORDS = st.sampled_from(
    [
        *(
            "아니",
            "아니요",
            "말고",
            "4시로",
            "모레",
            "내일",
            "오전",
            "10시",
            "반",
            "다음 주 화요일",
        ),
        *("제목은", "장소는", "한테", "까지", "12번", "두 개", "로", "해줘", "김하나", "부터"),
        *("no", "not", "make it", "Friday", "at 4", "pm", "tomorrow", "instead of", "to", "Emma"),
        *("the title is", "-", ",", "3:30", "ᚠ", "İ", "from 3 to 5", "in the morning"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    said=st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join)),
    correction=st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=6).map(" ".join)),
    values=st.lists(st.text(max_size=8), max_size=3),
    language=st.sampled_from(LANGUAGES),
)
def test_nothing_that_is_said_raises_or_comes_back_unchanged(
    said: str, correction: str, values: list[str], language: Language
):
    named = dict(zip(("title", "person", "place"), values, strict=False))
    result = corrected(said, correction, language, NOW, named)
    assert result is None or bare(result) != bare(said)
