"""Language packs compiled for hassil, and refused where they could do harm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hassil import Intents, Sentence, parse_sentence
from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    RuleReference,
)
from hassil.parser import ParseError
from pydantic import JsonValue

from arion_host.agents.filling import placeholders
from arion_host.agents.marking import MARKERS
from arion_host.agents.understood import ToolFacts
from arion_host.language.numbers import WHICH_KO, number_words
from arion_kit.words import (
    ChoiceSlot,
    Intent,
    Language,
    LanguagePack,
    NumberSlot,
    ReferenceSlot,
    Slot,
    TextSlot,
    TimeSlot,
)

LANGUAGES: tuple[Language, ...] = ("ko", "en")

_RULE_NAME = re.compile(r"<([^<>]+)>")
_SLOT_NAME = re.compile(r"\{([^{}:]+)(?::([^{}]+))?\}")
_Path = tuple[bool, bool]
"""Whether a way through a template takes free words, and whether it takes a typed slot."""


class PackError(ValueError):
    """A language pack that cannot be used."""

    def __init__(self, server: str, message: str, *, intent: str = "", template: str = "") -> None:
        where = ": ".join(part for part in (server, intent, template) if part)
        super().__init__(f"{where}: {message}")
        self.server = server
        self.intent = intent
        self.template = template


@dataclass(frozen=True)
class CompiledIntent:
    """One intent of one server, with what the router has to know of it."""

    server: str
    intent: Intent
    slots: Mapping[str, Slot]
    facts: ToolFacts

    @property
    def name(self) -> str:
        """Its name among all servers."""
        return f"{self.server}/{self.intent.name}"


@dataclass
class Grammar:
    """Everything that can be said in one language."""

    language: Language
    intents: dict[str, CompiledIntent] = field(default_factory=dict[str, CompiledIntent])
    """By the name they have in hassil."""
    _packs: int = 0
    _sentences: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    _lists: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    _rules: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])

    def add(self, server: str, pack: LanguagePack, tools: Mapping[str, ToolFacts]) -> None:
        """Take over what a checked pack says in this language."""
        # Names of slots and rules are a pack's own; for hassil all packs are one.
        names = _Names(f"p{self._packs}", pack.slots)
        self._packs += 1
        self._lists.update(_lists(names, self.language))
        self._rules.update({names.of(name): names.put(text) for name, text in pack.rules.items()})
        for intent in pack.intents:
            sentences = intent.sentences.get(self.language, ())
            asked = sentences or intent.frames.get(self.language)
            if not asked or intent.tool not in tools:
                continue
            compiled = CompiledIntent(server, intent, pack.slots, tools[intent.tool])
            name = compiled.name
            self.intents[name] = compiled
            if sentences:
                self._sentences[name] = {"data": [{"sentences": [names.put(s) for s in sentences]}]}

    def intents_of(self, server: str) -> Iterator[CompiledIntent]:
        """What can be said to one server."""
        return (compiled for compiled in self.intents.values() if compiled.server == server)

    def compile(self) -> Intents:
        """The intents as hassil recognises them."""
        return Intents.from_dict(
            {
                "language": self.language,
                "intents": self._sentences,
                "lists": self._lists,
                "expansion_rules": self._rules,
            }
        )


@dataclass(frozen=True)
class _Names:
    """The slots and rules of one pack under names no other pack has."""

    prefix: str
    slots: Mapping[str, Slot]

    def of(self, name: str) -> str:
        return f"{self.prefix}_{name}"

    def put(self, template: str) -> str:
        """The template with these names in it."""
        template = _RULE_NAME.sub(lambda rule: f"<{self.of(rule[1])}>", template)
        return _SLOT_NAME.sub(lambda slot: self._put_slot(slot[2] or slot[1]), template)

    def _put_slot(self, name: str) -> str:
        if isinstance(self.slots.get(name), NumberSlot):
            digits, words = (f"{{{self.of(name)}_{form}:{name}}}" for form in ("digits", "words"))
            return f"({digits}|{words})"
        return f"{{{self.of(name)}:{name}}}"


def check_pack(server: str, pack: LanguagePack, tools: Mapping[str, ToolFacts]) -> None:
    """Read every template of a pack once.

    Raises:
        PackError: A template is malformed, names a slot or rule the pack does not have, or
            would let free words alone decide what a writing tool does.
    """
    rules = {name: _parsed(server, "", text) for name, text in pack.rules.items()}
    for intent in pack.intents:
        writes = intent.tool in tools and not tools[intent.tool].read_only
        for text in (text for texts in intent.sentences.values() for text in texts):
            reading = _Reading(server, intent.name, text, pack.slots, rules)
            paths = reading.paths(_parsed(server, intent.name, text).expression)
            if writes and (True, False) in paths:
                raise reading.error(
                    "a writing tool needs a time, number, choice or reference beside free words"
                )
        _check_placeholders(server, intent, pack.slots)


def _parsed(server: str, intent: str, text: str) -> Sentence:
    try:
        return parse_sentence(text)
    except (ParseError, ValueError, IndexError) as error:
        raise PackError(server, f"not a template: {error}", intent=intent, template=text) from error


def _check_placeholders(server: str, intent: Intent, slots: Mapping[str, Slot]) -> None:
    for template in (*intent.arguments.values(), *intent.readback.values()):
        for slot, _ in placeholders(template):
            if slot not in slots:
                message = f"{{{slot}}} is filled in, but the pack has no such slot"
                raise PackError(server, message, intent=intent.name)


@dataclass(frozen=True)
class _Reading:
    """The ways through one template."""

    server: str
    intent: str
    template: str
    slots: Mapping[str, Slot]
    rules: Mapping[str, Sentence]

    def error(self, message: str) -> PackError:
        return PackError(self.server, message, intent=self.intent, template=self.template)

    def paths(self, expression: Expression) -> frozenset[_Path]:
        if isinstance(expression, ListReference):
            return frozenset({self._slot(expression.slot_name)})
        if isinstance(expression, RuleReference):
            if expression.rule_name not in self.rules:
                raise self.error(f"the pack has no rule <{expression.rule_name}>")
            return self.paths(self.rules[expression.rule_name].expression)
        if not isinstance(expression, Group):
            return frozenset({(False, False)})
        inner = [self.paths(item) for item in expression.items]
        if isinstance(expression, Alternative):
            return frozenset[_Path]().union(*inner)
        through = frozenset({(False, False)})
        for paths in inner:
            through = frozenset(
                (free or more_free, typed or more_typed)
                for free, typed in through
                for more_free, more_typed in paths
            )
        return through

    def _slot(self, name: str) -> _Path:
        if name not in self.slots:
            raise self.error(f"the pack has no slot {{{name}}}")
        is_free = isinstance(self.slots[name], TextSlot)
        return is_free, not is_free


def _lists(names: _Names, language: Language) -> Iterator[tuple[str, JsonValue]]:
    for slot_name, slot in names.slots.items():
        name = names.of(slot_name)
        if isinstance(slot, TimeSlot):
            yield name, {"values": [{"in": mark, "out": mark} for mark in MARKERS]}
        elif isinstance(slot, NumberSlot):
            limits: JsonValue = {"from": slot.minimum, "to": slot.maximum, "words": False}
            yield f"{name}_digits", {"range": limits}
            words = number_words(language, slot.minimum, slot.maximum)
            said = (it for it in words if _may_name(it[0], slot, language))
            yield f"{name}_words", {"values": [{"in": word, "out": n} for word, n in said]}
        elif isinstance(slot, ChoiceSlot):
            yield name, {"values": list(_choices(slot, language))}
        elif isinstance(slot, ReferenceSlot) and slot.words:
            yield name, {"values": list(slot.words.get(language, ()))}
        else:
            yield name, {"wildcard": True}


def _may_name(word: str, slot: NumberSlot, language: Language) -> bool:
    return not slot.which or language == "en" or re.fullmatch(WHICH_KO, word) is not None


def _choices(slot: ChoiceSlot, language: Language) -> Iterator[JsonValue]:
    for value, words in slot.values.items():
        for word in words.get(language, ()):
            yield {"in": word, "out": value}
