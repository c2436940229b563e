"""Ways people really ask for places and routes: why they ask comes first, parts are left open."""

from __future__ import annotations

import pytest
from pydantic import JsonValue
from tests.three_packs import asked, call

from arion_kit.words import Language

pytestmark = pytest.mark.thorough

_PLACES: list[tuple[str, Language, str, dict[str, JsonValue]]] = [
    (
        "기름 떨어져 가는데 판교 근처 주유소 어디 있어",
        "ko",
        "map_category",
        {"category": "주유소", "near": "판교"},
    ),
    (
        "이가 아파서 그러는데 잠실 쪽 치과 좀 찾아주라",
        "ko",
        "map_search",
        {"query": "치과", "near": "잠실"},
    ),
    (
        "친구가 체했어 홍대 근처 약국 좀 급하게",
        "ko",
        "map_category",
        {"category": "약국", "near": "홍대"},
    ),
    (
        "남산타워 갈 건데 주차장 있나 봐줘",
        "ko",
        "map_category",
        {"category": "주차장", "near": "남산타워"},
    ),
    (
        "신논현역 근처에 회식하기 좋은 고깃집 좀 알아봐",
        "ko",
        "map_search",
        {"query": "고깃집", "near": "신논현역"},
    ),
    (
        "합정에서 2차 갈 만한 이자카야 추천해 줘",
        "ko",
        "map_search",
        {"query": "이자카야", "near": "합정"},
    ),
    ("하늘치과의원 전번 뭐야", "ko", "map_search", {"query": "하늘치과의원"}),
    ("초밥하루가 어느 동네에 있지?", "ko", "map_search", {"query": "초밥하루"}),
    (
        "my tank's nearly empty, where can I fill up around Pangyo",
        "en",
        "map_category",
        {"category": "gas station", "near": "Pangyo"},
    ),
    (
        "I could murder a coffee, I'm by Haeundae Station",
        "en",
        "map_category",
        {"category": "cafe", "near": "Haeundae Station"},
    ),
    (
        "where can I leave my luggage near Seoul Station",
        "en",
        "map_search",
        {"query": "물품보관함", "near": "Seoul Station"},
    ),
    (
        "I lost my wallet, where's the police station in Itaewon",
        "en",
        "map_search",
        {"query": "경찰서", "near": "Itaewon"},
    ),
    (
        "which number do I ring for 초밥하루 삼성점?",
        "en",
        "map_search",
        {"query": "초밥하루 삼성점"},
    ),
    ("what part of Busan is BEXCO in?", "en", "map_search", {"query": "BEXCO"}),
    (
        "테헤란로 152가 지도상 어디쯤인지 봐줘",
        "ko",
        "map_geocode",
        {"address": "테헤란로 152"},
    ),
]

_WAYS: list[tuple[str, Language, str, dict[str, JsonValue]]] = [
    (
        "강남역 출발해서 역삼역 거쳐 코엑스까지 차로 몇 분?",
        "ko",
        "map_directions_car",
        {"origin": "강남역", "destination": "코엑스", "waypoints": ["역삼역"]},
    ),
    (
        "판교역에서 강남역 가는데 고속도로는 타기 싫어, 차로",
        "ko",
        "map_directions_car",
        {"origin": "판교역", "destination": "강남역", "avoid": ["motorway"]},
    ),
    (
        "신촌에서 이태원 가는 택시 요금 좀",
        "ko",
        "map_directions_car",
        {"origin": "신촌", "destination": "이태원", "by": "taxi"},
    ),
    (
        "서울역에서 코엑스 가는데 뭐 타고 가야 돼?",
        "ko",
        "map_directions_transit",
        {"origin": "서울역", "destination": "코엑스"},
    ),
    (
        "잠실역에서 석촌호수 걸어가도 되는 거리야?",
        "ko",
        "map_directions_walk",
        {"origin": "잠실역", "destination": "석촌호수"},
    ),
    (
        "국립중앙박물관까지 카카오맵으로 띄울 수 있게 링크 좀",
        "ko",
        "map_link",
        {"destination": "국립중앙박물관"},
    ),
    (
        "from BEXCO back to Busan Station on the subway please",
        "en",
        "map_directions_transit",
        {"origin": "BEXCO", "destination": "Busan Station", "ride": "subway"},
    ),
    (
        "what'll a cab cost me from Myeongdong to Gangnam?",
        "en",
        "map_directions_car",
        {"origin": "Myeongdong", "destination": "Gangnam", "by": "taxi"},
    ),
    (
        "heading to Incheon Airport from Hongdae at five tomorrow morning by car,"
        " how long will I need",
        "en",
        "map_directions_car",
        {
            "origin": "Hongdae",
            "destination": "Incheon Airport",
            "departure_time": "2026-11-24T05:00:00+09:00",
        },
    ),
    (
        "what's the distance between Hongdae and Gimpo Airport",
        "en",
        "map_directions_car",
        {"origin": "Hongdae", "destination": "Gimpo Airport"},
    ),
    (
        "I'm meeting someone at Lotte Tower and leaving from Suseo, which bus do I take",
        "en",
        "map_directions_transit",
        {"origin": "Suseo", "destination": "Lotte Tower", "ride": "bus"},
    ),
    (
        "is Gwanghwamun too far to walk from City Hall",
        "en",
        "map_directions_walk",
        {"origin": "City Hall", "destination": "Gwanghwamun"},
    ),
    (
        "could I have a KakaoMap link for walking from Seoul Forest to Seongsu Station",
        "en",
        "map_link",
        {"origin": "Seoul Forest", "destination": "Seongsu Station", "by": "walk"},
    ),
]


@pytest.mark.parametrize(("text", "language", "tool", "arguments"), _PLACES)
def test_why_somebody_looks_for_a_place_is_no_part_of_where(
    text: str, language: Language, tool: str, arguments: dict[str, JsonValue]
) -> None:
    assert call(text, language) == (tool, arguments)


@pytest.mark.parametrize(("text", "language", "tool", "arguments"), _WAYS)
def test_a_way_is_told_by_its_ends_whatever_stands_around_them(
    text: str, language: Language, tool: str, arguments: dict[str, JsonValue]
) -> None:
    assert call(text, language) == (tool, arguments)


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        ("택시 타면 얼마 나와?", "ko", "어디에서 출발하세요?"),
        ("what if I avoid the tolls", "en", "Where are you starting from?"),
        ("stop at Yeoksam on the way", "en", "Where are you starting from?"),
        ("택배 부쳐야 되는데 근처 우체국 어디야", "ko", "어디 근처에서 찾을까요?"),
    ],
)
def test_a_wish_that_names_no_place_asks_for_it(
    text: str, language: Language, question: str
) -> None:
    assert asked(text, language) == question


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("강남역 날씨 어때?", "ko"),
        ("강남역 근처 아파트 시세 알려줘", "ko"),
        ("서울역 가는 KTX 표 예매해줘", "ko"),
        ("배추김치 담그는 법도 블로그에서 찾아줘", "ko"),
        ("은행 업무 할 일에 추가해줘", "ko"),
        ("what's mom's phone number", "en"),
        ("how do I get from staging to production", "en"),
        ("how long does it take to boil an egg", "en"),
        ("how do I say pharmacy in Korean", "en"),
        ("put the weekly report in at three", "en"),
        ("what's the weather like near Gangnam Station", "en"),
    ],
)
def test_what_only_names_a_place_is_left_to_others(text: str, language: Language) -> None:
    found = call(text, language)
    assert found is None or not found[0].startswith("map_")
