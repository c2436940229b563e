"""Every installed server's language pack, held against the router that uses it."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import entry_points
from zoneinfo import ZoneInfo

import pytest
import yaml

from arion_host.agents.filling import placeholders
from arion_host.agents.router import Router
from arion_host.agents.understood import Match, NoMatch, ToolFacts
from arion_kit.spec import ServerSpec
from arion_kit.words import Intent, Language, LanguagePack

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
LANGUAGES: tuple[Language, ...] = ("ko", "en")

SPECS: dict[str, ServerSpec] = {
    entry.name: entry.load() for entry in entry_points(group="arion.servers")
}
PACKS = {
    name: LanguagePack.model_validate(yaml.safe_load(spec.language.read_text("utf-8")))
    for name, spec in SPECS.items()
}
TOOLS = {
    name: {tool.name: ToolFacts(tool.read_only, tool.destructive) for tool in spec.tools}
    for name, spec in SPECS.items()
}
INTENTS = [
    pytest.param(name, intent, id=f"{name}-{intent.name}")
    for name, pack in PACKS.items()
    for intent in pack.intents
]


@pytest.fixture(scope="module")
def router() -> Router:
    return Router(PACKS, TOOLS)


def test_every_pack_is_used(router: Router) -> None:
    assert {name: str(error) for name, error in router.refused.items()} == {}


def test_there_are_at_least_60_templates() -> None:
    sentences = [
        text
        for pack in PACKS.values()
        for intent in pack.intents
        for texts in intent.sentences.values()
        for text in texts
    ]
    assert len(sentences) >= 60


@pytest.mark.parametrize(("server", "intent"), INTENTS)
def test_every_example_is_understood_as_its_own_intent(
    server: str, intent: Intent, router: Router
) -> None:
    expected = (server, intent.name)
    understood = {
        example: identity(router.route(example, language=language, now=NOW))
        for language, examples in intent.examples.items()
        for example in examples
    }
    assert understood == dict.fromkeys(understood, expected)


def identity(found: Match | NoMatch) -> tuple[str, str] | None:
    return (found.server, found.intent) if isinstance(found, Match) else None


@pytest.mark.parametrize(("server", "intent"), INTENTS)
def test_every_intent_can_be_said_and_shown_in_both_languages(server: str, intent: Intent) -> None:
    assert all(intent.sentences.get(language) for language in LANGUAGES), server
    assert all(intent.examples.get(language) for language in LANGUAGES), server


@pytest.mark.parametrize(("server", "intent"), INTENTS)
def test_every_destructive_intent_names_what_it_destroys_in_both_languages(
    server: str, intent: Intent
) -> None:
    asked = {language: intent.readback.get(language, "") for language in LANGUAGES}
    names = {language: len(list(placeholders(text))) for language, text in asked.items()}
    assert not TOOLS[server][intent.tool].destructive or all(names.values()), asked


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
def test_what_is_no_wish_writes_nothing(text: str, language: Language, router: Router) -> None:
    found = router.route(text, language=language, now=NOW)
    assert not isinstance(found, Match) or TOOLS[found.server][found.tool].read_only
