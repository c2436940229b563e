"""Example utterances that look most like one that was not understood."""

from __future__ import annotations

from collections.abc import Mapping

from arion_host.agents.letters import Letters

_ALIKE = 0.12
"""Cosine from which an example has something to do with the utterance."""


class Examples:
    """Examples of one language, compared by their letters."""

    def __init__(self, examples: Mapping[str, tuple[str, ...]]) -> None:
        """Index `examples`: whole utterances by the name of their intent."""
        self._examples = [(text, name) for name, texts in examples.items() for text in texts]
        # What is offered when nothing is alike: something of each server.
        firsts: dict[str, str] = {}
        for text, name in self._examples:
            firsts.setdefault(name.split("/")[0], text)
        others = (texts[0] for texts in examples.values() if texts)
        self._general = tuple(dict.fromkeys([*firsts.values(), *others]))[:3]
        self._letters = Letters([text for text, _ in self._examples])

    def closest(self, text: str) -> tuple[str, ...]:
        """Up to three examples of different intents, likest first; general ones if none is like."""
        scores = self._letters(text)
        found: dict[str, str] = {}
        for number in sorted(range(len(scores)), key=lambda number: -scores[number]):
            if len(found) == 3 or scores[number] < _ALIKE:
                break
            example, intent = self._examples[number]
            found.setdefault(intent, example)
        return tuple(found.values()) or self._general
