"""The KakaoMap server's ways to go against the sandbox, as a client calls them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio
from tests.kakaomap_client import KakaoMap, Keys, kakaomap_on
from tests.sandbox import running_sandbox

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.thorough]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[KakaoMap]:
    async with running_sandbox() as sandbox, kakaomap_on(sandbox) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def kakaomap(shared: KakaoMap) -> AsyncIterator[KakaoMap]:
    """The map holds no state: only what was asked is forgotten between tests."""
    await shared.forget()
    yield shared
    assert shared.sandbox.violations() == []


def asked(kakaomap: KakaoMap, path: str) -> dict[str, str]:
    """The parameters of the last request to a path."""
    return next(
        dict(request["query"])
        for request in reversed(kakaomap.sandbox.requests())
        if request["path"] == path
    )


async def test_a_drive_by_names_tells_time_distance_and_toll(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("directions_car", origin="강남역", destination="판교")
    assert told["say"] == (
        "강남역에서 판교역까지 차로 27분쯤 걸려요. 거리는 16킬로미터, 통행료는 없어요."
    )
    assert told["origin"]["name"] == "강남역 2호선"
    assert told["destination"]["address"] == "경기 성남시 분당구 판교역로 지하 160"
    assert (told["distance_km"], told["duration_min"]) == (16.2, 27)
    assert (told["toll_won"], told["taxi_won"]) == (0, 16_000)
    assert told["arrival"] == "2026-11-23T10:27+09:00"
    assert told["url"].startswith("https://map.kakao.com/link/by/car/%EA%B0%95")


async def test_a_drive_is_told_in_few_steps_and_without_its_course(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("directions_car", origin="강남역", destination="판교역")
    assert 3 <= len(told["steps"]) <= 10
    assert "400미터 가서 양재IC에서 고속도로 입구" in told["steps"]
    assert told["steps"][-1].endswith("가서 도착")
    assert "vertexes" not in json.dumps(told)
    assert len(json.dumps(told, ensure_ascii=False)) < 2_000


async def test_a_drive_is_told_in_english(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call(
        "directions_car", language="en", origin="Gangnam Station", destination="Pangyo Station"
    )
    assert told["say"] == (
        "It takes about 27 minutes by car from Gangnam Station to Pangyo Station. "
        "It's 16 kilometers and there's no toll."
    )
    assert "after 400 meters enter the motorway at 양재IC" in told["steps"]


async def test_a_taxi_is_told_with_its_fare(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("directions_car", origin="강남역", destination="판교", by="taxi")
    assert told["say"] == ("강남역에서 판교역까지 택시로 27분쯤 걸려요. 요금은 16,000원쯤 나와요.")
    toll = await kakaomap.call(
        "directions_car",
        language="en",
        origin="Gangnam",
        destination="명동성당",
        by="taxi",
        priority="TIME",
    )
    assert toll["say"].endswith("The fare is about 11,300 won, and the toll 2,000 won.")


async def test_a_later_departure_is_asked_of_the_api_for_the_future(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call(
        "directions_car", origin="강남역", destination="판교역", departure_time="2026-11-24T08:00"
    )
    query = asked(kakaomap, "/v1/future/directions")
    assert query["departure_time"] == "202611240800"
    assert told["arrival"] == "2026-11-24T08:37+09:00"
    assert told["duration_min"] == 37
    assert told["say"].startswith(
        "내일 오전 8시에 출발하면 강남역에서 판교역까지 차로 37분쯤 걸려서 "
        "오전 8시 37분쯤 도착해요."
    )


async def test_a_departure_elsewhere_is_korean_time_for_kakao(kakaomap: KakaoMap) -> None:
    await kakaomap.call(
        "directions_car", origin="강남역", destination="판교역", departure_time="2026-11-24T00:30Z"
    )
    assert asked(kakaomap, "/v1/future/directions")["departure_time"] == "202611240930"


async def test_avoiding_tolls_is_not_the_shortest_way(kakaomap: KakaoMap) -> None:
    ends = {"origin": "강남역", "destination": "명동성당"}
    fastest = await kakaomap.call("directions_car", priority="time", **ends)
    shortest = await kakaomap.call("directions_car", priority="DISTANCE", **ends)
    free = await kakaomap.call("directions_car", priority="TIME", avoid=["toll"], **ends)
    assert fastest["say"].endswith("통행료는 2,000원이에요.")
    assert shortest["toll_won"] == 2_000
    assert free["toll_won"] == 0
    assert free["distance_km"] > shortest["distance_km"]
    query = asked(kakaomap, "/v1/directions")
    assert (query["avoid"], query["priority"]) == ("toll", "TIME")


async def test_stops_on_the_way_are_looked_up_and_passed(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call(
        "directions_car", origin="강남역", destination="판교역", waypoints=["코엑스", "잠실역"]
    )
    assert [stop["name"] for stop in told["waypoints"]] == ["코엑스", "잠실역 2호선"]
    assert asked(kakaomap, "/v1/directions")["waypoints"] == (
        "127.059149,37.511825|127.100159,37.513305"
    )
    assert "강남역에서 코엑스, 잠실역을 거쳐 판교역까지" in told["say"]
    assert told["url"].count("/") == 9


async def test_points_can_be_the_ends_of_a_way(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call(
        "directions_car", origin="127.0280,37.4981", destination="127.1112, 37.3948"
    )
    assert told["origin"] == {"x": 127.028, "y": 37.4981}
    assert told["say"].startswith("그 위치에서 그 위치까지 차로 27분쯤")
    assert [it["path"] for it in kakaomap.sandbox.requests()] == ["/v1/directions"]


async def test_which_of_several_places_was_taken_is_told(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("directions_car", origin="강남역", destination="중앙공원")
    assert told["destination"]["address"] == "경기 성남시 분당구 성남대로 550"
    [other] = told["destination"]["others"]
    assert (other["name"], other["address"]) == ("중앙공원", "부산 중구 망양로193번길 187")
    assert told["say"].endswith("중앙공원은 경기 성남시 분당구에 있는 곳으로 찾았어요.")
    assert "others" not in told["origin"]


async def test_a_kind_of_place_is_the_nearest_to_the_origin(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("directions_walk", origin="판교역", destination="약국")
    assert told["destination"]["name"] == "판교온약국"


async def test_a_ride_tells_lines_changes_and_fare(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("directions_transit", origin="홍대입구역", destination="코엑스")
    assert told["say"] == (
        "홍대입구역에서 코엑스까지 지하철로 43분쯤 걸려요. "
        "홍대입구역에서 2호선을 타고, 당산역에서 9호선으로 갈아타세요. 요금은 1,750원이에요."
    )
    [route] = told["routes"]
    assert (route["transfers"], route["fare_won"]) == (1, 1_750)
    assert route["arrival"] == "2026-11-23T10:43+09:00"
    rides = [leg for leg in route["legs"] if leg["by"] != "walk"]
    assert [(leg["line"], leg["start"], leg["end"]) for leg in rides] == [
        ("2호선", "홍대입구역", "당산역"),
        ("9호선", "당산역", "봉은사역"),
    ]
    assert told["source"] == "odsay"
    assert "/link/by/traffic/" in told["url"]


async def test_only_what_one_wants_to_ride_is_told(kakaomap: KakaoMap) -> None:
    ends = {"origin": "강남역", "destination": "판교역"}
    bus = await kakaomap.call("directions_transit", ride="bus", **ends)
    assert "9003번 버스를 타고" in bus["say"]
    assert {leg["by"] for route in bus["routes"] for leg in route["legs"]} == {"walk", "bus"}
    assert asked(kakaomap, "/v1/api/searchPubTransPathT")["SearchPathType"] == "2"


async def test_the_order_of_rides_is_the_one_asked_for(kakaomap: KakaoMap) -> None:
    ends = {"origin": "강남역", "destination": "판교역"}
    by_time = await kakaomap.call("directions_transit", opt="time", **ends)
    by_walk = await kakaomap.call("directions_transit", opt="walking", **ends)
    minutes = [route["duration_min"] for route in by_time["routes"]]
    metres = [route["walk_m"] for route in by_walk["routes"]]
    assert minutes == sorted(minutes)
    assert metres == sorted(metres)
    assert len(minutes) >= 2


async def test_a_ride_between_cities_is_a_train(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("directions_transit", origin="서울역", destination="부산역")
    assert told["say"] == (
        "서울역에서 부산역까지 기차로 두 시간 35분쯤 걸려요. "
        "서울역에서 KTX를 타고 부산역에서 내리면 돼요. 요금은 59,700원이에요."
    )


async def test_a_ride_is_told_in_english(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call(
        "directions_transit", language="en", origin="COEX", destination="Gyeongbokgung"
    )
    assert told["say"].startswith(
        "It takes about 53 minutes by subway from COEX to Gyeongbokgung. Take line 9 at 봉은사역"
    )


async def test_tmap_tells_the_same_ride_where_it_has_the_only_key() -> None:
    async with running_sandbox() as sandbox, kakaomap_on(sandbox, Keys(odsay=None)) as running:
        told = await running.call("directions_transit", origin="홍대입구역", destination="코엑스")
        bus = await running.call(
            "directions_transit", origin="강남역", destination="판교역", ride="bus"
        )
        assert running.sandbox.violations() == []
    assert told["source"] == "tmap"
    assert "홍대입구역에서 2호선을 타고, 당산역에서 9호선으로 갈아타세요." in told["say"]
    assert [leg["stops"] for leg in told["routes"][0]["legs"] if leg["by"] == "subway"] == [2, 6]
    assert bus["routes"][0]["legs"][1]["line"] == "9003번"


async def test_another_provider_stands_in_for_one_whose_quota_is_used_up() -> None:
    keys = Keys(odsay="sandbox-used-up")
    async with running_sandbox() as sandbox, kakaomap_on(sandbox, keys) as running:
        told = await running.call("directions_transit", origin="강남역", destination="판교역")
    assert told["source"] == "tmap"


async def test_a_walk_comes_from_kakao_for_a_partner(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("directions_walk", origin="강남역", destination="역삼역")
    assert told["say"] == "강남역에서 역삼역까지 걸어서 15분쯤 걸려요. 거리는 980미터예요."
    assert (told["distance_m"], told["duration_min"]) == (975, 15)
    assert (told["source"], told["estimated"]) == ("kakao", False)
    assert told["steps"] == ["490미터 가서 강남역사거리에서 우회전", "240미터 가서 도착"]
    assert told["arrival"] == "2026-11-23T10:15+09:00"


async def test_a_walk_comes_from_tmap_for_others_who_have_its_key() -> None:
    keys = Keys(kakao="sandbox-partnerless")
    async with running_sandbox() as sandbox, kakaomap_on(sandbox, keys) as running:
        told = await running.call("directions_walk", origin="강남역", destination="역삼역")
        await running.call("directions_walk", origin="강남역", destination="역삼역")
        paths = [request["path"] for request in sandbox.requests()]
        assert running.sandbox.violations() == []
    assert (told["source"], told["estimated"]) == ("tmap", False)
    assert told["steps"][0] == "보행자도로 을 따라 이동"
    assert paths.count("/affiliate/walking/v1/directions") == 1


async def test_without_a_provider_a_walk_is_a_marked_estimate() -> None:
    keys = Keys(kakao="sandbox-partnerless", tmap=None)
    async with running_sandbox() as sandbox, kakaomap_on(sandbox, keys) as running:
        told = await running.call("directions_walk", origin="강남역", destination="역삼역")
        far = await running.call(
            "directions_walk", language="en", origin="강남역", destination="판교역"
        )
    assert (told["source"], told["estimated"], told["steps"]) == ("straight_line", True, [])
    assert told["distance_m"] == 1_040
    assert told["say"] == (
        "강남역에서 역삼역까지 걸어서 16분쯤 걸릴 것 같아요. 직선거리로 어림한 값이에요."
    )
    assert "That's an estimate from the straight line." in far["say"]
    assert "quite far to walk" in far["say"]


LINKS: list[tuple[dict[str, Any], str, str]] = [
    (
        {"place": "강남역"},
        "https://map.kakao.com/link/map/8010001",
        "kakaomap://place?id=8010001",
    ),
    (
        {"destination": "127.1112,37.3948"},
        "https://map.kakao.com/link/to/%EC%9C%84%EC%B9%98,37.3948,127.1112",
        "kakaomap://route?ep=37.3948,127.1112&by=CAR",
    ),
    (
        {"origin": "코엑스", "destination": "경복궁", "by": "transit"},
        "https://map.kakao.com/link/by/traffic/%EC%BD%94%EC%97%91%EC%8A%A4,37.511825,127.059149"
        "/%EA%B2%BD%EB%B3%B5%EA%B6%81,37.577616,126.976896",
        "kakaomap://route?sp=37.511825,127.059149&ep=37.577616,126.976896&by=PUBLICTRANSIT",
    ),
]


@pytest.mark.parametrize(("arguments", "url", "app_url"), LINKS)
async def test_a_link_opens_the_place_or_the_way(
    kakaomap: KakaoMap, arguments: dict[str, Any], url: str, app_url: str
) -> None:
    told = await kakaomap.call("link", **arguments)
    assert (told["url"], told["app_url"]) == (url, app_url)
    assert told["say"].endswith("링크예요.")
    assert "kakao.com" not in told["say"]


async def test_a_link_is_to_a_place_or_to_a_destination(kakaomap: KakaoMap) -> None:
    for arguments in ({}, {"place": "강남역", "destination": "판교역"}, {"origin": "강남역"}):
        failed = (await kakaomap.call("link", **arguments))["error"]
        assert failed["message"].startswith("place: give either place, or destination")
    assert kakaomap.sandbox.requests() == []


async def test_arrival_is_told_in_the_zone_of_the_person(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("directions_walk", origin="강남역", destination="역삼역")
    assert datetime.fromisoformat(told["arrival"]).utcoffset() is not None
