from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from tests.sandbox import Sandbox

pytestmark = pytest.mark.thorough

KEYWORD = "/v2/local/search/keyword.json"
CATEGORY = "/v2/local/search/category.json"
ADDRESS = "/v2/local/search/address.json"
GANGNAM = {"x": "127.028001", "y": "37.498086"}


@pytest.fixture
async def kakao(sandbox: Sandbox) -> AsyncIterator[httpx2.AsyncClient]:
    async with sandbox.kakao_client() as client:
        yield client


async def ask(kakao: httpx2.AsyncClient, path: str, **query: str) -> dict[str, Any]:
    response = await kakao.get(path, params=query)
    assert response.status_code == 200, response.text
    return response.json()


def names(answer: dict[str, Any]) -> list[str]:
    return [document["place_name"] for document in answer["documents"]]


async def test_a_keyword_finds_places_with_string_coordinates(kakao: httpx2.AsyncClient):
    answer = await ask(kakao, KEYWORD, query="하늘치과")
    assert answer["documents"] == [
        {
            "id": "8080001",
            "place_name": "하늘치과의원",
            "category_name": "의료,건강 > 병원 > 치과",
            "category_group_code": "HP8",
            "category_group_name": "병원",
            "phone": "02-555-0301",
            "address_name": "서울 강남구 역삼동 825-22",
            "road_address_name": "서울 강남구 강남대로 390",
            "x": "127.029060",
            "y": "37.497250",
            "place_url": "http://place.map.kakao.com/8080001",
            "distance": "",
        }
    ]
    assert answer["meta"] == {
        "total_count": 1,
        "pageable_count": 1,
        "is_end": True,
        "same_name": {"region": [], "keyword": "하늘치과", "selected_region": ""},
    }


async def test_a_district_in_the_keyword_is_named(kakao: httpx2.AsyncClient):
    same_name = (await ask(kakao, KEYWORD, query="역삼동 카페"))["meta"]["same_name"]
    assert same_name == {
        "region": ["서울 강남구 역삼동"],
        "keyword": "카페",
        "selected_region": "서울 강남구 역삼동",
    }


async def test_places_around_a_point_come_nearest_first(kakao: httpx2.AsyncClient):
    query = {"query": "카페", "sort": "distance", "radius": "20000"}
    answer = await ask(kakao, KEYWORD, **query, **GANGNAM)
    distances = [int(document["distance"]) for document in answer["documents"]]
    assert names(answer)[0] == "달빛커피 강남역점"
    assert distances == sorted(distances)
    assert distances[0] < 250
    assert distances[-1] <= 20_000


async def test_a_category_narrows_a_keyword(kakao: httpx2.AsyncClient):
    answer = await ask(kakao, KEYWORD, query="강남역", category_group_code="PM9")
    assert {document["category_group_code"] for document in answer["documents"]} <= {"PM9"}
    assert (await ask(kakao, KEYWORD, query="강남역", category_group_code=""))["documents"]


async def test_a_category_is_searched_in_a_circle_or_a_rectangle(kakao: httpx2.AsyncClient):
    circle = await ask(kakao, CATEGORY, category_group_code="PM9", radius="1000", **GANGNAM)
    assert names(circle) == ["강남햇살약국", "역삼건강약국"]
    rect = "127.02,37.49,127.03,37.50"
    inside = await ask(kakao, CATEGORY, category_group_code="PM9", rect=rect)
    assert names(inside) == ["강남햇살약국"]


async def test_pages_end_and_the_last_one_is_given_again(kakao: httpx2.AsyncClient):
    first = await ask(kakao, KEYWORD, query="서울", size="15")
    assert first["meta"]["total_count"] > first["meta"]["pageable_count"] - 1
    assert not first["meta"]["is_end"]
    last = await ask(kakao, KEYWORD, query="서울", size="15", page="3")
    beyond = await ask(kakao, KEYWORD, query="서울", size="15", page="45")
    assert last["meta"]["is_end"]
    assert beyond == last


@pytest.mark.parametrize(
    ("path", "query", "error"),
    [
        (KEYWORD, {}, ("MissingParameter", "query parameter required")),
        (KEYWORD, {"query": ""}, ("MissingParameter", "query parameter required")),
        (
            KEYWORD,
            {"query": "a", "page": "46"},
            ("ValidationError", "query.page should be at most 45"),
        ),
        (
            KEYWORD,
            {"query": "a", "page": "0"},
            ("ValidationError", "query.page should be at least 1"),
        ),
        (
            KEYWORD,
            {"query": "a", "size": "16"},
            ("ValidationError", "query.size should be at most 15"),
        ),
        (
            KEYWORD,
            {"query": "a", "radius": "20001"} | GANGNAM,
            ("ValidationError", "query.radius should be at most 20000"),
        ),
        (
            KEYWORD,
            {"query": "a", "size": "many"},
            ("ValidationError", "query.size should be integer"),
        ),
        (
            KEYWORD,
            {"query": "a", "sort": "name"},
            ("ValidationError", "query.sort should be one of accuracy, distance"),
        ),
        (
            KEYWORD,
            {"query": "a", "sort": "distance"},
            ("MissingParameter", "x,y parameter required"),
        ),
        (
            KEYWORD,
            {"query": "a", "rect": "1,2,3"},
            ("ValidationError", "query.rect should be x1,y1,x2,y2"),
        ),
        (KEYWORD, {"keyword": "a"}, ("ValidationError", "query.keyword is not expected")),
        (
            CATEGORY,
            {"category_group_code": "CE7"},
            ("MissingParameter", "x,y,radius or rect parameter required"),
        ),
        (
            ADDRESS,
            {"query": "a", "size": "31"},
            ("ValidationError", "query.size should be at most 30"),
        ),
        (
            "/v2/local/geo/coord2address.json",
            {"x": "127"},
            ("MissingParameter", "y parameter required"),
        ),
    ],
)
async def test_a_request_outside_the_rules_is_refused(
    kakao: httpx2.AsyncClient, path: str, query: dict[str, str], error: tuple[str, str]
):
    response = await kakao.get(path, params=query)
    assert response.status_code == 400
    assert response.json() == {"errorType": error[0], "message": error[1]}


async def test_an_unknown_category_code_is_refused(kakao: httpx2.AsyncClient):
    query = {"category_group_code": "XX1", "radius": "100"} | GANGNAM
    response = await kakao.get(CATEGORY, params=query)
    assert (response.status_code, response.json()["errorType"]) == (400, "ValidationError")


async def test_an_address_is_given_by_lot_and_by_road(kakao: httpx2.AsyncClient):
    answer = await ask(kakao, ADDRESS, query="서울특별시 강남구 강남대로 지하 396")
    (document,) = answer["documents"]
    assert document["address_type"] == "ROAD_ADDR"
    assert document["address_name"] == "서울 강남구 강남대로 지하 396"
    assert document["x"] == "127.028001"
    assert document["address"]["b_code"] == "1168010100"
    assert document["address"]["main_address_no"] == "858"
    assert document["road_address"]["underground_yn"] == "Y"
    assert document["road_address"]["zone_no"] == "06232"
    assert document["road_address"]["region_2depth_name"] == "강남구"


async def test_a_district_is_an_address_without_a_road(kakao: httpx2.AsyncClient):
    answer = await ask(kakao, ADDRESS, query="분당구 백현동")
    (document,) = answer["documents"]
    assert document["address_type"] == "REGION"
    assert document["address_name"] == "경기 성남시 분당구 백현동"
    assert document["address"]["main_address_no"] == ""
    assert document["road_address"] is None
    exact = await ask(kakao, ADDRESS, query="분당구 백현동", analyze_type="exact")
    assert exact["documents"] == []


async def test_a_coordinate_has_an_address_and_two_districts(kakao: httpx2.AsyncClient):
    near = {"x": "127.0591", "y": "37.5118"}
    address = await ask(kakao, "/v2/local/geo/coord2address.json", **near)
    assert address["meta"] == {"total_count": 1}
    assert address["documents"][0]["address"]["address_name"] == "서울 강남구 삼성동 159"
    assert address["documents"][0]["road_address"]["building_name"] == "코엑스"
    region = await ask(kakao, "/v2/local/geo/coord2regioncode.json", **near)
    found = {d["region_type"]: (d["code"], d["address_name"]) for d in region["documents"]}
    assert found == {
        "B": ("1168010500", "서울특별시 강남구 삼성동"),
        "H": ("1168058000", "서울특별시 강남구 삼성1동"),
    }


async def test_the_sea_has_no_address(kakao: httpx2.AsyncClient):
    sea = {"x": "131.0", "y": "36.0"}
    for method in ("coord2address", "coord2regioncode"):
        answer = await ask(kakao, f"/v2/local/geo/{method}.json", **sea)
        assert answer == {"meta": {"total_count": 0}, "documents": []}


@pytest.mark.parametrize(
    ("authorization", "message"),
    [
        ("", "cannot find Authorization : KakaoAK header"),
        ("Bearer sandbox", "cannot find Authorization : KakaoAK header"),
        ("KakaoAK", "cannot find Authorization : KakaoAK header"),
        ("KakaoAK other", "wrong appKey(other) format"),
    ],
)
async def test_without_the_key_nothing_is_told(
    kakao: httpx2.AsyncClient, authorization: str, message: str
):
    headers = {"Authorization": authorization}
    response = await kakao.get(KEYWORD, params={"query": "카페"}, headers=headers)
    assert response.status_code == 401
    assert response.json() == {"errorType": "AccessDeniedError", "message": message}
