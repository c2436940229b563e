"""Which repository is meant by a name that was said: "아리온", "여울 노티파이", "dotfiles".

People say Latin names in Korean, and a recogniser writes them so. Names are compared by their
consonants, roughly as a Korean ear hears them: l and r are one, so are b, p, f and v.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Protocol, TypeVar

_INITIALS = (
    "g", "k", "n", "d", "t", "l", "m", "b", "p", "s", "s", "", "j", "j", "j", "k", "t", "p", "h",
)  # fmt: skip
_FINALS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip

_LATIN = (
    ("ph", "p"), ("sh", "s"), ("ch", "s"), ("ck", "k"), ("qu", "k"), ("x", "ks"), ("tion", "sn"),
    ("ce", "s"), ("ci", "s"), ("cy", "s"), ("ge", "s"), ("gi", "s"), ("gy", "s"), ("dj", "s"),
    ("c", "k"), ("q", "k"), ("z", "s"), ("j", "s"), ("f", "p"), ("v", "p"), ("b", "p"),
    ("r", "l"), ("d", "t"), ("g", "k"), ("w", ""), ("y", ""), ("h", ""),
)  # fmt: skip
_SAME = str.maketrans({"g": "k", "d": "t", "b": "p", "j": "s", "h": ""})
_SILENT_R = re.compile("r(?![aeiouy])")

_ALIKE = 0.8
"""How much of two sounds has to be the same, from 0 to 1."""

_WORDS = re.compile(r"[^0-9a-z가-힣]+")
_DOUBLE = re.compile(r"(.)\1+")


class Named(Protocol):
    """A repository, as far as people name it."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def full_name(self) -> str:
        """Its name after its owner's."""
        ...

    @property
    def description(self) -> str | None:
        """What it is for."""
        ...


Repo = TypeVar("Repo", bound=Named)


def matching(repos: Iterable[Repo], said: str) -> list[Repo]:
    """The repositories that `said` may mean: by name, else by sound, else by description."""
    repos, wanted = list(repos), _plain(said)
    if not wanted:
        return repos
    exact = [it for it in repos if wanted in (_plain(it.name), _plain(it.full_name))]
    if exact:
        return exact
    named = [it for it in repos if wanted in _plain(it.full_name)]
    return (
        named
        or _alike(repos, _sound(said))
        or [it for it in repos if wanted in _plain(it.description or "")]
    )


def _plain(text: str) -> str:
    return _WORDS.sub("", unicodedata.normalize("NFKC", text).lower())


def _alike(repos: list[Repo], sound: str) -> list[Repo]:
    """The repositories that sound most like it."""
    if len(sound) < 2:  # one consonant fits half of all names
        return []
    scores = [_likeness(it.name, sound) for it in repos]
    best = max(scores, default=0.0)
    return [it for it, score in zip(repos, scores, strict=True) if score == best >= _ALIKE]


def _likeness(name: str, sound: str) -> float:
    """How much a name, or a word of it, sounds so."""
    heard = [_sound(name), *map(_sound, re.split(r"[-_.]", name))]
    return max(SequenceMatcher(None, sound, it).ratio() for it in heard)


def _sound(text: str) -> str:
    """The consonants of a name: "arion" and "아리온" are both "ln"."""
    heard = ""
    for part in re.findall(r"[가-힣]+|[a-z]+|\d+", unicodedata.normalize("NFC", text).lower()):
        heard += _korean(part) if part >= "가" else _latin(part)
    return _DOUBLE.sub(r"\1", heard.translate(_SAME))


def _korean(word: str) -> str:
    heard = ""
    for syllable in word:
        initial, rest = divmod(ord(syllable) - ord("가"), 588)
        # 스, 트, 드 and the like only carry a consonant that ends a foreign word.
        heard += _INITIALS[initial] + _FINALS[rest % 28]
    return heard.replace("ng", "nk")


def _latin(word: str) -> str:
    word = _SILENT_R.sub("", word)
    for letters, sound in _LATIN:
        word = word.replace(letters, sound)
    return re.sub("[aeiou]", "", word)
