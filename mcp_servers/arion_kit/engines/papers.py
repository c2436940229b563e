"""Names of newspapers and broadcasters by host, which is all that engines tell."""

from __future__ import annotations

from arion_kit.engines.urls import host_of

_NAMES = {
    "yna.co.kr": "연합뉴스", "chosun.com": "조선일보", "joongang.co.kr": "중앙일보",
    "donga.com": "동아일보", "hani.co.kr": "한겨레", "khan.co.kr": "경향신문",
    "hankookilbo.com": "한국일보", "seoul.co.kr": "서울신문", "segye.com": "세계일보",
    "kmib.co.kr": "국민일보", "munhwa.com": "문화일보", "mk.co.kr": "매일경제",
    "hankyung.com": "한국경제", "sedaily.com": "서울경제", "mt.co.kr": "머니투데이",
    "edaily.co.kr": "이데일리", "asiae.co.kr": "아시아경제", "heraldcorp.com": "헤럴드경제",
    "fnnews.com": "파이낸셜뉴스", "newsis.com": "뉴시스", "news1.kr": "뉴스1",
    "kbs.co.kr": "KBS", "imbc.com": "MBC", "imnews.imbc.com": "MBC", "sbs.co.kr": "SBS",
    "ytn.co.kr": "YTN", "jtbc.co.kr": "JTBC", "mbn.co.kr": "MBN", "nocutnews.co.kr": "노컷뉴스",
    "ohmynews.com": "오마이뉴스", "pressian.com": "프레시안", "zdnet.co.kr": "지디넷코리아",
    "etnews.com": "전자신문", "ddaily.co.kr": "디지털데일리", "busan.com": "부산일보",
    "koreaherald.com": "The Korea Herald", "koreatimes.co.kr": "The Korea Times",
    "koreajoongangdaily.joins.com": "Korea JoongAng Daily", "reuters.com": "Reuters",
    "apnews.com": "AP", "bbc.com": "BBC", "bbc.co.uk": "BBC", "nytimes.com": "The New York Times",
    "theguardian.com": "The Guardian", "cnn.com": "CNN", "bloomberg.com": "Bloomberg",
    "ko.wikipedia.org": "위키백과", "en.wikipedia.org": "Wikipedia", "namu.wiki": "나무위키",
}  # fmt: skip


def site_name(url: str) -> str:
    """What people call the site, or its host."""
    host = host_of(url)
    parts = host.split(".")
    wider = (".".join(parts[start:]) for start in range(len(parts) - 1))
    return next((_NAMES[name] for name in wider if name in _NAMES), host)
