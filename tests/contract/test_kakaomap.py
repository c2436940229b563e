"""The KakaoMap server against the sandbox over HTTP: every tool, as a client calls it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from fastmcp import Client
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from tests.sandbox import TOKEN, Sandbox, running_sandbox, serving

from arion_kakaomap import SPEC
from arion_kakaomap.api import KakaoMapApi, upstream_options
from arion_kakaomap.settings import KakaoMapSettings
from arion_kit.clock import Clock
from arion_kit.http import Upstream
from arion_kit.spec import ServerSpec
from arion_kit.testing import (
    assert_every_server_rules,
    assert_language_rules,
    assert_snapshot,
    connected,
    language_pack,
    listed,
)
from arion_kit.words import META_LANGUAGE

SNAPSHOT = Path(__file__).parent / "snapshots" / "kakaomap.json"


async def no_wait(_seconds: float) -> None:
    """Stands in for the pauses between attempts."""


def kakaomap_at(base_url: str, token: str | None = TOKEN) -> ServerSpec:
    """The server, with this stand-in for Kakao and this key."""

    @asynccontextmanager
    async def open_api() -> AsyncGenerator[KakaoMapApi]:
        settings = KakaoMapSettings(base_url=base_url, token=token and SecretStr(token))
        options = upstream_options(settings)
        async with Upstream(options, clock=Clock(sleep=no_wait)) as upstream:
            yield KakaoMapApi(upstream)

    return replace(SPEC, open=open_api)


@dataclass
class KakaoMap:
    """A client of the server, and the sandbox behind it."""

    client: Client[Any]
    sandbox: Sandbox

    async def call(self, tool: str, language: str = "ko", **arguments: Any) -> dict[str, Any]:
        result = await self.client.call_tool(
            f"map_{tool}", arguments, meta={META_LANGUAGE: language}, raise_on_error=False
        )
        return result.structured_content or {}

    async def names(self, query: str, **arguments: Any) -> list[str]:
        found = await self.call("search", query=query, **arguments)
        return [place["name"] for place in found["places"]]


@pytest.fixture
async def kakaomap() -> AsyncIterator[KakaoMap]:
    async with running_sandbox() as sandbox, connected(kakaomap_at(sandbox.kakao)) as client:
        yield KakaoMap(client, sandbox)


async def test_what_clients_see_is_the_snapshot_and_keeps_the_rules(kakaomap: KakaoMap) -> None:
    tools = await kakaomap.client.list_tools()
    assert_every_server_rules(tools)
    assert_snapshot(SNAPSHOT, listed(tools))


async def test_the_language_pack_is_served_in_both_languages(kakaomap: KakaoMap) -> None:
    pack = await language_pack(kakaomap.client)
    assert_language_rules(pack)
    assert sum(len(intent.sentences["ko"]) for intent in pack.intents) >= 15
    assert sum(len(intent.sentences["en"]) for intent in pack.intents) >= 15
    assert all(len(it) >= 4 for intent in pack.intents for it in intent.examples.values())


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


async def test_coordinates_can_be_given_in_both_ways(kakaomap: KakaoMap) -> None:
    written = await kakaomap.call("search", query="카페", near="127.028, 37.498")
    numbers = await kakaomap.call("search", query="카페", x=127.028, y=37.498)
    assert written["places"] == numbers["places"] != []
    assert numbers["near"] == {"x": 127.028, "y": 37.498}
    assert "127" not in numbers["say"]


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
    ({"x": 37.5, "y": 127.0}, "x"),
    ({"x": 127.0}, "y: is needed"),
    ({"near": "강남역", "x": 127.0, "y": 37.5}, "near: give either"),
    ({"category": "zoo"}, "category: may be one of 대형마트 (MT1)"),
    ({"sort": "distance"}, "sort: distance needs near"),
    ({"radius_m": 500}, "radius_m: needs near"),
    ({"near": "강남역", "radius_m": 20_001}, "radius_m"),
    ({"size": 16}, "size"),
    ({"query": ""}, "query"),
]


async def test_bad_input_names_the_parameter_and_costs_no_quota(kakaomap: KakaoMap) -> None:
    for arguments, named in BAD_INPUT:
        failed = (await kakaomap.call("search", **({"query": "카페"} | arguments)))["error"]
        assert failed["kind"] == "bad_input"
        assert named in failed["message"]
    assert kakaomap.sandbox.requests() == []


@pytest.mark.parametrize("token", ["wrong", None])
async def test_without_a_good_key_the_person_is_told_what_to_do(
    kakaomap: KakaoMap, token: str | None
) -> None:
    async with connected(kakaomap_at(kakaomap.sandbox.kakao, token)) as client:
        result = await client.call_tool("map_search", {"query": "카페"}, raise_on_error=False)
    failed = (result.structured_content or {})["error"]
    assert failed["kind"] == "not_signed_in"
    assert failed["next_step"]
    assert "wrong" not in str(result.content)


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
    async with serving(app) as url, connected(kakaomap_at(url)) as client:
        result = await client.call_tool("map_search", {"query": "카페"}, raise_on_error=False)
    failed = (result.structured_content or {})["error"]
    assert failed["kind"] == kind
    assert failed["next_step"]
