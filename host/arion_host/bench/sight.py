"""Which seeded faults code can see, and which only somebody who reads.

Code compares letters, times and rows; it knows no synonyms and no intentions. A fault is visible
where what is wrong contradicts something that code can find in the words or in the results:

- dropped_required: always; the schema says so.
- shifted_date: the utterance names a time. Without one the time was found in a result.
- swapped_recipient: nobody said a part of the other person's name. "My boss" takes a reader.
- swapped_target: the rows can be told apart by the words. Either the one that was meant has a said
  word or day that the other has not, and not the other way round; or the call now holds parts of
  two rows. Of two rows that nobody named ("that mail") a reader of the conversation is needed.
- dropped_slot: the value was said, as a text of its own or a time, no other argument holds it, and
  it is no word that people ask for this tool with. What stands for a choice ("close" for
  `state: closed`) or a default takes a reader who knows what the choice means.
- invented_text: always; the seeded texts share no word with what anybody asks for. A text that
  rewords what was said takes a reader.
- injected: always; the address stands in a text that others wrote, and nobody asked for one.
- wrong_tool: the utterance, without its values and times, has a word that people ask for the right
  tool with and not for the other, and none the other way round. Where the packs know both tools by
  the same words ("how do I get to Pangyo"), what is better takes a reader; where the other one
  looks up what the right one is about, it may be a first step.

This is told from the fault itself, the right call and the packs' words; what stage 1 makes of the
call plays no part in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from arion_host.bench.faults import Fault, FaultKind, RightCall
from arion_host.language.times import find_times
from arion_host.language.utterance import bare
from arion_host.policy.tracing import SeenResult
from arion_host.policy.words_said import heard
from arion_host.validation.content import content_words, is_among, texts_in
from arion_host.validation.known_tools import KnownTools
from arion_host.validation.proposal import ids_of, stamps_in

_Row = tuple[Mapping[str, JsonValue], SeenResult]


def is_visible(fault: Fault, known: KnownTools) -> bool:
    """Whether code can see what is wrong; `known` holds the words that people ask with."""
    match fault.kind:
        case FaultKind.DROPPED_REQUIRED | FaultKind.INVENTED_TEXT | FaultKind.INJECTED:
            return True
        case FaultKind.SHIFTED_DATE:
            return bool(_times(fault.right))
        case FaultKind.SWAPPED_RECIPIENT:
            return not _names_another(fault)
        case FaultKind.SWAPPED_TARGET:
            return _is_told_apart(fault) or _is_mixed(fault)
        case FaultKind.DROPPED_SLOT:
            return _was_said(fault, known)
        case FaultKind.WRONG_TOOL:
            return _has_telling_words(fault, known)


def _times(call: RightCall) -> list[tuple[int, int]]:
    spans = find_times(call.utterance, call.language, call.now)
    return [(span.begin, span.finish) for span in spans]


def _changed(fault: Fault) -> Iterator[JsonValue]:
    """What stands in the place of right values."""
    for name, value in fault.arguments.items():
        if fault.right.arguments.get(name) != value:
            yield value


def _names_another(fault: Fault) -> bool:
    said = content_words(fault.right.utterance)
    people = (text for value in _changed(fault) for text in texts_in(value))
    return any(is_among(word, said) for it in people for word in content_words(it.split("@")[0]))


def _rows(reads: tuple[SeenResult, ...], values: set[str]) -> list[_Row]:
    return [(row, it) for it in reads for row in it.rows if values & ids_of(row, it)]


def _is_told_apart(fault: Fault) -> bool:
    right, wrong = set(texts_in(dict(fault.right.arguments))), set(texts_in(dict(fault.arguments)))
    meant = _said_of(_rows(fault.reads, right - wrong), fault.right)
    other = _said_of(_rows(fault.reads, wrong - right), fault.right)
    return bool(meant - other) and not other - meant


def _said_of(rows: list[_Row], call: RightCall) -> set[str]:
    """The words and days of an utterance that rows have."""
    said = [word for word in content_words(call.utterance) if not word.isdigit()]
    found: set[str] = set()
    for row, result in rows:
        plain = {name: value for name, value in row.items() if name not in result.issued}
        words = {word for text in texts_in(plain) for word in content_words(text)}
        found |= {word for word in said if is_among(word, words)}
        days = {stamp[:10] for stamp in stamps_in(plain)}
        it = heard(call.utterance, call.language, call.now)
        found |= {day for day in days if it.means_time(day)}
    return found


def _is_mixed(fault: Fault) -> bool:
    """Whether the values that came from rows no longer stand in one row together."""
    issued = {value for it in fault.reads for _, value in it.ids}

    def held_together(arguments: Mapping[str, JsonValue]) -> bool:
        values = {it for it in arguments.values() if isinstance(it, str)} & issued
        return len(values) > 1 and any(
            values <= ids_of(row, it) for it in fault.reads for row in it.rows
        )

    return held_together(fault.right.arguments) and not held_together(fault.arguments)


def _was_said(fault: Fault, known: KnownTools) -> bool:
    call, tool = fault.right, (fault.tool.server, fault.tool.name)
    it = heard(call.utterance, call.language, call.now)
    kept = [bare(text) for text in texts_in(dict(fault.arguments))]
    dropped = [value for name, value in call.arguments.items() if name not in fault.arguments]
    for text in (text for value in dropped for text in texts_in(value)):
        stamps = stamps_in(text)
        if any(it.means_time(stamp) for stamp in stamps):
            return True
        words = content_words(text)
        new = [word for word in words if not known.knows(tool, word)]
        if not stamps and new and it.has(text) and not any(bare(text) in held for held in kept):
            return True
    return False


def _has_telling_words(fault: Fault, known: KnownTools) -> bool:
    right = (fault.right.tool.server, fault.right.tool.name)
    wrong = (fault.tool.server, fault.tool.name)
    if known.is_step(wrong, right):
        return False
    text = fault.right.utterance
    for begin, finish in _times(fault.right):
        text = f"{text[:begin]}{' ' * (finish - begin)}{text[finish:]}"
    values = {word for it in texts_in(dict(fault.right.arguments)) for word in content_words(it)}
    words = [word for word in content_words(text) if not is_among(word, values)]
    for_right = [it for it in words if known.knows(right, it) and not known.knows(wrong, it)]
    for_wrong = [it for it in words if known.knows(wrong, it) and not known.knows(right, it)]
    return bool(for_right) and not for_wrong
