"""Whether the person asked for a kind of change, found in their words by code.

A model that has read what others wrote may choose a tool that nobody asked for and fill it with
words that the person said for another purpose. So their words have to hold the wish as well: the
verb as a request, in the sentence that also names the thing. What is not recognised is asked about.
Where the request is all they said, there is nothing else to borrow words from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from arion_host.agents.understood import Evidence, Provenance
from arion_host.policy.wording import Wording
from arion_kit.words import Language


class Wish(StrEnum):
    """How much of what the person said asks for a call."""

    NONE = "none"
    PART = "part"
    """They asked for such a change, among other things or under a condition."""
    WHOLE = "whole"
    """Their one sentence is this request, and nothing was said before it."""


@dataclass(frozen=True)
class _Deed:
    """One kind of change, as tools are named for it and as people ask for it."""

    tool: frozenset[str]
    en: str
    ko: str


_DEEDS = (
    _Deed(
        frozenset({"create", "add", "append", "insert", "write", "book", "reserve", "draft"}),
        "create|add|append|insert|write|book|reserve|make|put|schedule|set up|draft",
        "만들어|추가해?|등록해?|잡아|넣어|적어|써|예약해?|작성해?|올려|남겨|기록해?|담아",
    ),
    _Deed(
        frozenset({"update", "edit", "change", "reschedule", "move", "modify", "rename"}),
        "update|edit|change|reschedule|move|modify|rename|postpone|shift",
        "옮겨|바꿔|변경해?|수정해?|미뤄|당겨|고쳐|연기해?",
    ),
    _Deed(
        frozenset({"delete", "remove", "cancel", "trash"}),
        "delete|remove|cancel|trash|erase|drop",
        "지워|삭제해?|취소해?|없애|빼|제거해?|버려",
    ),
    _Deed(
        frozenset({"send", "share", "invite", "post", "reply", "comment"}),
        "send|share|invite|post|reply|comment|email|mail",
        "보내|전송해?|공유해?|초대해?|답장해?|회신해?|게시해?|전해",
    ),
)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n")
_CLAUSE = re.compile(r"[.!?…,\n]|고\s|는데\s|지만\s")
_ASKS_TO_KNOW = re.compile(
    r"\s*(?:what|when|where|who|whom|whose|which|why|how|did|do|does|is|are|was|were|has|have|had"
    r"|am|should|if)\b[^,]*\Z"
)
_REQUESTS_EN = (
    r"(?:^|[:;,]|\d\.|\b(?:please|and|then|also|now|just|not forget to"
    r"|(?:can|could|would|will) you|i (?:want|need) (?:you )?to|i'd like (?:you )?to))\s*"
    r"(?:please |also |then )?"
)
_ANY_VERB = "|".join(deed.en for deed in _DEEDS) + (
    "|tell|show|read|check|find|look|give|get|list|search|open|let|summari[sz]e|compare|see"
)
_MORE: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:if|unless|when|whenever|once|until|after|in case)\b"
        rf"|(?:,|\b(?:and|then|but|or))\s+(?:also |then |please )*(?:{_ANY_VERB})\b"
    ),
    "ko": re.compile(r"면(?:\s|$)|[을를]\s?때|다음에|뒤에|후에"),
}
"""A condition, which somebody has to judge, or a second request, with words of its own."""
_ALL_OF_IT = re.compile(r"\s*(?:(?:can|could|would|will) you )?(?:please )?(?:also )?")
_REQUESTS_KO = (
    r"\s?(?:좀\s?)?(?:줘요?|줄래요?|주세요|주실래요|주라|놔줘|놔|둬|다오|부탁해요?|부탁드려요)"
    r"(?![가-힣])"
)
_SHORTEST_NOUN = 3


def wish_for(
    tool: str,
    utterance: str,
    evidence: Iterable[Evidence],
    language: Language,
    *,
    alone: bool = False,
) -> Wish:
    """How far `utterance` asks for what a tool of that name does, with these values.

    `alone` is an utterance that nothing was said before in its conversation: there are no other
    words that a value could have been taken from.
    """
    parts = tool.lower().split("_")
    deeds = [deed for deed in _DEEDS if deed.tool.intersection(parts)]
    given = tuple(evidence)
    said = " ".join(utterance.lower().split())
    found = _find_ko if language == "ko" else _find_en
    wishes = [wish for deed in deeds for wish in found(deed, parts, said, given)]
    if Wish.WHOLE in wishes and alone and not _MORE[language].search(said):
        return Wish.WHOLE
    return Wish.PART if wishes else Wish.NONE


def _find_en(
    deed: _Deed, parts: list[str], said: str, given: tuple[Evidence, ...]
) -> Iterator[Wish]:
    nouns = [noun for noun in parts if len(noun) >= _SHORTEST_NOUN and noun not in deed.tool]
    named = any(it.provenance is Provenance.RESOLVED for it in given)
    sentences = _SENTENCE.split(said)
    for sentence in sentences:
        request = re.search(rf"{_REQUESTS_EN}(?:{deed.en})\b", sentence)
        holds = any(re.search(rf"\b{re.escape(noun)}s?\b", sentence) for noun in nouns)
        if request and (named or holds) and not _ASKS_TO_KNOW.match(sentence):
            first = _ALL_OF_IT.match(sentence)
            begins = first and re.match(rf"(?:{deed.en})\b", sentence[first.end() :])
            yield Wish.WHOLE if begins and len(sentences) == 1 else Wish.PART


def _find_ko(
    deed: _Deed, _parts: list[str], said: str, given: tuple[Evidence, ...]
) -> Iterator[Wish]:
    """Korean names the thing before the verb, in the same clause."""
    words = [word for it in given if it.provenance is Provenance.SAID for word in it.said]
    clauses = [clause for clause in _CLAUSE.split(said) if clause.strip()]
    for clause in clauses:
        request = re.search(rf"(?<![가-힣])(?:{deed.ko}){_REQUESTS_KO}", clause)
        if request and all(Wording(clause[: request.start()]).has(word) for word in words):
            yield Wish.WHOLE if len(clauses) == 1 else Wish.PART
