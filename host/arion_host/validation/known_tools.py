"""Which tool the words of an utterance speak for, by what the packs know people to say.

Two witnesses are asked: the words of each tool's sentence templates, and the examples that look
most like the utterance. Where both prefer another tool by a margin, the one that was called is not
what was asked for. One witness alone proves nothing: many tools share words, and every utterance
looks like some example.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from arion_host.agents.filling import placeholders
from arion_host.agents.letters import Letters
from arion_host.tools.catalogue import Catalogue
from arion_host.validation.content import alike
from arion_kit.words import ChoiceSlot, Intent, LanguagePack, NumberSlot, ReferenceSlot

Key = tuple[str, str]
"""Server and tool."""


@dataclass(frozen=True)
class Margin:
    """By how much another tool has to be preferred before that says something."""

    words: float
    """In nats of how rare the words are among the tools."""
    likeness: float
    """Of the examples, as a cosine."""


@dataclass(frozen=True)
class _Given:
    """The parameters that an intent gives its tool."""

    all: frozenset[str]
    naming: frozenset[str]
    """Those that say what it is done to: a thing that is looked up, a number."""


WITHIN_A_SERVER = Margin(words=1.2, likeness=0.07)
"""Tools of one server share their nouns, so what differs are the words that tell them apart."""
TO_ANOTHER_SERVER = Margin(words=4.0, likeness=0.2)
"""Wider: any word of a title or a question may be one that another service is asked with."""

_RULE = re.compile(r"<(\w+)>")
_SLOT = re.compile(r"\{[^{}]*\}")
_SLOT_NAME = re.compile(r"\{(\w+)")
_LITERAL = re.compile(r"[가-힣]+|[a-z]+")
_DEEPEST = 4
"""Rules within rules."""
_ARTICLES = frozenset({"a", "an", "the"})
"""They speak for no tool, though among few tools only one may be asked for with them."""


class KnownTools:
    """The tools of a catalogue, with what people say when they want them."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Index the language packs; a tool without any phrase is known by its name."""
        self._tools = frozenset((tool.server, tool.name) for tool in catalogue.tools)
        self._found = _by_word(catalogue, with_values=True)
        self._asked = _by_word(catalogue, with_values=False)
        self._servers = {
            server: frozenset(_words_of_server(server, pack))
            for server, pack in catalogue.packs.items()
        }
        self._choices = _choices(catalogue)
        self._steps = _steps(catalogue)
        self._given = _given(catalogue)
        examples = [
            (text, (server, intent.tool))
            for server, pack in catalogue.packs.items()
            for intent in pack.intents
            for text in chain(*intent.examples.values())
        ]
        self._owners = [key for _, key in examples]
        self._letters = Letters([text for text, _ in examples])

    def knows(self, tool: Key, word: str) -> bool:
        """Whether people use the word when they ask for the tool, and not as a value for it."""
        return tool in _who(word, self._asked)

    def is_step(self, tool: Key, towards: Key) -> bool:
        """Whether a tool looks up what another one is about, and so may well be called first."""
        return tool in self._steps.get(towards, ())

    def is_half(self, tool: Key, parameters: Collection[str]) -> bool:
        """Whether these parameters say what a tool is for, and not what is to become of it."""
        given, known = frozenset(parameters), self._given.get(tool, ())
        naming = frozenset[str]().union(*(it.naming for it in known))
        # A choice alone is often left to the default: how to merge.
        more = any(it.all - naming - self.choices(tool).keys() for it in known)
        return more and given <= naming and not any(it.all <= given for it in known)

    def choices(self, tool: Key) -> Mapping[str, frozenset[str]]:
        """Of each parameter that takes one of a few values, the words people use for them."""
        return self._choices.get(tool, {})

    def is_of_server(self, tool: Key, word: str) -> bool:
        """Whether people use the word when they ask for any tool of its server."""
        return any(alike(word, other) for other in self._servers.get(tool[0], ()))

    def rather(self, tool: Key, wishes: Iterable[str]) -> Key | None:
        """The tool that was asked for instead; None where one of the `wishes` may be for `tool`.

        A tool without examples is never doubted: nobody knows how people ask for it.
        `wishes` are all the requests that an utterance may consist of, without the values in it.
        """
        better: Key | None = None
        for wish in wishes:
            better = self._preferred(tool, wish)
            if better is None:
                return None
        return better

    def _preferred(self, tool: Key, wish: str) -> Key | None:
        words, likeness = self._by_words(wish), self._by_likeness(wish)
        if tool not in likeness:
            return None
        preferred: list[tuple[float, Key]] = []
        for key, alike_by in likeness.items():
            if self.is_step(tool, key):
                continue
            margin = WITHIN_A_SERVER if key[0] == tool[0] else TO_ANOTHER_SERVER
            more_words = words.get(key, 0.0) - words.get(tool, 0.0)
            if more_words > margin.words and alike_by - likeness[tool] > margin.likeness:
                preferred.append((alike_by, key))
        return max(preferred)[1] if preferred else None

    def _by_words(self, wish: str) -> dict[Key, float]:
        scores: defaultdict[Key, float] = defaultdict(float)
        for word in set(_LITERAL.findall(wish.lower())) - _ARTICLES:
            keys = _who(word, self._found)
            for key in keys:
                scores[key] += math.log(len(self._tools) / len(keys))
        return scores

    def _by_likeness(self, wish: str) -> dict[Key, float]:
        scores: dict[Key, float] = {}
        for key, score in zip(self._owners, self._letters(wish), strict=True):
            scores[key] = max(scores.get(key, 0.0), score)
        return scores


_kept: list[tuple[Catalogue, KnownTools]] = []
"""The last catalogue that was indexed: it is replaced only when a server connects."""


def known_tools(catalogue: Catalogue) -> KnownTools:
    """The tools of a catalogue, indexed once for as long as it is the same one."""
    if not _kept or _kept[0][0] is not catalogue:
        _kept[:] = [(catalogue, KnownTools(catalogue))]
    return _kept[0][1]


def _who(word: str, found: Mapping[str, frozenset[Key]]) -> frozenset[Key]:
    """The tools of a word in lower case; in Korean, of every stem it may have."""
    if "가" <= word[0] <= "힣":
        forms = [word[:length] for length in range(min(2, len(word)), len(word) + 1)]
    else:
        forms = [word, word[:-1]] if word.endswith("s") else [word]
    return frozenset[Key]().union(*(found.get(form, ()) for form in forms))


def _by_word(catalogue: Catalogue, *, with_values: bool) -> Mapping[str, frozenset[Key]]:
    found: defaultdict[str, set[Key]] = defaultdict(set)
    for server, pack in catalogue.packs.items():
        for intent in pack.intents:
            for word in _words_of(intent, pack, with_values=with_values):
                found[word].add((server, intent.tool))
    for tool in catalogue.tools:
        for word in tool.name.removeprefix(f"{tool.server}_").split("_"):
            found[word].add((tool.server, tool.name))
    return {word: frozenset(keys) for word, keys in found.items()}


def _choices(catalogue: Catalogue) -> Mapping[Key, Mapping[str, frozenset[str]]]:
    found: defaultdict[Key, dict[str, frozenset[str]]] = defaultdict(dict)
    for server, pack in catalogue.packs.items():
        for intent in pack.intents:
            for parameter, template in intent.arguments.items():
                slot = pack.slots.get(template.strip("{}")) if isinstance(template, str) else None
                if isinstance(slot, ChoiceSlot):
                    said = {
                        word.lower() for it in slot.values.values() for word in chain(*it.values())
                    }
                    kept = found[server, intent.tool].get(parameter, frozenset())
                    found[server, intent.tool][parameter] = kept | said
    return found


def _given(catalogue: Catalogue) -> Mapping[Key, Collection[_Given]]:
    found: defaultdict[Key, set[_Given]] = defaultdict(set)
    for server, pack in catalogue.packs.items():
        for intent in pack.intents:
            naming = (
                parameter
                for parameter, template in intent.arguments.items()
                if (names := [name for name, _ in placeholders(template)])
                and all(isinstance(pack.slots.get(it), ReferenceSlot | NumberSlot) for it in names)
            )
            found[server, intent.tool].add(_Given(frozenset(intent.arguments), frozenset(naming)))
    return found


def _steps(catalogue: Catalogue) -> Mapping[Key, frozenset[Key]]:
    """The tools by which the things that a tool is about are looked up."""
    found: defaultdict[Key, set[Key]] = defaultdict(set)
    for server, pack in catalogue.packs.items():
        for intent in pack.intents:
            for name, _ in placeholders(intent.arguments):
                slot = pack.slots.get(name)
                if isinstance(slot, ReferenceSlot):
                    found[server, intent.tool].add((server, slot.tool))
    return {key: frozenset(steps) for key, steps in found.items()}


def _words_of_server(server: str, pack: LanguagePack) -> Iterator[str]:
    yield from _LITERAL.findall(" ".join([server, *pack.name.values()]).lower())
    for intent in pack.intents:
        yield from _words_of(intent, pack, with_values=False)


def _words_of(intent: Intent, pack: LanguagePack, *, with_values: bool) -> Iterator[str]:
    """What the templates are written with; of choices, those whose value is no argument too."""
    arguments = str(intent.arguments)
    frames = (frame for several in intent.frames.values() for frame in several)
    pieces = (piece for frame in frames for piece in (*frame.act, *frame.about))
    sentences = (text for several in intent.sentences.values() for text in several)
    for template in (*sentences, *pieces):
        text = template
        for _ in range(_DEEPEST):
            text = _RULE.sub(lambda rule: f" {pack.rules.get(rule[1], '')} ", text)
        for word in _LITERAL.findall(_SLOT.sub(" ", text).lower()):
            # A verb of a frame stands for all its endings.
            yield word.removesuffix("다") if template.rstrip("?").endswith("다") else word
        for name in _SLOT_NAME.findall(text):
            slot = pack.slots.get(name)
            is_value = f"{{{name}}}" in arguments or f"{{{name}." in arguments
            if isinstance(slot, ChoiceSlot) and (with_values or not is_value):
                for said in slot.values.values():
                    yield from _LITERAL.findall(" ".join(chain(*said.values())).lower())
