"""The stand-ins for Kakao Mobility, ODsay and TMAP, held against our descriptions of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from tests.descriptions.openapi import Description
from tests.sandbox import Sandbox, running_sandbox

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.thorough]

GANGNAM, PANGYO = "127.028001,37.498086", "127.111183,37.394776"
MYEONGDONG, JEJU, SEA = "126.987257,37.563276", "126.4928,33.5071", "131.0,36.0"
CAR, LATER = "/v1/directions", "/v1/future/directions"
WALK = "/affiliate/walking/v1/directions"
RIDE, TRANSIT, PEDESTRIAN = (
    "/v1/api/searchPubTransPathT",
    "/transit/routes",
    "/tmap/routes/pedestrian",
)
KEY = {"Authorization": "KakaoAK sandbox"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def http(sandbox: Sandbox) -> AsyncIterator[httpx2.AsyncClient]:
    async with sandbox.kakao_client() as client:
        client.base_url = sandbox.url
        yield client


async def ask(
    http: httpx2.AsyncClient,
    vendor: str,
    path: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **query: str,
) -> dict[str, Any]:
    """The answer to a GET, which is as our description has it."""
    response = await http.get(f"/{vendor}{path}", params=query, headers=headers)
    assert response.status_code == status, response.text
    faults = Description.load(vendor).check_response("GET", path, status, response.json())
    assert faults == []
    return response.json()


async def send(
    http: httpx2.AsyncClient, path: str, body: Any, *, status: int = 200, key: str = "sandbox"
) -> dict[str, Any]:
    """TMAP's answer to a POST, which is as our description has it."""
    response = await http.post(f"/tmap{path}", json=body, headers={"appKey": key})
    assert response.status_code == status, response.text
    assert Description.load("tmap").check_response("POST", path, status, response.json()) == []
    return response.json()


@pytest.mark.parametrize("name", ["kakao", "odsay", "tmap"])
async def test_every_field_of_a_description_says_where_it_is_known_from(name: str) -> None:
    assert Description.load(name).unsourced() == []


async def test_a_drive_has_a_summary_and_sections_with_roads_and_guides(
    http: httpx2.AsyncClient,
) -> None:
    [route] = (await ask(http, "kakao", CAR, origin=GANGNAM, destination=PANGYO))["routes"]
    assert (route["result_code"], route["result_msg"]) == (0, "길찾기 성공")
    assert route["summary"]["fare"] == {"taxi": 16_000, "toll": 0}
    [section] = route["sections"]
    assert [road["name"] for road in section["roads"]] == [
        "강남대로",
        "경부고속도로",
        "대왕판교로645번길",
    ]
    assert len(section["roads"][1]["vertexes"]) == 24
    kinds = [guide["type"] for guide in section["guides"]]
    assert (kinds[0], kinds[-1]) == (100, 101)
    assert {10, 7} <= set(kinds)


async def test_each_stop_on_the_way_ends_a_section(http: httpx2.AsyncClient) -> None:
    stops = f"{MYEONGDONG}|126.97841,37.56668"
    answer = await ask(http, "kakao", CAR, origin=GANGNAM, destination=PANGYO, waypoints=stops)
    [route] = answer["routes"]
    assert len(route["sections"]) == 3
    assert route["sections"][0]["guides"][-1]["type"] == 1000
    assert len(route["summary"]["waypoints"]) == 2
    short = await ask(http, "kakao", CAR, origin=GANGNAM, destination=PANGYO, summary="true")
    assert "sections" not in short["routes"][0]


async def test_priorities_and_what_is_avoided_lead_over_other_roads(
    http: httpx2.AsyncClient,
) -> None:
    ends = {"origin": GANGNAM, "destination": MYEONGDONG}
    tolls = {
        (priority, avoid): (await ask(http, "kakao", CAR, priority=priority, avoid=avoid, **ends))[
            "routes"
        ][0]["summary"]["fare"]["toll"]
        for priority in ("TIME", "DISTANCE", "RECOMMEND")
        for avoid in ("", "toll")
    }
    assert tolls == {
        ("TIME", ""): 2_000,
        ("TIME", "toll"): 0,
        ("DISTANCE", ""): 2_000,
        ("DISTANCE", "toll"): 0,
        ("RECOMMEND", ""): 0,
        ("RECOMMEND", "toll"): 0,
    }


async def test_rush_hour_takes_longer_than_the_night(http: httpx2.AsyncClient) -> None:
    ends = {"origin": GANGNAM, "destination": PANGYO}
    seconds = [
        (await ask(http, "kakao", LATER, departure_time=time, **ends))["routes"][0]["summary"][
            "duration"
        ]
        for time in ("202611240300", "202611241000", "202611240800")
    ]
    assert seconds == sorted(seconds)
    assert seconds[0] < seconds[2]


@pytest.mark.parametrize(
    ("origin", "destination", "code"),
    [
        (GANGNAM, GANGNAM, 104),
        (SEA, GANGNAM, 102),
        (GANGNAM, SEA, 103),
        (GANGNAM, JEJU, 1),
    ],
)
async def test_a_missing_way_is_a_code_inside_a_200(
    http: httpx2.AsyncClient, origin: str, destination: str, code: int
) -> None:
    [route] = (await ask(http, "kakao", CAR, origin=origin, destination=destination))["routes"]
    assert route["result_code"] == code
    assert "summary" not in route
    at_sea = await ask(http, "kakao", CAR, origin=GANGNAM, destination=PANGYO, waypoints=SEA)
    assert at_sea["routes"][0]["result_code"] == 101


REFUSED: list[tuple[str, dict[str, str], int, int]] = [
    (CAR, {"origin": GANGNAM}, 400, -2),
    (CAR, {"origin": GANGNAM, "destination": "판교"}, 400, -2),
    (CAR, {"origin": GANGNAM, "destination": PANGYO, "avoid": "traffic"}, 400, -2),
    (CAR, {"origin": GANGNAM, "destination": PANGYO, "priority": "SCENIC"}, 400, -2),
    (CAR, {"origin": GANGNAM, "destination": PANGYO, "waypoints": "|".join([SEA] * 6)}, 400, -2),
    (CAR, {"origin": GANGNAM, "destination": PANGYO, "via": SEA}, 400, -2),
    (LATER, {"origin": GANGNAM, "destination": PANGYO}, 400, -2),
    (LATER, {"origin": GANGNAM, "destination": PANGYO, "departure_time": "0900"}, 400, -2),
    (LATER, {"origin": GANGNAM, "destination": PANGYO, "departure_time": "202001010900"}, 400, -2),
    (WALK, {"origin": GANGNAM, "destination": PANGYO}, 400, -8),
]


@pytest.mark.parametrize(("path", "query", "status", "code"), REFUSED)
async def test_a_request_outside_the_rules_is_refused(
    http: httpx2.AsyncClient, path: str, query: dict[str, str], status: int, code: int
) -> None:
    assert (await ask(http, "kakao", path, status=status, **query))["code"] == code


@pytest.mark.parametrize(
    ("key", "path", "status", "code"),
    [
        ("other", CAR, 401, -401),
        ("sandbox-used-up", CAR, 400, -10),
        ("sandbox-partnerless", WALK, 403, -5),
    ],
)
async def test_keys_may_be_wrong_used_up_or_no_partner(
    http: httpx2.AsyncClient, key: str, path: str, status: int, code: int
) -> None:
    headers = {"Authorization": f"KakaoAK {key}", "service": "test"}
    ends = {"origin": GANGNAM, "destination": PANGYO}
    answer = await ask(http, "kakao", path, status=status, headers=headers, **ends)
    assert answer["code"] == code


async def test_a_partner_is_told_the_way_on_foot(http: httpx2.AsyncClient) -> None:
    ends = {"origin": GANGNAM, "destination": "127.036456,37.500658"}
    [route] = (await ask(http, "kakao", WALK, headers={"service": "test"}, **ends))["routes"]
    assert route["summary"] == {"distance": 975, "duration": 878}
    [sea] = (
        await ask(http, "kakao", WALK, headers={"service": "x"}, origin=GANGNAM, destination=SEA)
    )["routes"]
    assert sea["result_code"] == 103


def between(start: str, end: str) -> dict[str, str]:
    """ODsay's parameters for two points."""
    (x1, y1), (x2, y2) = start.split(","), end.split(",")
    return {"SX": x1, "SY": y1, "EX": x2, "EY": y2}


async def test_odsay_tells_lines_stations_and_fares(http: httpx2.AsyncClient) -> None:
    query = between(GANGNAM, PANGYO) | {"apiKey": "sandbox", "OPT": "0"}
    result = (await ask(http, "odsay", RIDE, **query))["result"]
    path = result["path"][0]
    assert (path["pathType"], path["info"]["totalTime"], path["info"]["payment"]) == (1, 21, 2_350)
    rides = [leg for leg in path["subPath"] if leg["trafficType"] == 1]
    assert rides[0]["lane"][0]["name"] == "신분당선"
    assert (rides[0]["startName"], rides[0]["endName"]) == ("강남", "판교")
    bus = await ask(http, "odsay", RIDE, SearchPathType="2", **query)
    assert {path["pathType"] for path in bus["result"]["path"]} == {2}


async def test_odsay_tells_trains_between_cities(http: httpx2.AsyncClient) -> None:
    query = between("126.970677,37.554648", "129.041446,35.115140") | {"apiKey": "sandbox"}
    result = (await ask(http, "odsay", RIDE, **query))["result"]
    assert (result["searchType"], result["path"][0]["pathType"]) == (1, 11)
    assert result["path"][0]["info"]["totalPayment"] == 59_700


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (between(GANGNAM, "127.029060,37.497250"), "-98"),
        (between("127.3,37.3", PANGYO), "3"),
        (between(PANGYO, "127.3,37.3"), "4"),
        ({"SX": "127"}, "-9"),
        (between(GANGNAM, PANGYO) | {"OPT": "x"}, "-8"),
    ],
)
async def test_odsay_refuses_with_status_200(
    http: httpx2.AsyncClient, query: dict[str, str], code: str
) -> None:
    error = (await ask(http, "odsay", RIDE, apiKey="sandbox", **query))["error"]
    assert error["code"] == code
    assert error["msg"]


async def test_odsay_tells_a_wrong_key_in_a_list(http: httpx2.AsyncClient) -> None:
    query = between(GANGNAM, PANGYO)
    [error] = (await ask(http, "odsay", RIDE, apiKey="other", **query))["error"]
    assert error["message"].startswith("[ApiKeyAuthFailed]")


def ends(start: str, end: str) -> dict[str, str]:
    """TMAP's fields for two points."""
    (x1, y1), (x2, y2) = start.split(","), end.split(",")
    return {"startX": x1, "startY": y1, "endX": x2, "endY": y2}


async def test_tmap_tells_itineraries_with_legs(http: httpx2.AsyncClient) -> None:
    body = ends(GANGNAM, PANGYO) | {"count": 1, "format": "json", "lang": 0}
    [itinerary] = (await send(http, TRANSIT, body))["metaData"]["plan"]["itineraries"]
    modes = [leg["mode"] for leg in itinerary["legs"]]
    assert modes == ["WALK", "SUBWAY", "WALK"]
    assert itinerary["legs"][1]["route"] == "신분당선"
    assert itinerary["fare"]["regular"]["totalFare"] == 2_350


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [(GANGNAM, GANGNAM, 11), ("127.3,37.3", PANGYO, 12), (PANGYO, "127.3,37.3", 13)],
)
async def test_tmap_tells_a_missing_way_with_status_200(
    http: httpx2.AsyncClient, start: str, end: str, status: int
) -> None:
    assert (await send(http, TRANSIT, ends(start, end)))["result"]["status"] == status


async def test_tmap_refuses_keys_and_bodies(http: httpx2.AsyncClient) -> None:
    body = ends(GANGNAM, PANGYO)
    wrong = await send(http, TRANSIT, body, status=403, key="other")
    assert wrong["error"]["code"] == "INVALID_API_KEY"
    used_up = await send(http, TRANSIT, body, status=429, key="sandbox-used-up")
    assert used_up["error"]["code"] == "QUOTA_EXCEEDED"
    for path, odd in ((TRANSIT, {"from": "1"}), (PEDESTRIAN, body), (PEDESTRIAN, [])):
        assert (await send(http, path, odd, status=400))["error"]["code"] == "1100"


async def test_tmap_tells_a_walk_as_geojson(http: httpx2.AsyncClient) -> None:
    points = {name: float(value) for name, value in ends(GANGNAM, MYEONGDONG).items()}
    body = points | {"startName": "출발지", "endName": "도착지"}
    walk = await send(http, PEDESTRIAN, body)
    assert walk["features"][0]["properties"]["totalDistance"] > 9_000
    assert walk["features"][-1]["properties"]["description"] == "도착"
    far = {name: float(value) for name, value in ends(GANGNAM, JEJU).items()} | {
        "startName": "출발지",
        "endName": "도착지",
    }
    assert (await send(http, PEDESTRIAN, far, status=400))["error"]["category"] == "tmap"
