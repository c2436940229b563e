"""What tells that an utterance was read wrongly: a quote that came apart, a condition that is lost.

"schedule 'plan and review'" is no review, and "see if I'm free and if so book it" books nothing
before somebody has looked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from arion_host.agents.filling import placeholders
from arion_host.agents.together.alike import is_undone
from arion_host.agents.understood import Match, Provenance
from arion_host.language.times import find_times
from arion_host.language.utterance import bare
from arion_kit.words import Language

_QUOTED = re.compile(
    r"[\"“「『‘](?P<whole>[^\"”」』’]+)[\"”」』’]|(?<!\w)'(?P<single>[^']+)'(?![A-Za-z\d])"
)
_ARTICLE = re.compile(r"^(?:the|an?)\s", re.IGNORECASE)
_IF: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:메일|답장|이슈|피알|알림|일정|회의|약속|댓글|자리|시간)(?:이|가|은|는|도)?\s"
        r"(?:\S+\s)?(?:있|없|왔|생겼|나왔|비었|겹치|안\s?겹치)으?면(?=\s|$)"
        r"|(?:나오|끝나|도착하|바뀌|떨어지|생기|올라오|뜨|오르|내리)면$"
        r"|(?:비었|비어\s?있|됐|되었|끝났|안\s?했|했)으면\s(?=\S+\s?\S*(?:줘|주세요|줄래)|$)"
    ),
    "en": re.compile(
        r"(?:\b(?:and|or|then|but)|[,;.?!])\s+(?:then\s+)?if\s"
        r"(?P<so>so|not|yes|no|it|it's|they|he|she|there|there's|i|i'm|that|that's|nothing|nobody"
        r"|anything|anyone)\b",
        re.IGNORECASE,
    ),
}
_CALLED_EN = re.compile(r"(?:called|named|titled|entitled)\s", re.IGNORECASE)
"""What stands before a name."""
_ORDER_EN = re.compile(
    r"(?:close|merge|approve|reopen|archive|delete|cancel|remove|star|unstar)\s"
    r"(?:#?\d+|it|them|that|the|my)\b",
    re.IGNORECASE,
)
"""What is no name of a thing: "merge 12 and close 13"."""
_NO_MESSAGE_EN = re.compile(
    r"^of (?!course\b)|\band (?:then )?(?:ask|tell|remind|email|text|write) (?:her|him|them)\b"
    r"|\band (?:a|another|one)(?: (?:e-?mail|mail|message|note|reply))? to [A-Z]"
    r"|^(?:the|my|our|his|her|their|its) [\w-]+(?: (?:of|for|to|from|and) .*)?$",
)
"""What is no message: what was asked for in the same breath, or another message."""
_ASKED_TOO_EN = re.compile(
    r"\band (?:then |also )?"
    r"(?:ask|assign|close|label|merge|approve|mark|tag|lock|star|archive|forward)"
    r" (?:it|that|this|them|when|if|whether|what|for)\b",
    re.IGNORECASE,
)
_OWN_DEED_EN = re.compile(
    r"(?:i'll|i will|we'll|we will|please|can|could|would|let|let's|you|they|just|feel)\b", re.I
)
"""What begins a message in which "and close it" is no command."""
_EXCEPT_EN = re.compile(
    r"\bbut (?P<rest>(?:skip|not|no|without|leave out|except|don't|keep|leave|spare)\b.*)", re.I
)
"""What is left out of what was asked for, and nothing that is done to a thing of that name."""
_NO_TITLE_KO = re.compile(
    r"\S(?:니까|거든|길래),?\s"
    r"|\s아닌$|\s(?:라벨|마감|마감일|기한|내용|본문|설명|상태|우선순위|담당자?|참석자|알림)(?:은|는)(?=\s|$)"
    r"|^(?:우선순위|중요도|별점)(?:은|는)?\s\S+$"
)
"""What is in no title: a reason (비 오니까 빨래 걷기), and what else is to be so (라벨은 bug)."""
_MESSAGE_KO = re.compile(r"[다라자냐까요죠니게]$")


def quoted(text: str) -> Iterator[str]:
    """What stands in quotes."""
    for found in _QUOTED.finditer(text):
        yield found["whole"] or found["single"]


def is_doubtful(matches: Sequence[Match], text: str, language: Language, now: datetime) -> bool:
    """Whether commands cannot be all that an utterance asks for."""
    return (
        _breaks_quote(matches, text, language, now)
        or _drops_condition(matches, text, language)
        or any(_is_no_content(it, text, language) for it in matches)
        or any(is_undone(*it) for it in pairwise(matches))
    )


def _is_no_content(match: Match, text: str, language: Language) -> bool:
    """Whether a command names what is another one, or writes what nobody would."""
    said = {name: it.text for name, it in match.slots.items() if it.provenance is Provenance.SAID}
    if language == "ko":
        return any(_NO_TITLE_KO.search(it) and not _MESSAGE_KO.search(it) for it in said.values())
    if any(_ORDER_EN.match(said.get(name, "")) for name in match.references):
        return True
    if any(_CALLED_EN.match(it) for it in said.values()):
        return True
    whom = [name for name, _ in placeholders(match.arguments.get("to"))]
    if any(" the " in said.get(name, "") for name in whom):
        return True  # "tell Emma the meeting is at four"
    body = [name for name, _ in placeholders(match.arguments.get("body"))]
    quotes = {bare(it) for it in quoted(text)}
    return any(
        name in said and bare(said[name]) not in quotes and _holds_more(said[name]) for name in body
    )


def _holds_more(message: str) -> bool:
    own = _OWN_DEED_EN.match(message) is not None
    more = not own and _ASKED_TOO_EN.search(message)
    return bool(more) or _NO_MESSAGE_EN.search(message) is not None


def _breaks_quote(matches: Sequence[Match], text: str, language: Language, now: datetime) -> bool:
    """Whether no command has the whole of what was quoted; a time in it may stand for itself."""
    known = [bare(it.text) for match in matches for it in match.slots.values()]
    return any(
        language == "ko" and any(_reaches_into(bare(words), it) for it in known)
        if find_times(words, language, now)
        else not any(bare(_ARTICLE.sub("", words.strip())) in it for it in known)
        for words in quoted(text)
        if len(words.split()) > 1
    )


def _reaches_into(quote: str, known: str) -> bool:
    """Whether what was said before a quote goes on with the beginning of it, and stops there."""
    if quote in known:
        return False
    return any(known.endswith(quote[:end]) and len(known) > end for end in range(2, len(quote)))


def _drops_condition(matches: Sequence[Match], text: str, language: Language) -> bool:
    """Whether something is to be done only if, and that is not what a message says."""
    said = [
        it.text
        for match in matches
        for it in match.slots.values()
        if it.provenance is Provenance.SAID
    ]
    if language == "ko":
        return any(_IF["ko"].search(it) for it in said)
    for found in (_IF["en"].search(text), _EXCEPT_EN.search(text)):
        if found is not None and not any(bare(text[found.start(1) :]) in bare(it) for it in said):
            return True
    return False
