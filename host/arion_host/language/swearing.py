"""Swear words: a command is understood without them, and nothing repeats them."""

from __future__ import annotations

import re

from arion_kit.words import Language

_KO = (
    r"(?:씨+|시|쉬|슈|ㅆ)[발팔빨벌](?!점|역|택시|자동차)(?:아|년|놈|것|롬|새끼)?|ㅅㅂ|ㅆㅂ|씹(?:새끼|할)?"
    r"|좆(?:같은|같이|같네|같아|나게?|까)?|[존졸]나게?|개(?:새끼|색기|소리|같은|쌍)(?:야|들|들아)?"
    r"|이?\s?새끼(?:야|들아)|[병븅]신(?:아|같은|같이|새끼)?|ㅂㅅ|지랄(?:하네|마|맞은)?|ㅈㄹ|미친(?:놈|년|새끼)(?:아)?"
    r"|빌어먹을|젠장|제기랄|염병할?|썅|망할|닥쳐|꺼져|엿\s?먹어"
)
_EN = (
    r"(?:mother|mutha)?fuck(?:ing?|in'|ed|er|ers|s)?(?: (?:you|off|it|this))?|wtf|bitch(?:es)?"
    r"|(?:god ?)?damn(?:ed|it)?|(?:bull)?shit(?:ty)?|ass ?holes?|bastards?|crap(?:py)?|screw you"
    r"|piece of shit|shut up"
)
_SWEAR: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        rf"(?<![\w])(?:{_KO}|{_EN})(?!\s*이?라[고는])(?=[\s,.!?~]|$)[,.!~]*", re.IGNORECASE
    ),
    "en": re.compile(
        rf"(?<![\w])(?:(?<=what )the (?:fuck|hell)|(?<=where )the (?:fuck|hell)|{_EN}|{_KO})"
        r"(?=[\s,.!?~]|$)[,.!~]*",
        re.IGNORECASE,
    ),
}
_SIGH = re.compile(r"(?:(?:아|야|어휴|oh|ah)[\s,]+)?", re.IGNORECASE)
_TOLD_OF = re.compile(
    r"\s*(?:이?라|뜻|의미|무슨|영어|검색|어원|욕|[을를이가은는]\s|mean|is|in|and)", re.IGNORECASE
)
"""What follows a curse that is talked about."""
_ANY = re.compile(
    r"씨+[발팔빨]|시[발팔](?!점|역|택시)|좆|존나|개새끼|병신|지랄|fuck|shit(?!ake|ak)|bitch|asshole"
    r"|\b(?:god ?)?damn",
    re.IGNORECASE,
)
_LEFT: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"라[고는]|[다냐자까]고|답장|회신|댓글|코멘트|메모|제목|적어|써|뜻|무슨\s?말|의미|검색"
    ),
    "en": re.compile(
        r"\b(?:say(?:s|ing)?|tell(?:ing)?|called|titled|named|repl(?:y|ies|ying)|comment|message"
        r"|mean(?:s|ing)?|search|google|write|note|that)\b",
        re.IGNORECASE,
    ),
}
"""Where words of a message, a title or a search are said, they may be among those."""


def without_swearing(text: str, language: Language) -> str:
    """The words that are left without curses; all of them where they may be part of a message."""
    if _LEFT[language].search(text):
        sigh = _SIGH.match(text)
        first = _SWEAR[language].match(text, sigh.end() if sigh else 0)
        if first is None or _TOLD_OF.match(text, first.end()):
            return text
        return text[first.end() :].strip(" ,.!~") or text
    plain = re.sub(r"\s{2,}", " ", _SWEAR[language].sub("", text)).strip(" ,.!~")
    return plain or text


def is_swearing(text: str, language: Language) -> bool:
    """Whether a text is nothing but curses."""
    left, count = _SWEAR[language].subn("", text)
    return count > 0 and not left.strip(" ,.!?~…")


def softened(text: str, instead: str) -> str:
    """The text with `instead` in the place of every curse."""
    words = (instead if _ANY.search(word) else word for word in re.split(r"(\s+|['\"“”‘’])", text))
    return "".join(words)


def swears(text: str) -> bool:
    """Whether there is a curse in it."""
    return _ANY.search(text) is not None
