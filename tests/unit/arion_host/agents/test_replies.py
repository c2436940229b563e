from __future__ import annotations

import pytest

from arion_host.agents.replies import pick_option, read_reply
from arion_kit.words import Language

LABELS = ["치과 예약", "치과 검진", "스케일링"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("네", "ko"),
        ("네네", "ko"),
        ("응, 해줘!", "ko"),
        ("네 삭제해 주세요", "ko"),
        ("그래요", "ko"),
        ("ㅇㅇ", "ko"),
        ("아리온아 응", "ko"),
        ("yes", "en"),
        ("Yes, please.", "en"),
        ("yeah go ahead", "en"),
        ("delete it", "en"),
    ],
)
def test_a_yes_is_heard(text: str, language: Language) -> None:
    assert read_reply(text, language) is True


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("아니", "ko"),
        ("아니요, 됐어요", "ko"),
        ("하지 마", "ko"),
        ("취소", "ko"),
        ("취소해줘", "ko"),
        ("아니 하지 마", "ko"),
        ("아니아니", "ko"),
        ("아니 나중에 할게", "ko"),
        ("아니 그거 말고", "ko"),
        ("ㄴㄴ", "ko"),
        ("No!", "en"),
        ("no thanks", "en"),
        ("cancel it", "en"),
        ("no no", "en"),
        ("wait, don't", "en"),
        ("no, not now", "en"),
        ("never mind", "en"),
        ("don't", "en"),
    ],
)
def test_a_no_is_heard(text: str, language: Language) -> None:
    assert read_reply(text, language) is False


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("내일 일정 알려줘", "ko"),
        ("네이버 지도에서 찾아줘", "ko"),
        ("아니 모레 일정 먼저 알려줘", "ko"),
        ("응급실 찾아줘", "ko"),
        ("yesterday's mail", "en"),
        ("now show me my calendar", "en"),
        ("", "ko"),
    ],
)
def test_a_new_command_is_neither(text: str, language: Language) -> None:
    assert read_reply(text, language) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("아니 4시로", "ko"),
        ("아니 모레", "ko"),
        ("아니요, 박민수한테", "ko"),
        ("잠깐 5시로", "ko"),
        ("no, at 4", "en"),
        ("no, Bob", "en"),
        ("wait, Friday", "en"),
    ],
)
def test_a_no_that_says_what_is_wanted_instead_is_no_plain_no(
    text: str, language: Language
) -> None:
    assert read_reply(text, language) is None


@pytest.mark.parametrize(
    ("text", "language", "index"),
    [
        ("첫 번째", "ko", 0),
        ("두번째 거요", "ko", 1),
        ("세 번째 걸로 해줘", "ko", 2),
        ("1번", "ko", 0),
        ("마지막 거", "ko", 2),
        ("스케일링", "ko", 2),
        ("치과 검진이요", "ko", None),
        ("검진", "ko", 1),
        ("치과", "ko", None),
        ("다섯 번째", "ko", None),
        ("내일 일정 알려줘", "ko", None),
        ("the second one", "en", 1),
        ("number three", "en", 2),
        ("the last one", "en", 2),
        ("first", "en", 0),
        ("", "en", None),
    ],
)
def test_an_option_is_picked_by_place_or_words(
    text: str, language: Language, index: int | None
) -> None:
    assert pick_option(text, LABELS, language) == index
