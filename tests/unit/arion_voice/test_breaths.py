from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bench.voice.answers import ANSWERS

from arion_voice.breaths import breath
from arion_voice.engines import Language
from arion_voice.sentences import FIRST_CHARS, MAX_CHARS, SentenceSplitter, split_sentences
from arion_voice.spoken_text import speakable


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("내일 오후 3시에는 치과 예약이 잡혀 있어요.", "내일 오후 3시에는"),
        ("치과 예약은 다음 주 화요일로 옮겨 두었어요.", "치과 예약은"),
        ("그 메일은 이미 보냈는데 답장은 아직 없네요.", "그 메일은 이미 보냈는데"),
        ("일정을 바꿨고 참석자들에게 메일로 알렸어요.", "일정을 바꿨고"),
        ("충돌이 있어서 자동으로 병합할 수 없어요.", "충돌이 있어서"),
        ("새 메일이 다섯 통 와 있는 것을 확인했어요.", "새 메일이"),
        ("11월 23일 월요일 오전 10시에 회의를 넣었어요.", "11월 23일 월요일"),
        ("김하나 님께 '견적서' 메일을 방금 보냈어요.", "김하나 님께"),
        (
            "You have nothing planned for the morning and two meetings later.",
            "You have nothing planned for the morning",
        ),
        (
            "I moved the meeting because everybody was away on Friday.",
            "I moved the meeting",
        ),
    ],
)
def test_a_long_clause_begins_with_its_first_phrase(answer: str, first: str) -> None:
    assert split_sentences(answer)[0] == first


@pytest.mark.parametrize(
    "answer",
    [
        "지금 보내 주신 내용을 하나씩 확인하고 있어요.",  # not: 확인하고 | 있어요
        "내일 회의 자료를 모두 읽은 분께 보냈습니다.",  # not: 읽은 | 분께
        "가장 최근에 도착한 메일을 먼저 읽어 드릴게요.",  # not: 도착한 | 메일을
        "오늘 아침 일찍부터 기다리는 분이 두 분 계세요.",  # not: 기다리는 | 분이
        "'오늘 회의에서 정한 일과 남은 일'을 찾아봤어요.",
        '"내일은 제가 좀 늦을 것 같아요"라고 적혀 있어요.',
        "이번 달 휴가 일정 세 개를 모두 옮겨 두었어요.",  # not: 휴가 | 일정
        "다음에 할 일을 세 가지 정해서 적어 두었어요.",  # not: 할 | 일을
    ],
)
def test_words_that_belong_together_stay_together(answer: str) -> None:
    together = re.compile(
        r"하고$|읽은$|도착한$|기다리는$|휴가$|할$|^['\"][^'\"]*$",
    )
    assert [piece for piece in split_sentences(answer) if together.search(piece)] == []


@pytest.mark.parametrize(
    "answer", ["일정이 모두 세 개나 있어요", "Nothing is planned for tomorrow"]
)
def test_a_clause_without_a_phrase_end_is_left_whole(answer: str) -> None:
    assert breath(answer, FIRST_CHARS) == 0


def test_a_phrase_leaves_before_its_sentence_is_written() -> None:
    splitter = SentenceSplitter()
    pieces = [
        splitter.feed(letter) for letter in "내일 오후 3시에 강남역 앞에서 하나 님과 만나기로"
    ]
    left = ["".join(it) for it in pieces if it]
    assert left == ["내일 오후 3시에"]


def test_only_the_first_piece_is_cut_at_a_phrase() -> None:
    answer = "알겠어요. 내일 오후 3시에 강남역 앞에서 만나는 일정을 넣었어요."
    assert split_sentences(answer) == [
        "알겠어요.",
        "내일 오후 3시에 강남역 앞에서 만나는 일정을 넣었어요.",
    ]


_WORDS = [
    *[
        "내일은",
        "일정이",
        "'치과",
        "예약'을",
        "3시에",
        "확인했고",
        "있는데",
        "메일은",
        "보낼",
        "'보고서'",
        "(강남)",
        "있어요.",
    ],
    *[
        "12,000원",
        "3.5킬로미터",
        "열",
        "개가",
        '"네."라고',
        "and",
        "because",
        "the",
        "'A",
        "B'",
        "don't",
        "at",
        "3",
        "p.m.",
    ],
]


@given(st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join), st.integers(1, 9))
def test_whatever_the_words_the_pieces_are_the_answer(answer: str, step: int) -> None:
    splitter = SentenceSplitter()
    parts = [answer[start : start + step] for start in range(0, len(answer), step)]
    pieces = [piece for part in parts for piece in splitter.feed(part)] + splitter.flush()
    assert " ".join(pieces).split() == answer.split()
    assert all(0 < len(piece) <= MAX_CHARS for piece in pieces)


@given(st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join), st.integers(5, 40))
def test_a_breath_comes_between_two_words_and_outside_quotation_marks(
    clause: str, limit: int
) -> None:
    cut = breath(clause, limit)
    assert cut == 0 or clause[cut] == " "
    assert clause[:cut].count('"') % 2 == 0


@given(st.text(max_size=60), st.integers(0, 60))
def test_any_text_can_be_asked_for_a_breath(text: str, limit: int) -> None:
    assert 0 <= breath(text, limit) < max(1, len(text))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_answer_in_pieces_is_read_out_in_the_same_words(language: Language) -> None:
    for answer in ANSWERS[language]:
        pieces = " ".join(speakable(piece, language) for piece in split_sentences(answer))
        assert _letters(pieces) == _letters(speakable(answer, language))


def test_most_korean_answers_begin_within_fifteen_characters() -> None:
    lengths = sorted(len(split_sentences(answer)[0]) for answer in ANSWERS["ko"])
    assert lengths[len(lengths) // 2] <= 12
    assert sum(length <= FIRST_CHARS for length in lengths) >= 0.8 * len(lengths)
    assert lengths[-1] <= 25


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)
