"""Example utterances that look most like one that was not understood."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping

from arion_host.language.utterance import bare

_SIZES = (2, 3, 4)
"""Lengths of the letter groups that are compared."""
_ALIKE = 0.12
"""Cosine from which an example has something to do with the utterance."""


class Examples:
    """Examples of one language, compared by weighted groups of letters (jamo in Korean)."""

    def __init__(self, examples: Mapping[str, tuple[str, ...]]) -> None:
        """Index `examples`: whole utterances by the name of their intent."""
        self._examples = [(text, name) for name, texts in examples.items() for text in texts]
        # What is offered when nothing is alike: something of each server.
        firsts: dict[str, str] = {}
        for text, name in self._examples:
            firsts.setdefault(name.split("/")[0], text)
        others = (texts[0] for texts in examples.values() if texts)
        self._general = tuple(dict.fromkeys([*firsts.values(), *others]))[:3]
        grams = [_grams(text) for text, _ in self._examples]
        spread = Counter(gram for counts in grams for gram in counts)
        self._weights = {g: math.log(1 + len(grams) / n) for g, n in spread.items()}
        self._index: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, counts in enumerate(grams):
            norm = math.sqrt(sum((self._weights[g] * n) ** 2 for g, n in counts.items()))
            for gram, count in counts.items():
                self._index[gram].append((number, self._weights[gram] * count / norm))

    def closest(self, text: str) -> tuple[str, ...]:
        """Up to three examples of different intents, likest first; general ones if none is like."""
        counts = _grams(text)
        scores: dict[int, float] = defaultdict(float)
        norm = 0.0
        for gram, count in counts.items():
            weight = self._weights.get(gram, math.log(1 + len(self._examples))) * count
            norm += weight**2
            for number, part in self._index.get(gram, ()):
                scores[number] += weight * part
        alike = _ALIKE * math.sqrt(norm)
        found: dict[str, str] = {}
        for number in sorted(scores, key=lambda number: (-scores[number], number)):
            example, intent = self._examples[number]
            if scores[number] >= alike:
                found.setdefault(intent, example)
        return tuple(found.values())[:3] or self._general


def _grams(text: str) -> Counter[str]:
    # NFD takes Hangul syllables apart into jamo, so that 잡아줘 and 잡아 주세요 stay alike.
    letters = unicodedata.normalize("NFD", bare(text))
    return Counter(
        letters[start : start + size] for size in _SIZES for start in range(len(letters) - size + 1)
    )
