from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from arion_kakaomap.journeys import Journey, Leg, Walk
from arion_kakaomap.locating import Located
from arion_kakaomap.points import Point
from arion_kakaomap.say_routes import Drive, Trip, say_drive, say_transit, say_walk
from arion_kit.words import Language

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
HERE = Point(127.0, 37.5)


def place(name: str, asked: str | None = None) -> Located:
    return Located(HERE, asked=asked or name, name=name)


def trip(language: Language = "ko", *via: str) -> Trip:
    stops = tuple(place(name) for name in via)
    return Trip(place("강남역 2호선"), place("판교역 신분당선"), language, NOW, stops)


def drive(minutes: int, toll_won: int = 0, departure: datetime | None = None) -> Drive:
    arrival = (departure or NOW) + timedelta(minutes=minutes)
    return Drive(14_200, minutes, toll_won, None, departure, arrival)


def test_a_drive_is_told_as_people_ask_for_it() -> None:
    assert say_drive(trip(), drive(25)) == (
        "강남역에서 판교역까지 차로 25분쯤 걸려요. 거리는 14킬로미터, 통행료는 없어요."
    )
    assert say_drive(trip("en"), drive(85, 1_200)) == (
        "It takes about 1 hour and 25 minutes by car from 강남역 to 판교역. "
        "It's 14 kilometers and the toll is 1,200 won."
    )


def test_a_drive_over_midnight_arrives_on_the_next_day() -> None:
    departure = datetime.fromisoformat("2026-11-23T23:30:00+09:00")
    assert say_drive(trip(), drive(60, 0, departure)).startswith(
        "오늘 오후 11시 반에 출발하면 강남역에서 판교역까지 차로 한 시간쯤 걸려서 "
        "내일 0시 30분쯤 도착해요."
    )
    english = say_drive(trip("en"), drive(60, 0, departure))
    assert "if you leave today at 11:30 PM; you'd arrive around tomorrow" in english


def test_stops_on_the_way_are_told() -> None:
    assert say_drive(trip("ko", "코엑스", "잠실역 2호선"), drive(40)).startswith(
        "강남역에서 코엑스, 잠실역을 거쳐 판교역까지"
    )
    assert "from 강남역 to 판교역 via 코엑스 and 잠실역" in say_drive(
        trip("en", "코엑스", "잠실역 2호선"), drive(40)
    )


def journey(*legs: Leg, fare_won: int = 1_550) -> Journey:
    return Journey(31, 12_000, 200, max(0, len(legs) - 1), fare_won, legs)


SUBWAY = Leg("subway", 20, 9_000, "2호선", "강남역", "교대역", 1)
NEXT = Leg("subway", 9, 3_000, "3호선", "교대역", "고속터미널역", 1)
LAST = Leg("subway", 9, 3_000, "9호선", "고속터미널역", "여의도역", 5)
BUS = Leg("bus", 12, 5_000, "402번", "강남역", "신사역", 9)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            journey(BUS),
            "버스로 31분쯤 걸려요. 강남역에서 402번 버스를 타고 신사역에서 내리면 돼요. ",
        ),
        (
            journey(SUBWAY, NEXT, LAST),
            "지하철로 31분쯤 걸려요. 강남역에서 2호선을 타고, 교대역에서 3호선으로 갈아타고, "
            "고속터미널역에서 9호선으로 갈아타세요. ",
        ),
        (
            journey(SUBWAY, BUS),
            "대중교통으로 31분쯤 걸려요. 강남역에서 2호선을 타고, "
            "강남역에서 402번 버스로 갈아타세요. ",
        ),
    ],
)
def test_a_ride_is_told_with_where_to_board_and_change(told: Journey, said: str) -> None:
    assert say_transit(trip(), told) == f"강남역에서 판교역까지 {said}요금은 1,550원이에요."


def test_a_ride_is_told_in_english() -> None:
    assert say_transit(trip("en"), journey(SUBWAY, BUS)) == (
        "It takes about 31 minutes by public transport from 강남역 to 판교역. "
        "Take line 2 at 강남역, then change to bus 402 at 강남역. The fare is 1,550 won."
    )
    assert "get off at 신사역" in say_transit(trip("en"), journey(BUS, fare_won=0))
    assert "fare" not in say_transit(trip("en"), journey(BUS, fare_won=0))


def test_an_estimated_walk_is_called_one() -> None:
    guess = Walk(1_040, 936, (), "straight_line")
    assert say_walk(trip(), guess).endswith("걸릴 것 같아요. 직선거리로 어림한 값이에요.")
    known = Walk(9_400, 8_460, (), "tmap")
    assert say_walk(trip(), known) == (
        "강남역에서 판교역까지 걸어서 두 시간 21분쯤 걸려요. 거리는 9.4킬로미터예요. "
        "걷기에는 꽤 멀어요."
    )


def test_in_english_a_place_keeps_the_name_that_the_person_used() -> None:
    ends = Trip(place("강남역 2호선", "Gangnam Station"), place("판교역 신분당선"), "en", NOW)
    assert ends.ends() == "from Gangnam Station to 판교역"
    assert Trip(Located(HERE), Located(HERE), "ko", NOW).ends() == "그 위치에서 그 위치까지"
