"""The stand-ins for the search engines: as their descriptions say, refusing what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from tests.descriptions.openapi import Description
from tests.sandbox import NOW, Sandbox, serving

from arion_sandbox import brave, daum, naver, tavily
from arion_sandbox.endpoints import Vendor, routes

pytestmark = pytest.mark.thorough

KAKAO = {"Authorization": "KakaoAK sandbox"}
HUB = {"X-NCP-APIGW-API-KEY-ID": "sandbox", "X-NCP-APIGW-API-KEY": "sandbox"}
LEGACY = {"X-Naver-Client-Id": "sandbox", "X-Naver-Client-Secret": "sandbox"}
BRAVE = {"X-Subscription-Token": "sandbox"}
TAVILY = {"Authorization": "Bearer sandbox"}

ENGINES = ("daum", "naver", "brave", "tavily", "searxng")


@pytest.fixture
async def client(sandbox: Sandbox) -> Any:
    async with httpx2.AsyncClient(base_url=sandbox.url, verify=False) as client:
        yield client


@pytest.mark.parametrize("name", ENGINES)
def test_every_field_of_a_description_says_where_it_is_known_from(name: str) -> None:
    assert Description.load(name).unsourced() == []


NAVER_KINDS = ("webkr", "news", "blog", "cafearticle", "kin", "image", "local")
ASKED: list[tuple[str, str, dict[str, str], dict[str, Any]]] = [
    *(("daum", f"/kakao/v2/search/{kind}", KAKAO, {"query": "서울"}) for kind in daum.KINDS),
    *(("naver", f"/naver/search/v1/{kind}", HUB, {"query": "서울"}) for kind in NAVER_KINDS),
    *(("naver", f"/naver/v1/search/{it}.json", LEGACY, {"query": "서울"}) for it in NAVER_KINDS),
    *(
        ("brave", f"/brave/res/v1/{kind}/search", BRAVE, {"q": words})
        for kind in ("web", "news", "images")
        for words in ("서울", "없는말")
    ),
    *(
        ("searxng", "/searxng/search", {}, {"q": "서울", "format": "json", "categories": category})
        for category in ("general", "news", "images")
    ),
]


async def test_answers_are_as_described(client: Any) -> None:
    for name, path, headers, query in ASKED:
        response = await client.get(path, params=query, headers=headers)
        assert response.status_code == 200
        own = "/" + path.split("/", 2)[2]
        described = Description.load(name)
        assert described.check("GET", own, list(query.items())) == []
        assert described.check_response("GET", own, 200, response.json()) == []


async def test_tavily_answers_as_described(client: Any) -> None:
    for body in ({"query": "Seoul"}, {"query": "서울", "topic": "news", "time_range": "week"}):
        response = await client.post("/tavily/search", json=body, headers=TAVILY)
        assert response.status_code == 200
        described = Description.load("tavily")
        assert described.check("POST", "/search", [], body) == []
        assert described.check_response("POST", "/search", 200, response.json()) == []


async def test_words_are_highlighted_and_dates_written_as_each_engine_does(client: Any) -> None:
    query = {"query": "지하철 정기권"}
    news = (await client.get("/naver/search/v1/news", params=query, headers=HUB)).json()
    assert "<b>지하철</b> <b>정기권</b>" in news["items"][0]["title"]
    assert news["items"][0]["pubDate"] == "Mon, 23 Nov 2026 08:10:00 +0900"
    web = (await client.get("/kakao/v2/search/web", params=query, headers=KAKAO)).json()
    assert web["documents"][0]["datetime"] == "2026-11-23T08:10:00.000+09:00"
    named = {"q": "지하철 정기권"}
    found = (await client.get("/brave/res/v1/news/search", params=named, headers=BRAVE)).json()
    assert found["results"][0]["page_age"] == "2026-11-22T23:10:00"


REFUSED: list[tuple[str, dict[str, str], dict[str, Any], int, str]] = [
    ("/kakao/v2/search/web", {}, {"query": "x"}, 401, "AccessDeniedError"),
    ("/kakao/v2/search/web", KAKAO, {}, 400, "MissingParameter"),
    ("/kakao/v2/search/web", KAKAO, {"query": "x", "size": "51"}, 400, "at most 50"),
    ("/kakao/v2/search/web", KAKAO, {"query": "x", "page": "51"}, 400, "at most 50"),
    ("/kakao/v2/search/news", KAKAO, {"query": "x"}, 404, ""),
    ("/naver/search/v1/webkr", {}, {"query": "x"}, 401, "Authentication Failed"),
    ("/naver/search/v1/webkr", HUB, {}, 400, "SE01"),
    ("/naver/search/v1/webkr", HUB, {"query": "x", "display": "101"}, 400, "SE02"),
    ("/naver/search/v1/news", HUB, {"query": "x", "start": "1001"}, 400, "SE03"),
    ("/naver/search/v1/news", HUB, {"query": "x", "sort": "best"}, 400, "SE04"),
    ("/naver/search/v1/local", HUB, {"query": "x", "display": "6"}, 400, "SE02"),
    ("/naver/v1/search/webkr.json", HUB, {"query": "x"}, 401, "024"),
    ("/naver/v1/search/shop.json", LEGACY, {"query": "x"}, 404, ""),
    ("/brave/res/v1/web/search", {"X-Subscription-Token": "no"}, {"q": "x"}, 422, "TOKEN_INVALID"),
    ("/brave/res/v1/web/search", BRAVE, {"q": "x", "count": "21"}, 422, "VALIDATION"),
    ("/brave/res/v1/web/search", BRAVE, {"q": "x", "search_lang": "ja"}, 422, "VALIDATION"),
    ("/brave/res/v1/web/search", BRAVE, {"q": "x" * 401}, 422, "VALIDATION"),
    ("/brave/res/v1/web/search", BRAVE, {"q": "x " * 51}, 422, "VALIDATION"),
    ("/searxng/search", {}, {"format": "json"}, 400, "No query"),
    ("/searxng/search", {}, {"q": "x", "format": "csv"}, 403, ""),
    ("/searxng/search", {}, {"q": "x", "format": "json", "time_range": "week"}, 400, "time_range"),
    ("/web/", {}, {"url": "https://nobody.example/"}, 404, ""),
    ("/web/", {}, {}, 400, "url"),
]


async def test_what_an_engine_refuses_is_refused(client: Any) -> None:
    for path, headers, query, status, told in REFUSED:
        response = await client.get(path, params=query, headers=headers)
        assert (path, response.status_code) == (path, status)
        assert told in response.text


TAVILY_REFUSED: list[tuple[dict[str, str], dict[str, Any], int]] = [
    ({}, {"query": "x"}, 401),
    (TAVILY, {}, 400),
    (TAVILY, {"query": "x" * 401}, 400),
    (TAVILY, {"query": "x", "max_results": 21}, 400),
    (TAVILY, {"query": "x", "topic": "sport"}, 400),
    (TAVILY, {"query": "x", "topic": "news", "country": "south korea"}, 400),
    (TAVILY, {"query": "x", "freshness": "day"}, 422),
]


async def test_what_tavily_refuses_is_refused(client: Any) -> None:
    for headers, body, status in TAVILY_REFUSED:
        response = await client.post("/tavily/search", json=body, headers=headers)
        assert (body, response.status_code) == (body, status)
        assert response.json()["detail"]["error"]


Made = Callable[[Callable[[], datetime], int], Vendor]
QUOTAS: list[tuple[Made, str, dict[str, str], dict[str, str], int]] = [
    (naver.vendor, "/search/v1/news", HUB, {"query": "x"}, 429),
    (naver.legacy_vendor, "/v1/search/news.json", LEGACY, {"query": "x"}, 429),
    (daum.vendor, "/v2/search/web", KAKAO, {"query": "x"}, 400),
    (brave.vendor, "/res/v1/web/search", BRAVE, {"q": "x"}, 429),
]


@pytest.mark.parametrize(("make", "path", "headers", "query", "status"), QUOTAS)
async def test_a_days_calls_are_used_up_and_come_back_at_midnight(
    make: Made, path: str, headers: dict[str, str], query: dict[str, str], status: int
) -> None:
    clock = [NOW]
    app = Starlette(routes=[Mount("/", routes=routes(make(lambda: clock[0], 2)))])
    async with serving(app) as url, httpx2.AsyncClient(base_url=url, verify=False) as client:
        asked = [await client.get(path, params=query, headers=headers) for _ in range(3)]
        assert [it.status_code for it in asked] == [200, 200, status]
        clock[0] += timedelta(days=1)
        assert (await client.get(path, params=query, headers=headers)).status_code == 200


async def test_tavilys_plan_is_used_up_in_its_own_way() -> None:
    app = Starlette(routes=[Mount("/", routes=routes(tavily.vendor(lambda: NOW, 1)))])
    async with serving(app) as url, httpx2.AsyncClient(base_url=url, verify=False) as client:
        body = {"query": "x"}
        asked = [await client.post("/search", json=body, headers=TAVILY) for _ in range(2)]
    assert [it.status_code for it in asked] == [200, 432]


async def test_every_page_that_engines_list_can_be_fetched(client: Any) -> None:
    from arion_sandbox.web_pages import UNLISTED, all_pages

    listed = [page for page in all_pages() if page.kind != UNLISTED]
    assert len(listed) >= 30
    for page in listed:
        for url in {page.url, *page.seen.values()}:
            response = await client.get("/web/", params={"url": url})
            assert response.status_code == 200
            assert urlsplit(url).scheme in ("http", "https")
