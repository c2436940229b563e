"""How alike two texts look: weighted groups of letters (jamo in Korean)."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

from arion_host.language.utterance import bare

_SIZES = (2, 3, 4)
"""Lengths of the letter groups that are compared."""


class Letters:
    """Compares what is said with a number of texts; a group that few texts have weighs more."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index `texts`."""
        self._count = len(texts)
        groups = [_groups(text) for text in texts]
        spread = Counter(group for counts in groups for group in counts)
        self._weights = {group: math.log(1 + self._count / n) for group, n in spread.items()}
        self._rare = math.log(1 + self._count)
        self._index: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, counts in enumerate(groups):
            norm = self._norm(counts)
            for group, count in counts.items():
                self._index[group].append((number, self._weights[group] * count / norm))

    def __call__(self, said: str) -> Sequence[float]:
        """The cosine of each text to what was said, 0 to 1; 0 where they share nothing."""
        counts = _groups(said)
        norm = self._norm(counts)
        scores = [0.0] * self._count
        for group, count in counts.items():
            for number, part in self._index.get(group, ()):
                scores[number] += self._weights[group] * count * part / norm
        return scores

    def _norm(self, counts: Counter[str]) -> float:
        squares = ((self._weights.get(g, self._rare) * n) ** 2 for g, n in counts.items())
        return math.sqrt(sum(squares)) or 1.0


def jamo(text: str) -> str:
    """Letters and digits alone, in one case, with Hangul syllables taken apart.

    잡아줘 and 잡아 주세요, or 이하나 and 이아나, are then as alike as they sound.
    """
    return unicodedata.normalize("NFD", bare(text))


def _groups(text: str) -> Counter[str]:
    letters = jamo(text)
    return Counter(
        letters[start : start + size] for size in _SIZES for start in range(len(letters) - size + 1)
    )
