from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_voice.sentences import MAX_CHARS, SentenceSplitter, split_sentences


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize(
    ("answer", "pieces"),
    [
        (
            "네, 확인했어요. 내일 오후 3시에 치과 예약을 잡았어요.",
            ["네, 확인했어요.", "내일 오후 3시에 치과 예약을 잡았어요."],
        ),
        (
            "내일은 일정이 3개 있어요. 오전 10시 팀 회의, 오후 1시 점심이에요.",
            ["내일은 일정이 3개 있어요.", "오전 10시 팀 회의, 오후 1시 점심이에요."],
        ),
        (
            "오전에는 회의가 있고, 오후에는 비어 있어요.",
            ["오전에는 회의가 있고,", "오후에는 비어 있어요."],
        ),
        (
            "It costs $3.50. You meet Dr. Kim at 3 p.m. on Friday. Okay?",
            ["It costs $3.50.", "You meet Dr. Kim at 3 p.m. on Friday.", "Okay?"],
        ),
        ("Lunch is at 1 p.m. Dinner is at 7.", ["Lunch is at 1 p.m.", "Dinner is at 7."]),
        ("2026. 11. 24. 화요일에 회의가 있어요.", ["2026. 11. 24. 화요일에", "회의가 있어요."]),
        ("가격은 12,500원, 배송은 무료예요.", ["가격은 12,500원,", "배송은 무료예요."]),
        ('"안녕하세요."라고 보냈어요. 끝이에요.', ['"안녕하세요."라고 보냈어요.', "끝이에요."]),
        ('He said "Stop." and left. I stayed.', ['He said "Stop." and left.', "I stayed."]),
        ("글쎄요... 잘 모르겠어요.", ["글쎄요...", "잘 모르겠어요."]),
        ("Well... let me look. Here it is.", ["Well... let me look.", "Here it is."]),
        ("정말요?! 축하해요.", ["정말요?!", "축하해요."]),
        ("저런! 괜찮아요?", ["저런! 괜찮아요?"]),
        ("할 일\n- 우유\n- 빵", ["할 일", "- 우유", "- 빵"]),
        ("  \n ", []),
        ("", []),
    ],
)
def test_an_answer_is_cut_where_a_person_would_breathe(answer: str, pieces: list[str]) -> None:
    assert split_sentences(answer) == pieces


@pytest.mark.parametrize(
    "answer",
    [
        "네, 알겠어요. 내일 오후 세 시에 치과 예약 일정을 추가했어요.",
        "확인했어요. 새 메일이 다섯 통 있고 그중 두 통은 김민수 님이 보냈어요.",
        "오늘 일정은 없어요. 내일은 회의가 두 개 있어요.",
        "강남역 근처에서는, 다섯 곳을 찾았어요. 가장 가까운 곳은 걸어서 3분이에요.",
        "메일을 보냈어요! 답장이 오면 알려 드릴게요.",
    ],
)
def test_the_first_piece_is_short_where_a_clause_ends_early(answer: str) -> None:
    assert len(split_sentences(answer)[0]) <= 15


def test_a_korean_sentence_leaves_with_its_full_stop() -> None:
    splitter = SentenceSplitter()
    assert splitter.feed("확인하고 있어") == []
    assert splitter.feed("요.") == ["확인하고 있어요."]
    assert splitter.flush() == []


def test_a_quoted_sentence_waits_for_its_quotation_mark() -> None:
    splitter = SentenceSplitter()
    assert splitter.feed('"곧 도착해요.') == []
    assert splitter.feed('"라고 답했어요.') == ['"곧 도착해요."라고 답했어요.']


def test_a_full_stop_that_may_be_a_decimal_point_waits() -> None:
    splitter = SentenceSplitter()
    assert splitter.feed("The total is 3.") == []
    assert splitter.feed("5 dollars. ") == ["The total is 3.5 dollars."]


def test_a_long_sentence_is_cut_at_a_comma() -> None:
    item = "오전 열 시에는 삼 층 회의실에서 마케팅팀과 주간 회의가 있고, "
    assert split_sentences("내일은 바빠요. " + item * 3 + "끝이에요.") == [
        "내일은 바빠요.",
        (item * 2).strip(),
        item + "끝이에요.",
    ]


def test_text_without_punctuation_is_cut_at_a_space() -> None:
    pieces = split_sentences("말이 " * 150)
    assert max(len(piece) for piece in pieces) <= MAX_CHARS
    assert all(set(piece.split()) == {"말이"} for piece in pieces)


def test_after_a_flush_a_new_answer_begins() -> None:
    splitter = SentenceSplitter()
    splitter.feed("네, 알겠어요. 그리고 나머지는")
    assert splitter.flush() == ["그리고 나머지는"]
    assert splitter.feed("오전에는 비고, 오후에는") == ["오전에는 비고,"]


_PROSE = st.lists(
    st.sampled_from(
        [
            "네,",
            "확인했어요.",
            "3.5",
            "Dr.",
            "p.m.",
            '"',
            "...",
            "…",
            "\n",
            " ",
            "회의",
            "Okay?",
            "요.",
            "1.",
        ]
    )
    | st.text(max_size=12)
).map("".join)


@given(_PROSE, st.integers(1, 7))
def test_nothing_is_lost_however_the_text_arrives(text: str, step: int) -> None:
    splitter = SentenceSplitter()
    parts = [text[start : start + step] for start in range(0, len(text), step)]
    pieces = [piece for part in parts for piece in splitter.feed(part)] + splitter.flush()
    assert squeezed("".join(pieces)) == squeezed(text)
    assert all(0 < len(piece) <= MAX_CHARS and piece == piece.strip() for piece in pieces)
