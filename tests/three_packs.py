"""A router over the places, the web and the shops, and what it makes of an utterance."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from arion_host.agents.filling import Filler
from arion_host.agents.router import Router
from arion_host.agents.understood import Match, ToolFacts
from arion_kakaomap import SPEC as KAKAOMAP
from arion_kit.packs import load_pack
from arion_kit.signatures import read_signature
from arion_kit.words import Language, LanguagePack
from arion_search import SPEC as SEARCH
from arion_shopping import SPEC as SHOPPING

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
SPECS = {"kakaomap": KAKAOMAP, "search": SEARCH, "shopping": SHOPPING}


@cache
def packs() -> dict[str, LanguagePack]:
    return {
        name: load_pack(
            spec.language,
            {tool.name: read_signature(tool) for tool in spec.tools},
            frozenset(tool.name for tool in spec.tools if tool.read_only),
        )
        for name, spec in SPECS.items()
    }


@cache
def router() -> Router:
    facts = {
        name: {tool.name: ToolFacts(tool.read_only, tool.destructive) for tool in spec.tools}
        for name, spec in SPECS.items()
    }
    return Router(packs(), facts)


def understood(text: str, language: Language) -> Match | None:
    found = router().route(text, language=language, now=NOW)
    return found if isinstance(found, Match) else None


def call(text: str, language: Language) -> tuple[str, dict[str, JsonValue]] | None:
    """The tool and its arguments, without what has to be looked up; None if nothing fits."""
    found = understood(text, language)
    if found is None or found.missing:
        return None
    slots = {name: it for name, it in found.slots.items() if name not in found.references}
    filled = Filler(slots, {}).fill_all(found.arguments)
    return found.tool, {name: it.value for name, it in filled.items()}


def asked(text: str, language: Language) -> str | None:
    """The question for the first thing that is missing."""
    found = understood(text, language)
    return found.asks.get(found.missing[0]) if found and found.missing else None


def misread(server: str) -> dict[str, str]:
    """The examples of a server's frames that are taken for another tool, and for which."""
    wrong: dict[str, str] = {}
    for intent in packs()[server].intents:
        for language, texts in intent.examples.items():
            for text in texts:
                found = understood(text, language)
                if found is None or found.tool != intent.tool:
                    wrong[text] = found.tool if found else "nothing"
    return wrong
