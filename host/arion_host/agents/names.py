"""Names of people and things: the forms they are said in, and what they sound like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from arion_host.agents.letters import jamo
from arion_host.language.glossary import glossary, without_particle, words_of
from arion_kit.words import Language

_TITLE = (
    "(?:본부장|팀장|부장|과장|차장|대리|사장|대표|이사|실장|원장|소장|주임|선생|교수|박사|변호사|기사|코치"
    "|트레이너|매니저|선배|후배|누나|언니|오빠|형|삼촌|이모|고모|사장)"
)
_KOREAN_TITLE = re.compile(
    rf"(?<=[가-힣])\s*(?:{_TITLE}님?|씨|님|군|쌤)$|(?<=[가-힣])\s+(?:{_TITLE}님?|양)$"
)
_ENGLISH_TITLE = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof|professor|coach)\b\.?\s+", re.IGNORECASE)
_CALLED = re.compile(r"(?<=[가-힣]{2})[이아야]$")
"""지훈이, 지훈아, 하나야."""
_TO_A_PERSON = re.compile(
    rf"\s?(?:씨|님|{_TITLE}님?)(?:[가-힣]{{0,3}})$|(?:이)?(?:한테서?|에게서?|께서?|더러|보고)$"
)
_FROM_A_PERSON = re.compile(
    r"\b(?:to|from|with|for|email|mail|tell|invite|ask|message|and|cc|by)\s+$", re.IGNORECASE
)

_LIKE = 0.78
"""Likeness of sounds from which a name is taken for what was heard."""
_MARGIN = 0.08
"""How much less alike every other name must be."""

_SPELLINGS = (
    ("sh", "s"), ("ph", "p"), ("th", "t"), ("ch", "j"), ("oo", "u"), ("ou", "u"), ("eo", "u"),
    ("eu", "u"), ("ee", "i"), ("wu", "u"), ("ui", "i"), ("yi", "i"), ("ae", "e"), ("ai", "e"),
    ("oe", "e"), ("g", "k"), ("d", "t"), ("b", "p"), ("r", "l"), ("c", "k"), ("v", "p"),
    ("f", "p"), ("z", "j"),
)  # fmt: skip
"""Spellings of the same sound, folded into one."""
_SURNAMES = {
    "lee": "i", "rhee": "i", "park": "bak", "choi": "choe", "oh": "o", "noh": "no", "lim": "im",
    "ahn": "an", "cho": "jo", "chung": "jeong", "suh": "seo", "shim": "sim", "yoo": "yu",
}  # fmt: skip
"""Surnames that nobody spells as they sound."""
_SAME_VOWEL = str.maketrans("ᅢᅤᅫᅬ", "ᅦᅨᅰᅰ")
"""Vowels that sound alike to nearly everybody: 민재 and 민제."""


def forms(text: str) -> tuple[str, ...]:
    """The ways a name may stand in a list of names, as it was said first.

    지훈이 → 지훈, 하나 씨 → 하나, 서준 팀장님 → 서준, Dr. Kim → Kim. 팀장님 alone stays.
    """
    found = [text.strip()]
    for pattern in (_ENGLISH_TITLE, _KOREAN_TITLE, _KOREAN_TITLE, _CALLED):
        shorter = pattern.sub("", found[-1]).strip()
        if shorter and shorter != found[-1]:
            found.append(shorter)
    return tuple(dict.fromkeys(found))


def is_called(name: str, said: str) -> bool:
    """Whether `said` is a way of saying `name`: the given name, another script, with a title."""
    names = words_of(name)
    for form in forms(said):
        words = words_of(form)
        if not words:
            continue
        joined = "".join(words)
        if joined == "".join(names) or any(joined == part for part in names):
            return True
        if _is_given_name(joined, names):
            return True
        if joined.isascii() != "".join(names).isascii() and _written_alike(words, names):
            return True
    return False


def likeness(one: str, other: str) -> float:
    """How alike two names sound, 0 to 1."""
    sounds = [jamo(text).translate(_SAME_VOWEL) for text in (one, other)]
    return SequenceMatcher(None, *sounds, autojunk=False).ratio()


def nearest(said: str, names: Iterable[str]) -> str | None:
    """The name that `said` sounds like, or the part of it; None where none or more than one does.

    Another name may be meant that is in no list, so who acts on this asks first.
    """
    ranked = sorted((_likest(forms(said), name) for name in set(names)), reverse=True)
    (first, best), (second, _), *_ = [*ranked, (0.0, ""), (0.0, "")]
    return best if first >= _LIKE and first - second >= _MARGIN else None


def _likest(said: tuple[str, ...], name: str) -> tuple[float, str]:
    """The part of a name that is likest to a form of what was said, and how like it is."""
    scores = [
        (likeness(form, part), part)
        for form in said
        for part in _parts(name)
        # 조유나 is not 최유나 for having her given name.
        if part == name or len(form) == len(part)
    ]
    return max(scores)


def repaired(text: str, names: Collection[str]) -> str:
    """`text` with a name that was heard wrongly put right.

    Only where a person is meant, what was heard names nothing, and one name alone is near.
    """
    for match in reversed(list(re.finditer(r"\S+", text))):
        word, before = match[0].rstrip(".,!?"), text[: match.start()]
        stem = _person(word, before, text[match.end() :])
        if stem is None or glossary().knows(stem) or any(is_called(it, stem) for it in names):
            continue
        meant = nearest(stem, names)
        if meant is not None:
            text = before + text[match.start() :].replace(stem, meant, 1)
    return text


def romanised(text: str) -> str:
    """Hangul in Latin letters, as names are spelt; other letters as they are."""
    return "".join(map(_letters, unicodedata.normalize("NFC", text)))


def spoken_in(name: str, language: Language) -> str:
    """A name as it is said in a language; "" where that cannot be told.

    English speech has the given name of a Korean: 이수민 is Sumin. Other names stay as they are.
    """
    if language == "ko":
        return name
    if is_personal(name) and not name.isascii():
        return romanised(name[1:]).capitalize()
    return name if name.isascii() else ""


def is_personal(name: str) -> bool:
    """Whether a name looks like a person's, and not like a company's or a word."""
    words = name.split()
    if name.isascii():
        return 1 < len(words) < 4 and all(word.istitle() for word in words)
    return _is_full_name(name) and not glossary().knows(name)


def _letters(letter: str) -> str:
    if not "가" <= letter <= "힣":
        return letter
    # The names of syllables in Unicode are their sounds: HANGUL SYLLABLE JI, COE.
    sound = unicodedata.name(letter).rsplit(" ", 1)[1]
    return sound.replace("C", "CH").casefold()


@lru_cache(4096)
def _folded(text: str) -> str:
    text = "".join(letter for letter in romanised(text).casefold() if letter.isalpha())
    for spelling, sound in _SPELLINGS:
        text = text.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", text)


def _written_alike(said: list[str], names: list[str]) -> bool:
    """Whether a name is the same in the other script: Jihoon and 오지훈, 엠마 and Emma Clark."""
    wanted = _folded("".join(_SURNAMES.get(word, word) for word in said))
    if len(wanted) < 3:
        return False
    whole = "".join(names)
    options = [*names, whole, *([whole[1:], whole[1:] + whole[:1]] if _is_full_name(whole) else [])]
    return any(_folded(option) == wanted for option in options)


def _is_given_name(said: str, names: list[str]) -> bool:
    return len(said) == 2 and any(_is_full_name(name) and name[1:] == said for name in names)


def _is_full_name(name: str) -> bool:
    """Three syllables of Hangul: hardly a Korean name has more or fewer."""
    return re.fullmatch(r"[가-힣]{3}", name) is not None


def _parts(name: str) -> list[str]:
    """What may be said of a name: the whole, and the given name."""
    return [name, name[1:]] if _is_full_name(name) else [name]


def _person(word: str, before: str, behind: str) -> str | None:
    """The name in a word that has to be a person's by what stands around it."""
    if "가" <= word[:1] <= "힣":
        if re.match(r"\s*(?:씨|님|" + _TITLE + ")", behind):
            return word if len(word) > 1 else None
        stem = _TO_A_PERSON.sub("", word)
        return stem if stem != word and len(without_particle(stem)) > 1 else None
    return word if word[:1].isupper() and len(word) > 3 and _FROM_A_PERSON.search(before) else None
