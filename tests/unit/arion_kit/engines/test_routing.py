from __future__ import annotations

import pytest

from arion_kit.engines import brave, daum, naver, searxng, tavily
from arion_kit.engines.query import LONGEST_QUERY, Kind, Query
from arion_kit.engines.routing import as_web, in_order, korean
from arion_kit.engines.settings import EngineSettings
from arion_kit.limiter import Quota

ENGINES = [it.engine(EngineSettings()) for it in (brave, daum, naver, searxng, tavily)]


def order(query: Query) -> list[str]:
    return [engine.name for engine in in_order(ENGINES, query)]


def test_korean_queries_go_to_korean_engines_first():
    assert order(Query("경복궁 관람료")) == ["naver", "daum", "brave", "searxng", "tavily"]
    assert order(Query("seoul", language="ko-KR"))[:2] == ["naver", "daum"]


def test_other_queries_go_to_the_others_first():
    assert order(Query("asyncio timeouts")) == ["brave", "tavily", "searxng", "daum", "naver"]
    assert order(Query("경복궁", language="en"))[0] == "brave"
    assert not korean(Query("東京"))


def test_engines_that_can_do_all_that_was_asked_come_first():
    assert order(Query("이어폰", sites=("coupang.com",)))[:3] == ["brave", "searxng", "tavily"]
    # Naver dates no web pages.
    assert order(Query("지하철", freshness="day"))[-1] == "naver"


@pytest.mark.parametrize(
    ("kind", "engines"),
    [
        ("kin", ["naver"]),
        ("local", ["naver"]),
        ("cafe", ["naver", "daum"]),
        ("news", ["naver", "brave", "searxng", "tavily"]),
        ("image", ["naver", "daum", "brave", "searxng"]),
    ],
)
def test_only_engines_that_have_the_kind_are_asked(kind: Kind, engines: list[str]):
    assert order(Query("판교", kind=kind)) == engines


def test_engines_are_not_asked_for_pages_they_do_not_give():
    assert order(Query("판교", page=2)) == ["naver", "daum", "brave", "searxng"]
    assert order(Query("판교", page=11)) == ["daum"]
    assert order(Query("판교", kind="local", page=2)) == []


def test_one_engine_may_be_named():
    assert order(Query("판교", engine="tavily")) == ["tavily"]


def test_without_news_the_newest_pages_are_wanted():
    assert as_web(Query("금리", kind="news", sort="date")).text == "금리 뉴스"
    assert as_web(Query("금리 뉴스", kind="news")).text == "금리 뉴스"
    assert as_web(Query("rates", kind="news")).kind == "web"


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@pytest.mark.parametrize("sites", [(), ("a.kr",), tuple(f"site{n}.example.com" for n in range(40))])
def test_every_question_stays_within_what_engines_take(engine, sites: tuple[str, ...]):
    for text in ("가 " * 1_000, "a" * 2_000, "x"):
        asked = engine.ask(Query(text, sites=sites, limit=10))
        sent = {**dict(asked.params), **(asked.json or {})}
        words = sent.get("q") or sent.get("query")
        assert 0 < len(words) <= LONGEST_QUERY
        assert engine.name != "brave" or len(words.split()) <= 50


def test_quotas_hold_at_the_vendors_own_address_only():
    own = EngineSettings()
    assert brave.engine(own).options(own).quota == Quota(units_per_s=1, burst=1)
    assert naver.engine(own).options(own).quota == Quota(units_per_s=10, burst=10)
    stand_in = EngineSettings(base_url="http://127.0.0.1:9")
    assert brave.engine(stand_in).options(stand_in).quota is None
    assert naver.engine(stand_in).options(stand_in).quota is None


def test_the_old_api_of_naver_is_asked_at_its_own_address():
    old = EngineSettings(naver_legacy=True)
    assert naver.engine(old).options(old).base_url == "https://openapi.naver.com"
    assert naver.engine(old).ask(Query("q")).path == "/v1/search/webkr.json"
