"""What a fragment adds to a search: "only the unread ones", "without tolls", "사진도"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from arion_host.agents.deixis import SAID_EN
from arion_kit.words import Language

_NOUN_EN = re.compile(rf"\b(?:{SAID_EN})s?\b", re.IGNORECASE)
_BEHIND_EN = re.compile(
    r"(?:with|without|from|under|over|below|above|in|at|near|between|since|before|after|by|on|for"
    r"|less|more|within|sorted|that|which|about)\b",
    re.IGNORECASE,
)
"""What begins words that stand behind what they say more about."""
_PLAIN_EN = re.compile(
    r"^(?:the |only |just )*(?:ones? )?(?:(?:that|which) (?:are|have|has|is) )?|\sones?$", re.I
)
_LESS_KO = (
    r"\s?(?:으?로|[거것]|걸로)$",
    r"\s(?:되는|있는|나온|쓴|같은)(?:\s[거것글])?$",
    r"\s글$",
)
_MORE_KO = re.compile(r"^(?:더|조금 더|좀 더)\s")

_KINDS: dict[Language, tuple[tuple[str, str], ...]] = {
    "ko": (
        (r"뉴스|기사|뉴스 기사", "뉴스"),
        (r"사진|이미지|그림", "사진"),
        (r"블로그(?: ?글)?|블로그 후기", "블로그 글"),
        (r"동영상|영상|비디오", "동영상"),
        (r"이슈", "이슈"),
        (r"PR|피알|풀\s?리퀘스트", "PR"),
    ),
    "en": (
        (r"(?:the )?news|articles?|stories", "news about"),
        (r"(?:any |some )?(?:pictures?|photos?|images?|pics)", "pictures of"),
        (r"(?:any |some )?(?:blogs?|blog posts?)", "blog posts about"),
        (r"(?:any |some )?(?:videos?|clips)", "videos about"),
        (r"(?:the )?issues", "issues in"),
        (r"(?:the )?(?:prs|pull requests)", "pull requests in"),
    ),
}
"""Kinds of things that are found about one and the same matter."""

_WITHOUT: dict[Language, tuple[tuple[re.Pattern[str], str], ...]] = {
    "ko": (
        (
            re.compile(
                r"(?P<what>.+?)\s?(?:넘는|이상인|초과하는|이상)\s?(?:건|거는|것은|거|것)?\s?"
                r"(?:빼고|말고|제외하고|빼|제외)(?:\s?(?:줘요?|주세요))?"
            ),
            r"\g<what> 이하",
        ),
        (
            re.compile(r"(?P<what>.+?)\s?(?:안 넘는|넘지 않는)(?:\s?[거것걸])?(?:으?로)?만?"),
            r"\g<what> 이하",
        ),
    ),
    "en": (
        (
            re.compile(r"(?:nothing|none|not) (?:above|over|more than|pricier than|beyond) ", re.I),
            "under ",
        ),
        (re.compile(r"no more than ", re.I), "under "),
        (
            re.compile(r"(?:nothing|none|not) (?:under|below|less than|cheaper than) ", re.I),
            "over ",
        ),
        (
            re.compile(
                r"(?:(?:(?:to )?avoid|avoiding|skip|skipping|not using|not taking|don't (?:use"
                r"|take))"
                r" (?:any )?(?:the )?|no (?=tolls?\b|toll roads?\b|(?:high|free|motor"
                r"|express)ways?\b))",
                re.I,
            ),
            "without ",
        ),
    ),
}
"""What is not wanted, as what a search is told."""


def wanted(words: str, language: Language) -> str:
    """Say what is not wanted the way a search is told: nothing above 60 is under 60."""
    for pattern, plain in _WITHOUT[language]:
        found = pattern.fullmatch(words) if language == "ko" else pattern.match(words)
        if found is not None:
            return found.expand(plain) + words[found.end() :]
    return words


def with_more(
    utterance: str, words: str, slots: Mapping[str, str], language: Language
) -> Iterator[tuple[str, str]]:
    """`utterance` with words that leave all of it as it is, and those words."""
    if language == "ko":
        for added in _shorter_korean(words):
            yield f"{added} {utterance}", added
        return
    plain = _PLAIN_EN.sub("", words).removesuffix("'s")
    for added in dict.fromkeys((plain, words)):
        behind = f"{utterance.rstrip(' ?!.')} {added}", added
        if _BEHIND_EN.match(added):
            yield behind
            continue
        for begin in _before_what(utterance, slots):
            yield f"{utterance[:begin]}{added} {utterance[begin:]}", added
        yield behind


def _before_what(utterance: str, slots: Mapping[str, str]) -> Iterator[int]:
    """Where an adjective may stand."""
    places = [it.start() for it in _NOUN_EN.finditer(utterance)][:1]
    places += [utterance.index(it) for it in slots.values() if it and utterance.count(it) == 1]
    yield from dict.fromkeys(places)


def _shorter_korean(words: str) -> Iterator[str]:
    """The words to be added, and what is left of them without what adds nothing."""
    yield words
    for ending in _LESS_KO:
        if (shorter := re.sub(ending, "", words).strip()) != words and shorter:
            yield shorter
    if (newer := _MORE_KO.sub("", words)) != words:
        yield newer


def names_kind(words: str, language: Language) -> bool:
    """Whether words are a kind of thing that is found about a matter: 사진, videos."""
    return any(re.fullmatch(known, words, re.IGNORECASE) for known, _ in _KINDS[language])


def of_another_kind(
    utterance: str, words: str, slots: Mapping[str, str], language: Language
) -> Iterator[tuple[str, str]]:
    """Another kind of thing about the same matter, and the words for the kind."""
    kind = next((to for known, to in _KINDS[language] if re.fullmatch(known, words, re.I)), None)
    if kind is None:
        return
    if language == "ko":
        for known, to in _KINDS[language]:
            found = re.search(rf"(?<!\S)(?:{known})(?=[을를]?\s)", utterance)
            if found and to != kind:
                yield utterance[: found.start()] + kind + utterance[found.end() :], kind
    topic = max(slots.values(), key=len, default="")
    if topic:
        whole = f"{topic} {kind} 찾아줘" if language == "ko" else f"find {kind} {topic}"
        yield whole, kind
