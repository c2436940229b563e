"""Words that point at what was shown or made before: "그거", "두 번째 메일", "that one"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from arion_host.language.numbers import parse_number
from arion_host.language.utterance import tidy
from arion_kit.words import Language

LAST = -1
"""The place of the last of several."""

_NOUNS: tuple[tuple[frozenset[str], dict[Language, tuple[str, ...]]], ...] = (
    (frozenset({"messages"}), {"ko": ("메일",), "en": ("email",)}),
    (frozenset({"drafts", "draft_id"}), {"ko": ("초안",), "en": ("draft",)}),
    (
        frozenset({"events", "event"}),
        {"ko": ("일정", "회의"), "en": ("event", "meeting", "invitation")},
    ),
    (frozenset({"issues", "issue"}), {"ko": ("이슈",), "en": ("issue",)}),
    (frozenset({"pulls", "pull"}), {"ko": ("PR",), "en": ("PR", "pull request")}),
    (frozenset({"places", "destination", "origin"}), {"ko": ("곳",), "en": ("place",)}),
    (
        frozenset({"results", "rows"}),
        {"ko": ("글", "기사", "페이지", "할 일"), "en": ("article", "page", "task")},
    ),
    (frozenset({"markdown"}), {"ko": ("페이지",), "en": ("page",)}),
    (frozenset({"offers", "products", "product", "deals"}), {"ko": ("상품",), "en": ("product",)}),
    (frozenset({"notifications"}), {"ko": ("알림",), "en": ("notification",)}),
    (frozenset({"notes", "note"}), {"ko": ("메모",), "en": ("note",)}),
)
"""What people call the rows that stand under a field of a result, the likeliest first."""

SAID_KO = (
    r"메일|이메일|초안|일정|회의|미팅|약속|예약|초대|이슈|풀\s?리퀘스트|PR|피알|기사|뉴스|글|페이지|문서"
    r"|할\s?일|결과|곳|장소|가게|식당|카페|상품|제품|물건|알림|메모|노트|링크"
)
SAID_EN = (
    r"e-?mail|mail|message|draft|event|meeting|appointment|invitation|invite|issue|pull request|pr"
    r"|article|story|news|page|doc|document|task|result|place|shop|restaurant|caf[eé]|product|item"
    r"|notification|note|link|thing"
)
THING_KO = r"거|것|꺼|건|걸|게|데"
_SOON_KO = r"방금|아까|지금|금방|조금\s?전에?|좀\s?전에?|전에"
_NTH_KO = r"첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열|\d{1,2}"
PLACE_KO = (
    rf"(?:위에서\s?)?(?P<nth>{_NTH_KO})\s?번\s?째|(?P<short>첫|둘|셋|넷)째"
    r"|(?P<last>(?:맨\s?|제일\s?|가장\s?)?(?:마지막|끝|아래|밑)에?)|(?P<top>(?:맨|제일|가장)\s?(?:처음|위|앞)에?)"
)
IT_KO = rf"(?:(?:{_SOON_KO})\s?)?(?:그|이|요|저)|(?:{_SOON_KO})"
_ALL_KO = r"(?:그거\s?|그것들\s?)?(?:전부|모두|싹\s?다|둘\s?다|셋\s?다|몽땅|다)"
NTH_EN = (
    r"(?P<nth>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th))"
    r"|(?P<last>last)|(?P<top>top)"
)
_ORDINALS_EN = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_NTHS_KO = ("첫", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_SHORT_KO = ("첫", "둘", "셋", "넷")

_OTHER_KO = (
    r"(?P<other>(?:그\s?)?나머지(?:\s?(?:하나|거|것|걸|건|게|메일|일정|초대|이슈|상품))?"
    r"|(?:그\s?)?(?:다른|딴)\s?(?:하나|거|것|걸|건|게))"
)
_OTHER_EN = rf"(?P<other>(?:the )?(?:other|remaining)(?: one| (?:{SAID_EN}))?)"
_WHICH_KO = r"(?P<which>(?:제일|가장|더|젤)\s?\S+\s(?:거|것|꺼|건|걸|게))"
_WHICH_EN = (
    r"(?P<which>(?:the )?(?:\w+est|best|worst|next|previous|same|right|wrong|\w+er"
    r"|(?:more|most|less|least) \w+) ones?)"
)
_POINTS: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        rf"(?:(?P<every>{_ALL_KO})|{_OTHER_KO}|{_WHICH_KO}|(?:{PLACE_KO})(?:\s?(?:번째\s?)?(?:{THING_KO}|(?P<n1>{SAID_KO})))?"
        rf"|(?:{IT_KO})(?:\s?(?:{THING_KO}|(?P<n2>{SAID_KO})))?|거기|그곳|그쪽)"
        r"(?:[을를은는이가도만]|으?로)?"
    ),
    "en": re.compile(
        rf"(?:(?P<every>(?:(?:all |both )?of )?(?:them|those|these)|both|all of it)"
        rf"|{_OTHER_EN}|{_WHICH_EN}|(?:the |that )?(?:{NTH_EN})(?: one| (?P<n1>{SAID_EN}))?"
        rf"|its?|(?:that|this)(?: one| (?P<n2>{SAID_EN}))?|there)",
        re.IGNORECASE,
    ),
}
"""Words that do nothing but point, as a slot may hold them."""

_HINT: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        rf"(?<!\S)(?:{IT_KO})\s?(?:{THING_KO}|{SAID_KO})|{PLACE_KO}|(?<!\S)(?:거기|그곳|그쪽|나머지)"
    ),
    "en": re.compile(
        rf"\b(?:its?|that|this|them|those|these|there|both)\b|\b(?:the|that) (?:{NTH_EN})\b", re.I
    ),
}
_LEANS: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        rf"(?<!\S)(?:(?:그|이|저)\s?(?:거|것|건|걸|게|날|때|분|사람)|거기|그곳|그쪽|걔|방금\s?(?:그\s?)?(?:거|것|{SAID_KO})"
        rf"|(?:{_NTH_KO})\s?번\s?째\s?(?:{THING_KO}|{SAID_KO})"
        rf"|(?:제일|가장|젤|더|덜)\s\S+\s(?:거|것|꺼|건|걸|게))(?=$|[\s을를은는이가도만의에로,]|한테|까지|부터|랑)"
    ),
    "en": re.compile(
        rf"\b(?:the |that )?(?:{NTH_EN}) one\b|\b(?:that|this|the same) (?:day|one|place|person)\b"
        r"|\b(?:of|about|for|near) (?:it|them|those|these)$"
        # "trash the oldest" of what was shown
        r"|\bthe \w+(?:est|er) one\b|^\w+ the (?:\w+est|last|first|second|third|other|next)$",
        re.IGNORECASE,
    ),
}
"""What means something that was shown or said before, in words that are looked for."""
_THERE = re.compile(
    r"(?<!\S)(?:거기|여기)(?:에다?가?|다가?)?(?=\s|$)|\b(?:in|on|to) there\b|\bthere$", re.I
)
_EVERY: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?<!\S)(?:전부|모두|싹\s?다|둘\s?다|셋\s?다|몽땅|다)(?=\s|$)"),
    "en": re.compile(r"\b(?:all of (?:them|those|these)|them all|both|them|those|all)\b", re.I),
}
_EVERYTHING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:내|나의|제)?\s*(?:모든|전체|온갖|전부|모두|몽땅|싹\s?다|다)(?:\s?(?:것|거))?"
    ),
    "en": re.compile(
        r"(?:(?:absolutely )?(?:all|every(?:thing|one)?|every single(?: one)?)"
        r"(?: of)?(?: (?:my|the|our))?)(?: (?:things?|stuff|ones?))?"
        r"|(?:(?:all )?(?:my|the) |all )?(?:events|emails|mails|messages|things)",
        re.I,
    ),
}


@dataclass(frozen=True)
class Pointing:
    """What words point at."""

    ordinal: int = 0
    """Its place among those that were shown, from 1; `LAST`; 0 where the one thing is meant."""
    noun: str = ""
    """What it was called, where it was called something."""
    every: bool = False
    """All of them are meant."""
    other: bool = False
    """The one is meant that nothing was done with yet."""
    unknown: bool = False
    """One of them is meant, and words do not tell which: the cheapest one."""


def read_pointing(words: str, language: Language) -> Pointing | None:
    """Read words that do nothing but point; None for others."""
    found = _POINTS[language].fullmatch(tidy(words, language))
    if found is None:
        return None
    groups = found.groupdict()
    noun = (groups["n1"] or groups["n2"] or "").lower()
    every, other, which = (groups[it] is not None for it in ("every", "other", "which"))
    return Pointing(_ordinal(groups), noun, every, other, which)


def means_all(text: str, language: Language) -> bool:
    """Whether an utterance is about all of what was shown."""
    return _EVERY[language].search(text) is not None


def means_everything(words: str, language: Language) -> bool:
    """Whether words name nothing but say that all there is is meant: 모든, everything."""
    return _EVERYTHING[language].fullmatch(tidy(words, language)) is not None


def may_point(text: str, language: Language) -> bool:
    """Whether an utterance holds words that point, as far as can be told without knowing more."""
    return _HINT[language].search(text) is not None


def leans(words: str, language: Language) -> bool:
    """Whether words to be looked for hold some that point, and others: 그날 날씨, "of it"."""
    return read_pointing(words, language) is None and _LEANS[language].search(words) is not None


def puts_there(text: str) -> bool:
    """Whether words name where something is put by pointing there: 거기에 추가해줘."""
    return _THERE.search(text) is not None


def nouns_of(field: str, language: Language) -> tuple[str, ...]:
    """What people call the rows under a field of a result; nothing where that is not known."""
    return next((nouns[language] for fields, nouns in _NOUNS if field in fields), ())


def _ordinal(groups: dict[str, str | None]) -> int:
    nth = (groups["nth"] or "").lower()
    short = groups.get("short")
    if groups["last"]:
        return LAST
    if groups["top"]:
        return 1
    if short:
        return _SHORT_KO.index(short) + 1
    for names in (_NTHS_KO, _ORDINALS_EN):
        if nth in names:
            return names.index(nth) + 1
    digits = re.match(r"\d+", nth)
    return parse_number(digits[0]) or 0 if digits else 0
