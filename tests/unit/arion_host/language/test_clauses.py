"""Words for a thing that hold more than its name, against names that look like them."""

from __future__ import annotations

import pytest

from arion_host.language.clauses import is_no_thing
from arion_kit.words import ReferenceSlot, TextSlot

PLACE = TextSlot(type="text")
MESSAGE = TextSlot(type="text", sentence=True)
REASON = TextSlot(type="text", ends={"ko": ("는",)})
EVENT = ReferenceSlot(
    type="reference", tool="list", arguments={}, items="events", value="id", label="summary"
)


@pytest.mark.parametrize(
    "words",
    [
        "Pangyo Station pls",
        "Gangnam, second",
        "five hundred meters of Yeoksam Station",
        "Hongdae, I've got two suitcases",
        "BEXCO, under 100,000 won",
        "oat milk, two cartons",
        "the Studio Display but nothing older than a month",
        "Sumin and",
        "https://www.gov.example/passport in one line",
    ],
)
def test_words_with_a_clause_a_distance_or_a_limit_are_no_name(words: str) -> None:
    assert is_no_thing(PLACE, words, "en")


@pytest.mark.parametrize(
    "words",
    [
        "Pangyo Station",
        "Teheran-ro 152, Gangnam",
        "rice, kimchi and two bottles of soy sauce",
        "Butter",
        '"If I stay"',
        "https://www.gov.example/passport",
    ],
)
def test_a_plain_name_is_one(words: str) -> None:
    assert not is_no_thing(PLACE, words, "en")


def test_a_message_may_hold_a_clause() -> None:
    assert not is_no_thing(MESSAGE, "I'll look at it after lunch because it's late", "en")


@pytest.mark.parametrize(
    "words",
    [
        "만약 비가 오면 소풍",
        "샴푸는 됐고 린스만",
        "서면역 쪽 국밥집 말고",
        "할머니 댁이 대전역인데 그 근처",
        "올라가면 힘들까 명동",
        "서울숲 가기 전에 성수역",
        "몇 시까지 해 역삼 우체국",
        "회의 잡으라고 했어",
        "이체 내역 열어서 잔액",
        "역삼역이나 강남역",
        "강남역이랑",
        "세제 큰 걸로",
        "화장지 두 개 사면",
        "민재한테 들었는데",
        "이 사이트 안전한지",
        "위키백과에서",
        "잘못 지운 것 같아",
        "유튜브에서 고양이",
        "가계부에 점심",
        "카톡",
        "할 일에 치과 전화하기 추가하는데",
        "여행 갈 때 챙길",
        "워크숍 들어간",
        "온보딩 나오",
        "지난주에 새로 만든",
    ],
)
def test_korean_words_with_a_clause_or_of_another_app_are_no_name(words: str) -> None:
    assert is_no_thing(PLACE, words, "ko")


@pytest.mark.parametrize(
    "words",
    ["컵라면", "물냉면 맛집", "가운데 자리", "보고서 초안", "넷플릭스 결제", "학교", "천사랑"],
)
def test_a_korean_name_is_one(words: str) -> None:
    assert not is_no_thing(PLACE, words, "ko")


def test_a_korean_message_and_a_reason_may_hold_a_clause() -> None:
    assert not is_no_thing(MESSAGE, "비가 오면 소풍은 취소라고", "ko")
    assert not is_no_thing(REASON, "배가 고파서 죽겠는데 먹으러 가는", "ko")


def test_what_is_switched_in_a_house_is_no_appointment() -> None:
    assert is_no_thing(EVENT, "보일러", "ko")
    assert not is_no_thing(EVENT, "보일러 점검", "ko")
    assert not is_no_thing(PLACE, "세탁기", "ko")
