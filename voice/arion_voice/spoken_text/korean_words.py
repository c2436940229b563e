"""Latin words, letters and signs as they sound in Korean. Pure."""

from __future__ import annotations

import re

_LETTERS = {
    "A": "에이", "B": "비", "C": "씨", "D": "디", "E": "이", "F": "에프", "G": "지",
    "H": "에이치", "I": "아이", "J": "제이", "K": "케이", "L": "엘", "M": "엠", "N": "엔",
    "O": "오", "P": "피", "Q": "큐", "R": "알", "S": "에스", "T": "티", "U": "유", "V": "브이",
    "W": "더블유", "X": "엑스", "Y": "와이", "Z": "제트",
}  # fmt: skip

_WORDS = {
    "ai": "에이아이", "am": "오전", "android": "안드로이드", "api": "에이피아이", "app": "앱",
    "arion": "아리온", "asap": "최대한 빨리", "bus": "버스", "calendar": "캘린더",
    "chrome": "크롬", "email": "이메일", "e-mail": "이메일", "excel": "엑셀",
    "facebook": "페이스북", "faq": "에프에이큐", "figma": "피그마", "github": "깃허브",
    "gmail": "지메일", "google": "구글", "id": "아이디", "instagram": "인스타그램",
    "iphone": "아이폰", "issue": "이슈", "jira": "지라", "kakao": "카카오",
    "kakaomap": "카카오맵", "kakaotalk": "카카오톡", "link": "링크", "mail": "메일",
    "meet": "미트", "meeting": "미팅", "memo": "메모", "merge": "머지", "naver": "네이버",
    "netflix": "넷플릭스", "no": "노", "notion": "노션", "ok": "오케이", "okay": "오케이",
    "pc": "피시", "pm": "오후", "podcast": "팟캐스트", "python": "파이썬", "readme": "리드미",
    "release": "릴리스", "sns": "에스엔에스", "slack": "슬랙", "teams": "팀즈", "todo": "할 일",
    "to-do": "할 일", "usb": "유에스비", "vip": "브이아이피", "vs": "대", "wi-fi": "와이파이",
    "wifi": "와이파이", "yes": "예스", "youtube": "유튜브", "zoom": "줌",
}  # fmt: skip

_WORD = re.compile(r"[A-Za-z]+(?:[-'][A-Za-z]+)*")
_MAX_SPELLED = 5
"""A longer word in capitals is a word, not an abbreviation."""


def say_latin(text: str) -> str:
    """Return `text` with known words and abbreviations in Hangul; other words stay as they are."""
    return _WORD.sub(lambda match: _say_word(match[0]), text)


def _say_word(word: str) -> str:
    known = _WORDS.get(word.lower())
    if known:
        return known
    if len(word) == 1 or (word.isupper() and word.isalpha() and len(word) <= _MAX_SPELLED):
        return "".join(_LETTERS[letter] for letter in word.upper())
    return word
