"""What a model writes, before it is said."""

from __future__ import annotations

import pytest

from arion_host.agents.model.meter import Halt
from arion_host.agents.model.plain import Aloud, plain

SAYABLE = [
    "내일 오후 3시에 치과 예약이 있어요.",
    "You have two notes: milk and laundry.",
    "하하하, 메모가 없어요.",
    "3, 3, 3시에 하나씩 있어요.",
    "Ha ha ha ha, no. Nothing, nothing at all.",
    "모두 100000000000원이에요.",
    "하하하하하하, 그런 메모는 없어요.",
]
UNSAYABLE = [
    "",
    " \u200b ",
    '{"name": "notes_list", "arguments": {}}',
    "[1, 2]",
    "<tool_call>notes_list</tool_call>",
    "메모를 볼게요. <tool_call>",
    "```python\nprint()\n```",
    '좋아요. {"text": "우유"}',
    "<|im_start|>",
    "네 " * 50,
    "ㅋ" * 60,
    "메모가 하나 있어요, 우유 사기예요. " * 6,
    "<think>The person wants milk",
]


@pytest.mark.parametrize("text", SAYABLE)
def test_a_sentence_is_said_as_it_is(text: str):
    assert plain(text) == text


@pytest.mark.parametrize("text", UNSAYABLE)
def test_calls_code_and_loops_are_never_said(text: str):
    with pytest.raises(Halt) as stopped:
        plain(text)
    assert stopped.value.kind == "garbage"


def test_thoughts_and_hidden_letters_are_left_out():
    assert plain("<think>우유?\n</think>\n\n네,\u200b 있어요. ") == "네, 있어요."


def heard(text: str) -> tuple[list[str], str | None]:
    pieces: list[str] = []
    aloud = Aloud(pieces.append)
    try:
        for letter in text:
            aloud.feed(letter)
        return pieces, aloud.finish()
    except Halt:
        assert "".join(pieces) == aloud.said
        return pieces, None


@pytest.mark.parametrize("text", [*SAYABLE, "<think>우유 {</think> 네, 있어요. "])
def test_pieces_together_are_the_answer(text: str):
    pieces, answer = heard(text)
    assert answer == plain(text)
    assert "".join(pieces) == answer


def test_words_are_said_before_the_answer_is_complete():
    pieces: list[str] = []
    aloud = Aloud(pieces.append)
    aloud.feed("메모가 하나 있")
    assert pieces == ["메모가 하나"]


@pytest.mark.parametrize("text", UNSAYABLE)
def test_nothing_raw_is_said_on_the_way(text: str):
    pieces, answer = heard(text)
    assert answer is None
    assert not any(mark in "".join(pieces) for mark in '{}<>`[]"')
    assert len("".join(pieces)) < 120
