from __future__ import annotations

import pytest

from arion_voice.wake import SpokenWakeWord

CALLS = {
    "아리온 내일 일정 알려줘": "내일 일정 알려줘",
    "아리온, 내일 일정 알려줘": "내일 일정 알려줘",
    "아리언 불 꺼": "불 꺼",
    "알리온 불 꺼": "불 꺼",
    "아리온아 불 꺼": "불 꺼",
    "아리 온 불 꺼": "불 꺼",
    "헤이 아리온! 지금 몇 시야?": "지금 몇 시야?",
    "야 아리온 불 꺼": "불 꺼",
    "어, 아리안 불 꺼": "불 꺼",
    "Arion, 내일 날씨": "내일 날씨",
    "Hey Arion, what's on today?": "what's on today?",
    "Aryan, stop.": "stop.",
    "Orion what time is it": "what time is it",
    "헤아리온, 매일 확인해줘": "매일 확인해줘",
    "희야리용 불 꺼": "불 꺼",
    "아리어나會 잡아줘": "會 잡아줘",
    "아리용, 가남역까지": "가남역까지",
    "아리온": "",
    "아리온?": "",
    "헤이 아리온.": "",
    "아리온 님": "",
}
OTHERS = [
    "내일 일정 알려줘",
    "아니 그게 아니라",
    "아니요 괜찮아요",
    "어디 온다고 했지",
    "아이가 온다",
    "알려줘 아리온",
    "어린이날 언제야",
    "iron my shirt",
    "are you on the way",
    "hey there",
    "헤이",
    "...",
    "",
]


@pytest.mark.parametrize(("heard", "rest"), CALLS.items())
def test_what_follows_the_call_is_left_however_it_was_heard(heard: str, rest: str) -> None:
    assert SpokenWakeWord("아리온").cut(heard) == rest


@pytest.mark.parametrize("heard", OTHERS)
def test_what_does_not_begin_with_the_word_is_no_call(heard: str) -> None:
    assert SpokenWakeWord("아리온").cut(heard) is None


def test_the_word_may_be_written_in_either_script() -> None:
    assert SpokenWakeWord("Arion").cut("아리온 불 꺼") == "불 꺼"


@pytest.mark.parametrize(("heard", "rest"), [("지니야 불 꺼", "불 꺼"), ("지내 보니까", None)])
def test_a_short_word_has_to_be_heard_right(heard: str, rest: str | None) -> None:
    assert SpokenWakeWord("지니").cut(heard) == rest
