from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_gmail.dictation import as_written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("내일 회의 늦는다", "내일 회의 늦습니다."),
        ("지금 간다", "지금 갑니다."),
        ("자료 다 봤다", "자료 다 봤습니다."),
        ("김치 잘 받았다", "김치 잘 받았습니다."),
        ("오늘은 못 간다", "오늘은 못 갑니다."),
        ("케이크는 내가 만든다", "케이크는 내가 만듭니다."),
        ("시간이 없다", "시간이 없습니다."),
        ("화면이 너무 크다", "화면이 너무 큽니다."),
        ("길이 멀다", "길이 멉니다."),
        ("고맙다", "고맙습니다."),
        ("알겠다", "알겠습니다."),
        ("회의 미루자", "회의 미루시죠."),
        ("밥 먹자", "밥 먹으시죠."),
        ("언제 오냐", "언제 옵니까?"),
        ("몇 시냐", "몇 시입니까?"),
        ("축하한다고 전해줘라", "축하한다고 전해줘."),
        ("잘 받았다고, 고맙다", "잘 받았습니다. 고맙습니다."),
        ("괜찮다고 하고 몇 시에 가면 되냐", "괜찮습니다. 몇 시에 가면 됩니까?"),
        ("일찍 자고, 내일 봐요", "일찍 자고, 내일 봐요."),
        ("벌써 먹었냐", "벌써 먹었습니까?"),
        ("오늘은 재택이라", "오늘은 재택입니다."),
        ("내일 갈 거라", "내일 갈 겁니다."),
        ("그건 제 것이 아니라", "그건 제 것이 아닙니다."),
        ("자료 보내 달라", "자료 보내 주세요."),
        ("자료 보내달라", "자료 보내 주세요."),
        ("내일까지 연락하라", "내일까지 연락하세요."),
        ("일찍 오라", "일찍 오세요."),
        ("먼저 먹으라", "먼저 먹으세요."),
        ("고맙습니다", "고맙습니다."),
        ("곧 도착해요", "곧 도착해요."),
        ("수고하셨어요!", "수고하셨어요!"),
        ("회의록", "회의록."),
        ("i'll be late", "I'll be late."),
        ("are you coming?", "Are you coming?"),
        ("yes i am on my way", "Yes I am on my way."),
    ],
)
def test_what_was_said_is_written_as_a_polite_sentence(said: str, written: str) -> None:
    assert as_written(said) == written


@given(st.text(max_size=40))
def test_any_words_can_be_written(text: str) -> None:
    assert as_written(text) is not None
