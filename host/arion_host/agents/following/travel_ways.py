"""Ways to get somewhere: the same way on foot, by bus, by car."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arion_kit.words import Language

_WAYS: dict[Language, tuple[tuple[re.Pattern[str], str], ...]] = {
    "ko": (
        (re.compile(r"걸어서(?: 가면)?|도보로|도보|걸어\s?가면|걸으면"), "걸어서"),
        (
            re.compile(
                r"대중교통으로|대중교통|지하철로|지하철|전철로|버스로|버스|(?:지하철|버스|전철|대중교통)(?:을|를)?\s?(?:타면|이용하면)"
            ),
            "대중교통으로",
        ),
        (
            re.compile(r"차로|자동차로|자동차|운전해서|차|차\s?(?:타면|로 가면)|운전하면"),
            "차로",
        ),
        (re.compile(r"택시로?|택시를?\s?(?:타면|타고 가면|로 가면)"), "택시로"),
    ),
    "en": (
        (
            re.compile(
                r"on foot|by foot|walking|the walk|(?:if )?(?:i|we) walk(?:ed)?|walk(?: there"
                r"| it)?",
                re.I,
            ),
            "on foot",
        ),
        (
            re.compile(
                r"by (?:public )?transit|by subway|by bus|by train|by metro|public transport"
                r"|(?:take |taking |on )?(?:the |a )?(?:subway|bus|metro|train)"
                r"|(?:by )?public transport|transit",
                re.I,
            ),
            "by public transport",
        ),
        (
            re.compile(
                r"(?:(?:by|in|take|taking) )?(?:the |a |my )?car|driving|the drive"
                r"|(?:if )?(?:i|we) (?:drive|drove)|drive(?: there| it)?",
                re.I,
            ),
            "by car",
        ),
        (re.compile(r"(?:(?:by|in|take|taking) )?(?:the |a )?(?:taxi|cab)", re.I), "by taxi"),
    ),
}
"""Ways to get somewhere, with the words that stand for each."""
_WAY_SAID: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?<!\S)(?:걸어서|도보로|대중교통으로|지하철로|전철로|버스로|차로|자동차로|운전해서|택시로)(?!\S)"
    ),
    "en": re.compile(
        r"\b(?:on foot|by (?:foot|car|taxi|bus|subway|train|metro|transit|public transport"
        r"|public transit))\b",
        re.IGNORECASE,
    ),
}
_UNKNOWN: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:자전거|킥보드|전동 ?킥보드|오토바이|스쿠터|기차|KTX|비행기|배|헬기|따릉이)(?:로"
        r"|를? ?타면|타고)?"
    ),
    "en": re.compile(
        r"(?:by |on |taking )?(?:a |the |my )?(?:bike|bicycle|cycling|scooter|motorbike|plane"
        r"|flight"
        r"|flying|ferry|boat|cycle)",
        re.IGNORECASE,
    ),
}
_LED_EN = re.compile(
    r"(?:drive|walk|driving|walking|bus|subway)(?: directions?| route)? (?=from |to )",
    re.IGNORECASE,
)
_HOW_LONG_EN = re.compile(r"\bthe (?:drive|walk|ride)\b|\b(?:drive|walk)\b", re.IGNORECASE)


def other_ways(utterance: str, words: str, language: Language) -> Iterator[tuple[str, str]]:
    """`utterance` by the way that `words` are, and the words for it."""
    way = next((to for known, to in _WAYS[language] if known.fullmatch(words)), None)
    if way is None:
        return
    if said := _WAY_SAID[language].search(utterance):
        yield utterance[: said.start()] + way + utterance[said.end() :], way
    elif language == "ko":
        yield f"{way} {utterance}", way
    elif led := _LED_EN.match(utterance):
        yield f"How do I get {utterance[led.end() :].rstrip(' ?!.')} {way}", way
    elif _HOW_LONG_EN.search(utterance):
        noun = {"on foot": "the walk", "by car": "the drive"}.get(way, "the ride")
        plain = _HOW_LONG_EN.sub(noun, utterance, count=1)
        yield plain, noun
        yield f"{_HOW_LONG_EN.sub('it', utterance.rstrip(' ?!.'), count=1)} {way}", way
    else:
        yield f"{utterance.rstrip(' ?!.')} {way}", way


def is_unknown_way(words: str, language: Language) -> bool:
    """Whether words are a way to get somewhere that nobody can be told of here."""
    return _UNKNOWN[language].fullmatch(words) is not None
