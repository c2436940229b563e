"""What is said to go on from the last utterance: "모레는?", "계란도", "what about the yen?".

A fragment asks for nothing by itself: it is the last utterance with one part replaced, or with
something added to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from arion_host.agents.deixis import SAID_EN, SAID_KO, read_pointing
from arion_host.language.utterance import bare, tidy
from arion_kit.words import Language

_LONGEST = 40
"""Characters; what is longer says everything itself."""

_OPENING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"^(?:그럼|그러면|그리고|그럼 혹시|또|이번엔|이번에는|그\s?중에서?|거기서"
        r"|(?:아니,?\s)?그거 말고)[\s,]+"
    ),
    "en": re.compile(
        r"^(?:(?:ok(?:ay)?|alright|great|cool|no[\s,]+wait|no|wait|actually)[\s,]+)?(?:and |then )?"
        r"(?:(?:what about|how about|(?:the )?same for|anything|any|and|then|but)[\s,]+)"
        r"|^(?:no[\s,]+wait|no|wait|actually)[\s,]+",
        re.IGNORECASE,
    ),
}
_ALSO: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"^그리고\s"),
    "en": re.compile(r"^and (?!what|how|the way|the day)", re.IGNORECASE),
}
_CLOSING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:(?<=[가-힣A-Za-z\d])(?:은요|는요|은|는|도|만|(?:으로|로)는)|으?로만|걸로만?|[거것]만?)$"
        r"|(?:[은는]|\s?[건게])\s(?:어때요?|없어요?|없나요?|있어요?|있나요?|어떻게 돼요?)$"
    ),
    "en": re.compile(r"[\s,]+(?:too|as well|only|instead|please|then)$", re.IGNORECASE),
}
_AGAIN: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:\s?다시|(?<=[만도]))\s(?:찾아|보여|알려|검색해|골라|말해|읽어)\s?"
        r"(?:줘요?|주세요|봐요?|줄래요?)$"
    ),
    "en": re.compile(
        r"^(?:show|find|search|try|look)(?: me)?(?: again)?(?: for)?\s+(?=only|just)", re.I
    ),
}
_ONLY_EN = re.compile(r"^(?:only|just)\s+(?:the\s+)?|\s+ones?$", re.IGNORECASE)
_NARROWS_KO = re.compile(
    r"(?:[가-힣](?:는|은|된|될)|(?<!\S)(?:더|덜|제일|가장) \S+|한|운|싼|큰)\s?(?:거|것|건|걸|게)"
    r"(?=$|만|로|\s)"
)
_VERB: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:줘요?|주세요|줄래요?|주라|해라?|하자|할게요?|봐요?|[어아]라|니|냐|나요|까요?)$"
    ),
    "en": re.compile(
        r"^(?:show|tell|give|find|search|look|list|open|get|read|what|when|where|who|how|which|is|are"
        r"|do|did|can|could|schedule|book|make|create|add|put|set|move|cancel|delete|remove|send"
        r"|write|draft|reply|forward|archive|trash|mark|star|comment|close|assign|invite|accept"
        r"|decline|remind|call|change|rename|bin)\b",
        re.IGNORECASE,
    ),
}
"""What asks for something by itself."""
_NOUN: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(SAID_KO),
    "en": re.compile(rf"(?:the |my )?(?:{SAID_EN})s?", re.IGNORECASE),
}
"""A kind of thing, which asks for another thing altogether."""
_THAT_DAY: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"^그\s?날\s"),
    "en": re.compile(r"^(?:on )?that day\s|\s(?:on )?that day$", re.IGNORECASE),
}


@dataclass(frozen=True)
class Fragment:
    """Words that say nothing by themselves."""

    words: str
    is_marked: bool
    """They say that they go on from something: "…은?", "and …"."""
    too: bool
    """The same is wanted for another thing as well."""
    act: str = ""
    """The verb that was said with it in Korean."""
    narrows: bool = False
    """It says which of those that were found are wanted: 더 싼 거."""


def read_fragment(text: str, language: Language) -> Fragment | None:
    """Take a fragment out of what frames it; None where the words ask for something themselves."""
    raw = text.strip().rstrip(" ?!.~…")
    if not raw or len(raw) > _LONGEST:
        return None
    opened = _OPENING[language].sub("", raw)
    again = _AGAIN[language].sub("", opened)
    words = tidy(again, language)
    closed = _CLOSING[language].sub("", words).strip()
    closed = _THAT_DAY[language].sub("", re.sub(r"\s[거것]$", "", closed))
    if language == "en":
        closed = _ONLY_EN.sub("", closed)
    is_marked = (opened, again, closed) != (raw, opened, words)
    also = _ALSO[language].match(raw) is not None
    too = also or (
        words != closed and (words.endswith("도") or words.lower().endswith(("too", "as well")))
    )
    if not bare(closed) or (again == opened and _VERB[language].search(words)):
        return None
    if _NOUN[language].fullmatch(closed) or read_pointing(closed, language) is not None:
        return None
    act = opened.removeprefix(again).strip() if too and language == "ko" else ""
    narrows = words != closed and _NARROWS_KO.search(words) is not None
    return Fragment(closed, is_marked, too, act, narrows)
