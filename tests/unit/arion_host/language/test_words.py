"""Numbers, particles, languages and fillers."""

from __future__ import annotations

import pytest

from arion_host.language.detect import detect_language
from arion_host.language.numbers import number_words, parse_number
from arion_host.language.particles import may_follow, strip_particle
from arion_host.language.utterance import bare, is_negated, is_question, tidy
from arion_kit.words import Language


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("1,200", 1200),
        ("세", 3),
        ("셋", 3),
        ("열두", 12),
        ("스무", 20),
        ("스물다섯", 25),
        ("삼십", 30),
        ("이십일", 21),
        ("백", 100),
        ("이천오백", 2500),
        ("5만", 50_000),
        ("만", 10_000),
        ("twelve", 12),
        ("Twenty five", 25),
        ("forty-two", 42),
        ("a hundred", 100),
    ],
)
def test_a_number_is_read_in_digits_and_words(text: str, number: int) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "회의", "three cats", "3개", "많이"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_number_words_stay_inside_their_limits() -> None:
    assert {number for _, number in number_words("ko", 3, 7)} == {3, 4, 5, 6, 7}
    assert ("다섯", 5) in set(number_words("ko", 1, 10))
    assert ("세", 3) in set(number_words("ko", 1, 10))
    assert ("twenty one", 21) in set(number_words("en", 1, 30))


@pytest.mark.parametrize(
    ("stem", "particle"),
    [
        ("치과", "가"),
        ("회의", "를"),
        ("예약", "을"),
        ("서울", "로"),
        ("강남역", "으로"),
        ("PR", "을"),
    ],
)
def test_a_particle_that_fits_is_believed(stem: str, particle: str) -> None:
    assert may_follow(stem, particle)


@pytest.mark.parametrize(
    ("stem", "particle"), [("휴", "가"), ("사", "과"), ("지", "도"), ("마", "을"), ("예약", "를")]
)
def test_the_end_of_a_noun_is_no_particle(stem: str, particle: str) -> None:
    assert not may_follow(stem, particle)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("치과 예약을", "치과 예약"),
        ("주간 회의가", "주간 회의"),
        ("휴가", "휴가"),
        ("여름 휴가", "여름 휴가"),
        ("마을", "마을"),
        ("고양이", "고양이"),
        ("을", "을"),
        ("dentist", "dentist"),
    ],
)
def test_only_a_dangling_particle_is_taken_off(text: str, noun: str) -> None:
    assert strip_particle(text) == noun


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("내일 일정 알려줘", "ko"),
        ("Gmail에서 project update 찾아줘", "ko"),
        ("project alpha status update 메일 찾아줘", "ko"),
        ("What is on my calendar tomorrow?", "en"),
        ("Search mail from 김철수", "en"),
        ("Find cafes near 강남역", "en"),
        ("ㅇㅇ", "ko"),
        ("...", "ko"),
    ],
)
def test_the_language_of_an_utterance_is_found(text: str, language: Language) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "language", "tidied"),
    [
        ("아리온아, 내일 일정 좀 알려줘!", "ko", "내일 일정 알려줘"),
        ("헤이 아리온 혹시 내일 시간 있어?", "ko", "내일 시간 있어"),
        ("음... 저기 내일 일정 알려줘 고마워", "ko", "내일 일정 알려줘"),
        ('내일 "주간 회의"  일정 추가해줘.', "ko", "내일 주간 회의 일정 추가해줘"),
        ("‘주간 회의’ 일정 찾아줘", "ko", "주간 회의 일정 찾아줘"),
        ("자전거 수리 일정 찾아줘", "ko", "자전거 수리 일정 찾아줘"),
        ("Hey Arion, could you please show my calendar?", "en", "show my calendar"),
        ("um, what's on today, please?", "en", "what's on today"),
        ("I'd like you to book lunch tomorrow, thanks!", "en", "book lunch tomorrow"),
        ("What’s on today", "en", "What's on today"),
        ("soap order status", "en", "soap order status"),
        ("?!", "ko", ""),
    ],
)
def test_fillers_names_and_quotes_are_tidied_away(
    text: str, language: Language, tidied: str
) -> None:
    assert tidy(text, language) == tidied


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("내일 일정 잡지 마", "ko"),
        ("내일 일정 잡지마세요", "ko"),
        ("회의 취소하지 말아줘", "ko"),
        ("치과 예약 지우지 않았으면 좋겠어", "ko"),
        ("보관함에 넣지 말랬지", "ko"),
        ("offline 브랜치 지워줄래? 아 아니다 그냥 둬", "ko"),
        ("회의 취소해줘 아 됐어", "ko"),
        ("그 메일은 그냥 둬", "ko"),
        ("don't delete the meeting", "en"),
        ("please do not book it", "en"),
    ],
)
def test_a_prohibition_is_heard(text: str, language: Language) -> None:
    assert is_negated(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("내일 아버지 마중 일정 잡아줘", "ko"),
        ("메시지 말해줘", "ko"),
        ("세 시로 바꿔줘 아니 네 시", "ko"),
        ("다 됐다고 메일 보내줘", "ko"),
        ("add a note tomorrow at 3 pm", "en"),
    ],
)
def test_a_wish_is_no_prohibition(text: str, language: Language) -> None:
    assert not is_negated(text, language)


def test_bare_words_have_no_spaces_marks_or_capitals() -> None:
    assert bare("Dr. Kim's  회의, 2차!") == "drkims회의2차"


@pytest.mark.parametrize(
    "text",
    ["should I move it", "did anyone reply", "has Sumin written", "when is the demo", "who was it"],
)
def test_an_english_question_only_wants_to_know(text: str) -> None:
    assert is_question(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "when you get a chance, delete it",
        "is it ok to move it",
        "have them come at five",
        "how about six",
    ],
)
def test_what_only_sounds_like_a_question_is_none(text: str) -> None:
    assert not is_question(text, "en")


@pytest.mark.parametrize("text", ["12번 피알 머지해도 될까", "이 메일 지워도 괜찮을까요"])
def test_who_asks_in_korean_whether_one_may_only_wants_to_know(text: str) -> None:
    assert is_question(text, "ko")


@pytest.mark.parametrize(
    "text", ["10번 피알 머지해도 돼", "하나 부탁해도 될까요", "12번 피알 머지해줘"]
)
def test_who_lets_something_be_done_asks_nothing(text: str) -> None:
    assert not is_question(text, "ko")
