"""The search server while engines fail, lack a key or know too little."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tests.sandbox import NOW, serving
from tests.search_client import opened, searching, settings_at

from arion_kit.engines import Query

pytestmark = pytest.mark.thorough

ONLY_KAKAO: dict[str, Any] = {
    "naver_id": None,
    "naver_secret": None,
    "brave_key": None,
    "tavily_key": None,
    "searxng_url": None,
}


def failing(status: int, body: Any = None) -> Starlette:
    """A vendor that says the same to everything."""

    async def answer(request: Request) -> Response:
        app.state.asked.append(request.url.path)
        return JSONResponse(body, status)

    app = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])
    app.state.asked = []
    return app


async def test_the_next_engine_answers_and_the_failure_is_told() -> None:
    down = failing(503)
    async with serving(down) as url, searching(naver_base_url=url) as search:
        found = await search.call("web_search", query="경복궁 관람료")
        assert found["engines"][0] == "daum"
        assert found["failed"] == [{"engine": "naver", "kind": "unavailable"}]
        assert found["results"][0]["title"].startswith("경복궁")
        assert search.sandbox.violations() == []


async def test_an_engine_that_keeps_failing_is_not_asked_for_a_while() -> None:
    down = failing(500)
    async with serving(down) as url, searching(naver_base_url=url) as search:
        for _ in range(6):
            await search.call("web_search", query="경복궁")
        asked = len(down.state.asked)
        found = await search.call("web_search", query="경복궁")
        assert found["failed"] == [{"engine": "naver", "kind": "unavailable"}]
        assert len(down.state.asked) == asked == 5


async def test_all_failing_gives_the_first_engines_reason() -> None:
    async with serving(failing(503)) as url:
        bases = dict.fromkeys(("naver_base_url", "brave_base_url", "tavily_base_url"), url)
        more = {"kakao_base_url": url, "searxng_url": url}
        async with searching(**bases, **more) as search:
            korean = (await search.call("web_search", query="경복궁"))["error"]
            english = (await search.call("web_search", "en", query="palace"))["error"]
    assert (korean["kind"], korean["message"]) == ("unavailable", "지금 Naver에 연결할 수 없어요.")
    assert english["message"] == "Brave can't be reached right now."
    assert english["next_step"]


async def test_a_kakao_key_alone_is_enough_and_news_come_from_the_web_then() -> None:
    async with searching(**ONLY_KAKAO) as search:
        found = await search.call("news_search", query="금리")
        assert found["engines"] == ["daum"]
        assert found["note"] == "뉴스 검색을 할 수 있는 키가 없어서 웹에서 찾았어요."
        assert "기준금리 또 동결" in found["results"][0]["title"]
        assert found["say"].startswith("뉴스 검색을 할 수 있는 키가 없어서 웹에서 찾았어요.")
        assert search.sent("kakao")["sort"] == "recency"
        assert search.sandbox.violations() == []


async def test_without_any_key_the_simplest_one_is_named() -> None:
    async with searching(**ONLY_KAKAO, token=None) as search:
        korean = (await search.call("web_search", query="경복궁"))["error"]
        assert korean["kind"] == "not_signed_in"
        assert korean["next_step"] == "카카오 REST API 키를 검색 설정에 넣어 주세요."
        kin = (await search.call("web_search", "en", query="lease", kind="kin"))["error"]
        assert kin["next_step"] == "Please put a NAVER API HUB key into the settings of search."
        arguments = {"query": "x", "provider": "tavily"}
        named = await search.client.call_tool("web_search", arguments, raise_on_error=False)
        assert "ARION_SEARCH_TAVILY_KEY" in str(named.content)
        assert search.asked() == []


REFUSALS = {
    "brave": (
        "brave_base_url",
        422,
        {"error": {"code": "SUBSCRIPTION_TOKEN_INVALID", "detail": "invalid", "status": 422}},
        "not_signed_in",
    ),
    "brave quota": (
        "brave_base_url",
        429,
        {"error": {"code": "RATE_LIMITED", "detail": "slow", "status": 429}},
        "rate_limited",
    ),
    "tavily": ("tavily_base_url", 432, {"detail": {"error": "plan"}}, "rate_limited"),
    "naver": (
        "naver_base_url",
        401,
        {"error": {"errorCode": "200", "message": "Authentication Failed"}},
        "not_signed_in",
    ),
    "naver query": (
        "naver_base_url",
        400,
        {"errorCode": "SE01", "errorMessage": "Incorrect query request"},
        "bad_input",
    ),
    "daum quota": ("kakao_base_url", 400, {"code": -10, "msg": "limit"}, "rate_limited"),
    "searxng without json": ("searxng_url", 403, None, "forbidden"),
    "daum odd": ("kakao_base_url", 200, {"documents": 1}, "bad_response"),
    "naver odd": ("naver_base_url", 200, {}, "bad_response"),
    "brave odd": ("brave_base_url", 200, {}, "bad_response"),
    "searxng odd": ("searxng_url", 200, [], "bad_response"),
    "tavily odd": ("tavily_base_url", 200, {"results": None}, "bad_response"),
}


@pytest.mark.parametrize("refusal", sorted(REFUSALS))
async def test_what_an_engine_refuses_has_a_kind_and_a_next_step(refusal: str) -> None:
    setting, status, body, kind = REFUSALS[refusal]
    provider = refusal.partition(" ")[0]
    async with serving(failing(status, body)) as url, searching(**{setting: url}) as search:
        result = await search.call("web_search", query="경복궁", provider=provider)
    assert result["error"]["kind"] == kind
    assert result["error"]["next_step"]


async def test_no_engine_is_asked_twice_at_once() -> None:
    together, most = 0, 0

    async def answer(_request: Request) -> Response:
        nonlocal together, most
        together += 1
        most = max(most, together)
        await asyncio.sleep(0)
        together -= 1
        return JSONResponse({"type": "search"})

    app = Starlette(routes=[Route("/{path:path}", answer)])
    async with serving(app) as url, searching(brave_base_url=url) as search:
        calls = [search.call("web_search", query=f"q{n}", provider="brave") for n in range(5)]
        found = await asyncio.gather(*calls)
    assert [it["results"] for it in found] == [[]] * 5
    assert most == 1


async def test_naver_is_spoken_to_as_the_keys_demand() -> None:
    async with searching(naver_legacy=True) as search:
        found = await search.call("web_search", query="지하철 정기권", kind="web", provider="naver")
        assert found["engines"] == ["naver"]
        assert search.sandbox.requests()[-1]["path"] == "/v1/search/webkr.json"
        assert search.sandbox.violations() == []


async def test_one_base_url_serves_every_engine_unless_one_has_its_own() -> None:
    settings = settings_at(
        "http://here",
        base_url="http://standin",
        naver_base_url=None,
        kakao_base_url=None,
        brave_base_url="http://brave.standin",
    )
    assert settings.naver_url() == "http://standin"
    assert settings.kakao_url() == "http://standin"
    assert settings.brave_url() == "http://brave.standin"


async def test_no_message_carries_a_key() -> None:
    key = SecretStr("key-that-nobody-may-see")
    body = {"error": {"code": "RATE_LIMITED", "detail": f"key {key.get_secret_value()} is spent"}}
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(serving(failing(429, body)))
        settings = settings_at(url, brave_base_url=url, brave_key=key)
        api = await stack.enter_async_context(opened(settings))
        with pytest.raises(Exception, match="spent") as caught:
            await api.engines.search(Query("x", engine="brave"), now=NOW)
    assert key.get_secret_value() not in str(caught.value)
