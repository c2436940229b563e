"""How every server's calls are put as questions, and what it calls its tools and parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from tests.servers import NAMES, case
from tests.servers.arguments import example

from arion_host.tools.catalogue import CatalogueTool
from arion_host.validation.rendering import render_call
from arion_kit.packs import load_pack
from arion_kit.signatures import Signature, read_signature
from arion_kit.spec import Tool
from arion_kit.speech import speakable
from arion_kit.words import Language, LanguagePack

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
LANGUAGES: tuple[Language, ...] = ("ko", "en")
SAYS_NOTHING = re.compile(r"\w*(_ids?|_token|_key|sha|cursor)|id")
"""Parameters whose values say nothing to a person."""
ID = "18f7a30b9c2d4e5f"
WORDS = "우유 사러 가기"

SERVERS = [case(name) for name in NAMES]
TOOLS = [pytest.param(it.name, tool, id=tool.name) for it in SERVERS for tool in it.spec.tools]
ASKED = [
    pytest.param(it.name, tool, id=tool.name)
    for it in SERVERS
    for tool in it.spec.tools
    if not tool.read_only or tool.open_world
]
"""Tools that write, or that reach beyond the person's own accounts."""


@cache
def signatures(name: str) -> Mapping[str, Signature]:
    return {tool.name: read_signature(tool) for tool in case(name).spec.tools}


@cache
def pack_of(name: str) -> LanguagePack:
    spec = case(name).spec
    reading = frozenset(tool.name for tool in spec.tools if tool.read_only)
    return load_pack(spec.language, signatures(name), reading)


def parameters(name: str, tool: Tool) -> Mapping[str, Any]:
    return signatures(name)[tool.name].input_schema["properties"]


def value_for(name: str, parameter: str, schema: Mapping[str, Any]) -> Any:
    known = case(name).values.get(parameter, ())
    if SAYS_NOTHING.fullmatch(parameter) and "enum" not in schema:
        return {"array": [ID, ID], "integer": 5001}.get(schema.get("type", ""), ID)
    if not known and schema.get("type") == "string" and "enum" not in schema:
        return WORDS
    if not known and schema.get("type") == "array" and "enum" not in schema["items"]:
        return [10] if schema["items"].get("type") == "integer" else [WORDS]
    given = example(schema, known)
    return list(cast("tuple[Any, ...]", given)) if isinstance(given, tuple) else given


def driven(name: str, tool: Tool) -> Iterator[dict[str, Any]]:
    """Calls: with what is needed, with each optional parameter, and with all of them."""
    schema = signatures(name)[tool.name].input_schema
    values = {it: value_for(name, it, of) for it, of in schema["properties"].items()}
    needed = {it: values[it] for it in schema.get("required", ())}
    yield needed
    for it in values.keys() - needed.keys():
        yield {**needed, it: values[it]}
    yield values


def question(name: str, tool: Tool, arguments: Mapping[str, Any], language: Language) -> str:
    schema = signatures(name)[tool.name].input_schema
    asked = CatalogueTool(
        server=name,
        name=tool.name,
        title=tool.title,
        input_schema=schema,
        read_only=tool.read_only,
        destructive=tool.destructive,
        effect=tool.effect,
    )
    return render_call(asked, arguments, pack_of(name), language, NOW)


def texts(value: Any) -> Iterator[str]:
    several = cast("list[Any]", value) if isinstance(value, list) else [value]
    yield from (it for it in several if isinstance(it, str))


def is_time(text: str) -> bool:
    return re.match(r"\d{4}-\d\d-\d\d", text) is not None or "FREQ=" in text


@pytest.mark.parametrize(("name", "tool"), TOOLS)
def test_every_tool_has_a_title_in_both_languages(name: str, tool: Tool):
    title = pack_of(name).renderings[tool.name].title
    assert all(1 <= len(title[language].split()) <= 6 for language in LANGUAGES)
    assert re.search("[가-힣]", title["ko"])


@pytest.mark.parametrize(("name", "tool"), ASKED)
def test_every_call_that_may_be_asked_about_has_questions_in_both_languages(name: str, tool: Tool):
    sentence = pack_of(name).renderings[tool.name].sentence
    assert len(sentence["ko"]) == len(sentence["en"])
    for korean, english in zip(sentence["ko"], sentence["en"], strict=True):
        assert re.search(r"[까]요\?", korean)
        assert "?" in english


@pytest.mark.parametrize(("name", "tool"), TOOLS)
def test_every_parameter_has_a_label(name: str, tool: Tool):
    assert parameters(name, tool).keys() - pack_of(name).labels.keys() == set()


@pytest.mark.parametrize(("name", "tool"), ASKED)
def test_every_fixed_value_has_words(name: str, tool: Tool):
    words = pack_of(name).values
    assert [
        (parameter, value)
        for parameter, schema in parameters(name, tool).items()
        for value in schema.get("enum") or schema.get("items", {}).get("enum", ())
        if value not in words.get(parameter, {})
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_words_for_fixed_values_are_of_values_that_there_are(name: str):
    fixed: dict[str, set[str]] = {}
    for signature in signatures(name).values():
        for parameter, schema in signature.input_schema["properties"].items():
            values = schema.get("enum") or schema.get("items", {}).get("enum", ())
            fixed.setdefault(parameter, set()).update(values)
    words = pack_of(name).values
    assert [it for it in words if fixed[it] and not words[it].keys() <= fixed[it]] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "tool"), ASKED)
def test_no_question_says_an_id(name: str, tool: Tool, language: Language):
    for arguments in driven(name, tool):
        asked = question(name, tool, arguments, language)
        assert ID not in asked
        assert "5001" not in asked
        assert "5,001" not in asked


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "tool"), ASKED)
def test_every_question_says_what_was_given(name: str, tool: Tool, language: Language):
    words = pack_of(name).values
    for arguments in driven(name, tool):
        asked = question(name, tool, arguments, language)
        given = [(it, text) for it, value in arguments.items() for text in texts(value)]
        assert [
            (it, text)
            for it, text in given
            if ID not in text
            and text not in words.get(it, {})
            and not is_time(text)
            and ("://" in text or "@" in text or speakable(text, 80) == text)
            and text not in asked
        ] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "tool"), ASKED)
def test_no_question_shows_the_name_of_a_parameter(name: str, tool: Tool, language: Language):
    for arguments in driven(name, tool):
        asked = question(name, tool, arguments, language)
        shown = {it for it in arguments if re.search(rf"\b{it}\b", asked, re.ASCII)}
        assert {it for it in shown if language == "ko" or "_" in it} == set()


@pytest.mark.parametrize(("name", "tool"), TOOLS)
def test_what_says_nothing_is_left_to_the_sentence(name: str, tool: Tool):
    ids = {it for it in parameters(name, tool) if SAYS_NOTHING.fullmatch(it)}
    lists = {it for it in ids if it in {"calendar_ids", "label_ids"}}
    assert ids - lists <= set(pack_of(name).renderings[tool.name].said)
