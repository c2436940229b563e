"""The stand-in for Coupang Partners: what it lets in, what it answers, what it refuses."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from tests.descriptions.openapi import Description
from tests.sandbox import NOW, Sandbox, serving

from arion_sandbox import coupang
from arion_sandbox.coupang_products import CATEGORIES, all_products
from arion_sandbox.endpoints import routes
from arion_sandbox.store import Store

pytestmark = pytest.mark.thorough

ROOT = coupang.ROOT
PRODUCTS = f"{ROOT}/products"
DESCRIPTION = Description.load("coupang")


def authorization(
    method: str,
    path: str,
    query: str = "",
    *,
    key: str = "sandbox",
    secret: str = coupang.ACCOUNTS["sandbox"],
    at: datetime | None = None,
    off: timedelta = timedelta(),
) -> dict[str, str]:
    """The header, made as Coupang's guide says, by a clock that is `off`."""
    date = ((at or datetime.now(UTC)) + off).strftime("%y%m%dT%H%M%SZ")
    message = f"{date}{method}{path}{query}".encode()
    signature = hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
    return {
        "Authorization": f"CEA algorithm=HmacSHA256, access-key={key}, "
        f"signed-date={date}, signature={signature}"
    }


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=f"{sandbox.url}/coupang", verify=False) as opened:
        yield opened


async def read(
    client: httpx2.AsyncClient, path: str, query: dict[str, Any] | None = None, **signing: Any
) -> httpx2.Response:
    text = urlencode(query or {})
    url = f"{path}?{text}" if text else path
    return await client.get(url, headers=authorization("GET", path, text, **signing))


async def post_links(client: httpx2.AsyncClient, body: Any) -> httpx2.Response:
    path = f"{ROOT}/deeplink"
    return await client.post(path, json=body, headers=authorization("POST", path))


def test_every_field_of_the_description_says_where_it_is_known_from() -> None:
    assert DESCRIPTION.unsourced() == []


def test_there_are_fifty_products_in_known_categories() -> None:
    products = all_products()
    assert len(products) >= 50
    assert len({product.id for product in products}) == len(products)
    assert {str(product.category) for product in products} <= CATEGORIES.keys()
    assert all(price > 0 for product in products for price in product.prices)
    assert sum(product.gold for product in products) >= 5


ANSWERS: list[tuple[str, dict[str, Any]]] = [
    (f"{PRODUCTS}/search", {"keyword": "생수", "limit": 3}),
    (f"{PRODUCTS}/search", {"keyword": "없는 것"}),
    (f"{PRODUCTS}/bestcategories/1012", {"limit": 5}),
    (f"{PRODUCTS}/goldbox", {}),
]


@pytest.mark.parametrize(("path", "query"), ANSWERS)
async def test_answers_are_as_described(
    client: httpx2.AsyncClient, path: str, query: dict[str, Any]
) -> None:
    answer = await read(client, path, query)
    assert (answer.status_code, answer.json()["rCode"]) == (200, "0")
    assert DESCRIPTION.check_response("GET", path, 200, answer.json()) == []


async def test_a_search_finds_names_and_other_words_up_to_its_limit(
    client: httpx2.AsyncClient,
) -> None:
    korean = await read(client, f"{PRODUCTS}/search", {"keyword": "무선 이어폰"})
    english = await read(client, f"{PRODUCTS}/search", {"keyword": "wireless earbuds", "limit": 2})
    rows = korean.json()["data"]["productData"]
    assert rows[0]["productName"] == "소리온 무선 이어폰 SB-300, 화이트"
    assert (rows[0]["productPrice"], rows[0]["isRocket"]) == (42_900, True)
    found = [row["productId"] for row in english.json()["data"]["productData"]]
    assert found == [row["productId"] for row in rows[:2]]


async def test_prices_change_from_day_to_day_and_come_back() -> None:
    moment = [NOW]
    vendor = coupang.vendor(Store(None), lambda: moment[0])
    app = Starlette(routes=[Mount("/coupang", routes=routes(vendor))])
    prices: list[int] = []
    async with (
        serving(app) as url,
        httpx2.AsyncClient(base_url=f"{url}/coupang", verify=False) as client,
    ):
        for _ in range(4):
            answer = await read(client, f"{PRODUCTS}/search", {"keyword": "원두커피 홀빈"})
            prices.append(answer.json()["data"]["productData"][0]["productPrice"])
            moment[0] += timedelta(days=1)
    assert sorted(set(prices)) == [17_900, 18_900, 19_900]
    assert prices[3] == prices[0]


async def test_links_are_made_for_coupangs_pages_only(client: httpx2.AsyncClient) -> None:
    page = "https://www.coupang.com/vp/products/7100000131"
    made = await post_links(client, {"coupangUrls": [page]})
    assert DESCRIPTION.check_response("POST", f"{ROOT}/deeplink", 200, made.json()) == []
    [link] = made.json()["data"]
    assert link["originalUrl"] == page
    assert link["shortenUrl"].startswith("https://link.coupang.com/a/")
    for urls in (["https://coupang.com.example/vp/products/1"], [], [page] * 21):
        assert (await post_links(client, {"coupangUrls": urls})).json()["rCode"] == "400"


GOOD = {"keyword": "생수"}
SIGNING: dict[str, dict[str, Any]] = {
    "unknown key": {"key": "somebody"},
    "wrong secret": {"secret": "guessed"},
    "too old": {"off": timedelta(minutes=-6)},
    "from the future": {"off": timedelta(minutes=6)},
}


@pytest.mark.parametrize("case", sorted(SIGNING))
async def test_signatures_that_are_not_right_are_refused(
    client: httpx2.AsyncClient, case: str
) -> None:
    answer = await read(client, f"{PRODUCTS}/search", GOOD, **SIGNING[case])
    assert answer.status_code == 401
    assert answer.json()["code"] == "ERROR"
    assert DESCRIPTION.check_response("GET", f"{PRODUCTS}/search", 401, answer.json()) == []


async def test_a_signature_is_good_for_its_own_request_only(client: httpx2.AsyncClient) -> None:
    path, text = f"{PRODUCTS}/search", urlencode(GOOD)
    others = (
        authorization("POST", path, text),
        authorization("GET", f"{PRODUCTS}/goldbox", text),
        authorization("GET", path),
        {},
        {"Authorization": "Bearer sandbox"},
        {"Authorization": authorization("GET", path, text)["Authorization"].replace("26", "99")},
    )
    answers = [await client.get(f"{path}?{text}", headers=headers) for headers in others]
    assert [answer.status_code for answer in answers] == [401] * len(others)
    assert (await read(client, path, GOOD)).json()["rCode"] == "0"


REFUSED: list[tuple[str, dict[str, Any]]] = [
    (f"{PRODUCTS}/search", {}),
    (f"{PRODUCTS}/search", {"keyword": "생수", "limit": 11}),
    (f"{PRODUCTS}/search", {"keyword": "생수", "page": 2}),
    (f"{PRODUCTS}/bestcategories/1", {}),
    (f"{PRODUCTS}/bestcategories/1012", {"limit": 101}),
]


@pytest.mark.parametrize(("path", "query"), REFUSED)
async def test_what_coupang_does_not_know_is_refused_inside_of_a_200(
    client: httpx2.AsyncClient, path: str, query: dict[str, Any]
) -> None:
    answer = await read(client, path, query)
    assert (answer.status_code, answer.json()["rCode"]) == (200, "400")
    assert DESCRIPTION.check_response("GET", path, 200, answer.json()) == []


async def test_the_limited_account_may_search_ten_times_an_hour() -> None:
    moment = [NOW.astimezone(UTC)]
    vendor = coupang.vendor(Store(None), lambda: moment[0], lambda: moment[0])
    app = Starlette(routes=[Mount("/coupang", routes=routes(vendor))])
    signing = {"key": "limited", "secret": "limited"}

    async with (
        serving(app) as url,
        httpx2.AsyncClient(base_url=f"{url}/coupang", verify=False) as client,
    ):
        codes = [
            (await read(client, f"{PRODUCTS}/search", GOOD, **signing, at=moment[0])).json()[
                "rCode"
            ]
            for _ in range(11)
        ]
        assert codes == ["0"] * 10 + ["403"]
        gold = await read(client, f"{PRODUCTS}/goldbox", **signing, at=moment[0])
        other = await read(client, f"{PRODUCTS}/search", GOOD, at=moment[0])
        assert (gold.json()["rCode"], other.json()["rCode"]) == ("0", "0")
        moment[0] += timedelta(hours=1)
        later = await read(client, f"{PRODUCTS}/search", GOOD, **signing, at=moment[0])
        assert later.json()["rCode"] == "0"
