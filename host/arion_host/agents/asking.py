"""What is missing from a command: how it is asked for, and what the answer fills in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from arion_host.agents.filling import placeholders
from arion_host.agents.following.corrections import corrected, named_field, without_ending
from arion_host.agents.phrases import PHRASES
from arion_host.agents.understood import Match, Provenance, SlotValue
from arion_host.language.money import Price, price_in
from arion_host.language.numbers import parse_number
from arion_host.language.particles import strip_particle
from arion_host.language.spans import Grain, TimeSpan
from arion_host.language.times import find_times, is_past
from arion_host.language.utterance import bare, tidy
from arion_kit.words import (
    ChoiceSlot,
    Intent,
    Language,
    MoneySlot,
    NumberSlot,
    ReferenceSlot,
    Slot,
    TextSlot,
    TimeSlot,
)

HOUR = ":hour"
"""Behind the name of a time: its time of day."""

_AROUND_TIME: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"(?:에|으?로|부터|까지|쯤|경|요|이요|이에요|예요)?\s*"
        r"(?:(?:다시 )?(?:해|잡아|옮겨|바꿔|미뤄|맞춰|부탁해|보내|알려)"
        r"\s?(?:줘|줘요|주세요|줄래|요)?|하자|할게|좋아|좋겠어|좋을 것 같아|괜찮아)?"
    ),
    "en": re.compile(
        r"(?:(?:let's )?(?:make|say|do|how about|maybe|try|move|put|set)?(?: it)?"
        r"(?: to| for| at| on| in)?)"
        r"|(?:is |sounds |would be )?(?:good|fine|great|best|works|please|instead)?",
        re.IGNORECASE,
    ),
}
"""What may stand around a time that answers a question."""
_DO_KO = re.compile(
    r"\s(?:해|적어|써|보내|저장해|만들어|바꿔|잡아|넣어|추가해|말해|전해|불러|등록해|올려|정해|하|찾아|검색해"
    r"|읽어|알려|보여|부탁해|부탁할게)\s?(?:둬|놔)?\s?(?:줘요?|주세요|줄래요?|주라|요|자|면 돼)?$"
)
_SAYING_KO = re.compile(r"(?<=[다자냐까요])고$")
_SHORT_KO = re.compile(r"(?<=\S)(?:이요|이에요|예요|입니다)$")
_TO_KO = re.compile(r"(?<=\S)(?:한테서?|에게서?|께)$")
_PLACE_KO = re.compile(r"(?<=[가-힣A-Za-z\d]{2})(?:에서(?:부터)?|까지|부터)$")
_LEAD_EN = re.compile(
    r"^(?:(?:just )?(?:call|name|title) it|(?:it's|it is|let's say|say|tell (?:him|her|them)"
    r"|write|put|to|about|with|the|number|for|from)(?: that)?)\s+",
    re.IGNORECASE,
)


def missing_slots(match: Match, intent: Intent | None, required: frozenset[str]) -> tuple[str, ...]:
    """What has to be asked for: what the match says, or what the tool cannot do without.

    `required` are the tool's parameters of that kind. Only what the pack has a question for is
    asked, so that a call that others complete is left alone.
    """
    if match.missing or intent is None:
        return match.missing
    wanted = (
        [slot for slot, _ in placeholders(template)]
        for parameter, template in match.arguments.items()
        if parameter in required
    )
    # Of slots that stand for one another, one is enough.
    names = (slot for slots in wanted if not match.slots.keys() & set(slots) for slot in slots)
    return tuple(dict.fromkeys(it for it in names if it in intent.asks and it not in match.slots))


def question_for(name: str, match: Match, intent: Intent | None, slot: Slot | None) -> str:
    """The question for something missing, in the language of the match."""
    asks = intent.asks if intent else {}
    base = name.removesuffix(HOUR)
    for it in (name, base):
        if question := match.asks.get(it) or asks.get(it, {}).get(match.language):
            return question
    kind = "hour" if name.endswith(HOUR) else slot.type if slot else "reference"
    return PHRASES[match.language].missing[kind]


def is_there(name: str, match: Match) -> bool:
    """Whether what was missing has been said."""
    value = match.slots.get(name.removesuffix(HOUR))
    return value is not None and _gives(value, name)


def is_over(name: str, match: Match, now: datetime) -> bool:
    """Whether what is missing is the hour of a day that has passed."""
    said = match.slots.get(name.removesuffix(HOUR))
    if said is None or not name.endswith(HOUR) or not isinstance(said.value, TimeSpan):
        return False
    return is_past(said.value, now)


def said_at_once(
    utterance: str, words: str, slot: Slot, language: Language, now: datetime
) -> Iterator[str]:
    """How somebody may have put a command and the answer to what it lacked into one utterance."""
    if isinstance(slot, TimeSlot):
        for span in find_times(utterance, language, now):
            if narrower := _within(span, words, language, now):
                yield utterance[: span.begin] + narrower + utterance[span.finish :]
        if (merged := corrected(utterance, words, language, now)) is not None:
            yield merged
        spans = find_times(words, language, now)
        times = " ".join(span.text for span in spans)
        if times:
            yield f"{times} {utterance}" if language == "ko" else f"{utterance} {times}"


def fill(
    name: str,
    slot: Slot,
    reply: str,
    language: Language,
    now: datetime,
    said: SlotValue | None = None,
) -> SlotValue | None:
    """What a reply fills in; None where it is no answer to that.

    `said` is what the slot held before, such as a day without an hour.
    """
    base, words = name.removesuffix(HOUR), tidy(reply, language)
    if not bare(words):
        return None
    if isinstance(slot, TimeSlot):
        return _time(name, slot, words, language, now, said)
    field = named_field(words, language)
    if field is not None and base not in field[0]:
        return None  # 장소는 판교야 says nothing of the title that was asked for
    words = field[1] if field else words
    stripped = answer_words(words, language, names=isinstance(slot, ReferenceSlot))
    if isinstance(slot, TextSlot) and not slot.sentence and language == "ko":
        stripped = _PLACE_KO.sub("", stripped)
    value = _value(slot, stripped, words, language)
    said_so = isinstance(value, str) and not isinstance(slot, ChoiceSlot)
    provenance = Provenance.SAID if said_so else Provenance.COMPUTED
    return None if value is None else SlotValue(base, stripped, value, provenance)


def _value(slot: Slot, stripped: str, words: str, language: Language) -> str | int | Price | None:
    """What an answer comes to in a slot that is no time; `stripped` is its core."""
    if isinstance(slot, NumberSlot):
        number = _number(stripped)
        return number if number is not None and slot.minimum <= number <= slot.maximum else None
    if isinstance(slot, MoneySlot):
        return price_in(words, language)
    if isinstance(slot, ChoiceSlot):
        return next(
            (
                value
                for value, said in slot.values.items()
                if bare(stripped) in map(bare, said.get(language, ()))
            ),
            None,
        )
    return stripped if bare(stripped) else None


def answer_words(words: str, language: Language, *, names: bool = False) -> str:
    """An answer without what makes it a sentence: 제안서 검토로 해줘, call it proposal review.

    `names` says that it is a thing or a person: 수민 씨한테.
    """
    if language == "en":
        return without_ending(_LEAD_EN.sub("", words), "en")
    shorter = _DO_KO.sub("", words)
    if shorter != words:
        shorter = _SAYING_KO.sub("", shorter) if not names else shorter
    shorter = _SHORT_KO.sub("", without_ending(shorter, "ko"))
    if names:
        shorter = strip_particle(_TO_KO.sub("", shorter))
    return shorter or words


def completed(
    match: Match, slots: Mapping[str, Slot], answers: Mapping[str, str], now: datetime
) -> tuple[Match, tuple[str, ...]]:
    """The match with the answers to what it lacked filled in, and the words that were taken.

    `answers` are what the person has said, by the name of what was asked for.
    """
    taken: list[str] = []
    for name, words in answers.items():
        base = name.removesuffix(HOUR)
        slot = slots.get(base)
        value = slot and fill(name, slot, words, match.language, now, match.slots.get(base))
        if slot is None or value is None:
            continue
        match = with_slot(match, slot, value)
        taken.append(value.text)
    # Whoever answers "무엇을 메모할까요?" has been told what is going to be done.
    return (replace(match, sure=True, cost=0.0) if taken else match), tuple(taken)


def with_slot(match: Match, slot: Slot, value: SlotValue) -> Match:
    """The match with one more slot said."""
    name = value.name
    references = {**match.references, name: slot} if isinstance(slot, ReferenceSlot) else {}
    return replace(
        match,
        slots={**match.slots, name: value},
        references=references or match.references,
        missing=tuple(it for it in match.missing if not _gives(value, it)),
    )


def _gives(value: SlotValue, name: str) -> bool:
    """Whether a value is what was missing: a day gives no hour."""
    if name.removesuffix(HOUR) != value.name:
        return False
    return not name.endswith(HOUR) or _has_hour(value)


def _has_hour(value: SlotValue) -> bool:
    return isinstance(value.value, TimeSpan) and value.value.grain in (Grain.HOUR, Grain.MINUTE)


def _time(
    name: str,
    slot: TimeSlot,
    words: str,
    language: Language,
    now: datetime,
    said: SlotValue | None,
) -> SlotValue | None:
    spans = find_times(words, language, now, past=slot.past)
    if not spans or not _is_only_time(words, spans[0], spans[-1], language):
        return None
    text = " ".join(span.text for span in spans)
    if said is not None and isinstance(said.value, TimeSpan):
        text = _within(said.value, words, language, now) or text
    if said is not None and said.text not in text:
        text = corrected(said.text, words, language, now) or f"{said.text} {text}"
    read = find_times(text, language, now, past=slot.past)
    if len(read) != 1 or (name.endswith(HOUR) and read[0].grain not in (Grain.HOUR, Grain.MINUTE)):
        return None
    span = replace(read[0], begin=0, finish=len(read[0].text))
    return SlotValue(name.removesuffix(HOUR), span.text, span, Provenance.COMPUTED)


def _within(whole: TimeSpan, words: str, language: Language, now: datetime) -> str | None:
    """A day of the week or month that was said: "다음 주", then "수요일"; else None."""
    if whole.grain not in (Grain.WEEK, Grain.MONTH):
        return None
    spans = find_times(words, language, now)
    text = " ".join(span.text for span in spans)
    if not spans or not _is_only_time(words, spans[0], spans[-1], language):
        return None
    for joined in (f"{whole.text} {text}", f"{text} {whole.text}"):
        read = find_times(joined, language, now)
        inside = len(read) == 1 and whole.start <= read[0].start < whole.end
        if inside and read[0].grain not in (whole.grain, Grain.MONTH):
            return joined
    return None


def _is_only_time(words: str, first: TimeSpan, last: TimeSpan, language: Language) -> bool:
    around = (words[: first.begin].strip(" ,"), words[last.finish :].strip(" ,"))
    return all(_AROUND_TIME[language].fullmatch(it) for it in around)


def _number(words: str) -> int | None:
    counted = re.fullmatch(r"(?P<count>\S+?)\s?(?:번|개|통|명|분|건|원|장|시간)?(?:째)?", words)
    return parse_number(words) or (parse_number(counted["count"]) if counted else None)
