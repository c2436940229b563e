"""What is said to go on from the last utterance: "모레는?", "계란도", "what about the yen?".

A fragment asks for nothing by itself: it is the last utterance with one part replaced, or with
something added to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from arion_host.agents.deixis import SAID_EN, SAID_KO, read_pointing
from arion_host.agents.following.narrowing import wanted
from arion_host.agents.following.neighbours import names_neighbour
from arion_host.language.utterance import bare, tidy
from arion_kit.words import Language

_LONGEST = 40
"""Characters; what is longer says everything itself."""
_FEW = 3
"""Words of a question that asks for nothing by itself: pharmacies?"""

_OPENING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"^(?:(?:아|오|참|맞다|네|응|아 맞다)[\s,]+)?"
        r"(?:그럼|그러면|그리고|그럼 혹시|또|이번엔|이번에는|그\s?중에서?|거기서|혹시"
        r"|(?:아니,?\s)?(?:그거|거기|그쪽) 말고)[\s,]+"
    ),
    "en": re.compile(
        r"^(?:(?:ok(?:ay)?|alright|great|cool|oh|ah|hm+|nice|perfect|good|no[\s,]+wait|no|wait"
        r"|actually)[\s,]+)?(?:and |then |but )?(?:also )?"
        r"(?:(?:what about|how about|what if (?:i|we)(?: go| went| took| take)?"
        r"|(?:the )?same(?: thing)?(?: for| with)?|anything|any|and|then|but|or|plus|also"
        r"|try)[\s,]+)"
        r"|^(?:no[\s,]+wait|no|wait|actually)[\s,]+",
        re.IGNORECASE,
    ),
}
_ALSO: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"^(?:(?:아|오|참|맞다|아 맞다)[\s,]+)?그리고\s"),
    "en": re.compile(
        r"^(?:(?:oh|ah|ok|okay)[\s,]+)?(?:and|plus|also)[\s,]+(?!what|how|the (?:way|day|week"
        r"|month))",
        re.IGNORECASE,
    ),
}
_CLOSING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"\s?(?:건|거는|것은|꺼는|껀)요?$"
        r"|(?:(?<=[가-힣A-Za-z\d])(?:은요|는요|은|는|도|만)|으?로만|걸로만?|[거것]만?)$"
        r"|\s?거로만?$|(?:[은는]|\s?(?:건|게|거|거는))\s(?:어때요?|없어요?|없나요?|있어요?"
        r"|있나요?|어떻게 돼요?)$"
        r"|[은는도]\s(?:비어|돼|되나|될까|가능해|가능한가|괜찮아)(?:요|나요)?$"
    ),
    "en": re.compile(r"[\s,]+(?:too|as well|only|instead|please|then)$", re.IGNORECASE),
}
_ADD_KO = re.compile(
    r"(?<=도)\s(?:넣어|추가해|적어|담아|올려|써|사야|추가|부탁)"
    r"\s?(?:줘요?|주세요|줄래요?|놔|놓아|해요?|돼요?|하자|드려요|드립니다)?$"
)
"""The same is to be put there as well."""
_AND_COUNT_KO = re.compile(
    r"도(?=\s(?:\d+|[한두세네열]|다섯|여섯|일곱|여덟|아홉)\s?"
    r"(?:개|병|봉지|통|팩|판|단|모|박스|묶음|캔|줄|마리|근|킬로)$)"
)
_CAME_KO = re.compile(r"\s(?:온|받은|들어온|도착한)$")
_AGAIN: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"\s다시$|(?:\s?다시|(?<=[만도]))\s(?:찾아|보여|알려|검색해|골라|말해|읽어)\s?"
        r"(?:줘요?|주세요|봐요?|줄래요?)$"
    ),
    "en": re.compile(
        r"^(?:show|find|search|try|look)(?: me)?(?: again)?(?: for)?\s+(?=only|just)", re.I
    ),
}
_ONLY_EN = re.compile(r"^(?:only|just)\s+(?:the\s+)?(?:ones?\s+)?|\s+ones?$", re.IGNORECASE)
_ONLY: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"만$"),
    "en": re.compile(r"^(?:only|just)\b|\bonly$", re.IGNORECASE),
}
_NARROWS: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:[가-힣](?:는|은|된|될)|(?<!\S)(?:더|덜|제일|가장) \S+|한|운|싼|큰|린|힌)\s?(?:거"
        r"|것|건|걸|게)"
        r"(?=$|만|로|\s)|\S\s(?:거|걸)로(?:만)?$"
    ),
    "en": re.compile(r"^(?:only|just)\b|\bones?$", re.IGNORECASE),
}
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
_PLACED: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?:근처|주변|부근|쪽)(?:으로|에서?)?$"),
    "en": re.compile(r"^(?:near|around) ", re.IGNORECASE),
}
"""Words that name a place, whatever was asked about it."""
_NOUN: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(rf"(?!가게|식당|카페|뉴스|기사|이슈|풀|PR|피알)(?:{SAID_KO})"),
    "en": re.compile(
        rf"(?:the |my )?(?!shop|restaurant|caf|news|article|stor|issue|pull|pr\b)(?:{SAID_EN})s?",
        re.IGNORECASE,
    ),
}
"""A kind of thing, which asks for another thing altogether, unless many may be near or found."""
_LEANS: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?<!\S)(?:(?:그|이|저)\s?(?:거|것|건|걸|게|사람|분)|거기|그곳|그쪽|여기)"),
    "en": re.compile(
        r"\b(?:it|its|them|those|these|there"
        r"|(?:that|this)(?! (?:week|month|year|morning|afternoon|evening|weekend|\w+day)))\b",
        re.IGNORECASE,
    ),
}
"""What points at a thing that was shown."""
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
    only: bool = False
    """Of what was found only some is wanted."""
    narrows: bool = False
    """It says which of those that were found are wanted: 더 싼 거."""


def read_fragment(text: str, language: Language) -> Fragment | None:
    """Take a fragment out of what frames it; None where the words ask for something themselves."""
    raw = text.strip().rstrip(" ?!.~…")
    if not raw or len(raw) > _LONGEST:
        return None
    asks = text.rstrip().endswith("?") and len(raw.split()) <= _FEW
    opened = wanted(_OPENING[language].sub("", wanted(raw, language)), language)
    again = _AGAIN[language].sub("", opened)
    added = _ADD_KO.sub("", again) if language == "ko" else again
    words = tidy(added, language) or added  # a repository may have the assistant's name
    counted = _AND_COUNT_KO.sub("", words) if language == "ko" else words
    closed = _CLOSING[language].sub("", counted).strip()
    closed = _THAT_DAY[language].sub("", re.sub(r"\s[거것]$", "", closed))
    closed = (
        _ONLY_EN.sub("", closed).removesuffix("'s")
        if language == "en"
        else _CAME_KO.sub("", closed)
    )
    is_marked = (
        asks
        or _PLACED[language].search(words) is not None
        or (opened, again, counted, closed) != (raw, opened, words, counted)
    )
    also = _ALSO[language].match(raw) is not None or counted != words
    too = also or (
        counted != closed and (words.endswith("도") or words.lower().endswith(("too", "as well")))
    )
    if not bare(closed) or (again == opened and _VERB[language].search(words)):
        return None
    if _NOUN[language].fullmatch(closed) or _points(closed, language, is_marked=is_marked):
        return None
    act = opened.removeprefix(again).strip() if too and language == "ko" else ""
    narrows = counted != closed and _NARROWS[language].search(words) is not None
    only = counted != closed and _ONLY[language].search(words) is not None
    return Fragment(closed, is_marked, too, act, only, narrows)


def _points(words: str, language: Language, *, is_marked: bool) -> bool:
    """Whether words point at something, which is more than another one of several."""
    if names_neighbour(words, language):
        return False
    pointing = read_pointing(words, language)
    if pointing is not None:
        return not (pointing.ordinal and is_marked)
    return _LEANS[language].search(words) is not None
