"""Everyday words that mean the same thing, within Korean and between Korean and English."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from arion_host.language.detect import detect_language
from arion_host.language.particles import may_follow

_WORD = re.compile(r"[가-힣]+|[^\W_가-힣]+(?:[:'’.-][^\W_가-힣]+)*")
_PEOPLE = ("family", "work_people")
"""Subjects of the glossary that are persons."""
_LONGEST = 4
"""Words of an entry."""
_PARTICLE = re.compile(
    r"(?<=[가-힣])(?:께서|한테서|에게서|한테|에게|께|이라고|라고|이라는|라는|에서|으로|까지|부터|이랑|처럼|보다"
    r"|을|를|은|는|이|가|에|의|와|과|랑|도|만|로)$"
)


@dataclass(frozen=True)
class Phrase:
    """Words that stand in the glossary."""

    start: int
    """Place of the first word in the text, from 0."""
    end: int
    """Place behind the last."""
    entries: frozenset[int]
    """Numbers of the entries they stand in."""
    person: bool = False
    """They mean a person and nothing else: 엄마, "my boss"."""


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters; Korean and other letters are apart: PT를 is two."""
    return [word.casefold() for word in _WORD.findall(text)]


def singular(word: str) -> str:
    """An English word without its plural or possessive ending; any other as it is."""
    word = re.sub(r"['’]s$", "", word)
    if len(word) < 4 or not word.isascii() or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if re.search(r"(?:s|x|ch|sh|o)es$", word):
        return word[:-2]
    return word.removesuffix("s")


def without_particle(word: str) -> str:
    """A Korean word without the particle it may end in: 치과를, 엄마한테."""
    match = _PARTICLE.search(word)
    stem = word[: match.start()] if match else word
    return stem if match and may_follow(stem, match[0]) else word


class Glossary:
    """Entries of words that mean the same thing."""

    def __init__(self, entries: Iterable[str], people: Iterable[str] = ()) -> None:
        """Read entries such as `계란, 달걀 = egg`; `people` are those of persons."""
        people = tuple(people)
        self._people = frozenset(range(len(people)))
        self._entries: list[tuple[str, ...]] = []
        self._places: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate([*people, *entries]):
            terms = tuple(term.strip() for term in re.split(r"[,=]", entry))
            self._entries.append(terms)
            for term in terms:
                self._places[_key(words_of(term))].add(number)

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def phrases(self, words: Sequence[str]) -> list[Phrase]:
        """What stands in the glossary, the longest first from the left, none inside another."""
        found: list[Phrase] = []
        start = 0
        while start < len(words):
            phrase = next(self._from(words, start), None)
            if phrase is not None:
                found.append(phrase)
            start = phrase.end if phrase else start + 1
        return found

    def entries_in(self, words: Sequence[str]) -> frozenset[int]:
        """Every entry of which something is in the text, also inside of longer phrases or words."""
        found: set[int] = set()
        for start, word in enumerate(words):
            for phrase in self._from(words, start):
                found |= phrase.entries
            # 튼튼헬스장, 청첩장이야.
            for end in range(2, len(word) if "가" <= word[0] <= "힣" else 0):
                found |= self._places.get(word[:end], set()) | self._places.get(word[-end:], set())
        return frozenset(found)

    def others(self, text: str) -> tuple[str, ...]:
        """Other words for what is in `text`: those of the other language first, each once."""
        language, words = detect_language(text), words_of(text)
        phrases = self.phrases(words)
        said = {key for it in phrases for key in _keys(words[it.start : it.end])}
        terms = dict.fromkeys(
            term
            for phrase in phrases
            for number in sorted(phrase.entries)
            for term in self._entries[number]
            if _key(words_of(term)) not in said
        )
        return tuple(sorted(terms, key=lambda term: detect_language(term) == language))

    def knows(self, word: str) -> bool:
        """Whether this is a word of the glossary."""
        return _key(words_of(word)) in self._places

    def _from(self, words: Sequence[str], start: int) -> Iterator[Phrase]:
        """The phrases that begin at a word, longest first."""
        for end in range(min(len(words), start + _LONGEST), start, -1):
            keys = _keys(words[start:end])
            if entries := next(filter(None, map(self._places.get, keys)), None):
                yield Phrase(start, end, frozenset(entries), person=entries <= self._people)


@cache
def glossary() -> Glossary:
    """The glossary of Arion, read once; takes 30 ms."""
    text = (files("arion_host.language") / "glossary.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    subjects: dict[str, list[str]] = yaml.load(text, loader)  # noqa: S506 - a safe one
    people = [entry for subject in _PEOPLE for entry in subjects.pop(subject)]
    return Glossary((entry for entries in subjects.values() for entry in entries), people)


def _key(words: Sequence[str]) -> str:
    return "".join(singular(word) for word in words)


def _keys(words: Sequence[str]) -> tuple[str, str]:
    """As it is, and without the particle at the end."""
    return _key(words), _key([*words[:-1], without_particle(words[-1])])
