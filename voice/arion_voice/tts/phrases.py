"""Short sentences that were spoken before, so that they need not be made again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from arion_voice.engines import Language, SpeechChunk
from arion_voice.tts.choice import EngineName

LONGEST_CHARS = 40
"""Longer sentences are hardly said twice."""
_MOST = 64
"""Of these take some 16 MB at most."""


@dataclass(frozen=True)
class Phrase:
    """What was spoken, and how. An engine has one voice for a language."""

    engine: EngineName
    language: Language
    speed: float
    text: str


class Phrases:
    """The phrases that were used last, and those that are always said again."""

    def __init__(self, fixed: Collection[str] = ()) -> None:
        """Keep nothing yet.

        Args:
            fixed: texts that stay, however long they are not used.
        """
        self._fixed = frozenset(fixed)
        self._kept: dict[Phrase, Sequence[SpeechChunk]] = {}
        self._recent: OrderedDict[Phrase, Sequence[SpeechChunk]] = OrderedDict()

    def find(self, phrase: Phrase) -> Sequence[SpeechChunk] | None:
        """Return the speech of a phrase, None where it has to be made."""
        if phrase in self._recent:
            self._recent.move_to_end(phrase)
        return self._kept.get(phrase) or self._recent.get(phrase)

    def keep(self, phrase: Phrase, chunks: Sequence[SpeechChunk]) -> None:
        """Take the whole speech of a phrase."""
        if phrase.text in self._fixed:
            self._kept[phrase] = chunks
        elif chunks and len(phrase.text) <= LONGEST_CHARS:
            self._recent[phrase] = chunks
            if len(self._recent) > _MOST:
                self._recent.popitem(last=False)
