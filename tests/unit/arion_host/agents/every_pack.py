"""The language packs of all installed servers, and a router over them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.metadata import entry_points
from zoneinfo import ZoneInfo

from arion_host.agents.router import Router
from arion_host.agents.together.several import Part, Several
from arion_host.agents.understood import Match, NoMatch, ToolFacts
from arion_kit.packs import load_pack
from arion_kit.signatures import read_signature
from arion_kit.spec import ServerSpec
from arion_kit.words import Language, LanguagePack

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
LANGUAGES: tuple[Language, ...] = ("ko", "en")


@cache
def specs() -> dict[str, ServerSpec]:
    return {entry.name: entry.load() for entry in entry_points(group="arion.servers")}


@cache
def packs() -> dict[str, LanguagePack]:
    return {
        name: load_pack(
            spec.language,
            {tool.name: read_signature(tool) for tool in spec.tools},
            frozenset(tool.name for tool in spec.tools if tool.read_only),
        )
        for name, spec in specs().items()
    }


@cache
def router() -> Router:
    facts = {
        name: {tool.name: ToolFacts(tool.read_only, tool.destructive) for tool in spec.tools}
        for name, spec in specs().items()
    }
    return Router(packs(), facts)


def examples(language: Language) -> list[str]:
    """Every example of every intent of every server."""
    return [
        text
        for pack in packs().values()
        for intent in pack.intents
        for text in intent.examples.get(language, ())
    ]


@cache
def understood(text: str, language: Language) -> Match | None:
    found = router().route(text, language=language, now=NOW)
    return found if isinstance(found, Match) else None


def meant(text: str, language: Language) -> str | None:
    """`server/intent`."""
    found = understood(text, language)
    return f"{found.server}/{found.intent}" if found else None


def slots(text: str, language: Language) -> dict[str, str]:
    """The words of each slot."""
    found = understood(text, language)
    return {name: value.text for name, value in found.slots.items()} if found else {}


def commands(text: str, language: Language) -> tuple[Part, ...]:
    """What an utterance of one command or several is read as; nothing where it is not."""

    def route(part: str) -> Match | NoMatch:
        return router().route(part, language=language, now=NOW)

    found = Several(language, NOW, route).read(text, route)
    return () if isinstance(found, NoMatch) else found
