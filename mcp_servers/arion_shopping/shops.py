"""Shops on the web, by their hosts."""

from __future__ import annotations

from collections.abc import Mapping

SHOPS: Mapping[str, str] = {
    "coupang.com": "쿠팡",
    "11st.co.kr": "11번가",
    "gmarket.co.kr": "G마켓",
    "auction.co.kr": "옥션",
    "ssg.com": "SSG닷컴",
    "smartstore.naver.com": "네이버 스마트스토어",
    "shopping.naver.com": "네이버 쇼핑",
    "brand.naver.com": "네이버 브랜드스토어",
    "danawa.com": "다나와",
    "lotteon.com": "롯데온",
    "kurly.com": "컬리",
    "oliveyoung.co.kr": "올리브영",
    "e-himart.co.kr": "하이마트",
    "ohou.se": "오늘의집",
    "musinsa.com": "무신사",
    "homeplus.co.kr": "홈플러스",
    "lottemart.com": "롯데마트",
    "interpark.com": "인터파크",
    "enuri.com": "에누리",
    "yes24.com": "예스24",
    "aladin.co.kr": "알라딘",
    "kyobobook.co.kr": "교보문고",
    "gsshop.com": "GS샵",
    "cjonstyle.com": "CJ온스타일",
    "daisomall.co.kr": "다이소몰",
    "costco.co.kr": "코스트코",
    "ikea.com": "이케아",
    "apple.com": "애플",
    "samsung.com": "삼성전자",
    "lge.co.kr": "LG전자",
}
"""Names by host; subdomains belong to them too."""


def shop_of(host: str) -> str | None:
    """The name of the shop at this host; None for a page that is no shop."""
    parts = host.lower().split(".")
    hosts = (".".join(parts[start:]) for start in range(len(parts) - 1))
    return next((SHOPS[it] for it in hosts if it in SHOPS), None)
