"""Pieces of frames, compiled: what is said around one slot, and which slot it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from hassil import parse_sentence
from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    RuleReference,
    TextChunk,
)
from hassil.parser import ParseError

from arion_host.agents.marking import MARKERS
from arion_host.language import korean_verbs, lengths, money
from arion_host.language.numbers import WHICH_KO, number_words
from arion_kit.words import (
    ChoiceSlot,
    Language,
    LanguagePack,
    MoneySlot,
    NumberSlot,
    ReferenceSlot,
    Slot,
    TimeSlot,
)

_END = r"(?=[\s,.;:!?~…]|$)"
_NOUN_PARTICLE = (
    r"(?:을|를|이랑|이나|이라도|이|가|은요?|는요?|도|만|의|에다가|에다|에서는|에서|에는|에|엔|으로|로|랑|하고"
    r"|과|와|들|요)?"
)
_TIME_PARTICLE = (
    r"(?:에는|에만|에도|에|엔|은|는|의|이|가|도|만|날|쯤에|쯤|경에|경|부터|중에|중으로|안에|안으로"
    r"|사이에|까지|까진|까지는|동안|으로|로|에서|에요|자|치|분)?"
)
_END_OF: dict[Language, str] = {"ko": _NOUN_PARTICLE + _END, "en": r"(?:'s)?" + _END}


@dataclass(frozen=True)
class Words:
    """A pattern that is compiled when it is first looked for: most never are."""

    pattern: str

    def compile(self) -> None:
        """Have it ready for the first time it is looked for, which else takes up to 50 ms."""
        _compiled(self.pattern)

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """What `text` has at `start`."""
        return _compiled(self.pattern).match(text, start)

    def search(self, text: str) -> bool:
        """Whether `text` has it anywhere."""
        return _compiled(self.pattern).search(text) is not None


Matcher = Words | korean_verbs.Forms
"""Something that can be looked for in an utterance, anywhere or at one place."""


class PieceError(ValueError):
    """A piece of a frame that cannot be used."""


@dataclass(frozen=True)
class Piece:
    """One piece: literal words, or a slot with what stands before and behind it."""

    slot: str | None
    """None for literal words, which `before` then matches."""
    optional: bool
    """The slot may be left out, and the literal words said alone."""
    before: Matcher | None
    behind: Words | None
    typed: Words | None
    """What the slot's words have to be, with what stands around them; None for free words."""
    attached: bool = False
    """`behind` follows the slot's words without a space, as a particle does."""
    takes_to: bool = False
    """A time with nothing set behind it, which may have 로 there: the one that it is moved to."""
    needles: frozenset[str] = frozenset()
    """One of these is in every text that has the piece, in lower case; none where that cannot be
    told."""

    @property
    def is_free(self) -> bool:
        """Whether it is nothing but free words."""
        return self.typed is None and self.before is None and self.behind is None


class Pieces:
    """Compiles the pieces of one pack in one language."""

    def __init__(self, pack: LanguagePack, language: Language) -> None:
        self._slots = pack.slots
        self._rules = pack.rules
        self._language: Language = language
        self._known: dict[str, Piece] = {}

    def piece(self, template: str) -> Piece:
        """Compile one piece.

        Raises:
            PieceError: it is malformed, or has more than one slot.
        """
        if template not in self._known:
            self._known[template] = self._compile(template)
        return self._known[template]

    def _compile(self, template: str) -> Piece:
        if self._language == "ko" and "{" not in template:
            verb = template.removesuffix("?")
            if verb.endswith("다") and verb.isascii() is False and not set(verb) & set("([<|"):
                form = korean_verbs.question if template.endswith("?") else korean_verbs.request
                forms = form(verb)
                return Piece(None, False, forms, None, None, needles=forms.needles)
        before, slot, behind, optional = self._parted(template)
        if slot is None:
            pattern = Words(before + _END_OF[self._language])
            piece = Piece(None, False, pattern, None, None)
        else:
            piece = self._with_slot(slot, before, behind, optional=optional)
        return replace(piece, needles=self._needles(_parsed(template)))

    def _with_slot(self, name: str, before: str, behind: str, *, optional: bool) -> Piece:
        if name not in self._slots:
            raise PieceError(f"the pack has no slot {{{name}}}")
        attached = bool(behind) and not behind.startswith((r"\s*", r"(?:\s*"))
        behind = behind.removeprefix(r"\s*")
        before = before.removesuffix(r"\s*")
        end = _END_OF[self._language]
        typed = self._typed(self._slots[name], alone=not before and not behind)
        if typed is None:
            lead = before + _END
            # What may be left out before it can be, where what stands behind it tells the slot.
            if behind and re.fullmatch(before, "") and not re.fullmatch(behind, ""):
                lead = f"(?:{lead})?"
            return Piece(
                name,
                optional,
                Words(lead) if before else None,
                Words(behind + end) if behind else None,
                None,
                attached,
            )
        lead = rf"{before}\s*" if before else ""
        if behind:
            tail = rf"\s?{behind}{end}" if attached else rf"\s*{behind}{end}"
        elif isinstance(self._slots[name], TimeSlot) and self._language == "ko":
            tail = _TIME_PARTICLE + _END
        else:
            tail = end
        said = rf"{lead}(?P<words>{typed}){tail}"
        literal = Words(before + behind + end) if optional and (before or behind) else None
        return Piece(
            name, optional, literal, None, Words(said), attached, tail == _TIME_PARTICLE + _END
        )

    def _typed(self, slot: Slot, *, alone: bool) -> str | None:
        """Pattern of the words a typed slot takes; None for free words.

        `alone` is the slot with nothing around it.
        """
        language = self._language
        if isinstance(slot, TimeSlot):
            return f"[{MARKERS}]"
        if isinstance(slot, NumberSlot) and slot.minutes:
            return lengths.PATTERNS[language]
        if isinstance(slot, NumberSlot):
            if slot.which and (alone or language == "ko"):
                return r"\d+(?!\d|[,.:]\d)" + ("" if alone else rf"|{WHICH_KO}")
            words = (word for word, _ in number_words(language, slot.minimum, slot.maximum))
            return rf"\d+(?!\d|[,.:]\d)|{_any_of(words)}"
        if isinstance(slot, MoneySlot):
            return money.PATTERNS[language]
        if isinstance(slot, ChoiceSlot):
            return _any_of(
                word for words in slot.values.values() for word in words.get(language, ())
            )
        if isinstance(slot, ReferenceSlot) and slot.words:
            return _any_of(slot.words.get(language, ()))
        return None

    def _parted(self, template: str) -> tuple[str, str | None, str, bool]:
        """Patterns before and behind the slot, its name, and whether it may be left out."""
        try:
            expression = _parsed(template)
        except (ParseError, ValueError, IndexError) as error:
            raise PieceError(f"{template}: not a template: {error}") from error
        items = [expression]
        if isinstance(expression, Group) and not isinstance(expression, Alternative):
            items = expression.items
        before, behind, slot, optional = "", "", None, False
        for item in items:
            inner, may_miss = _slot_of(item)
            if inner is None:
                if slot is None:
                    before += self._pattern(item)
                else:
                    behind += self._pattern(item)
            elif slot is not None:
                raise PieceError(f"{template}: a piece has one slot at most")
            else:
                slot, optional = inner, may_miss
        return before, slot, behind, optional

    def _needles(self, expression: Expression) -> frozenset[str]:
        """Words of which one is said wherever the expression is; none where there are no such."""
        if isinstance(expression, TextChunk):
            words = expression.original_text.lower().split()
            return frozenset({max(words, key=len)}) if words else frozenset()
        if isinstance(expression, RuleReference):
            return self._needles(_parsed(self._rules[expression.rule_name]))
        if isinstance(expression, Alternative):
            ways = [self._needles(item) for item in expression.items]
            return frozenset[str]().union(*ways) if all(ways) else frozenset()
        if isinstance(expression, Group):
            found = [it for it in map(self._needles, expression.items) if it]
            return max(found, key=lambda it: min(map(len, it)), default=frozenset[str]())
        return frozenset()

    def _pattern(self, expression: Expression) -> str:
        if isinstance(expression, TextChunk):
            return _text(expression.original_text)
        if isinstance(expression, RuleReference):
            if expression.rule_name not in self._rules:
                raise PieceError(f"the pack has no rule <{expression.rule_name}>")
            return f"(?:{self._pattern(_parsed(self._rules[expression.rule_name]))})"
        if isinstance(expression, ListReference):
            raise PieceError(f"{{{expression.slot_name}}} has to stand outside of brackets")
        if isinstance(expression, Alternative):
            # "jot" must not hide "jot down".
            ways = sorted((self._pattern(item) for item in expression.items), key=len, reverse=True)
            return f"(?:{'|'.join(ways)})"
        if isinstance(expression, Group):
            return "".join(self._pattern(item) for item in expression.items)
        raise PieceError("only words, brackets, rules and one slot can be used")


def _slot_of(item: Expression) -> tuple[str | None, bool]:
    """The slot that an item is, and whether it may be left out."""
    if isinstance(item, ListReference):
        return item.slot_name, False
    if isinstance(item, Alternative) and item.is_optional:
        named = [inner for inner in _leaves(item) if isinstance(inner, ListReference)]
        others = [it for it in _leaves(item) if isinstance(it, TextChunk) and it.text.strip()]
        if len(named) == 1 and not others:
            return named[0].slot_name, True
    return None, False


def _leaves(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Group):
        for item in expression.items:
            yield from _leaves(item)
    else:
        yield expression


def _text(text: str) -> str:
    # Spaces may be missing, as Korean is often typed, or be there twice around what is left out.
    return re.sub(r"(?:\\?\s)+", r"\\s*", re.escape(text))


def _any_of(words: Iterable[str]) -> str:
    ordered = sorted({word for word in words if word}, key=len, reverse=True)
    return "|".join(_text(word) for word in ordered) or r"(?!)"


@cache
def _parsed(template: str) -> Expression:
    return parse_sentence(template).expression


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
