"""What an utterance is likely to ask for: the examples of the packs that mean the like of it.

Meanings are compared where a model for that is installed and has read the examples; until then,
and as a second opinion, letters are.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from arion_host.agents.embedding import Embedding
from arion_host.agents.letters import Letters
from arion_host.background import run_aside
from arion_kit.words import Language, LanguagePack

if TYPE_CHECKING:
    from arion_host.agents.embedding import Vector

_LETTERS_COUNT = 0.2
"""Weight of the likeness of letters beside that of meanings. By trial: meanings alone find the
right tool first for 64 % of requests, letters for 66 %, this for 71 %."""
_SURE = 0.085
"""Margin from which the first tool was right for 97 % of requests."""
_ALIKE = 0.12
"""Likeness of letters from which an example has something to do with what was said."""
_MEANT = 0.8
"""Likeness of meanings from which it has: nothing is under 0.7, whatever is said."""


@dataclass(frozen=True)
class Near:
    """One thing that may be meant."""

    intent: str
    """`server/intent`."""
    tool: str
    """`server/tool`."""
    example: str
    """The example that is likest, in the language of the person where there is one."""
    score: float
    """Tells which is likelier; says nothing by itself."""


@dataclass(frozen=True)
class Nearest:
    """What may be meant, likeliest first; one for each intent."""

    ranked: tuple[Near, ...]
    margin: float
    """What the first score is above the first of another tool; 0 where only letters were
    compared."""
    agreed: bool
    """Letters alone have the same tool first."""
    alike: bool
    """The first has something to do with what was said."""

    @property
    def fused(self) -> bool:
        """Meanings were compared, not letters alone."""
        return self.margin > 0

    @property
    def sure(self) -> bool:
        """Whether the tool of the first is right, as far as that can be told without its words."""
        return self.agreed and self.margin >= _SURE

    def examples(self, count: int = 3) -> tuple[str, ...]:
        """Whole utterances that would have been understood; of different tools, best first."""
        firsts: dict[str, str] = {}
        for near in self.ranked:
            firsts.setdefault(near.tool, near.example)
        return tuple(firsts.values())[:count]

    def among(self, tool: str, count: int = 3) -> bool:
        """Whether `server/tool` is one of the first tools."""
        return tool in list(dict.fromkeys(near.tool for near in self.ranked))[:count]


@dataclass(frozen=True)
class _Example:
    text: str
    intent: str
    tool: str
    language: Language


class Meaning:
    """The examples of the packs, to be compared with what is said. For use from any thread."""

    def __init__(
        self, packs: Mapping[str, LanguagePack], embedding: Embedding | None = None
    ) -> None:
        """Index the examples by their letters; `get_ready` adds what they mean."""
        self._examples = tuple(_examples(packs))
        self._letters = Letters([example.text for example in self._examples])
        self._embedding = embedding
        self._vectors: Vector | None = None

    @property
    def is_ready(self) -> bool:
        """Whether meanings are compared, not letters alone."""
        return self._vectors is not None

    async def get_ready(self) -> None:
        """Read the examples, in the background; 25 s of CPU for 1,500, the first time.

        Returns at once where no model is installed. When cancelled, what was read is kept.
        """
        if self._embedding is not None and self._examples:
            await run_aside(partial(self._read, self._embedding))

    def nearest(self, text: str, language: Language) -> Nearest:
        """What `text` is likely to ask for. Takes 30 ms, or 5 where only letters are compared."""
        looks = self._letters(text)
        scores: Sequence[float] = looks
        alike = max(looks, default=0.0) >= _ALIKE
        if self._vectors is not None and self._embedding is not None:
            meant: Sequence[float] = (self._vectors @ self._embedding.vector(text)).tolist()
            scores = [a + _LETTERS_COUNT * b for a, b in zip(meant, looks, strict=True)]
            alike = alike or max(meant, default=0.0) >= _MEANT
        ranked = self._ranked(scores, language)
        if not ranked:
            return Nearest((), 0.0, agreed=False, alike=False)
        others = (near.score for near in ranked if near.tool != ranked[0].tool)
        margin = ranked[0].score - next(others, 0.0) if self.is_ready else 0.0
        likest = max(range(len(looks)), key=looks.__getitem__)
        agreed = looks[likest] > 0 and self._examples[likest].tool == ranked[0].tool
        return Nearest(ranked, margin, agreed, alike)

    def likeness(self, text: str, others: Sequence[str]) -> Sequence[float] | None:
        """How near each of `others` is to `text` in meaning; None where that cannot be told.

        The first time a text takes 20 ms. All are within 0.7 to 1, so only differences tell.
        """
        if self._embedding is None or not self.is_ready:
            return None
        return (self._embedding.vectors(others) @ self._embedding.vector(text)).tolist()

    def _read(self, embedding: Embedding, stopped: threading.Event) -> None:
        texts = [example.text for example in self._examples]
        if embedding.learn(texts, stopped):
            self._vectors = embedding.vectors(texts)

    def _ranked(self, scores: Sequence[float], language: Language) -> tuple[Near, ...]:
        best: dict[str, Near] = {}
        own: dict[str, tuple[float, str]] = {}
        for example, score in zip(self._examples, scores, strict=True):
            if example.intent not in best or score > best[example.intent].score:
                best[example.intent] = Near(example.intent, example.tool, example.text, score)
            if example.language == language:
                own[example.intent] = max(
                    own.get(example.intent, (-1.0, "")), (score, example.text)
                )
        ranked = sorted(best.values(), key=lambda near: -near.score)
        return tuple(
            Near(it.intent, it.tool, own.get(it.intent, (0.0, it.example))[1], it.score)
            for it in ranked
        )


def _examples(packs: Mapping[str, LanguagePack]) -> Iterator[_Example]:
    for server, pack in packs.items():
        for intent in pack.intents:
            for language, texts in intent.examples.items():
                for text in texts:
                    yield _Example(
                        text, f"{server}/{intent.name}", f"{server}/{intent.tool}", language
                    )
