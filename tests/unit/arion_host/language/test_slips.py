from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from arion_host.language.slips import without_slips
from arion_kit.words import Language

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.mark.parametrize(
    ("said", "meant", "language"),
    [
        ("내일 3시 아니 4시에 회의 잡아줘", "내일 4시에 회의 잡아줘", "ko"),
        ("수요일 세 시, 아니 네 시에 은행 통화 잡아줘", "수요일 네 시에 은행 통화 잡아줘", "ko"),
        ("목요일 아니 금요일 오후 두 시에 잡아줘", "금요일 오후 두 시에 잡아줘", "ko"),
        ("내일 말고 모레 회의 잡아줘", "모레 회의 잡아줘", "ko"),
        (
            "call the bank at three, no wait, four on Friday",
            "call the bank at four on Friday",
            "en",
        ),
        ("move it to Thursday, I mean Friday", "move it to Friday", "en"),
        ("회의 두 시에서 네 시로 바꿔줘", "회의 네 시로 바꿔줘", "ko"),
        ("move the meeting from two to four", "move the meeting to four", "en"),
        ("dinner on Friday at 7 pm, sorry, 8 pm", "dinner on Friday at 8 pm", "en"),
    ],
)
def test_a_time_that_was_taken_back_is_not_heard(said: str, meant: str, language: Language):
    assert without_slips(said, language, NOW) == meant


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("3시에 회의 있는지 아니면 4시에 있는지 알려줘", "ko"),
        ("금요일 회의 월요일로 옮겨줘", "ko"),
        ("내일 두 시에서 네 시까지 막아줘", "ko"),
        ("from three to four on Friday", "en"),
        ("is it at three or four tomorrow", "en"),
        ("call at three, wait for me", "en"),
    ],
)
def test_two_times_that_are_both_meant_stay(said: str, language: Language):
    assert without_slips(said, language, NOW) == said


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("보조배터리 이만 원, 아니 삼만 원 이하로 찾아줘", "보조배터리 삼만 원 이하로 찾아줘"),
        ("양파 세 개 아니다 다섯 개 사야 돼", "양파 다섯 개 사야 돼"),
        ("우유 두 개랑 계란 세 판 적어줘", "우유 두 개랑 계란 세 판 적어줘"),
        ("두 개 말고 세 판 적어줘", "두 개 말고 세 판 적어줘"),
    ],
)
def test_a_count_that_was_taken_back_is_not_heard(said: str, meant: str):
    assert without_slips(said, "ko", NOW) == meant
