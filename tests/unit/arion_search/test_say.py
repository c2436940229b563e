from __future__ import annotations

from datetime import datetime

from arion_kit.engines.query import Query, Row
from arion_kit.words import Language
from arion_search.models import ImageRow
from arion_search.page import Page
from arion_search.say import Asked, first_sentence, named, say_images, say_page, say_results

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
PAGES = (
    Row("여권 재발급 - 정부민원", "https://g.kr", "구청에서 해요. 또 있어요.", source="정부민원"),
    Row("여권 사진 규격", "https://b.kr", source="blog.b.kr"),
    Row("여권 수수료", "https://c.kr", source="새벽신문"),
    Row("여권 종류", "https://d.kr"),
)


def said(rows: tuple[Row, ...], language: Language = "ko", **changes: object) -> str:
    query = Query("여권", **{"kind": "web"} | changes)  # pyright: ignore[reportArgumentType]
    return say_results(Asked(query, language, NOW), rows)


def test_pages_are_told_by_title_and_source_with_the_firsts_first_sentence():
    assert said(PAGES) == (
        "'여권'으로 찾은 첫 번째 결과는 정부민원의 '여권 재발급'이에요. 구청에서 해요."
        " 그다음으로 '여권 사진 규격', 새벽신문의 '여권 수수료'가 있어요."
    )
    assert said(PAGES, "en") == (
        "The top result for '여권' is '여권 재발급' from 정부민원. 구청에서 해요."
        " There is also '여권 사진 규격' and '여권 수수료' from 새벽신문."
    )


def test_news_are_told_as_headlines():
    assert said(PAGES, kind="news") == (
        "'여권' 뉴스를 네 건 찾았어요. 첫째, 정부민원의 '여권 재발급'. 둘째, '여권 사진 규격'."
        " 셋째, 새벽신문의 '여권 수수료'. 나머지는 화면에서 볼 수 있어요."
    )
    assert said(PAGES[:1], kind="news") == "'여권' 뉴스가 하나 있어요. 정부민원의 '여권 재발급'."
    assert said(PAGES[1:3], "en", kind="news") == (
        "I found two stories about '여권'. First, '여권 사진 규격'."
        " Second, '여권 수수료' from 새벽신문."
    )


def test_nothing_found_is_said_with_an_offer():
    assert said(()) == "'여권' 검색 결과가 없어요. 다른 말로 찾아볼까요?"
    assert said((), "en") == "I found nothing for '여권'. Shall I try other words?"


def test_places_are_told_by_name():
    assert said(PAGES[3:], kind="local") == "'여권'으로 찾은 곳은 여권 종류예요."
    assert said(PAGES[1:3], "en", kind="local") == (
        "I found two places for '여권', such as 여권 사진 규격 and 여권 수수료."
    )


def test_no_address_or_host_is_said():
    row = Row("https://a.kr/b 보기…더 보기", "https://a.kr", source="news.a.kr")
    assert named(row) == ("보기, 더 보기", "")


def test_a_headline_may_name_its_paper():
    row = Row("지하철 정기권으로 버스까지 - 여울뉴스", "https://y.kr", source="news.y.kr")
    assert named(row, news=True) == ("지하철 정기권으로 버스까지", "여울뉴스")
    assert named(row) == ("지하철 정기권으로 버스까지 - 여울뉴스", "")


def test_images_are_counted():
    images = [ImageRow(title="눈 내린 궁궐", url="u"), ImageRow(title="경복궁", url="v")]
    assert say_images("경복궁 사진", images, "ko") == (
        "'경복궁' 사진을 두 장 찾았어요. 눈 내린 궁궐, 경복궁."
    )
    assert say_images("palace", images[:1], "en") == "I found one image for 'palace': 눈 내린 궁궐."


def test_a_page_is_told_by_its_title_and_beginning():
    page = Page("u", "", title="여권 안내")
    assert say_page(page, "# 제목\n\n1. 사진을 찍어요. 그리고 내요.", None, "ko") == (
        "'여권 안내' 글이에요. 사진을 찍어요."
    )
    assert say_page(page, "10년짜리는 5만 원이에요.", "수수료", "ko") == (
        "'수수료' 부분이에요. 10년짜리는 5만 원이에요."
    )
    assert say_page(page, " ", None, "en") == "There is nothing to read on '여권 안내'."


def test_a_first_sentence_ends_where_it_ends():
    assert first_sentence("환율은 1.382원입니다. 어제보다 올랐습니다.") == "환율은 1.382원입니다."
    assert first_sentence("끝이 없는 글") == ""
    assert first_sentence("가" * 200 + ". 나") == ""
