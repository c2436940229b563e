from __future__ import annotations

import pytest
from tests.unit.arion_host.agents.every_pack import NOW

from arion_host.agents.together.clauses import plainer
from arion_kit.words import Language


def _plainer(text: str) -> list[str]:
    language: Language = "en" if text.isascii() else "ko"
    return list(plainer(text, language, NOW))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("비 오니까 등산 취소해줘", "등산 취소해줘"),
        ("장보기 페이지 열어서 읽어줘", "장보기 페이지 읽어줘"),
        ("since it's raining, cancel the hike", "cancel the hike"),
        ("I'm sick, so cancel my meeting", "cancel my meeting"),
        ("cancel lunch because Yuna can't make it", "cancel lunch"),
        ("oh and while you're at it, show my mail", "show my mail"),
        ("once you've checked my mail, show my tasks", "check my mail and then show my tasks"),
        ("after reading Hana's mail, archive it", "read Hana's mail and then archive it"),
    ],
)
def test_a_reason_or_a_lead_is_no_part_of_a_command(text: str, plain: str):
    assert plain in _plainer(text)


@pytest.mark.parametrize(
    "text",
    [
        "비 오면 등산 취소해줘",
        "if it rains, cancel the hike",
        "내일 출장이라서 회의 취소해줘",
        "I'm away tomorrow, so cancel my meeting",
        "내일 일정 알려줘",
    ],
)
def test_a_condition_and_a_reason_with_a_time_stay(text: str):
    assert _plainer(text) == []
