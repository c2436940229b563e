"""An utterance without what carries no meaning: fillers, politeness, names called, quotes."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Literal

from arion_kit.words import Language

MAX_CHARACTERS = 5_000
"""From this length on a text is no command."""

Flaw = Literal["empty", "wordless", "looped", "too_long", "unreadable"]
"""Why a text can be no command."""

_SPACING = re.compile(r"[\u200b\u2060\x01-\x1f\x7f-\x9f]+")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200e\u200f\u202a-\u202e\u2061-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Marks of direction and others that nobody sees; not the joiners of emoji."""
_WIDE = {0xFF01 + offset: 0x21 + offset for offset in range(0x5E)} | {0x3000: 0x20}
_LOOPED_WORD = 5
"""Times that a word has to be all there is to be a loop; people say "no no no"."""
_LONGEST_LOOP = 12
"""Words that come three times or more."""
_STUCK = 8
"""Times in a row that nobody says a word, whatever is around."""
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"[<>{}\[\]\\$|;=]|%\w|\.\./")
_STUCK_LETTERS = re.compile(r"(?!([ㅋㅎㅠㅜㅇ])\1)([^\W\d_]{2,20}?)\2{9,}")
"""Nobody says that inside a word; they do laugh and cry like that."""

_QUOTES = re.compile(
    r"[\"“”„«»「」『』《》〈〉`]|(?<!\w)['‘’]|['‘’](?!\w)|(?<=[가-힣])['‘’](?=[가-힣])"
)
_SPACES = re.compile(r"\s+")
_END_MARKS = " \t\n.,!?~…;:。！？、"

_OF_CODE_KO = (
    r"(?:(?:열린|열려 있는|닫힌|최신|최근|마지막|실패한|[a-z][\w.-]*|\d+\s?번)\s+)?"
    r"(?:이슈|PR|피알|풀\s?리퀘|브랜치|커밋|리드미|README|릴리[스즈]|버전|빌드|CI|씨아이|시아이|테스트|파일"
    r"|[\w-]+(?:/[\w.-]+)+)"
)
_OF_CODE_EN = (
    r"(?:(?:open|closed|latest|last|recent|failed)\s+)?"
    r"(?:issues?|prs?|pull requests?|branch(?:es)?|commits?|readme|releases?|build|ci)\b"
)
_NAME: dict[Language, re.Pattern[str]] = {
    # Not where something is called by that name: "아리온 저장소".
    "ko": re.compile(
        r"^(?:(?:헤이|하이|야|오케이)\s+)?아리온(?:아|이여|님|씨)?(?!\s*(?:저장소|레포|리포|프로젝트))"
        rf"(?!\s+{_OF_CODE_KO})(?:[\s,!.~]+|$)"
    ),
    "en": re.compile(
        r"^(?:(?:hey|hi|hello|ok|okay)[\s,]+)?ari+on(?!\s+(?:repo|project))"
        rf"(?!\s+{_OF_CODE_EN})(?:[\s,!.]+|$)",
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
    "ko": re.compile(r"[\s,]+(?:고마워요?|감사해요|감사합니다|제발|응|아리온아?|[ㅋㅎㅠㅜ]+)$"),
    "en": re.compile(
        r"[\s,]+(?:please|(?<!saying )(?<!say )(?<!with )(?:thanks|thank you)|for me"
        r"|will you|would you"
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
    # Nor "잊지 않게 적어줘", "don't let me forget": those ask for it.
    "ko": re.compile(
        r"(?<!잊)(?<!먹)지(?:는)?\s?(?:마(?=$|세|라|요|시|십|[,.!])|말(?=아|고|라|자|기|았|어|랬|래|란)|않(?!음|은))"
        # what is taken back at once: 지워줄래? 아 아니다 그냥 둬
        r"|(?:줘요?|줄래요?|주세요|줄까|달라고)[\s?!.,…~]+(?:아+[\s,]+)?"
        r"(?:아니(?:다|야|요)|됐(?:다|어)요?|취소)(?:[\s?!.,…~]+(?:그냥\s)?(?:됐어|놔?\s?둬|놔\s?두자|냅둬|하지\s마))?요?$"
        r"|\s그냥\s(?:놔\s?)?둬요?$"
    ),
    # Nor what is said of oneself or of a time: "I'm not going, take it off", "at five, not four".
    "en": re.compile(
        r"\b(?:do not|(?<!i )shouldn['’]?t|(?<!i )don['’]?t(?! (?:let me )?forget)|never(?! mind)"
        r"|(?<!['’]m )(?<! am )(?<!['’]re )(?<! are )(?<! is )(?<!['’]s )(?<!, )(?<!why )"
        r"(?<! or )not)\b",
        re.IGNORECASE,
    ),
}

_MAY_I_KO = re.compile(
    r"(?<!부탁해)(?<!물어봐)(?<!여쭤봐)도\s?(?:될까|될지|되나|되려나|괜찮을까|괜찮나|괜찮을지)(?:요|모르겠\S+)?$"
)
"""Whether one may, 머지해도 될까; 머지해도 돼 lets Arion do it."""
_QUESTION = re.compile(
    # Not "when you get a chance", "how about five", "is it possible to", nor "should we do Friday".
    r"(?:(?:and|but|so|oh|wait|hmm)[\s,]+)*(?:(?:should|shall|do|did|have|am) i|did|has"
    r"|had(?! to)|whose|which|have (?:we|they|you|he|she|there)"
    r"|(?:who|what|where|when)(?:['’]s| (?:is|are|was|were|do|does|did|has|have"
    r"|will|would|should))|how (?:do|does|did|is|are|was|many|much|long|far|often|should|would)"
    r"|(?:is|are|was|were|does)(?! (?:it|that|there|you|this) (?:(?:a|any|some|at all) )?"
    r"(?:ok|okay|possible|alright|all right|fine|way|chance|able|free to|cool)))\b",
    re.IGNORECASE,
)


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


def is_question(text: str, language: Language) -> bool:
    """Whether words only want to know something: "did anyone reply", 지워도 될까."""
    asked = _MAY_I_KO.search(text) if language == "ko" else _QUESTION.match(text)
    return asked is not None


def bare(text: str) -> str:
    """Letters and digits alone, in one case: for comparing what was said with what was taken."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text)).casefold()


def legible(text: str) -> str:
    """The text as people see it: no control or hidden characters, no wide forms of letters."""
    text = _INVISIBLE.sub("", _SPACING.sub(" ", text)).translate(_WIDE)
    return unicodedata.normalize("NFC", text)


def says_something(text: str) -> bool:
    """Whether a text has words enough to mean something, and is no code."""
    words = {word for word in _WORD.findall(text.lower()) if word.isalpha()}
    syllables = {letter for word in words for letter in word if "가" <= letter <= "힣"}
    english = [word for word in words if word.isascii() and len(word) > 1]
    return _CODE.search(text) is None and (len(syllables) > 2 or len(english) > 1)


def unfit(text: str) -> Flaw | None:
    """Say why a text can be no command, or None."""
    if not text.strip():
        return "empty"
    if len(text) >= MAX_CHARACTERS:
        return "too_long"
    # NUL, and halves of surrogate pairs, which JSON can carry and no file or database can.
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return "unreadable"
    if not bare(text):
        return "wordless"
    return "looped" if _is_loop(text) else None


def _is_loop(text: str) -> bool:
    """Whether the same words come over and over, as from a recogniser that is stuck."""
    words = [bare(word) for word in text.split()]
    words = [word for word in words if word]
    if all(word.isdigit() for word in words):
        return False
    for length in range(1, min(len(words) // 3, _LONGEST_LOOP) + 1):
        if length == 1 and len(words) < _LOOPED_WORD:
            continue
        if all(word == words[number % length] for number, word in enumerate(words)):
            return True
    run = 1
    for before, word in pairwise(words):
        run = run + 1 if before == word and not word.isdigit() else 1
        if run >= _STUCK:
            return True
    return any(_STUCK_LETTERS.search(word) for word in words)
