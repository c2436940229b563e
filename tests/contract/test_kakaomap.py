"""The KakaoMap server's places and addresses against the sandbox, as a client calls them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from tests.kakaomap_client import KakaoMap, Keys, Vendors, kakaomap_at, kakaomap_on
from tests.sandbox import running_sandbox, serving

from arion_kit.testing import (
    assert_every_server_rules,
    assert_language_rules,
    assert_snapshot,
    connected,
    language_pack,
    listed,
)

SNAPSHOT = Path(__file__).parent / "snapshots" / "kakaomap.json"


pytestmark = pytest.mark.asyncio(loop_scope="module")


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


async def test_what_clients_see_is_the_snapshot_and_keeps_the_rules(kakaomap: KakaoMap) -> None:
    tools = await kakaomap.client.list_tools()
    assert_every_server_rules(tools, tools)
    assert_snapshot(SNAPSHOT, listed(tools))


async def test_the_list_takes_little_of_a_prompt(kakaomap: KakaoMap) -> None:
    tools = listed(await kakaomap.client.list_tools())
    size = len(json.dumps(tools, ensure_ascii=False, separators=(",", ":")).encode())
    assert size <= 5_632
    assert [tool["name"] for tool in tools] == [
        "map_category",
        "map_directions_car",
        "map_directions_transit",
        "map_directions_walk",
        "map_geocode",
        "map_link",
        "map_reverse_geocode",
        "map_search",
    ]


async def test_the_language_pack_is_served_in_both_languages(kakaomap: KakaoMap) -> None:
    assert_language_rules(await language_pack(kakaomap.client))


async def test_places_near_a_name_are_found_with_numbers_for_numbers(kakaomap: KakaoMap) -> None:
    found = await kakaomap.call("search", query="카페", near="강남역")
    nearest = found["places"][0]
    assert nearest["name"] == "달빛커피 강남역점"
    assert nearest["category"] == "음식점 > 카페 > 커피전문점"
    assert nearest["address"] == "서울 강남구 강남대로94길 12"
    assert nearest["phone"] == "02-555-0101"
    assert nearest["distance_m"] == 178
    assert (nearest["x"], nearest["y"]) == (127.02941, 37.49923)
    assert nearest["url"].startswith("http://place.map.kakao.com/")
    assert found["near"]["name"] == "강남역 2호선"
    assert found["say"].startswith("강남역 근처 카페를")
    assert found["say"].endswith("걸어서 갈 수 있는 180미터 거리예요.")


async def test_an_english_word_for_a_kind_finds_the_same_places(kakaomap: KakaoMap) -> None:
    korean = await kakaomap.names("카페", near="강남역")
    assert await kakaomap.names("coffee shops", near="강남역") == korean
    told = await kakaomap.call("search", language="en", query="cafes", near="강남역")
    assert told["say"].startswith("I found two results for cafes near 강남역. The nearest is")


async def test_an_address_can_be_what_to_be_near(kakaomap: KakaoMap) -> None:
    found = await kakaomap.call("search", query="약국", near="서울특별시 용산구 한강대로 402")
    assert found["near"]["name"] == "서울 용산구 한강대로 402"
    assert [place["name"] for place in found["places"]] == ["서울역중앙약국"]


async def test_coordinates_can_be_what_to_be_near(kakaomap: KakaoMap) -> None:
    written = await kakaomap.call("search", query="카페", near="127.028, 37.498")
    assert [place["name"] for place in written["places"]] == [
        "달빛커피 강남역점",
        "모퉁이다방 역삼점",
    ]
    assert written["near"] == {"x": 127.028, "y": 37.498}
    assert "127" not in written["say"]


async def test_the_radius_and_the_order_are_those_asked_for(kakaomap: KakaoMap) -> None:
    assert len(await kakaomap.names("카페", near="강남역", radius_m=300)) == 1
    found = await kakaomap.call(
        "search", query="카페", near="강남역", radius_m=20_000, sort="distance"
    )
    distances = [place["distance_m"] for place in found["places"]]
    assert distances == sorted(distances)
    assert len(distances) > 3


async def test_a_category_leaves_out_what_only_has_the_name(kakaomap: KakaoMap) -> None:
    anything = await kakaomap.names("강남역")
    parking = await kakaomap.names("강남역", category="parking lot")
    assert parking == ["강남역 공영주차장"]
    assert set(parking) < set(anything)
    assert await kakaomap.names("강남역", category="PK6") == parking


async def test_pages_follow_one_another_without_repeating(kakaomap: KakaoMap) -> None:
    seen: list[str] = []
    page = await kakaomap.call("search", query="서울", size=10)
    assert page["total"] > 10
    while number := page.get("next_page"):
        seen += [place["id"] for place in page["places"]]
        page = await kakaomap.call("search", query="서울", size=10, page=number)
    seen += [place["id"] for place in page["places"]]
    assert len(seen) == len(set(seen)) == min(45, page["total"])


async def test_a_place_by_its_name_is_told_where_it_is(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("search", query="국립중앙박물관")
    assert told["say"] == (
        "국립중앙박물관은 서울 용산구 서빙고로 137에 있어요. 전화번호는 02-2077-9000이에요."
    )
    assert "distance_m" not in told["places"][0]


async def test_nothing_near_is_no_failure(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("search", query="호텔", near="강남역")
    assert (told["places"], told["total"]) == ([], 0)
    assert told["say"] == "강남역에서 2킬로미터 안에는 호텔이 없어요."


async def test_an_address_gets_its_point_road_and_postal_code(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("geocode", address="서울 강남구 역삼동 858")
    [row] = told["addresses"]
    assert row["address"] == "서울 강남구 역삼동 858"
    assert row["road_address"] == "서울 강남구 강남대로 지하 396"
    assert (row["postal_code"], row["building"]) == ("06232", "강남역")
    assert (row["x"], row["y"]) == (127.028001, 37.498086)
    assert told["say"] == ("도로명 주소는 서울 강남구 강남대로 지하 396, 우편번호는 06232예요.")


async def test_a_district_is_found_without_a_road(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("geocode", address="역삼동")
    assert [row["address"] for row in told["addresses"]] == ["서울 강남구 역삼동"]
    assert told["say"] == "서울 강남구 역삼동을 지도에서 찾았어요."
    none = await kakaomap.call("geocode", address="없는길 1")
    assert (none["addresses"], none["say"]) == ([], "'없는길 1' 주소를 찾지 못했어요.")


async def test_a_place_that_is_not_on_the_map_is_told_with_what_to_do(kakaomap: KakaoMap) -> None:
    failed = (await kakaomap.call("search", query="카페", near="달나라역"))["error"]
    assert failed["kind"] == "not_found"
    assert failed["message"] == "'달나라역' 위치를 찾지 못했어요."
    assert failed["next_step"] == "다른 이름이나 주소로 다시 말씀해 주세요."


BAD_INPUT: list[tuple[dict[str, Any], str]] = [
    ({"near": "37.5,127.0"}, 'near: "x,y" is longitude 124 to 132, then latitude'),
    ({"category": "zoo"}, "category: may be one of 대형마트 (MT1)"),
    ({"sort": "distance"}, "sort: distance needs near"),
    ({"radius_m": 500}, "radius_m: needs near"),
    ({"near": "강남역", "radius_m": 20_001}, "radius_m"),
    ({"near": "강남역", "radius_m": 0}, "radius_m"),
    ({"size": 16}, "size"),
    ({"page": 46}, "page"),
    ({"query": ""}, "query"),
    ({"query": "가" * 101}, "query: may have at most 100"),
    ({"near": " "}, "near"),
]


async def test_bad_input_names_the_parameter_and_costs_no_quota(kakaomap: KakaoMap) -> None:
    for arguments, named in BAD_INPUT:
        failed = (await kakaomap.call("search", **({"query": "카페"} | arguments)))["error"]
        assert failed["kind"] == "bad_input"
        assert named in failed["message"]
    assert kakaomap.sandbox.requests() == []


@pytest.mark.parametrize("token", ["wrong", None])
async def test_without_a_good_key_the_person_is_told_what_to_do(token: str | None) -> None:
    async with running_sandbox() as sandbox, kakaomap_on(sandbox, Keys(kakao=token)) as running:
        failed = (await running.call("search", query="카페"))["error"]
        text = await running.text("search", query="카페")
    assert failed["kind"] == "not_signed_in"
    assert failed["next_step"]
    assert "appKey(wrong)" not in text


async def test_a_used_up_quota_is_told_as_such() -> None:
    keys = Keys(kakao="sandbox-used-up")
    async with running_sandbox() as sandbox, kakaomap_on(sandbox, keys) as running:
        failed = (await running.call("search", query="카페"))["error"]
    assert failed["kind"] == "rate_limited"
    assert "내일" in failed["next_step"]


REFUSALS = {
    "quota as 400": (400, {"code": -10, "msg": "API limit has been exceeded."}, "rate_limited"),
    "quota as 429": (429, {"code": -10, "msg": "API limit has been exceeded."}, "rate_limited"),
    "map off": (403, {"errorType": "NotAuthorizedError", "message": "disabled"}, "forbidden"),
    "down": (503, {"errorType": "InternalError", "message": "down"}, "unavailable"),
    "odd": (200, {"meta": 1}, "bad_response"),
}


@pytest.mark.parametrize("refusal", sorted(REFUSALS))
async def test_what_kakao_refuses_has_a_kind_and_a_next_step(refusal: str) -> None:
    status, body, kind = REFUSALS[refusal]

    async def refuse(_request: Request) -> JSONResponse:
        return JSONResponse(body, status)

    app = Starlette(routes=[Route("/{path:path}", refuse)])
    async with serving(app) as url, connected(kakaomap_at(Vendors(url, url, url))) as client:
        result = await client.call_tool("map_search", {"query": "카페"}, raise_on_error=False)
    failed = (result.structured_content or {})["error"]
    assert failed["kind"] == kind
    assert failed["next_step"]


async def test_a_kind_is_searched_as_a_whole_group_nearest_first(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("category", category="약국", near="강남역")
    assert [place["name"] for place in told["places"]] == ["강남햇살약국", "역삼건강약국"]
    assert [place["distance_m"] for place in told["places"]] == [141, 726]
    assert told["say"] == (
        "강남역 근처 약국을 두 곳 찾았어요. "
        "가장 가까운 곳은 강남햇살약국, 걸어서 갈 수 있는 140미터 거리예요."
    )
    assert kakaomap.sandbox.requests()[-1]["path"] == "/v2/local/search/category.json"


async def test_a_part_of_a_group_is_not_the_whole_group(kakaomap: KakaoMap) -> None:
    stations = await kakaomap.call("category", category="주유소", near="강남역")
    group = await kakaomap.call("category", category="OL7", near="강남역")
    assert [place["name"] for place in stations["places"]] == ["강남한빛주유소"]
    assert [place["name"] for place in group["places"]] == [
        "역삼 전기차충전소",
        "강남한빛주유소",
    ]


async def test_a_kind_without_a_place_asks_for_one(kakaomap: KakaoMap) -> None:
    failed = (await kakaomap.call("category", category="약국"))["error"]
    assert failed["kind"] == "bad_input"
    assert failed["message"] == "어디 근처에서 약국을 찾을까요?"
    assert failed["next_step"].startswith("'강남역 근처 약국'처럼")
    unknown = (await kakaomap.call("category", category="zoo", near="강남역"))["error"]
    assert "may be one of 대형마트 (MT1)" in unknown["message"]


@pytest.mark.parametrize("near", ["여기", "우리 집", "here", "회사"])
async def test_a_place_that_only_the_person_knows_is_not_guessed(
    kakaomap: KakaoMap, near: str
) -> None:
    failed = (await kakaomap.call("search", query="카페", near=near))["error"]
    assert failed["kind"] == "not_found"
    assert "제가 몰라요" in failed["message"]
    assert kakaomap.sandbox.requests() == []


async def test_a_word_that_points_is_not_searched(kakaomap: KakaoMap) -> None:
    failed = (await kakaomap.call("search", query="이"))["error"]
    assert failed["message"] == "어느 곳을 말씀하시는지 모르겠어요."
    home = (await kakaomap.call("search", language="en", query="home"))["error"]
    assert home["message"] == "I don't know where 'home' is."
    assert kakaomap.sandbox.requests() == []


async def test_an_address_is_found_where_a_place_was_asked_for(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("search", query="서울특별시 용산구 한강대로 402")
    assert [(place["category"], place["address"]) for place in told["places"]] == [
        ("주소", "서울 용산구 한강대로 402")
    ]
    assert told["say"].startswith("도로명 주소는 서울 용산구 한강대로 402")


async def test_a_point_gets_its_address_and_district(kakaomap: KakaoMap) -> None:
    told = await kakaomap.call("reverse_geocode", x=127.0591, y=37.5118)
    assert told["address"] == "서울 강남구 삼성동 159"
    assert told["road_address"] == "서울 강남구 영동대로 513"
    assert told["building"] == "코엑스"
    assert told["postal_code"] == "06164"
    assert told["district"] == "서울특별시 강남구 삼성1동"
    assert told["url"] == "https://map.kakao.com/link/map/%EC%9C%84%EC%B9%98,37.5118,127.0591"
    assert told["say"] == "그곳은 서울 강남구 영동대로 513 코엑스예요."


async def test_a_point_without_an_address_is_told_its_district(kakaomap: KakaoMap) -> None:
    hill = await kakaomap.call("reverse_geocode", x=127.06, y=37.5200)
    assert "address" not in hill
    assert hill["say"] == ("그곳은 서울특별시 강남구 삼성1동이에요. 정확한 주소는 없는 곳이에요.")
    sea = await kakaomap.call("reverse_geocode", x=131.0, y=36.0)
    assert sea["say"] == "그곳의 주소를 찾지 못했어요."
    abroad = (await kakaomap.call("reverse_geocode", x=37.5, y=127.0))["error"]
    assert "x: is a longitude in Korea" in abroad["message"]


async def test_a_small_room_for_the_result_makes_smaller_pages(kakaomap: KakaoMap) -> None:
    page = await kakaomap.call("search", query="서울", size=15, max_chars=3_000)
    assert len(page["places"]) == 6
    assert page["next_page"] == 2
    second = await kakaomap.call("search", query="서울", size=15, page=2, max_chars=3_000)
    seen = [place["id"] for place in (*page["places"], *second["places"])]
    assert len(seen) == len(set(seen)) == 12
