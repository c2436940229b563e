from __future__ import annotations

import pytest

from arion_voice.interjections import Interjection, judge

ANSWER = "내일은 오후 3시에 치과 예약이 있어요. 저녁 7시에는 팀 회식이 있어요."
QUESTION = "치과 예약을 취소할까요?"
NODS = "|...|네|응 응|네, 네.|아하|그래?|맞아|음|Yeah.|uh-huh|I see|Okay."
STOPS = (
    "그만|그만해.|이제 그만|멈춰|잠깐만|됐어|조용히 해|아리온 그만|stop|Stop it!|okay stop|be quiet"
    "|Hold on.|that's enough|구만|꾸만|멈쳐|장깐"
)
WORDS = (
    "그거 취소해|아니 모레|네 시로 바꿔줘|그만두는 방법 알려줘|잠깐 산책할 곳 찾아줘|치과 예약 취소"
    "|내일|금요일|세 시"
    "|stop by the bank tomorrow|what about Friday|어디야"
)
ECHOES = "내일은 오후 세시에 치과 예약이 있어요|저녁 일곱시에는 팀 회식이 있어요|치과 예약이 있어요"


@pytest.mark.parametrize("heard", NODS.split("|"))
def test_a_sign_of_listening_interrupts_nothing(heard: str) -> None:
    assert judge(heard, ANSWER) is Interjection.NOTHING


@pytest.mark.parametrize("heard", STOPS.split("|"))
def test_a_word_to_stop_makes_silent(heard: str) -> None:
    assert judge(heard, ANSWER) is Interjection.STOP


@pytest.mark.parametrize("heard", WORDS.split("|"))
def test_other_words_are_answered(heard: str) -> None:
    assert judge(heard, ANSWER) is Interjection.TALK


@pytest.mark.parametrize("heard", ["네", "응", "아니", "그만", "yes"])
def test_after_a_question_every_word_may_be_its_answer(heard: str) -> None:
    assert judge(heard, QUESTION) is Interjection.TALK


@pytest.mark.parametrize("heard", ECHOES.split("|"))
def test_arion_itself_is_not_answered(heard: str) -> None:
    assert judge(heard, ANSWER) is Interjection.NOTHING


def test_the_echo_of_a_question_does_not_answer_it() -> None:
    assert judge("치과 예약을 취소할까요", QUESTION) is Interjection.NOTHING
