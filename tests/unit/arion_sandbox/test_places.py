from __future__ import annotations

import pytest

from arion_sandbox.place_search import search_addresses, search_places
from arion_sandbox.places import GROUPS, Point, all_places


def names(query: str) -> list[str]:
    return [place.name for place in search_places(query).places]


def test_every_place_can_be_read_whole():
    places = all_places()
    assert len(places) >= 60
    assert len({place.place_id for place in places}) == len(places)
    for place in places:
        assert place.group in {*GROUPS, ""}
        assert place.lot[1].isdigit()
        assert place.road[2].isdigit()
        assert 126.4 < place.point.x < 129.3
        assert 33.4 < place.point.y < 37.7


def test_distance_is_measured_in_metres():
    seoul_city_hall, busan_station = Point(126.97841, 37.56668), Point(129.041446, 35.11514)
    assert 325_000 < seoul_city_hall.metres_to(busan_station) < 330_000
    assert busan_station.metres_to(busan_station) == 0


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("강남역", "강남역 2호선"),
        ("서울역", "서울역"),
        ("코엑스", "코엑스"),
        ("강남역 카페", "달빛커피 강남역점"),
        ("강남역카페", "달빛커피 강남역점"),
        ("강남역 근처 카페", "달빛커피 강남역점"),
        ("판교 치과", "판교바른치과"),
        ("판교역 약국", "판교온약국"),
        ("부산 국밥", "서면돼지국밥"),
        ("하늘 치과", "하늘치과의원"),
        ("테헤란로 약국", "역삼건강약국"),
    ],
)
def test_the_first_place_found_is_the_one_meant(query: str, first: str):
    assert names(query)[0] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Gangnam Station", "강남역 2호선"),
        ("seoul station", "서울역"),
        ("Seoul City Hall", "서울특별시청"),
        ("Hongik University Station", "홍대입구역 2호선"),
        ("COEX", "코엑스"),
        ("Seongsu 카페", "붉은벽돌로스터스"),
    ],
)
def test_famous_places_are_found_by_their_english_names(query: str, first: str):
    assert names(query)[0] == first


@pytest.mark.parametrize("query", ["없는가게이름", "판교 국밥", "근처", " "])
def test_nothing_is_found_where_there_is_nothing(query: str):
    assert names(query) == []


def test_a_district_in_the_keyword_is_named():
    found = search_places("역삼동 카페")
    assert found.regions == ("서울 강남구 역삼동",)
    assert found.keyword == "카페"
    assert search_places("달빛커피").regions == ()


@pytest.mark.parametrize(
    ("query", "kind", "address"),
    [
        ("서울 중구 세종대로 110", "ROAD_ADDR", "서울 중구 태평로1가 31"),
        ("서울특별시 중구 세종대로 110", "ROAD_ADDR", "서울 중구 태평로1가 31"),
        ("세종대로 110", "ROAD_ADDR", "서울 중구 태평로1가 31"),
        ("태평로1가 31", "REGION_ADDR", "서울 중구 태평로1가 31"),
        ("강남대로 지하 396", "ROAD_ADDR", "서울 강남구 역삼동 858"),
        ("서울 강남구 역삼동", "REGION", "서울 강남구 역삼동 858"),
    ],
)
def test_an_address_is_found_by_lot_road_or_district(query: str, kind: str, address: str):
    found = search_addresses(query)
    assert [(item.kind, item.place.address) for item in found] == [(kind, address)]


@pytest.mark.parametrize("query", ["세종대로 11", "110 세종대로", "강남역", ""])
def test_what_is_no_address_finds_none(query: str):
    assert search_addresses(query) == []
