"""Values of a proposed call that nobody said and no result holds.

Times and addresses are never a model's to make. Neither are texts: one of three words or more of
which not a single one was said or read is made up. A shorter one may be another word for what was
said ("완료" for "끝냈어"), and one in other letters a translation: that takes a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from pydantic import JsonValue

from arion_host.agents.names import is_called
from arion_host.agents.understood import Evidence, Provenance
from arion_host.validation.content import content_words, is_among, same_script, texts_in
from arion_host.validation.proposal import Proposal, stamps_in
from arion_kit.words import Language

_PEOPLE = frozenset({"to", "cc", "bcc", "attendees", "assignees", "reviewers", "recipients"})
"""Parameters that hold people."""
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_OPERATOR = re.compile(r"\S*[:=@/_\d]\S*|\b[A-Z_]{3,}\b")
"""What is written for a machine: `is:unread`, `INBOX`."""
_AN_INSTANT = timedelta(seconds=1)
_TEXT_WORDS = 3
"""From this many words on, a text of which nothing was said is made up."""
_EVERYBODY: Mapping[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"모두|전원|전체|다들|참석자|팀원|답장|회신|보낸 ?(?:사람|분)|나한테|내게|저에게"
    ),
    "en": re.compile(
        r"\b(?:every(?:one|body)|all|team|attendees|participants|guests|reply|answer|respond|sender"
        r"|them|me|myself)\b",
        re.IGNORECASE,
    ),
}
"""Words for people who are not named."""
_WHAT_IS_THERE: Mapping[Language, re.Pattern[str]] = {
    "ko": re.compile(r"링크|주소|사이트|홈페이지|기사|url", re.IGNORECASE),
    "en": re.compile(r"\b(?:links?|url|address|site|website|article)\b", re.IGNORECASE),
}
"""Words for an address that stands in something."""
_COMPOSED: Mapping[Language, re.Pattern[str]] = {
    "ko": re.compile(r"요약|번역|정리해|지어|알아서|적당히|정중|다듬|답변을? ?써"),
    "en": re.compile(
        r"\b(?:summar\w+|translat\w+|compos\w+|politely|suggest|rephrase|poem|greeting)\b",
        re.IGNORECASE,
    ),
}
"""Requests for words of the model's own."""


def made_up_time(proposal: Proposal) -> str | None:
    """A date or a time that is none of the readings of what was said, nor in a result."""
    seen = proposal.seen
    for name, value in proposal.call.arguments.items():
        evidence = proposal.call.evidence.get(name)
        if evidence is not None and evidence.provenance is not Provenance.MODEL:
            continue
        for stamp in stamps_in(value):
            plain = stamp.casefold()
            said = any(it.means_time(stamp) for it in seen.said)
            if not said and not any(result.holds(plain) for result in seen.results):
                return stamp
    return None


def end_as_start(proposal: Proposal) -> str | None:
    """A first day that is the one behind the last of those that were said."""
    spans = [span for it in proposal.seen.said for span in it.spans]
    first = {day.date().isoformat() for it in spans for day in (it.start, it.end - _AN_INSTANT)}
    behind = {it.end.date().isoformat() for it in spans}
    start = proposal.call.arguments.get("start")
    return start if isinstance(start, str) and start in behind - first else None


def made_up_person(proposal: Proposal) -> str | None:
    """Somebody who was neither named nor meant by a word for several people."""
    everybody = _EVERYBODY[proposal.seen.language].search(proposal.said)
    for name, value in proposal.call.arguments.items():
        if name not in _PEOPLE or _is_said(proposal.call.evidence.get(name)):
            continue
        for person in texts_in(value):
            # A login in other letters may be the name that was said: "민재" is `minjae-jung`.
            login = "@" not in person and not same_script(person, proposal.said)
            if login or person == "@me":
                continue
            meant = everybody is not None and any(_rows_with(_bare(person), proposal))
            if not meant and not _is_named(person, proposal):
                return person
    return None


def made_up_address(proposal: Proposal) -> str | None:
    """An address that only others have written, or nobody, where no address was spoken of."""
    seen = proposal.seen
    if _WHAT_IS_THERE[seen.language].search(proposal.said) and not _ADDRESS.search(proposal.said):
        return None
    for name, value in proposal.call.arguments.items():
        evidence = proposal.call.evidence.get(name)
        if name in _PEOPLE or evidence is None or _is_said(evidence):
            continue
        for address in (it for text in texts_in(value) for it in _ADDRESS.findall(text)):
            trusted = any(it.holds(address.casefold()) for it in seen.results if not it.untrusted)
            own = trusted or _is_issued(address, proposal)
            named = "@" in address and _is_named(address, proposal)
            if not own and not named and not seen.has(address):
                return address
    return None


def made_up_text(proposal: Proposal) -> str | None:
    """A text of which nothing was said or read."""
    if _COMPOSED[proposal.seen.language].search(proposal.said):
        return None
    for name, value in proposal.call.arguments.items():
        evidence = proposal.call.evidence.get(name)
        if evidence is None or evidence.provenance is not Provenance.MODEL:
            continue
        for text in texts_in(value):
            words = content_words(_OPERATOR.sub(" ", text))
            if len(words) < _TEXT_WORDS or not same_script(text, proposal.said):
                continue
            said = any(is_among(word, proposal.said_words) for word in words)
            if not said and not _is_read(words, proposal):
                return text
    return None


def _is_said(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.provenance in (Provenance.SAID, Provenance.LITERAL)


def _is_named(person: str, proposal: Proposal) -> bool:
    """Whether a part of the name, or of a row that holds the address, was said in some form."""
    address = _MAILBOX.search(person)
    names = {*content_words(person.split("@")[0])}
    if address is not None:
        names |= {word for row in _rows_with(address[0], proposal) for word in row}
    if any(is_among(word, proposal.said_words) for word in names):
        return True
    return any(is_called(name, said) for name in names for said in proposal.said_names)


def _bare(person: str) -> str:
    found = _MAILBOX.search(person)
    return found[0] if found else person


def _rows_with(address: str, proposal: Proposal) -> Iterator[tuple[str, ...]]:
    for result in proposal.seen.results:
        for row in _objects(result.content):
            values = [value for value in row.values() if isinstance(value, str)]
            whole = any(value.strip("<>") == address for value in values)
            if whole or any(f"<{address}>" in value for value in values):
                yield content_words(" ".join(value.split("@")[0] for value in values))


def _objects(value: JsonValue) -> Iterator[Mapping[str, JsonValue]]:
    if isinstance(value, Mapping):
        yield value
        for member in value.values():
            yield from _objects(member)
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)


def _is_issued(value: str, proposal: Proposal) -> bool:
    return any(value == issued for it in proposal.seen.results for _, issued in it.ids)


def _is_read(words: tuple[str, ...], proposal: Proposal) -> bool:
    """Whether at least half of the words stand in a result."""
    read = [word for word in words if any(it.holds(word) for it in proposal.seen.results)]
    return len(read) * 2 >= len(words)
