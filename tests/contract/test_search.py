"""The search server against the sandbox over HTTP: every tool, as a client calls it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.search_client import Search, opened, searching, settings_at

from arion_kit.testing import (
    assert_every_server_rules,
    assert_language_rules,
    assert_snapshot,
    bytes_of,
    language_pack,
    listed,
)
from arion_kit.words import META_UNTRUSTED
from arion_search import SPEC

SNAPSHOT = Path(__file__).parent / "snapshots" / "search.json"
LIST_BYTES = 3_500


@pytest.fixture
async def search() -> AsyncIterator[Search]:
    async with searching() as running:
        yield running
        assert running.sandbox.violations() == []


async def test_what_clients_see_is_the_snapshot_and_keeps_the_rules(search: Search) -> None:
    tools = await search.client.list_tools()
    assert_every_server_rules(tools)
    assert_snapshot(SNAPSHOT, listed(tools))
    assert bytes_of(listed(tools)) <= LIST_BYTES


async def test_the_language_pack_is_served_in_both_languages(search: Search) -> None:
    assert_language_rules(await language_pack(search.client))


async def test_what_others_wrote_is_marked_as_untrusted(search: Search) -> None:
    for tool, arguments in (
        ("web_search", {"query": "경복궁"}),
        ("news_search", {"query": "지하철"}),
        ("image_search", {"query": "경복궁"}),
        ("read_url", {"url": "https://www.gov.example/passport/renew"}),
    ):
        result = await search.client.call_tool(tool, arguments)
        assert (result.meta or {})[META_UNTRUSTED] is True


async def test_a_korean_query_asks_korean_engines_and_gives_plain_text(search: Search) -> None:
    found = await search.call("web_search", query="여권 재발급 수수료")
    assert search.asked()[0] == "naver"
    first = found["results"][0]
    assert first["title"] == "여권 재발급 신청 방법과 수수료"
    assert first["url"] == "https://www.gov.example/passport/renew"
    assert "10년짜리 복수 여권은 5만 원" in first["snippet"]
    assert "<b>" not in str(found)
    assert found["say"].startswith(
        "'여권 재발급 수수료'로 찾은 첫 번째 결과는 '여권 재발급 신청 방법과 수수료'예요."
    )


async def test_another_query_asks_brave_first_in_the_persons_language(search: Search) -> None:
    found = await search.call("web_search", "en", query="python task group")
    assert search.asked()[0] == "brave"
    assert found["engines"][0] == "brave"
    assert found["results"][0]["title"] == "Coroutines and Tasks — asyncio"
    assert found["results"][0]["date"] == "2026-10-24T00:00+09:00"
    assert found["say"].startswith("The top result for 'python task group' is 'Coroutines")


async def test_the_same_page_from_two_engines_is_given_once(search: Search) -> None:
    found = await search.call("web_search", query="성수동 카페", kind="blog")
    assert found["engines"] == ["naver", "daum"]
    assert [row["url"] for row in found["results"]] == [
        "https://blog.naver.com/haneul_desk/223401188210"
    ]
    assert found["results"][0]["date"] == "2026-11-17"


async def test_the_same_story_in_two_papers_is_given_once(search: Search) -> None:
    found = await search.call("news_search", query="지하철 정기권")
    assert [row["title"] for row in found["results"]] == [
        "내년부터 지하철 정기권 하나로 버스까지 탄다 - 여울뉴스"
    ]


async def test_addresses_do_not_tell_who_led_there(search: Search) -> None:
    found = await search.call("news_search", query="지하철 정기권", sort="relevance")
    assert found["results"][0]["url"] == "https://n.hanbitilbo.example/article/20100311"


async def test_news_without_a_query_are_the_headlines_of_the_day(search: Search) -> None:
    korean = await search.call("news_search")
    dates = [row["date"] for row in korean["results"]]
    assert dates == sorted(dates, reverse=True)
    assert all(date.startswith("2026-11-23") for date in dates)
    assert korean["say"].startswith("오늘의 주요 뉴스예요. 첫째, '내년부터 지하철")
    english = await search.call("news_search", "en")
    assert english["say"].startswith("Here are the top stories. First, 'Busan opens")


async def test_freshness_leaves_out_what_is_older(search: Search) -> None:
    assert (await search.call("news_search", query="김장"))["results"] != []
    fresh = await search.call("news_search", query="김장", freshness="week")
    assert fresh["results"] == []
    assert fresh["say"] == "'김장' 검색 결과가 없어요. 다른 말로 찾아볼까요?"


@pytest.mark.parametrize("provider", ["naver", "daum", "brave", "tavily", "searxng"])
async def test_a_search_of_one_site_gives_its_pages_only(search: Search, provider: str) -> None:
    found = await search.call(
        "web_search", query="무선 이어폰", site="https://www.coupang.com/", provider=provider
    )
    assert found["engines"] == [provider]
    assert [row["url"] for row in found["results"]] == [
        "https://www.coupang.com/vp/products/7713300112"
    ]


async def test_a_site_in_the_query_counts_as_one(search: Search) -> None:
    found = await search.call("web_search", query="site:gov.example 여권", provider="daum")
    assert [row["url"] for row in found["results"]] == ["https://www.gov.example/passport/renew"]
    assert search.sent("kakao")["query"] == "여권"


async def test_questions_and_places_come_from_naver(search: Search) -> None:
    answers = await search.call("web_search", query="전세 계약 만료", kind="kin")
    assert answers["results"][0]["url"].startswith("https://kin.naver.com/")
    places = await search.call("web_search", query="강남역 카페", kind="local")
    assert places["results"][0] == {
        "title": "달빛커피 강남역점",
        "address": "서울 강남구 강남대로94길 12",
        "category": "음식점>카페>커피전문점",
    }
    assert places["say"].startswith("'강남역 카페'로 두 곳을 찾았어요. 달빛커피 강남역점")


async def test_images_have_their_address_and_size(search: Search) -> None:
    found = await search.call("image_search", "en", query="Gyeongbokgung snow")
    assert found["images"][0]["title"] == "눈 내린 경복궁 근정전"
    assert found["images"][0]["image_url"] == "https://img.photo.example/gyeongbokgung-snow.jpg"
    assert (found["images"][0]["width"], found["images"][0]["height"]) == (1600, 1067)
    assert found["images"][0]["url"] == "https://www.photo.example/gyeongbokgung-snow"
    assert found["say"].startswith("I found one image for 'Gyeongbokgung snow'")


@pytest.mark.parametrize("provider", ["naver", "daum", "brave", "searxng"])
async def test_pages_of_results_follow_one_another_without_repeating(
    search: Search, provider: str
) -> None:
    seen: list[str] = []
    page = await search.call("web_search", query="서울", limit=1, provider=provider)
    while cursor := page.get("next_cursor"):
        seen += [row["url"] for row in page["results"]]
        page = await search.call("web_search", query="서울", cursor=cursor)
    seen += [row["url"] for row in page["results"]]
    assert len(seen) == len(set(seen)) > 1


async def test_a_voice_client_gets_less_and_a_cursor_for_the_rest(search: Search) -> None:
    narrow = await search.call("web_search", query="서울", limit=10, room=1_600, provider="searxng")
    whole = await search.call("web_search", query="서울", limit=10, provider="searxng")
    assert 0 < len(narrow["results"]) < len(whole["results"])
    rest = await search.call("web_search", query="서울", cursor=narrow["next_cursor"])
    titles = [row["title"] for row in narrow["results"] + rest["results"]]
    assert titles == [row["title"] for row in whole["results"]]


async def test_language_and_country_reach_the_engines_in_their_codes(search: Search) -> None:
    await search.call("web_search", query="asyncio", lang="ja-JP", country="jp", provider="brave")
    sent = search.sent("brave")
    assert (sent["search_lang"], sent["country"]) == ("jp", "JP")
    await search.call("web_search", query="asyncio", lang="en", country="us", provider="searxng")
    assert search.sent("searxng")["language"] == "en-US"
    await search.call("web_search", query="asyncio", lang="xx", country="zz", provider="brave")
    assert {"search_lang", "country"}.isdisjoint(search.sent("brave"))


async def test_a_query_is_cut_to_what_an_engine_takes(search: Search) -> None:
    many = " ".join(["서울"] * 100)
    found = await search.call("web_search", query=many, site="gov.example", provider="brave")
    assert found["engines"] == ["brave"]
    assert len(search.sent("brave")["q"].split()) <= 50
    too_long = await search.call("web_search", query="가" * 2_000)
    assert too_long["error"]["kind"] == "bad_input"
    assert "query" in too_long["error"]["message"]


BAD_INPUT = (
    ("web_search", {"query": ""}, "query"),
    ("web_search", {"query": " \u200b\n"}, "query: must have words"),
    ("web_search", {"query": "서울", "limit": 11}, "limit"),
    ("web_search", {"query": "서울", "site": "not a host"}, "site: must be a host"),
    ("web_search", {"query": "서울", "kind": "video"}, "kind"),
    ("web_search", {"query": "서울", "provider": "bing"}, "provider"),
    ("web_search", {"query": "서울", "kind": "kin", "provider": "brave"}, "provider: brave has no"),
    ("web_search", {"query": "서울", "cursor": "AAAA"}, "cursor"),
    ("web_search", {"query": "서울", "lang": "korean!"}, "lang"),
    ("news_search", {"query": "서울", "sort": "best"}, "sort"),
    ("image_search", {"query": "서울", "limit": 0}, "limit"),
    ("read_url", {"url": "ftp://example.com/"}, "url: must begin with http"),
    ("read_url", {"url": "https://example.com/", "max_chars": 10}, "max_chars"),
)


async def test_bad_input_names_the_parameter_and_asks_nobody(search: Search) -> None:
    for tool, arguments, named in BAD_INPUT:
        failed = (await search.call(tool, **arguments))["error"]
        assert failed["kind"] == "bad_input"
        assert named in failed["message"]
    assert search.asked() == []


async def test_check_names_every_engine_and_whether_it_answers(search: Search) -> None:
    settings = settings_at(search.sandbox.url, tavily_key=None, brave_key="wrong")
    async with opened(settings) as api:
        account = await SPEC.check(api)
    assert account.name == (
        "Naver (answers), Daum (answers), Brave (not_signed_in),"
        " SearXNG (answers), Tavily (no ARION_SEARCH_TAVILY_KEY)"
    )
