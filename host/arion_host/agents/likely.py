"""Commands that people are likely to say, for a recogniser to lean on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, zip_longest

from arion_host.agents.grammar import LANGUAGES
from arion_kit.words import Language, LanguagePack


def likely_commands(packs: Iterable[LanguagePack]) -> dict[Language, str]:
    """The first example of each intent, by language; the servers take turns.

    A recogniser takes as much from the beginning as it can use.
    """
    packs = tuple(packs)
    return {language: _commands(packs, language) for language in LANGUAGES}


def _commands(packs: Iterable[LanguagePack], language: Language) -> str:
    firsts = (
        [examples[0] for intent in pack.intents if (examples := intent.examples.get(language))]
        for pack in packs
    )
    mixed = chain.from_iterable(zip_longest(*firsts))
    return " ".join(f"{text.rstrip('.?!')}." for text in mixed if text)
