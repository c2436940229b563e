"""Places and ways to go, asked for in free order, up to the tool call."""

from __future__ import annotations

import pytest
from pydantic import JsonValue
from tests.three_packs import asked, call, misread

from arion_kit.words import Language

pytestmark = pytest.mark.thorough


def test_every_example_reaches_its_tool() -> None:
    assert misread("kakaomap") == {}


@pytest.mark.parametrize(
    ("text", "language", "tool", "arguments"),
    [
        ("판교 쪽에 치과 있나", "ko", "map_search", {"query": "치과", "near": "판교"}),
        ("역삼역근처 약국 찾아줘", "ko", "map_category", {"category": "약국", "near": "역삼역"}),
        (
            "where can I park near Gangnam Station",
            "en",
            "map_category",
            {"category": "parking", "near": "Gangnam Station"},
        ),
        (
            "잠실역에서 김포공항까지 차로 얼마나 걸릴까 내일 아침 여섯 시에 출발하면",
            "ko",
            "map_directions_car",
            {
                "origin": "잠실역",
                "destination": "김포공항",
                "departure_time": "2026-11-24T06:00:00+09:00",
            },
        ),
        (
            "drive from Pangyo to Daejeon Station without tolls",
            "en",
            "map_directions_car",
            {"origin": "Pangyo", "destination": "Daejeon Station", "avoid": ["toll"]},
        ),
        (
            "시청역에서 서울숲 들렀다가 강남역까지 운전하면 얼마나 걸려?",
            "ko",
            "map_directions_car",
            {"origin": "시청역", "destination": "강남역", "waypoints": ["서울숲"]},
        ),
        (
            "Seongsu Station to COEX with the fewest transfers",
            "en",
            "map_directions_transit",
            {"origin": "Seongsu Station", "destination": "COEX", "opt": "transfers"},
        ),
        (
            "수서역에서 남산타워 버스만 타고 갈 수 있어?",
            "ko",
            "map_directions_transit",
            {"origin": "수서역", "destination": "남산타워", "ride": "bus"},
        ),
        (
            "what would a taxi cost from Seoul Station to Namsan Tower?",
            "en",
            "map_directions_car",
            {"origin": "Seoul Station", "destination": "Namsan Tower", "by": "taxi"},
        ),
    ],
)
def test_parts_in_any_order_make_the_call(
    text: str, language: Language, tool: str, arguments: dict[str, JsonValue]
) -> None:
    assert call(text, language) == (tool, arguments)


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        ("이 근처 약국 찾아줘", "ko", "어디 근처에서 찾을까요?"),
        ("find a good restaurant nearby", "en", "Near which place should I look?"),
        ("여기서 강남역까지 걸어서 얼마나 걸려", "ko", "어디에서 출발하세요?"),
        ("how do I get to Gimpo airport from here", "en", "Where are you starting from?"),
        ("코엑스에서 택시비 얼마 나와?", "ko", "어디까지 가세요?"),
    ],
)
def test_a_place_that_nobody_knows_is_asked_for(
    text: str, language: Language, question: str
) -> None:
    assert asked(text, language) == question


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("회의 어디야?", "ko"),
        ("민수 씨 전화번호 알려줘", "ko"),
        ("where's the team dinner happening", "en"),
        ("Call me a cab right away", "en"),
        ("pharmacies within five hundred meters of Yeoksam Station", "en"),
        ("gas stations near Gangnam, second closest one", "en"),
        ("find a kid-friendly cafe in Pangyo", "en"),
        ("show me three sushi restaurants near Samseong Station", "en"),
        ("quickest way to Incheon Airport from Hongdae, I've got two suitcases", "en"),
        ("driving directions from Suseo Station to BEXCO, shortest distance", "en"),
    ],
)
def test_what_is_no_place_is_left_to_others(text: str, language: Language) -> None:
    assert call(text, language) is None
