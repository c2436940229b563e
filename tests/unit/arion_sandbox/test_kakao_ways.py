from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest

from arion_sandbox.navi_roads import corridors, driven_way, taxi_fare
from arion_sandbox.odsay_network import TransitWay, lines, quickest_way
from arion_sandbox.places import Point, all_places

MORNING = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
NIGHT = datetime.fromisoformat("2026-11-23T23:00:00+09:00")
CITY = frozenset({"subway", "bus"})


def at(name: str) -> Point:
    return next(place.point for place in all_places() if place.name.startswith(name))


def ride(start: str, end: str, kinds: frozenset[str] = CITY) -> TransitWay:
    way = quickest_way(at(start), at(end), kinds)
    assert way is not None
    return way


def test_stops_of_a_line_follow_one_another_at_a_plausible_pace() -> None:
    for line in lines():
        for before, stop in pairwise(line):
            km_h = before.point.metres_to(stop.point) / 1_000 / stop.minutes * 60
            assert 3 < km_h < 260, (line[0].line, before.name, stop.name)


def test_every_station_of_the_map_can_be_ridden_from() -> None:
    stations = [place for place in all_places() if place.group == "SW8"]
    assert len(stations) >= 12
    for place in stations:
        near = "부산역" if place.address.startswith("부산") else "서울역"
        assert place.name.startswith(near) or ride(place.name, near).minutes < 90


@pytest.mark.parametrize(
    ("start", "end", "rides"),
    [
        ("강남역 2호선", "판교역", ["신분당선"]),
        ("성수역", "잠실역", ["수도권 2호선"]),
        ("시청역", "홍대입구역", ["수도권 2호선"]),
        ("해운대역", "부산역", ["부산 2호선", "부산 1호선"]),
        ("인천국제공항", "서울역", ["공항철도"]),
    ],
)
def test_people_would_ride_these_lines(start: str, end: str, rides: list[str]) -> None:
    way = ride(start, end, frozenset({"subway"}))
    assert [it.first.line for it in way.rides] == rides


def test_there_and_back_take_about_as_long() -> None:
    assert abs(ride("코엑스", "경복궁").minutes - ride("경복궁", "코엑스").minutes) <= 4


def test_there_is_no_ride_over_the_sea() -> None:
    assert quickest_way(at("서울역"), at("제주국제공항"), CITY | {"train"}) is None


def test_a_motorway_is_taken_where_it_lies_on_the_way() -> None:
    far = driven_way(at("서울역"), at("부산역"), "RECOMMEND", (), MORNING)
    assert [it.corridor.name for it in far.stretches if it.corridor] == ["경부고속도로"]
    assert far.toll_won == 18_800
    free = driven_way(at("서울역"), at("부산역"), "RECOMMEND", ("toll",), MORNING)
    assert free.toll_won == 0
    assert free.seconds > far.seconds
    near = driven_way(at("강남역"), at("역삼역"), "TIME", (), MORNING)
    assert all(it.corridor is None for it in near.stretches)


def test_every_corridor_leads_in_both_directions() -> None:
    ends = {(it.start, it.end) for it in corridors()}
    assert {(end, start) for start, end in ends} == ends


def test_a_taxi_is_dearer_at_night() -> None:
    assert taxi_fare(1_000, MORNING) == 4_800
    assert taxi_fare(10_000, MORNING) < taxi_fare(10_000, NIGHT)
