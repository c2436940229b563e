"""The web, the news and pages, asked for in free order, up to the tool call."""

from __future__ import annotations

import pytest
from pydantic import JsonValue
from tests.three_packs import asked, call, misread

from arion_kit.words import Language

pytestmark = pytest.mark.thorough


def test_every_example_reaches_its_tool() -> None:
    assert misread("search") == {}


@pytest.mark.parametrize(
    ("text", "language", "tool", "arguments"),
    [
        (
            "훈민정음 언제 반포됐는지 검색해봐",
            "ko",
            "web_search",
            {"query": "훈민정음 언제 반포됐는지"},
        ),
        (
            "who won the football final yesterday",
            "en",
            "web_search",
            {"query": "who won the football final yesterday"},
        ),
        (
            "search python.org for pattern matching",
            "en",
            "web_search",
            {"query": "pattern matching", "site": "python.org"},
        ),
        (
            "네이버 카페에 판교 주말 소아과 글 있나 봐 줘",
            "ko",
            "web_search",
            {"query": "판교 주말 소아과", "kind": "cafe"},
        ),
        (
            "최근 일주일 기준금리 기사 찾아줘",
            "ko",
            "news_search",
            {"query": "기준금리", "freshness": "week"},
        ),
        (
            "search Naver blogs for Jeju tangerine picking",
            "en",
            "web_search",
            {"query": "Jeju tangerine picking", "kind": "blog"},
        ),
        ("any news on interest rates", "en", "news_search", {"query": "interest rates"}),
        ("눈 온 경복궁 사진 보여줘", "ko", "image_search", {"query": "눈 온 경복궁"}),
        (
            "open docs.python.org/3/library and tell me what it says",
            "en",
            "read_url",
            {"url": "docs.python.org/3/library"},
        ),
    ],
)
def test_parts_in_any_order_make_the_call(
    text: str, language: Language, tool: str, arguments: dict[str, JsonValue]
) -> None:
    assert call(text, language) == (tool, arguments)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("택배 언제 온대?", "ko"),
        ("회의 자료 찾아줘", "ko"),
        ("what does the spreadsheet Hana attached say", "en"),
        ("tell me about the meeting tomorrow", "en"),
        ("Do you ever get bored?", "en"),
        ("what's new in version 2.3.1 of yeoul-notify", "en"),
        ("search the web for reviews of the Studio Display but nothing older than a month", "en"),
        ("get me news on the Busan film festival, only today's", "en"),
    ],
)
def test_what_is_personal_is_not_searched_for_on_the_web(text: str, language: Language) -> None:
    assert call(text, language) is None


def test_a_search_for_nothing_is_asked_about() -> None:
    assert asked("검색 좀 해줘", "ko") == "무엇을 검색할까요?"
    assert asked("Search for something for me", "en") == "What should I search for?"
    assert asked("Find pictures", "en") == "Pictures of what?"
