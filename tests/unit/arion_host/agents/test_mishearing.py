from __future__ import annotations

import pytest

from arion_host.agents.mishearing import heard_as

EXAMPLES = [
    ("이번 주 일정 알려줘", "list"),
    ("일정 알려줘", "list"),
    ("안 읽은 메일 있어?", "unread"),
    ("안 읽은 메일 읽어줘", "read"),
    ("지금 몇 시야?", "now"),
    ("What's on my calendar tomorrow?", "list"),
]


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("이반주 일창 알려줘", "이번 주 일정 알려줘"),
        ("2번 조 1창 알려줘와", "이번 주 일정 알려줘"),
        ("이빤조 1창 알려줘.", "이번 주 일정 알려줘"),
        ("지금 며치야.", "지금 몇 시야?"),
        ("What's all my calendar tomorrow", "What's on my calendar tomorrow?"),
    ],
)
def test_words_that_sound_like_one_example_are_taken_for_it(heard: str, meant: str):
    assert heard_as(heard, EXAMPLES) == meant


@pytest.mark.parametrize("heard", ["오늘 날씨 어때", "농담 하나 해줘", "불 켜줘", "", "?!"])
def test_other_words_are_taken_for_nothing(heard: str):
    assert heard_as(heard, EXAMPLES) is None


def test_words_that_sound_like_two_intents_are_taken_for_neither():
    assert heard_as("안 읽은 메일 읽어", EXAMPLES) is None


def test_without_examples_nothing_is_meant():
    assert heard_as("일정 알려줘", []) is None
