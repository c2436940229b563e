"""Where there is no way to go, or nobody who may tell it: what the person hears."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from tests.kakaomap_client import (
    KakaoMap,
    Keys,
    Vendors,
    kakaomap_at,
    kakaomap_on,
    vendors_of,
)
from tests.sandbox import running_sandbox, serving

from arion_kit.testing import connected
from arion_kit.words import META_LANGUAGE

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


NO_DRIVE: list[tuple[str, str, str, str]] = [
    ("서울역", "제주공항", "not_found", "차로 가는 길을 찾지 못했어요."),
    ("131.0,36.0", "서울역", "not_found", "출발지 근처에 차가 다니는 길이 없어요."),
    ("서울역", "131.0,36.0", "not_found", "도착지 근처에 차가 다니는 길이 없어요."),
    ("서울역", "서울역", "bad_input", "출발지와 도착지가 같은 곳이에요."),
    ("서울역", "달나라역", "not_found", "'달나라역' 위치를 찾지 못했어요."),
    ("서울역", "집", "not_found", "집이 어디인지는 제가 몰라요."),
    ("서울역", "37.5,127.0", "bad_input", 'destination: "x,y" is longitude 124 to 132'),
]


@pytest.mark.parametrize(("origin", "destination", "kind", "message"), NO_DRIVE)
async def test_where_no_way_leads_is_said_with_what_to_do(
    kakaomap: KakaoMap, origin: str, destination: str, kind: str, message: str
) -> None:
    failed = (await kakaomap.call("directions_car", origin=origin, destination=destination))[
        "error"
    ]
    assert failed["kind"] == kind
    assert failed["message"].startswith(message)


CODES = [
    (1, "not_found", "I couldn't find a way to get there by car."),
    (101, "not_found", "There is no road for cars near the waypoint."),
    (102, "not_found", "There is no road for cars near the origin."),
    (104, "bad_input", "The origin and the destination are the same place."),
    (105, "unavailable", "The roads near the origin are closed right now."),
    (106, "unavailable", "The roads near the destination are closed right now."),
    (107, "unavailable", "The roads near the waypoint are closed right now."),
    (204, "not_found", "I couldn't find a way to get there by car."),
]


@pytest.mark.parametrize(("code", "kind", "message"), CODES)
async def test_a_result_code_inside_a_200_is_a_failure(code: int, kind: str, message: str) -> None:
    route = {"result_code": code, "result_msg": "…"}
    failed = await failure_from(
        {"trans_id": "1", "routes": [route]}, "directions_car", language="en"
    )
    assert (failed["kind"], failed["message"]) == (kind, message)
    assert failed["next_step"].startswith("Please")


@pytest.mark.parametrize(
    "body", [{"routes": []}, {"routes": [{"result_code": 0, "result_msg": "", "summary": None}]}]
)
async def test_an_answer_without_a_way_is_no_way(body: dict[str, Any]) -> None:
    failed = await failure_from(body, "directions_car")
    assert failed["message"] == "차로 가는 길을 찾지 못했어요."


ODSAY_ERRORS: list[tuple[Any, str, str]] = [
    ({"code": "-98", "msg": "출, 도착지가 700m이내입니다."}, "not_found", "가까운 거리라서"),
    ({"code": -99, "msg": "검색결과가 없습니다."}, "not_found", "대중교통으로 가는 길을"),
    ({"code": "3", "msg": "출발지 정류장이 없습니다."}, "not_found", "출발지나 도착지 근처에"),
    ({"code": "6", "msg": "서비스 지역이 아닙니다."}, "not_found", "대중교통 길찾기가 안 되는"),
    (
        [{"code": "500", "message": "[ApiKeyAuthFailed] ApiKey authentication failed."}],
        "not_signed_in",
        "ODsay 계정이",
    ),
    ([{"code": "500", "message": "서버 내부 오류"}], "unavailable", "지금 ODsay에"),
    ({"code": "-8", "msg": "형식 오류"}, "bad_input", "ODsay에서"),
    ([{"code": "500", "message": "일일 호출 한도 초과"}], "rate_limited", "ODsay에"),
]


@pytest.mark.parametrize(("error", "kind", "message"), ODSAY_ERRORS)
async def test_an_error_of_odsay_inside_a_200_has_its_kind(
    error: Any, kind: str, message: str
) -> None:
    failed = await failure_from({"error": error}, "directions_transit", Keys(tmap=None))
    assert failed["kind"] == kind
    assert failed["message"].startswith(message)
    assert failed["next_step"]


TMAP_ERRORS: list[tuple[int, Any, str, str]] = [
    (200, {"result": {"status": 11, "message": "…"}}, "not_found", "가까운 거리라서"),
    (200, {"result": {"status": 12, "message": "…"}}, "not_found", "출발지나 도착지 근처에"),
    (200, {"result": {"status": 14, "message": "…"}}, "not_found", "대중교통으로 가는 길을"),
    (403, {"error": {"code": "INVALID_API_KEY", "message": "Forbidden"}}, "not_signed_in", "TMAP"),
    (429, {"error": {"code": "QUOTA_EXCEEDED", "message": "Limit"}}, "rate_limited", "TMAP"),
    (500, {"error": {"code": "9999", "message": "…"}}, "unavailable", "지금 TMAP에"),
]


@pytest.mark.parametrize(("status", "body", "kind", "message"), TMAP_ERRORS)
async def test_an_error_of_tmap_has_its_kind(
    status: int, body: Any, kind: str, message: str
) -> None:
    failed = await failure_from(body, "directions_transit", Keys(odsay=None), status=status)
    assert failed["kind"] == kind
    assert failed["message"].startswith(message)


async def test_without_a_key_for_transit_the_settings_and_a_link_are_told() -> None:
    keys = Keys(odsay=None, tmap=None)
    async with running_sandbox() as sandbox, kakaomap_on(sandbox, keys) as running:
        arguments = {"origin": "강남역", "destination": "판교역"}
        failed = (await running.call("directions_transit", **arguments))["error"]
        text = await running.text("directions_transit", **arguments)
    assert failed["kind"] == "not_signed_in"
    assert failed["message"] == "대중교통 길찾기 키가 아직 설정되어 있지 않아요."
    assert "ODsay 키나 TMAP 키" in failed["next_step"]
    assert "Set ARION_KAKAOMAP_ODSAY_KEY or ARION_KAKAOMAP_TMAP_KEY." in text
    assert "https://map.kakao.com/link/by/traffic/" in text


async def test_a_wrong_key_of_odsay_is_not_told_again() -> None:
    keys = Keys(odsay="wrong-secret", tmap=None)
    async with running_sandbox() as sandbox, kakaomap_on(sandbox, keys) as running:
        text = await running.text("directions_transit", origin="강남역", destination="판교역")
    assert "ODsay 키와, 키에 등록한 서버 주소를 확인해 주세요." in text
    assert "wrong-secret" not in text


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"departure_time": "2026-11-22T09:00"}, "departure_time: is over"),
        ({"departure_time": "내일"}, "departure_time: must be a time such as"),
        ({"departure_time": "2028-11-24T09:00"}, "departure_time: may be at most a year"),
        ({"waypoints": ["강남역"] * 6}, "waypoints"),
        ({"avoid": ["traffic"]}, "avoid"),
        ({"priority": "SCENIC"}, "priority"),
        ({"origin": ""}, "origin"),
    ],
)
async def test_bad_input_names_the_parameter_and_costs_no_quota(
    kakaomap: KakaoMap, arguments: dict[str, Any], named: str
) -> None:
    ends = {"origin": "강남역", "destination": "판교역"}
    failed = (await kakaomap.call("directions_car", **(ends | arguments)))["error"]
    assert failed["kind"] == "bad_input"
    assert failed["message"].startswith(named)
    assert kakaomap.sandbox.requests() == []


async def failure_from(
    body: Any,
    tool: str,
    keys: Keys | None = None,
    *,
    status: int = 200,
    language: str = "ko",
) -> dict[str, Any]:
    """What a tool says when every vendor answers with `body`."""

    async def answer(_request: Request) -> JSONResponse:
        return JSONResponse(body, status)

    app = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])
    ends = {"origin": "127.0280,37.4981", "destination": "127.1112,37.3948"}
    async with serving(app) as url, connected(kakaomap_at(Vendors(url, url, url), keys)) as client:
        result = await client.call_tool(
            f"map_{tool}", ends, meta={META_LANGUAGE: language}, raise_on_error=False
        )
    return (result.structured_content or {})["error"]


@pytest.mark.parametrize(
    ("keys", "riding"),
    [
        (Keys(), "ODsay and TMAP"),
        (Keys(odsay=None), "TMAP"),
        (Keys(odsay=None, tmap=None), "no key"),
    ],
)
async def test_a_check_tells_who_knows_public_transport(keys: Keys, riding: str) -> None:
    async with running_sandbox() as sandbox:
        spec = kakaomap_at(vendors_of(sandbox), keys)
        async with spec.open() as api:
            account = await spec.check(api)
    assert account.name == f"the app of this REST API key; for public transport: {riding}"
    assert account.scopes is None
