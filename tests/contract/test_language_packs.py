"""Every installed server's language pack, held against the router that uses it."""

from __future__ import annotations

from collections import Counter
from importlib.metadata import entry_points
from typing import Any

import pytest
from tests.unit.arion_host.agents.every_pack import LANGUAGES, packs, router, specs, understood

from arion_host.agents.filling import placeholders
from arion_kit.testing import assert_language_rules
from arion_kit.words import Intent, Language

pytestmark = [pytest.mark.thorough, pytest.mark.timeout(60)]

SERVERS = sorted(entry.name for entry in entry_points(group="arion.servers"))
TOOLS = {name: {tool.name: tool for tool in spec.tools} for name, spec in specs().items()}


def test_every_pack_is_used():
    assert {name: str(error) for name, error in router().refused.items()} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("server", SERVERS)
def test_every_tool_that_can_be_said_is_shown_by_two_examples(server: str, language: Language):
    shown: Counter[str] = Counter()
    for intent in packs()[server].intents:
        shown[intent.tool] += len(intent.examples.get(language, ()))
    assert min(shown.values()) >= 2, shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("server", SERVERS)
def test_every_example_is_understood_as_what_it_asks_for(server: str, language: Language):
    expected = {
        text: (server, intent.tool, fixed(intent))
        for intent in packs()[server].intents
        for text in intent.examples.get(language, ())
    }
    assert expected
    assert {text: asks_for(text, language) for text in expected} == expected


def asks_for(text: str, language: Language) -> tuple[str, str, dict[str, Any]] | None:
    """Server, tool, and the arguments that tell one use of the tool from another."""
    found = understood(text, language)
    if found is None:
        return None
    [intent] = [it for it in packs()[found.server].intents if it.name == found.intent]
    return found.server, found.tool, fixed(intent)


def fixed(intent: Intent) -> dict[str, Any]:
    """The arguments that are the same whatever else is said."""
    return {name: it for name, it in intent.arguments.items() if not list(placeholders(it))}


@pytest.mark.parametrize("server", SERVERS)
def test_every_tool_that_can_be_said_can_be_said_in_both_languages(server: str):
    assert_language_rules(packs()[server])


@pytest.mark.parametrize("server", SERVERS)
def test_every_destructive_intent_names_what_it_destroys(server: str):
    nameless = {
        (intent.name, language): intent.readback.get(language)
        for intent in packs()[server].intents
        for language in LANGUAGES
        if TOOLS[server][intent.tool].destructive
        and (intent.sentences.get(language) or intent.frames.get(language))
        and not names_it(intent, intent.readback.get(language, ""))
    }
    assert nameless == {}


def names_it(intent: Intent, asked: str) -> bool:
    """Whether the question has what was said; where nothing is, it is always the same one."""
    return bool(list(placeholders(asked)) or (asked and intent.arguments == fixed(intent)))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("일정 잡지 마", "ko"),
        ("내일 오후 3시에 치과 예약 잡지 말아줘", "ko"),
        ("이 메일 삭제하지 마", "ko"),
        ("방금 거 삭제하지 마", "ko"),
        ("내일 회의 잡았어?", "ko"),
        ("다 지워줘", "ko"),
        ("don't schedule anything tomorrow", "en"),
        ("do not delete my dentist appointment", "en"),
        ("did you schedule the meeting?", "en"),
    ],
)
def test_what_is_no_wish_writes_nothing(text: str, language: Language):
    found = understood(text, language)
    assert found is None or TOOLS[found.server][found.tool].read_only
