"""The words of a text that mean something, and whether two of them are the same word.

Korean words carry particles and endings and English ones endings, so words are compared by how
they begin. That takes some different words for the same, never the same for different ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from pydantic import JsonValue

_RUN = re.compile(r"[가-힣]+|[a-z]+|\d+")
_STEM_KO = 2
"""Syllables by which Korean words are compared."""
_STEM_EN = 4
"""Letters by which longer English words are compared."""
_EMPTY = frozenset(
    _RUN.findall(
        "a about after again all also am an and any are as at be been but by can could "
        "did do does for from get give go got had has have he her here him his how i if "
        "in into is it its just know let like ll me more my need no not now of off on one "
        "or our out over please re said say saying says see set she should so some still "
        "such tell than that the their them then there these they this those to too up us "
        "ve want was we were what when where which who will with would you your "
    )
)
_EMPTY_KO = frozenset(
    _RUN.findall(
        "그거 그것 그게 이거 이것 이게 저거 저것 거기 여기 저기 이번 다음 지금 방금 "
        "아까 그리고 그런데 혹시 그냥 빨리 해줘 해줄 해주 주세 줄래 줘요 주라 봐줘 있어 "
        "있나 있는 있지 있으 없어 없나 없는 뭐야 뭐가 뭐예 뭔가 무슨 무엇 어떤 어떻 "
        "어때 얼마 언제 누구 누가 어디 어느 왜요 나한 내가 나는 저한 제가 우리 라고 "
        "이라 다고 한테 에게 에서 까지 부터 대한 대해 관한 위해 같은 것을 것은 것도 "
        "하는 하고 하면 해서 했어 했던 됐어 되나 된다 되어 좀더 전부 모두 "
    )
)
"""Beginnings of Korean words that name nothing."""


def content_words(text: str) -> tuple[str, ...]:
    """The words that name something, in lower case, each once; no single syllable or letter."""
    runs = _RUN.findall(unicodedata.normalize("NFC", text).lower())
    return tuple(dict.fromkeys(word for word in runs if _names_something(word)))


def alike(one: str, other: str) -> bool:
    """Whether two words may be forms of one."""
    if one == other:
        return True
    if one[0].isdigit() or other[0].isdigit() or _is_korean(one) != _is_korean(other):
        return False
    if _is_korean(one):
        return one[:_STEM_KO] == other[:_STEM_KO]
    shorter = min(len(one), len(other))
    return shorter >= _STEM_EN and one[: shorter - 1] == other[: shorter - 1]


def is_among(word: str, words: Iterable[str]) -> bool:
    """Whether one of the words may be a form of this one."""
    return any(alike(word, other) for other in words)


def same_script(text: str, other: str) -> bool:
    """Whether both are written in letters of one kind; a text in others may be a translation."""
    return bool(_scripts(text) & _scripts(other))


def texts_in(value: JsonValue) -> Iterator[str]:
    """All texts in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from texts_in(member)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)


def _names_something(word: str) -> bool:
    if word.isdigit():
        return True
    if len(word) < _STEM_KO:
        return False
    return word[:_STEM_KO] not in _EMPTY_KO if _is_korean(word) else word not in _EMPTY


def _is_korean(word: str) -> bool:
    return "가" <= word[0] <= "힣"


def _scripts(text: str) -> set[bool]:
    return {_is_korean(word) for word in _RUN.findall(text.lower()) if not word.isdigit()}
