from __future__ import annotations

from datetime import datetime, timedelta

from arion_kit.engines.merging import merged, wanted
from arion_kit.engines.query import Query, Row

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
SITE = "https://a.kr"
LONG = "내년부터 지하철 정기권 하나로 버스까지 탄다"


def row(title: str, url: str, days: float | None = None) -> Row:
    return Row(title, url, date=None if days is None else NOW - timedelta(days=days))


def test_a_page_is_kept_once_under_the_address_that_came_first():
    rows = [row("가", "https://m.a.kr/1?utm_source=x"), row("나", "http://www.a.kr/1")]
    assert [it.url for it in merged(rows, Query("q"))] == ["https://m.a.kr/1"]


def test_nearly_the_same_title_is_the_same_story():
    rows = [
        row(LONG, "https://a.kr/1"),
        row(f"{LONG} - 여울뉴스", "https://b.kr/2"),
        row("내년부터 지하철 정기권으로 공원까지 간다는 소식", "https://c.kr/3"),
    ]
    assert [it.url for it in merged(rows, Query("q", kind="news"))] == [
        "https://a.kr/1",
        "https://c.kr/3",
    ]


def test_short_titles_are_not_compared():
    rows = [row("경복궁", "https://a.kr/1"), row("경복궁", "https://b.kr/2")]
    assert len(merged(rows, Query("q"))) == 2


def test_shops_may_give_the_same_name_to_the_same_thing():
    name = "소리숲 무선 이어폰 노이즈캔슬링 SF-20 화이트"
    rows = [
        row(name, "https://www.coupang.com/1"),
        row(name, "https://www.11st.co.kr/2"),
        row(name, "https://www.coupang.com/3"),
    ]
    shops = Query("q", sites=("coupang.com", "11st.co.kr"))
    assert [it.url for it in merged(rows, shops)] == [
        "https://www.coupang.com/1",
        "https://www.11st.co.kr/2",
    ]


def test_the_same_image_is_kept_once():
    rows = [
        Row("하나", "https://a.kr/1", image_url="https://img.kr/x.jpg"),
        Row("둘", "https://b.kr/2", image_url="https://img.kr/x.jpg"),
    ]
    assert len(merged(rows, Query("q", kind="image"))) == 1


def test_by_date_the_newest_come_first_and_the_undated_last():
    rows = [row("가", f"{SITE}/1"), row("나", f"{SITE}/2", 3), row("다", f"{SITE}/3", 1)]
    ordered = merged(rows, Query("q", sort="date"))
    assert [it.title for it in ordered] == ["다", "나", "가"]


def test_where_age_matters_dated_pages_come_first_in_the_engines_order():
    rows = [row("가", f"{SITE}/1"), row("나", f"{SITE}/2", 3), row("다", f"{SITE}/3", 1)]
    ordered = merged(rows, Query("q", freshness="week"))
    assert [it.title for it in ordered] == ["나", "다", "가"]


def test_what_is_older_or_of_another_site_is_left_out():
    midnight = Row(
        "오늘", "https://a.kr/4", date=datetime.fromisoformat("2026-11-22T00:00:00+09:00")
    )
    rows = [
        row("새것", "https://a.kr/1", 0.5),
        row("헌것", "https://a.kr/2", 2),
        row("모름", "https://a.kr/3"),
        midnight,
        row("남", "https://b.kr/1", 0.5),
        row("", "https://a.kr/5", 0.5),
    ]
    kept = wanted(rows, Query("q", freshness="day", sites=("a.kr",)), NOW)
    assert [it.title for it in kept] == ["새것", "모름", "오늘"]
