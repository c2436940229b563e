"""Which of the two languages an utterance is in."""

from __future__ import annotations

import re

from arion_kit.words import Language

_HANGUL = re.compile(r"[가-힣ㄱ-ㅣ]")
_LATIN = re.compile(r"[A-Za-z]")
_LETTER = re.compile(r"[^\W\d_]")
_OTHER_MARKS = re.compile(r"[¿¡ñßäöüàâçèêëîïôœùûáéíóúãõ]", re.IGNORECASE)
_OTHER_WORDS = frozenset(
    [
        "el",
        "la",
        "los",
        "las",
        "una",
        "que",
        "qué",
        "por",
        "para",
        "con",
        "mañana",
        "mi",
        "cómo",
        "está",
        "hola",
        "gracias",
        "tengo",
        "quiero",
        "le",
        "les",
        "des",
        "est",
        "une",
        "je",
        "vous",
        "pour",
        "avec",
        "demain",
        "bonjour",
        "merci",
        "dans",
        "quel",
        "quelle",
        "mon",
        "ma",
        "der",
        "das",
        "ist",
        "und",
        "ich",
        "mir",
        "nicht",
        "morgen",
        "für",
        "mein",
        "meine",
        "heute",
        "danke",
        "bitte",
        "auf",
        "einen",
        "eine",
        "steht",
        "il",
        "lo",
        "gli",
        "della",
        "che",
        "sono",
        "domani",
        "ciao",
        "grazie",
        "cosa",
        "amanhã",
        "obrigado",
        "meu",
        "minha",
        "você",
        "são",
        "hoje",
    ]
)
"""Small words of Spanish, French, German, Italian and Portuguese that English does without."""
# Korean sentences end in a predicate, whatever English nouns came before it.
_PREDICATE_END = re.compile(r"[가-힣]*(?:줘|요|다|까|니|냐|야|어|해|봐|라|래|지|죠|자|나|돼|세요)$")


def detect_language(text: str) -> Language:
    """`ko` or `en`; mixed utterances go by the last word, then by the number of words."""
    words = re.findall(r"[\w'’]+", text)
    korean = [word for word in words if _HANGUL.search(word)]
    if not words or not korean:
        return "en" if words else "ko"
    if _PREDICATE_END.fullmatch(words[-1]):
        return "ko"
    return "ko" if 2 * len(korean) >= len(words) else "en"


def is_written_so(text: str) -> bool:
    """Whether anything in it is written in Korean or Latin letters."""
    return bool(_HANGUL.search(text) or _LATIN.search(text))


def is_other_language(text: str) -> bool:
    """Whether a text that nobody understood is neither Korean nor English."""
    letters = _LETTER.findall(text)
    known = [it for it in letters if _HANGUL.match(it) or it.isascii() or _OTHER_MARKS.match(it)]
    if len(known) * 2 < len(letters):
        return True
    if not letters or _HANGUL.search(text):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    told = sum(word in _OTHER_WORDS for word in words)
    return told >= 2 or (told + len(_OTHER_MARKS.findall(text)) >= 2 and told > 0)
