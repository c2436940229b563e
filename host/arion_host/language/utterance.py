"""An utterance without what carries no meaning: fillers, politeness, names called, quotes."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from arion_kit.words import Language

MAX_CHARACTERS = 5_000
"""From this length on a text is no command."""

_QUOTES = re.compile(r"[\"“”„«»「」『』《》〈〉`]|(?<!\w)['‘’]|['‘’](?!\w)")
_SPACES = re.compile(r"\s+")
_END_MARKS = " \t\n.,!?~…;:。！？、"

_NAME: dict[Language, re.Pattern[str]] = {
    # Not where something is called by that name: "아리온 저장소".
    "ko": re.compile(
        r"^(?:(?:헤이|하이|야|오케이)\s+)?아리온(?:아|이여|님|씨)?(?!\s*(?:저장소|레포|리포|프로젝트))(?:[\s,!.~]+|$)"
    ),
    "en": re.compile(
        r"^(?:(?:hey|hi|hello|ok|okay)[\s,]+)?ari+on(?!\s+(?:repo|project))(?:[\s,!.]+|$)",
        re.IGNORECASE,
    ),
}
_OPENING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"^(?:혹시|음+|어+|저기요?|그럼|그러면|있잖아|근데|자|아|저|미안한데|죄송한데)(?:[\s,.…~]+)"
    ),
    "en": re.compile(
        r"^(?:um+|uh+|er+|well|so|please|hey|ok|okay|now then|alright"
        r"|(?:can|could|would|will) you(?: please)?"
        r"|i(?:'d| would) like (?:you )?to|i(?: want| need) (?:you )?to)(?:[\s,.]+)",
        re.IGNORECASE,
    ),
}
_CLOSING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"[\s,]+(?:고마워요?|감사해요|감사합니다|제발|응|아리온아?)$"),
    "en": re.compile(
        r"[\s,]+(?:please|thanks|thank you|for me|will you|would you"
        r"|(?<!in )(?<!of )(?<!on )(?<!for )(?<!to )(?<!from )(?<!the )arion)$",
        re.IGNORECASE,
    ),
}
_FILLER: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?<!\S)(?:좀|혹시|음+)(?=\s)"),
    "en": re.compile(r"(?<!\S)(?:um+|uh+|please)[,]?(?=\s)", re.IGNORECASE),
}
_NEGATION: dict[Language, re.Pattern[str]] = {
    # Not 아버지 마중: 마 ends the sentence or goes on as 마세요, 마라.
    "ko": re.compile(r"지(?:는)?\s?(?:마(?=$|세|라|요|시|십|[,.!])|말(?=아|고|라|자|기|았|어)|않)"),
    "en": re.compile(r"\b(?:do not|don['’]?t|never|not)\b", re.IGNORECASE),
}


def tidy(text: str, language: Language) -> str:
    """The words that matter, in their order, single-spaced."""
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    text = _squeeze(_QUOTES.sub(" ", text))
    text = _FILLER[language].sub("", _NAME[language].sub("", text))
    text = _squeeze(text)
    while (opened := _OPENING[language].sub("", text)) != text:
        text = opened
    while (closed := _CLOSING[language].sub("", text).rstrip(_END_MARKS)) != text:
        text = closed
    return text


def _squeeze(text: str) -> str:
    return _SPACES.sub(" ", text).strip(_END_MARKS)


def is_negated(text: str, language: Language) -> bool:
    """Whether the utterance forbids rather than asks: `일정 잡지 마`, `don't delete it`."""
    return _NEGATION[language].search(text) is not None


def bare(text: str) -> str:
    """Letters and digits alone, in one case: for comparing what was said with what was taken."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text)).casefold()


def unfit(text: str) -> Literal["empty", "too_long", "unreadable"] | None:
    """Say why a text can be no command, or None."""
    if not text.strip():
        return "empty"
    if len(text) >= MAX_CHARACTERS:
        return "too_long"
    # NUL, and halves of surrogate pairs, which JSON can carry and no file or database can.
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return "unreadable"
    return None
