"""Second thoughts right after something was made or removed: "아니 취소해", "delete it again"."""

from __future__ import annotations

import re
from typing import Literal

from arion_host.language.utterance import bare, tidy
from arion_kit.words import Language

Deed = Literal["made", "removed"]

_DEEDS: dict[Deed, re.Pattern[str]] = {
    "removed": re.compile(r"delete|trash|remove|clear"),
    "made": re.compile(r"create|add|append|insert|write|book|new|draft"),
}
"""What the names of tools hold, the first that fits."""

_REGRET: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:(?:아니(?:야|다|요|지)?|아뇨|아냐|됐어요?|됐다|참|잠깐만?|미안(?:해요?)?|앗"
        r"|실수(?:야|예요|했어요?|했네)?|생각해 ?보니까?"
        r"|필요 ?없(?:어요?|겠다|네)|안 ?(?:할래|갈래|해도 돼|사도 돼|보낼래|갈 거야)(?:요)?"
        r"|잘못 ?(?:했|말했)(?:어요?|네)"
        r"|(?:그냥|도로|다시))[\s,.]+)+"
    ),
    "en": re.compile(
        r"(?:(?:actually|never ?mind|forget (?:it|that)|no+|nope|wait|hold on|sorry|oops|whoops"
        r"|on second thoughts?|my (?:mistake|bad)|hm+|oh|changed my mind|i(?:'ve)? changed my mind"
        r"|scratch that|just|then|and|please)[\s,.]+)+",
        re.IGNORECASE,
    ),
}
"""What says that the person thinks otherwise now; one of these has to be there, or an "again"."""
_IT_KO = (
    r"(?:(?:그거|그건|그걸|이거|이건|방금 ?(?:거|그거|건)|아까 ?거|그 ?일정"
    r"|그 ?메모)[은는을를도]?\s)?"
)
_AGAIN_KO = r"(?:(?:도로|다시|그냥|그만)\s)*"
_GIVE_KO = r"\s?(?:버려\s?)?(?:줘요?|주세요|줄래요?|주라|라|자|요|놔)?"
_TAKE_BACK: dict[Deed, dict[Language, re.Pattern[str]]] = {
    "made": {
        "ko": re.compile(
            rf"{_IT_KO}(?P<again>{_AGAIN_KO})(?:취소(?:해)?|지워|삭제(?:해)?|빼|없애|빼라|관둬){_GIVE_KO}"
            r"(?:[\s,]+(?:그거|안 ?(?:갈래|보낼래|할래|살래|해도 돼)))?"
        ),
        "en": re.compile(
            r"(?:delete|remove|cancel|scrap|scratch|drop|bin|erase|take|ditch|get rid of)"
            r"(?: (?:it|that|this|them|that one))?(?: (?:off|out|back|down))?"
            r"(?P<again> again| after all)?",
            re.IGNORECASE,
        ),
    },
    "removed": {
        "ko": re.compile(
            rf"{_IT_KO}(?P<again>{_AGAIN_KO})(?:넣어|살려|되살려|복구(?:해)?|추가해|돌려|올려){_GIVE_KO}"
        ),
        "en": re.compile(
            r"(?:put|bring|add|get|take) (?:it|that|them) back(?: on| in)?(?P<again> again)?"
            r"|restore (?:it|that|them)(?P<again2>)",
            re.IGNORECASE,
        ),
    },
}
_SCRAP = re.compile(r"(?:scratch|scrap|ditch) (?:that|it)", re.IGNORECASE)
_NEVER_MIND = re.compile(
    r"(?:(?:actually|oh|wait|sorry|no|hm+|on second thoughts?)[\s,.]+)+"
    r"(?:never ?mind|forget (?:it|that))",
    re.IGNORECASE,
)
_NAMED: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        rf"(?P<what>.+?)[은는을를]?\s(?:도로 |다시 |그냥 )?(?:취소(?:해)?|지워|삭제(?:해)?|빼"
        rf"|없애){_GIVE_KO}"
        rf"|(?:취소(?:해)?|지워|삭제(?:해)?|빼|없애){_GIVE_KO}\s(?P<what2>\S+)"
    ),
    "en": re.compile(
        r"(?:delete|remove|cancel|scrap|drop|take|scratch)(?: off)? (?:the )?(?P<what>.+?)"
        r"(?: (?:off|out))?(?: again| after all)?",
        re.IGNORECASE,
    ),
}


def deed_of(tool: str) -> Deed | None:
    """Whether a tool makes or removes things, by its name; None where it does neither."""
    return next((deed for deed, names in _DEEDS.items() if names.search(tool)), None)


def regrets(text: str, deed: Deed, language: Language) -> bool:
    """Whether `text` asks to take back what was done last.

    Only what says that it is a second thought counts, and what names nothing.
    """
    words = tidy(text, language)
    if deed == "made" and _NEVER_MIND.fullmatch(text.strip(" .!")):
        return True
    opened = _REGRET[language].match(words)
    rest = words[opened.end() :] if opened else words
    found = _TAKE_BACK[deed][language].fullmatch(rest)
    if found is None:
        return False
    # "Put it back" can only mean what is gone.
    back = deed == "removed" and language == "en"
    return bool(opened or found["again"] or back or _SCRAP.fullmatch(words))


def removal_of(text: str, said: str, language: Language) -> str | None:
    """The command that takes away what `said` named, where that is a second thought.

    "아니 빼줘 라면" is 라면 빼줘. None where it names something else.
    """
    words = tidy(text, language)
    opened = _REGRET[language].match(words)
    rest = words[opened.end() :] if opened else words
    named = _NAMED[language].fullmatch(rest) if opened else None
    what = next((it for it in named.groupdict().values() if it), "") if named else ""
    if len(bare(what)) <= 1 or bare(what) not in bare(said):
        return None
    return (
        rest
        if rest.startswith(what) or language == "en"
        else f"{what} {rest[: -len(what)].strip()}"
    )
