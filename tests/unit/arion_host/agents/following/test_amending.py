from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from arion_host.agents.following.amending import another_number
from arion_host.agents.following.corrections import corrected, meant_instead, more_of
from arion_kit.words import Language

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
KO: Language = "ko"
EN: Language = "en"
DENTIST = "내일 오후 세 시에 치과 예약 잡아줘"
MASSAGE = "Schedule a massage on Wednesday at 3 pm"


@pytest.mark.parametrize(
    ("correction", "becomes"),
    [
        ("삼십 분 늦춰줘", "내일 오후 3시 30분에 치과 예약 잡아줘"),
        ("한 시간 뒤로 미뤄줘", "내일 오후 4시에 치과 예약 잡아줘"),
        ("한 시간만 당겨줘", "내일 오후 2시에 치과 예약 잡아줘"),
        ("하루 미뤄줘", "11월 25일 오후 세 시에 치과 예약 잡아줘"),
        ("아니다 목요일이 낫겠다", "목요일 오후 세 시에 치과 예약 잡아줘"),
        ("아 네 시였다", "내일 오후 네 시에 치과 예약 잡아줘"),
        ("잘못 말했어 네 시야", "내일 오후 네 시에 치과 예약 잡아줘"),
        ("삼십 분만", "내일 오후 세 시에 삼십 분 동안 치과 예약 잡아줘"),
        ("한 시간 말고 삼십 분만", "내일 오후 세 시에 삼십 분 동안 치과 예약 잡아줘"),
        ("매주 반복되게 해줘", "매주 화요일 오후 세 시에 치과 예약 잡아줘"),
    ],
)
def test_a_korean_event_is_shifted_lengthened_or_repeated(correction: str, becomes: str):
    assert corrected(DENTIST, correction, KO, NOW) == becomes


@pytest.mark.parametrize(
    ("correction", "becomes"),
    [
        ("could you make that half an hour later", "Schedule a massage on Wednesday at 3:30 pm"),
        ("make it an hour earlier", "Schedule a massage on Wednesday at 2 pm"),
        ("push it an hour", "Schedule a massage on Wednesday at 4 pm"),
        ("push it back a day", "Schedule a massage on November 26 at 3 pm"),
        ("hmm, better on Thursday, same time", "Schedule a massage on Thursday at 3 pm"),
        ("can we do Thursday instead?", "Schedule a massage on Thursday at 3 pm"),
        ("actually Thursday works better", "Schedule a massage on Thursday at 3 pm"),
        ("make it two hours", "Schedule a massage on Wednesday at 3 pm for two hours"),
        ("repeat it every week", "Schedule a massage every Wednesday at 3 pm"),
    ],
)
def test_an_english_event_is_shifted_lengthened_or_repeated(correction: str, becomes: str):
    assert corrected(MASSAGE, correction, EN, NOW) == becomes


def test_as_many_as_are_wanted_are_added_to_the_one_that_is_there():
    korean = more_of("목록에 우유를 넣어줘", "세 개로", KO, NOW, {"buys": "우유"})
    bottles = more_of("Add milk to my list", "make it two bottles", EN, NOW, {"buys": "milk"})
    three = more_of("Add milk to my list", "make that three", EN, NOW, {"buys": "milk"})
    counted = more_of("목록에 우유 두 개 넣어줘", "세 개로", KO, NOW, {"buys": "우유"})
    assert (korean, counted) == ("목록에 우유 2개 넣어줘", None)
    assert (bottles, three) == ("Add 1 bottles of milk to my list", "Add 2 milk to my list")


@pytest.mark.parametrize(
    ("said", "correction", "slots", "language"),
    [
        ("목록에 우유 넣어줘", "삼십 분 늦춰줘", {"buys": "우유"}, KO),
        ("팀 회의 목요일로 옮겨줘", "한 시간만", {}, KO),
        ("매주 월요일 열 시에 회의 잡아줘", "매일로", {}, KO),
        ("What's on tomorrow and on Friday?", "an hour later", {}, EN),
        ("Archive the gym mail", "make it two bottles", {"mail": "gym"}, EN),
    ],
)
def test_what_was_said_without_an_hour_or_a_thing_is_left(
    said: str, correction: str, slots: Mapping[str, str], language: Language
):
    assert corrected(said, correction, language, NOW, slots) is None


@pytest.mark.parametrize(
    ("said", "correction", "slots", "becomes", "language"),
    [
        ("목록에 우유 넣어줘", "아니 두유", {"buys": "우유"}, "목록에 두유 넣어줘", KO),
        ("목록에 우유를 넣어줘", "미안, 치즈야", {"buys": "우유"}, "목록에 치즈를 넣어줘", KO),
        ("Add milk to my list", "sorry, oat milk", {"buys": "milk"}, "Add oat milk to my list", EN),
        (
            "Add milk to my list",
            "I meant soy milk",
            {"buys": "milk"},
            "Add soy milk to my list",
            EN,
        ),
    ],
)
def test_a_thing_that_was_said_wrongly_is_replaced(
    said: str, correction: str, slots: Mapping[str, str], becomes: str, language: Language
):
    assert meant_instead(said, correction, language, NOW, slots) == becomes


@pytest.mark.parametrize(
    ("correction", "language"),
    [
        ("두유", KO),
        ("아니 됐어", KO),
        ("아니 취소해", KO),
        ("아니 왜?", KO),
        ("oat milk", EN),
        ("no thanks", EN),
        ("no, cancel it", EN),
        ("sorry?", EN),
    ],
)
def test_nothing_is_replaced_by_what_names_no_thing(correction: str, language: Language):
    said = "목록에 우유 넣어줘" if language == "ko" else "Add milk to my list"
    slots = {"buys": "우유" if language == "ko" else "milk"}
    assert meant_instead(said, correction, language, NOW, slots) is None


def test_what_a_thing_was_put_into_is_not_taken_for_the_thing():
    slots = {"page": "장보기", "note": "치즈"}
    assert meant_instead("장보기 페이지에 치즈 적어줘", "아니 버터", KO, NOW, slots) is None


def test_another_number_of_the_same_goods_is_told_from_other_goods():
    three = {"pack": "라면", "amount": "세", "notepad": "장보기"}
    assert another_number(three, {**three, "amount": "다섯"})
    assert not another_number(three, {**three, "pack": "우유"})
    assert not another_number({"title": "회의", "when": "내일"}, {"title": "회의", "when": "모레"})
