from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_kit.engines.papers import site_name
from arion_kit.engines.urls import (
    canonical,
    host_of,
    is_of,
    is_web,
    site_host,
    split_sites,
    without_ads,
)

SAME = (
    "https://www.example.com/a/b?x=1&y=2",
    "http://example.com/a/b/?y=2&x=1",
    "https://m.example.com/a/b?x=1&y=2&utm_source=naver&utm_medium=rss#top",
    "https://EXAMPLE.com:443/a/b?x=1&y=2&fbclid=IwAR1",
)


def test_addresses_of_the_same_page_are_one():
    assert len({canonical(url) for url in SAME}) == 1
    assert canonical("https://a.kr/%EA%B0%80") == canonical("https://a.kr/가")
    assert canonical("https://a.kr/index.html") == canonical("https://a.kr")


def test_addresses_of_different_pages_are_not():
    different = (
        "https://example.com/a",
        "https://example.com/b",
        "https://example.com/a?id=1",
        "https://example.com/a?id=2",
        "https://blog.example.com/a",
        "https://example.com:8443/a",
    )
    assert len({canonical(url) for url in different}) == len(different)


def test_only_what_tells_who_led_there_is_left_out():
    given_url = "https://a.kr/p?utm_source=x&id=7&gclid=1&k=#part"
    assert without_ads(given_url) == "https://a.kr/p?id=7&k=#part"
    assert without_ads("https://a.kr/p?utm_source=x") == "https://a.kr/p"
    assert without_ads("https://a.kr/p") == "https://a.kr/p"


def test_a_site_holds_its_subdomains_and_nobody_else():
    assert is_of("https://item.gmarket.co.kr/x", ["gmarket.co.kr"])
    assert is_of("https://www.coupang.com/", ["www.coupang.com"])
    assert not is_of("https://notcoupang.com/", ["coupang.com"])
    assert not is_of("https://coupang.com.evil.example/", ["coupang.com"])


def test_a_site_may_be_given_as_people_write_it():
    assert site_host("https://www.naver.com/path") == "naver.com"
    assert site_host(" Naver.com ") == "naver.com"
    for text in ("", "naver", "a b.com", "http://"):
        with pytest.raises(ValueError, match="no host"):
            site_host(text)


def test_sites_named_in_a_query_are_taken_out_of_it():
    assert split_sites("무선 이어폰 site:www.coupang.com (site:11st.co.kr)") == (
        "무선 이어폰 (site:11st.co.kr)",
        ("coupang.com",),
    )
    assert split_sites("site: 뜻") == ("site: 뜻", ())


def test_known_papers_have_their_names():
    assert site_name("https://www.yna.co.kr/view/1") == "연합뉴스"
    assert site_name("https://news.sbs.co.kr/x") == "SBS"
    assert site_name("https://m.somewhere.example/x") == "somewhere.example"


@given(st.text())
def test_no_address_is_too_odd(text: str):
    for url in (text, f"https://{text}", f"https://a.kr/{text}"):
        assert isinstance(canonical(url), str)
        assert isinstance(host_of(url), str)
        assert isinstance(without_ads(url), str)
        assert is_web(url) in (True, False)
