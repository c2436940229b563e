from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_kakaomap.amounts import spoken_distance, spoken_minutes, spoken_won
from arion_kakaomap.departure import read_departure
from arion_kakaomap.journeys import Journey, Leg, Walk
from arion_kakaomap.lines import bus_name, line_name, station_name
from arion_kakaomap.links import place_links, route_links
from arion_kakaomap.locating import Located, spoken_name
from arion_kakaomap.points import Point, read_point
from arion_kakaomap.walking import Walking, straight_line
from arion_kakaomap.wire_navi import RouteSummary
from arion_kakaomap.wire_transit import OdsayAnswer, TmapLeg
from arion_kit.errors import BadInput, UpstreamFailure
from arion_kit.words import ErrorKind

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
GANGNAM, YEOKSAM = Point(127.028001, 37.498086), Point(127.036456, 37.500658)


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("강남역 2호선", "강남역"),
        ("판교역 신분당선", "판교역"),
        ("서울역 공항철도", "서울역"),
        ("서울역", "서울역"),
        ("강남역 공영주차장", "강남역 공영주차장"),
        ("달빛커피 강남역점", "달빛커피 강남역점"),
    ],
)
def test_a_station_is_spoken_of_without_its_line(name: str, spoken: str) -> None:
    assert spoken_name(name) == spoken


def test_names_in_links_cannot_break_them() -> None:
    odd = Located(GANGNAM, name="카페 a/b, 100%?")
    assert place_links(odd).web == (
        "https://map.kakao.com/link/map/%EC%B9%B4%ED%8E%98%20a%20b%20%20100%25%3F,"
        "37.498086,127.028001"
    )


def test_stops_on_the_way_are_in_both_links() -> None:
    start, end = Located(GANGNAM, name="가"), Located(YEOKSAM, name="나")
    links = route_links(start, end, "car", [end, start])
    assert links.web.removeprefix("https://map.kakao.com/link/by/car/").count("/") == 3
    assert links.app == (
        "kakaomap://route?sp=37.498086,127.028001&vp=37.500658,127.036456"
        "&vp2=37.498086,127.028001&ep=37.500658,127.036456&by=CAR"
    )


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-24T09:00", "2026-11-24T09:00:00+09:00"),
        ("2026-11-24T00:00:00Z", "2026-11-24T09:00:00+09:00"),
        ("2026-11-24T01:00:00+01:00", "2026-11-24T09:00:00+09:00"),
        ("2026-11-24", "2026-11-24T10:00:00+09:00"),
    ],
)
def test_a_departure_is_a_moment_in_the_zone_of_the_person(text: str, moment: str) -> None:
    assert read_departure(text, NOW) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text", [None, "", " ", "2026-11-23", "2026-11-23T10:01", "2026-11-23T01:00Z"]
)
def test_about_now_is_now(text: str | None) -> None:
    assert read_departure(text, NOW) is None


@given(st.text())
def test_any_text_for_a_departure_is_a_time_or_bad_input(text: str) -> None:
    with suppress(BadInput):
        read_departure(text, NOW)


@pytest.mark.parametrize("text", ["127.028,37.498", " 127.028 , 37.498 "])
def test_a_pair_of_numbers_is_a_point(text: str) -> None:
    assert read_point(text, "near") == Point(127.028, 37.498)


@pytest.mark.parametrize("text", ["강남역", "127.028", "127,37,5", "1e2,3", "테헤란로 152, 37"])
def test_everything_else_is_a_name(text: str) -> None:
    assert read_point(text, "near") is None


@pytest.mark.parametrize(
    ("metres", "korean", "english"),
    [
        (7, "7미터", "7 meters"),
        (444, "440미터", "440 meters"),
        (996, "1킬로미터", "1 kilometer"),
        (9_949, "9.9킬로미터", "9.9 kilometers"),
        (13_620, "14킬로미터", "14 kilometers"),
    ],
)
def test_distances_are_rounded_as_people_say_them(metres: int, korean: str, english: str) -> None:
    assert (spoken_distance(metres, "ko"), spoken_distance(metres, "en")) == (korean, english)


@pytest.mark.parametrize(
    ("minutes", "korean", "english"),
    [
        (0, "1분", "1 minute"),
        (25, "25분", "25 minutes"),
        (60, "한 시간", "1 hour"),
        (155, "두 시간 35분", "2 hours and 35 minutes"),
    ],
)
def test_times_on_the_way_are_said_in_hours(minutes: int, korean: str, english: str) -> None:
    assert (spoken_minutes(minutes, "ko"), spoken_minutes(minutes, "en")) == (korean, english)


def test_money_is_said_in_won() -> None:
    assert (spoken_won(18_800, "ko"), spoken_won(1_550, "en")) == ("18,800원", "1,550 won")


def test_lines_and_stops_have_the_names_that_people_say() -> None:
    assert line_name("수도권 2호선") == line_name("수도권2호선") == "2호선"
    assert line_name("신분당선") == "신분당선"
    assert bus_name("간선:402") == bus_name("402") == "402번"
    assert bus_name("마을:강남01") == "강남01번"
    assert station_name("강남", "subway") == station_name("강남역", "subway") == "강남역"
    assert station_name("시청앞.덕수궁", "bus") == "시청앞.덕수궁"


def test_an_estimate_is_the_straight_line_with_a_detour() -> None:
    walk = straight_line(GANGNAM, YEOKSAM)
    assert (walk.metres, walk.seconds, walk.source) == (1_040, 936, "straight_line")
    assert straight_line(GANGNAM, GANGNAM).metres == 0


class Refusing:
    """A provider that fails."""

    async def walk(self, origin: Point, destination: Point) -> Walk | None:
        raise UpstreamFailure(ErrorKind.UNAVAILABLE, "down", service="Somebody")


class Knowing:
    """A provider that knows one way."""

    async def walk(self, origin: Point, destination: Point) -> Walk | None:
        return Walk(10, 20, (), "tmap")


async def test_a_provider_that_fails_is_stood_in_for() -> None:
    assert (await Walking([Refusing(), Knowing()]).walk(GANGNAM, YEOKSAM)).source == "tmap"
    assert (await Walking([Refusing()]).walk(GANGNAM, YEOKSAM)).source == "straight_line"


def test_a_leg_on_foot_is_no_ride() -> None:
    legs = (Leg("walk", 3, 200), Leg("bus", 9, 4_000, "402번", "가", "나"))
    assert [leg.by for leg in Journey(12, 4_200, 200, 0, 1_500, legs).rides] == ["bus"]


def test_what_vendors_send_may_be_null_text_or_not_quite_whole() -> None:
    sent = {"distance": "1200", "duration": 61.7, "fare": None}
    summary = RouteSummary.model_validate(sent)
    assert (summary.distance, summary.duration, summary.fare.toll) == (1_200, 62, 0)
    answer = OdsayAnswer.model_validate({"result": None, "error": [{"code": 500, "msg": None}]})
    assert answer.error is not None
    assert (answer.error.code, answer.error.msg) == ("500", "")
    leg = TmapLeg.model_validate({"mode": "WALK", "route": None, "passStopList": None})
    assert (leg.route, leg.passStopList.stationList) == ("", ())
