"""What people are likely to say, for a recogniser to lean on: names of theirs, and commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest

from arion_host.agents.grammar import LANGUAGES
from arion_host.agents.names import spoken_in
from arion_kit.words import Language, LanguagePack

_NAME_CHARACTERS: dict[Language, int] = {"ko": 30, "en": 60}
"""Longest list of names: 25 of the 60 tokens that a recogniser takes, which are 0.85 a Korean and
0.4 an English character. The rest is for commands."""


def likely_commands(
    packs: Iterable[LanguagePack], names: Iterable[str] = ()
) -> dict[Language, str]:
    """The first of `names`, then the first example of each intent, by language.

    The servers take turns. A recogniser takes as much from the beginning as it can use.
    """
    packs, names = tuple(packs), tuple(names)
    return {
        language: " ".join(chain(_names(names, language), _commands(packs, language)))
        for language in LANGUAGES
    }


def first_commands(packs: Iterable[LanguagePack], language: Language) -> tuple[str, ...]:
    """One command of each server."""
    examples = (
        next((it for intent in pack.intents for it in intent.examples.get(language, ())), None)
        for pack in packs
    )
    return tuple(it for it in examples if it is not None)


def _names(names: Iterable[str], language: Language) -> Iterator[str]:
    room, chosen = _NAME_CHARACTERS[language], list[str]()
    for name in dict.fromkeys(said for name in names if (said := spoken_in(name, language))):
        if len(name) + 2 <= room:
            room -= len(name) + 2
            chosen.append(name)
    if chosen:
        yield f"{', '.join(chosen)}."


def _commands(packs: Iterable[LanguagePack], language: Language) -> Iterator[str]:
    firsts = (
        [examples[0] for intent in pack.intents if (examples := intent.examples.get(language))]
        for pack in packs
    )
    mixed = chain.from_iterable(zip_longest(*firsts))
    return (f"{text.rstrip('.?!')}." for text in mixed if text)
