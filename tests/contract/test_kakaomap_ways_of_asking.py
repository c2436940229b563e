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


@pytest.mark.parametrize(
    ("text", "tool", "arguments"),
    [
        (
            "신촌역에서 가까운 안과 있으면 두어 군데 알려주세요",
            "map_search",
            {"query": "안과", "near": "신촌역"},
        ),
        ("역삼동 737이 어디쯤이야", "map_geocode", {"address": "역삼동 737"}),
        (
            "저기요 삼성역에서 제일 가까운 주차장이 어딘가요",
            "map_search",
            {"query": "주차장", "near": "삼성역", "sort": "distance", "radius_m": 20_000},
        ),
        (
            "해운대에서 김해공항 리무진 타고 가는 법",
            "map_directions_transit",
            {"origin": "해운대", "destination": "김해공항", "ride": "bus"},
        ),
        (
            "명동성당 근처에서 조용히 얘기할 만한 카페 하나만 골라줘요",
            "map_category",
            {"category": "카페", "near": "명동성당"},
        ),
        (
            "내일 새벽 다섯 시에 판교에서 김포공항 차로 가려면 얼마나 걸릴까",
            "map_directions_car",
            {
                "origin": "판교",
                "destination": "김포공항",
                "departure_time": "2026-11-24T05:00:00+09:00",
            },
        ),
    ],
)
def test_korean_ways_of_asking_leave_no_word_to_a_place(
    text: str, tool: str, arguments: dict[str, JsonValue]
) -> None:
    assert call(text, "ko") == (tool, arguments)


@pytest.mark.parametrize(
    "text",
    [
        "잠실역 근처 주차장 거리순으로 보여줘",
        "오백 미터 안에 편의점 있나",
        "성수역 삼백 미터 이내 빵집 있으면 알려줘",
        "서면역 쪽 국밥집 말고 밀면집으로 찾아줘",
        "해운대 모래사장 근처 24시간 하는 찜질방이 있을랑가",
        "강남역이랑 판교역 중간쯤 만날 만한 카페 있어?",
        "역삼역이나 강남역 근처 은행 찾아줘",
        "서울숲 가기 전에 성수역에서 밥 먹을 데 알아봐",
        "우체국 몇 시까지 해 역삼 우체국 말이야",
        "남산타워 근처 전망 좋은 레스토랑 예약 가능한 데",
        "판교역 테라스 있는 카페 좀 추천해 줘",
        "경복궁 근처 한복 빌리는 데 두 군데만",
        "삼성역 근처에 밤에 문 여는 약국이 있나 모르겠네",
        "은행 앱 열어서 이체 내역 보여줘",
        "신촌에 세브란스병원 전화번호 뭐야",
        "로또 번호 뽑아줘",
        "삭제 버튼이 어디 있어",
        "아까 추천한 이어폰 링크 줘",
        "남산타워에서 걸어서 내려오는 길",
        "남산서울타워까지 걸어 올라가면 힘들까 명동에서",
        "성수역에서 뚝섬역 방향으로 걸어가는 길",
        "내일 아침 여덟 시에 출발하면 김포공항까지 얼마나 막힐까",
        "내일 아침 아홉 시까지 코엑스 가야 되는데 판교에서 차로 얼마나 걸려",
        "잠실에서 벡스코까지 운전 몇 시간 걸려 휴게소 한 번 들르면",
        "오 분 안에 걸어갈 수 있는 편의점 강남역에서",
    ],
)
def test_what_would_go_into_the_name_of_a_place_is_not_understood(text: str) -> None:
    assert call(text, "ko") is None


@pytest.mark.parametrize("text", ["우리 동네 병원 어디가 좋아", "내 위치에서 코엑스까지 몇 킬로야"])
def test_the_neighbourhood_and_my_own_place_are_asked_for(text: str) -> None:
    assert asked(text, "ko")
