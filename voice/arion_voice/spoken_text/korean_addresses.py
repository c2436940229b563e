"""Web and mail addresses and file names, as Korean says them: shortly. Pure.

A link is called by its site, because nobody wants its letters read out; a mail address is said
whole, because it decides who gets the mail.
"""

from __future__ import annotations

import re

from arion_voice.spoken_text.korean_numbers import digits
from arion_voice.spoken_text.korean_particles import PARTICLE, agree
from arion_voice.spoken_text.markup import EMAIL, URL
from arion_voice.spoken_text.rules import Rules

_SITES = {
    "github.com": "깃허브", "github.io": "깃허브", "naver.com": "네이버", "naver.me": "네이버",
    "map.naver.com": "네이버 지도", "blog.naver.com": "네이버 블로그",
    "smartstore.naver.com": "스마트스토어", "kakao.com": "카카오", "kko.to": "카카오",
    "map.kakao.com": "카카오맵", "daum.net": "다음", "google.com": "구글", "google.co.kr": "구글",
    "goo.gl": "구글", "calendar.google.com": "구글 캘린더", "docs.google.com": "구글 문서",
    "drive.google.com": "구글 드라이브", "mail.google.com": "지메일",
    "meet.google.com": "구글 미트",
    "maps.google.com": "구글 지도", "maps.app.goo.gl": "구글 지도", "youtube.com": "유튜브",
    "youtu.be": "유튜브", "notion.so": "노션", "notion.site": "노션", "notion.com": "노션",
    "wikipedia.org": "위키백과", "zoom.us": "줌", "slack.com": "슬랙", "coupang.com": "쿠팡",
    "instagram.com": "인스타그램", "facebook.com": "페이스북", "x.com": "엑스",
    "twitter.com": "트위터", "linkedin.com": "링크드인", "microsoft.com": "마이크로소프트",
    "openai.com": "오픈에이아이", "localhost": "로컬호스트", "11st.co.kr": "십일번가",
    "gmarket.co.kr": "지마켓", "tistory.com": "티스토리", "go.kr": "정부",
}  # fmt: skip
"""Domain → what people call the site."""
_TOP = {"com": "닷컴", "net": "닷넷", "org": "점 오알지", "kr": "점 케이알", "io": "점 아이오"}
_FILES = {
    "pdf": "피디에프", "doc": "워드", "docx": "워드", "xls": "엑셀", "xlsx": "엑셀",
    "ppt": "파워포인트", "pptx": "파워포인트", "hwp": "한글", "hwpx": "한글", "txt": "텍스트",
    "md": "마크다운", "csv": "씨에스브이", "json": "제이슨", "yaml": "야믈", "yml": "야믈",
    "toml": "토믈", "html": "에이치티엠엘", "py": "파이썬", "js": "자바스크립트",
    "ts": "타입스크립트", "zip": "압축", "png": "그림", "jpg": "그림", "jpeg": "그림",
    "gif": "그림", "svg": "그림", "mp3": "소리", "wav": "소리", "mp4": "동영상", "mov": "동영상",
    "ics": "일정", "log": "로그",
}  # fmt: skip
"""Ending of a file name → what kind of file it is."""


def _domain(host: str) -> str:
    """Say a bare domain: 깃허브 닷컴."""
    name, _, top = host.removeprefix("www.").rpartition(".")
    site = _site(host) or name.replace(".", " 점 ")
    return f"{site} {_TOP.get(top, '점 ' + top)}"


def _site(host: str) -> str | None:
    labels = host.lower().removeprefix("www.").split(".")
    domains = (".".join(labels[start:]) for start in range(len(labels)))
    return next((_SITES[domain] for domain in domains if domain in _SITES), None)


def _link(match: re.Match[str]) -> str:
    host, slash, _ = match["host"].partition("/")
    if not slash:
        said = _domain(host)
    else:
        site = _site(host) or (_domain(host) if "." in host else host)
        said = f"{site} 링크".strip()
    return agree(said, match["particle"])


def _mail(match: re.Match[str]) -> str:
    name, _, host = match["address"].partition("@")
    name = re.sub(r"[._+-]+", lambda sign: " 점 " if sign[0] == "." else " ", name)
    name = re.sub(r"\d+", lambda number: " " + digits(number[0]), name)
    return agree(f"{name} 골뱅이 {_domain(host)}", match["particle"])


def _file(match: re.Match[str]) -> str:
    stem = re.sub(r"_+|(?<!\d)-|-(?!\d)", " ", match["stem"]).strip()
    return agree(f"{stem} {_FILES[match['kind'].lower()]} 파일", match["particle"])


ADDRESSES = Rules(
    (r"(?i)(?<![A-Za-z])(node|next|nuxt|vue|react|express|three)\.js(?![A-Za-z])", r"\1JS"),
    (rf"{URL}(?P<host>[^{URL}]*){URL}\s?{PARTICLE}", _link),
    (rf"{EMAIL}(?P<address>[^{EMAIL}]*){EMAIL}\s?{PARTICLE}", _mail),
    (
        r"(?<![\w-])(?P<stem>[\w-]*\w)"
        rf"\.(?P<kind>(?i:{'|'.join(sorted(_FILES, key=len, reverse=True))}))"
        rf"(?![A-Za-z0-9.])(?:\s?파일)?{PARTICLE}",
        _file,
    ),
    (f"[{URL}{EMAIL}]", " "),
)
"""To be applied first: addresses and names hold what looks like numbers and dates."""
