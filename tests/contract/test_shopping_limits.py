"""Coupang's limit of searches, answers that are kept, and prices that are remembered."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox import NOW, Sandbox, serving
from tests.shopping_client import Turned, shopping_at

from arion_sandbox.app import create_app

pytestmark = pytest.mark.thorough

COFFEE = "7100000121"

WORDS = ("생수", "우유", "계란", "쌀", "커피", "화장지", "물티슈", "칫솔", "샴푸", "마스크")


async def test_the_same_words_are_asked_once_a_day_however_they_are_written(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with shopping_at(sandbox, monkeypatch, tmp_path) as shopping:
        first = await shopping.call("shop_search", query="Wireless  Earbuds")
        shopping.clock.turn(hours=23)
        again = await shopping.call("shop_search", query="wireless earbuds", max_price=50_000)
        assert shopping.searches() == ["Wireless Earbuds"]
        assert again["offers"][0]["fetched_at"] == first["offers"][0]["fetched_at"]
        shopping.clock.turn(hours=2)
        await shopping.names("wireless earbuds")
        assert len(shopping.searches()) == 2


async def test_the_same_words_at_the_same_time_are_asked_once(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with shopping_at(sandbox, monkeypatch, tmp_path) as shopping:
        together = await asyncio.gather(*(shopping.names("생수") for _ in range(5)))
        assert together == [together[0]] * 5
        assert shopping.searches() == ["생수"]


async def test_the_eleventh_search_of_an_hour_is_not_sent_even_after_a_restart(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = Turned()
    async with shopping_at(sandbox, monkeypatch, tmp_path, clock=clock) as shopping:
        for word in WORDS:
            await shopping.names(word)
            clock.turn(minutes=1)
    async with shopping_at(sandbox, monkeypatch, tmp_path, clock=clock) as shopping:
        failed = await shopping.failure("shop_search", query="가습기")
        assert failed["kind"] == "rate_limited"
        assert failed["message"] == "쿠팡에서 한 시간에 할 수 있는 검색을 다 썼어요."
        assert failed["next_step"] == "50분 뒤에 다시 찾을 수 있어요."
        assert failed["retry_after_s"] == 50 * 60
        assert await shopping.names("생수") != []
        assert len(shopping.searches()) == 10
        clock.turn(minutes=50, seconds=1)
        assert await shopping.names("가습기") == ["포근 초음파 가습기 4L"]


async def test_over_the_limit_an_old_answer_is_given_with_its_age(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with shopping_at(sandbox, monkeypatch, tmp_path) as shopping:
        await shopping.names("가습기")
        shopping.clock.turn(hours=30)
        for word in WORDS:
            await shopping.names(word)
        old = await shopping.call("shop_search", query="가습기")
        assert old["offers"][0]["stale"] is True
        assert old["say"].startswith(
            "지금은 쿠팡에 새로 물어볼 수 없어서 30시간 전에 본 값이에요. '가습기'를 쿠팡에서"
        )
        told = await shopping.call(
            "shop_product", "en", provider="coupang", product_id="7100000146"
        )
        assert told["product"]["stale"] is True
        assert told["say"].startswith(
            "I can't ask Coupang right now, so this is from 30 hours ago."
        )


async def test_the_limit_is_a_setting(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    few = {"ARION_SHOPPING_SEARCHES_PER_HOUR": "1"}
    async with shopping_at(sandbox, monkeypatch, tmp_path, **few) as shopping:
        await shopping.names("생수")
        assert (await shopping.failure("shop_search", query="우유"))["kind"] == "rate_limited"
        assert (await shopping.call("shop_deals"))["deals"] != []


async def test_when_coupang_blocks_us_nobody_asks_again_for_an_hour_and_then_for_two(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    limited = {
        "ARION_SHOPPING_TOKEN": "limited:limited",
        "ARION_SHOPPING_SEARCHES_PER_HOUR": "50",
    }
    async with shopping_at(sandbox, monkeypatch, tmp_path, **limited) as shopping:
        for word in WORDS:
            await shopping.names(word)
        blocked = await shopping.failure("shop_search", query="가습기")
        assert (blocked["kind"], blocked["retry_after_s"]) == ("rate_limited", 3_600)
        shopping.clock.turn(minutes=59)
        assert (await shopping.failure("shop_search", query="요가매트"))["retry_after_s"] == 60
        assert len(shopping.searches()) == 11
        shopping.clock.turn(minutes=2)
        # The sandbox's own clock was not turned, so that it goes on blocking.
        again = await shopping.failure("shop_search", query="요가매트")
        assert again["retry_after_s"] == 7_200
        assert len(shopping.searches()) == 12


async def test_what_was_seen_makes_a_price_history(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = Turned(NOW)
    app = create_app(None, clock)
    told: list[dict[str, Any]] = []
    async with serving(app) as url:
        sandbox = Sandbox(url, app.state.recorder)
        for _ in range(3):
            async with shopping_at(sandbox, monkeypatch, tmp_path, clock=clock) as shopping:
                await shopping.call("shop_search", query="원두커피")
                told.append(
                    await shopping.call("shop_product", provider="coupang", product_id=COFFEE)
                )
            clock.turn(days=1, hours=1)
    assert [it["product"]["price_krw"] for it in told] == [17_900, 18_900, 19_900]
    history = told[-1]["product"]["history"]
    assert (history["lowest_krw"], history["highest_krw"]) == (17_900, 19_900)
    assert (history["median_krw"], history["times"]) == (18_900, 3)
    assert history["lowest_at"].startswith("2026-11-23")
    assert history["lowest_now"] is False
    assert told[-1]["say"].endswith("지난 30일 동안은 1만 7,900원에서 1만 9,900원 사이였어요.")
    assert "지난 30일" not in told[0]["say"]


async def test_the_lowest_price_in_a_month_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = Turned(NOW + timedelta(days=2))
    app = create_app(None, clock)
    async with serving(app) as url:
        sandbox = Sandbox(url, app.state.recorder)
        async with shopping_at(sandbox, monkeypatch, tmp_path, clock=clock) as shopping:
            await shopping.names("원두커피")
            clock.turn(days=1, hours=1)
            found = await shopping.call("shop_search", query="원두커피")
            told = await shopping.call("shop_product", provider="coupang", product_id=COFFEE)
            assert found["offers"][0]["lowest_30d"] is True
            assert told["product"]["history"]["lowest_now"] is True
            assert told["say"].endswith("지난 30일 동안 본 값 중에 가장 싸요.")
            clock.turn(days=40)
            await shopping.names("원두커피")
            late = await shopping.call("shop_product", provider="coupang", product_id=COFFEE)
            assert late["product"]["history"]["times"] == 1
