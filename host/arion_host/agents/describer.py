"""Answers as sentences that can be spoken: never raw arguments, addresses or ids."""

from __future__ import annotations

from collections.abc import Sequence

from arion_host.agents.phrases import PHRASES
from arion_host.exchange import Origin
from arion_host.language.detect import detect_language
from arion_host.language.impossible import Impossible
from arion_host.language.utterance import Flaw
from arion_kit.speech import join_spoken, josa, speakable
from arion_kit.words import ErrorKind, Failure, Language

_MOST_OPTIONS = 5
"""Nobody keeps more than five spoken options in mind."""

_ORDINALS: dict[Language, tuple[str, ...]] = {
    "ko": ("첫 번째는", "두 번째는", "세 번째는", "네 번째는", "다섯 번째는"),
    "en": ("first,", "second,", "third,", "fourth,", "fifth,"),
}

_RAW = frozenset(
    {
        ErrorKind.BAD_INPUT,
        ErrorKind.UNAVAILABLE,
        ErrorKind.TIMEOUT,
        ErrorKind.BAD_RESPONSE,
        ErrorKind.INTERNAL,
    }
)
"""Failures that the host or the protocol words, for logs; servers word theirs for people."""


def not_understood(closest: Sequence[str], language: Language) -> str:
    """Nothing fits; `closest` are utterances that would have."""
    phrases = PHRASES[language]
    if not closest:
        return phrases.not_understood
    examples = ", ".join(f'"{example.rstrip(".?!")}"' for example in closest)
    return f"{phrases.not_understood} {phrases.try_these.format(examples=examples)}"


def which_one(text: str, labels: Sequence[str], language: Language) -> str:
    """Ask which of several things `text` means, or whether it means the one there is."""
    phrases = PHRASES[language]
    if len(labels) == 1:
        said = josa(f"'{text}'", "은는") if language == "ko" else text
        label = josa(f"'{labels[0]}'", "을를") if language == "ko" else labels[0]
        return phrases.did_you_mean.format(text=said, label=label)
    if len(set(labels)) == 1:
        return phrases.same_name.format(text=labels[0], count=len(labels))
    options = [
        f"{ordinal} {label}"
        for ordinal, label in zip(_ORDINALS[language], labels[:_MOST_OPTIONS], strict=False)
    ]
    if language == "ko":
        named = ", ".join([*options[:-1], josa(options[-1], "이에요예요")])
        return phrases.which_one.format(text=josa(f"'{text}'", "은는"), options=named)
    named = "; ".join(options)
    return phrases.which_one.format(text=text, options=named[0].upper() + named[1:])


def which_thing(labels: Sequence[str], language: Language) -> str:
    """Ask which of several things the person wants done."""
    options = ", ".join(labels)
    named = options if language == "ko" else options[0].lower() + options[1:]
    return PHRASES[language].which_thing.format(options=named)


def nothing_found(text: str, language: Language) -> str:
    """No row fits what was said."""
    words = josa(f"'{text}'", "을를") if language == "ko" else text
    return PHRASES[language].nothing_found.format(text=words)


def needs_yes(readback: str | None, title: str, language: Language) -> str:
    """Ask for a yes before a call; `title` is the tool's, for packs without a question."""
    return readback or PHRASES[language].needs_yes.format(title=title)


def all_of_these(questions: Sequence[str], language: Language) -> str:
    """Ask one question, or several as one."""
    if len(questions) == 1:
        return questions[0]
    phrases = PHRASES[language]
    ordinals = (*phrases.ordinals, *[f"{n}." for n in range(6, len(questions) + 1)])
    listed = " ".join(f"{n} {it}" for n, it in zip(ordinals, questions, strict=False))
    return phrases.several.format(count=len(questions), questions=listed)


def no_way_back(question: str, language: Language) -> str:
    """Say that a call cannot be taken back, where its question does not say so itself."""
    phrases = PHRASES[language]
    if phrases.cannot_go_back in question:
        return question
    return f"{question} {phrases.no_way_back}"


def from_others(question: str, servers: Sequence[str], language: Language) -> str:
    """Ask about a call that holds what others wrote, and say where they wrote it."""
    phrases = PHRASES[language]
    if not servers:
        return phrases.from_others_somewhere.format(question=question)
    return phrases.from_others.format(servers=join_spoken(servers, language), question=question)


def comes_from(
    origin: Origin, servers: Sequence[str], words: str, language: Language, *, chosen: bool
) -> str:
    """Where a value comes from, in a few words for the eye; `chosen` by a model, not copied."""
    phrases = PHRASES[language]
    if origin is Origin.SAID and words:
        return f"{phrases.origins[origin]}: '{words}'"
    named = join_spoken(servers, language)
    if origin is Origin.OWN and named:
        return phrases.found_in.format(servers=named)
    if origin is Origin.OTHERS and named:
        sentence = phrases.chosen_after if chosen else phrases.written_in
        return sentence.format(servers=named)
    return phrases.origins[origin]


def mismatch(slot: str, language: Language) -> str:
    """A call is not what was said; `slot` is what differs."""
    return PHRASES[language].mismatch.format(slot=slot or "?")


def unsure(language: Language) -> str:
    """Nobody can tell whether a call is what was said."""
    return PHRASES[language].unsure


def server_asks(language: Language) -> str:
    """Why the person is asked something that the policy would have let through."""
    return PHRASES[language].server_asks


def undo_the_rest(count: int, language: Language) -> str:
    """A write of a plan failed; ask whether those before it are to be taken back."""
    return PHRASES[language].undo_the_rest.format(count=count)


def undone_all(count: int, language: Language) -> str:
    """Several writes were taken back."""
    return PHRASES[language].undone_all.format(count=count)


def undo_which(labels: Sequence[str], language: Language) -> str:
    """Ask before several writes are taken back."""
    return PHRASES[language].undo_which.format(options=join_spoken(labels, language))


def nothing_like_that(words: str, language: Language) -> str:
    """None of the writes that stand is what was named."""
    return PHRASES[language].nothing_like_that.format(words=words)


def already(language: Language) -> str:
    """The very same call was made before."""
    return PHRASES[language].already


def instead(answer: str, language: Language) -> str:
    """A correction was carried out, and what it corrects was taken back."""
    return PHRASES[language].instead.format(answer=answer)


def your_rules(rules: Sequence[str], language: Language) -> str:
    """Tell the person their rules."""
    phrases = PHRASES[language]
    if not rules:
        return phrases.no_rules
    return phrases.your_rules.format(count=len(rules), rules=" ".join(rules))


def rules_kept(rules: Sequence[str], language: Language) -> str:
    """Say new rules back."""
    return PHRASES[language].rules_kept.format(rules=" ".join(rules))


def keep_rules(rules: Sequence[str], language: Language) -> str:
    """Ask before rules that let more happen."""
    return PHRASES[language].keep_rules.format(rules=" ".join(rules))


def forget_rules(rules: Sequence[str], language: Language) -> str:
    """Ask before rules are forgotten."""
    return PHRASES[language].forget_rules.format(rules=" ".join(rules))


def rules_forgotten(count: int, language: Language) -> str:
    """Rules are gone."""
    return PHRASES[language].rules_forgotten.format(count=count)


def no_such_rule(language: Language) -> str:
    """None of the person's rules is about that."""
    return PHRASES[language].no_such_rule


def failed(failure: Failure, server: str, language: Language) -> str:
    """What went wrong, in the server's words where they are in the person's language."""
    is_told = failure.next_step is not None or failure.kind not in _RAW
    if is_told and failure.message and detect_language(failure.message) == language:
        return " ".join(filter(None, (failure.message, failure.next_step)))
    return PHRASES[language].failures[failure.kind].format(server=server)


def may_have_happened(server: str, language: Language) -> str:
    """A write was sent and its outcome is unknown."""
    return PHRASES[language].may_have_happened.format(server=server)


def done(language: Language) -> str:
    """It worked, and the server says nothing about it."""
    return PHRASES[language].done


def cancelled(language: Language) -> str:
    """The person said no."""
    return PHRASES[language].cancelled


def nothing_to_confirm(language: Language) -> str:
    """A yes or no, and no question is open."""
    return PHRASES[language].nothing_to_confirm


def did_it_happen(server: str, label: str | None, language: Language) -> str:
    """Ask about a write of unknown outcome; `label` is what it was about."""
    phrases = PHRASES[language]
    if label is None:
        return phrases.did_it_happen.format(server=server)
    return phrases.did_this_happen.format(server=server, label=speakable(label))


def ended_since(server: str, label: str | None, language: Language, *, happened: bool) -> str:
    """A write that was left behind has been finished; `label` is what it was about."""
    phrases = PHRASES[language]
    sentence = phrases.ended_since if happened else phrases.failed_since
    plain = "요청" if language == "ko" else "your earlier request"
    return sentence.format(server=server, label=f"'{speakable(label)}'" if label else plain)


def outcome_noted(language: Language, *, happened: bool) -> str:
    """The person has said whether a write happened."""
    phrases = PHRASES[language]
    return phrases.it_happened if happened else phrases.it_did_not_happen


def with_undo(answer: str, language: Language) -> str:
    """The answer to a change that went through without a question, and how to take it back."""
    return f"{answer} {PHRASES[language].how_to_undo}"


def undone(said: str | None, language: Language) -> str:
    """The last write was taken back; `said` is what the server says of that."""
    return PHRASES[language].undone.format(said=said or "").strip()


def nothing_to_undo(language: Language) -> str:
    """No write of this conversation stands."""
    return PHRASES[language].nothing_to_undo


def cannot_undo(server: str, language: Language) -> str:
    """The last write has no inverse."""
    return PHRASES[language].cannot_undo.format(server=server)


def refused(flaw: Flaw, language: Language) -> str:
    """The text can be no command."""
    phrases = PHRASES[language]
    return {
        "empty": phrases.empty,
        "wordless": phrases.wordless,
        "looped": phrases.looped,
        "too_long": phrases.too_long,
        "unreadable": phrases.unreadable,
    }[flaw]


def other_language(language: Language) -> str:
    """What was said is neither Korean nor English."""
    return PHRASES[language].other_language


def impossible(time: Impossible, language: Language) -> str:
    """What was said is a date or time that does not exist, or two that cannot both be."""
    phrases = PHRASES[language]
    sentence = phrases.no_such_time if time.flaw == "none" else phrases.odd_pair
    return sentence.format(when=time.words)


def not_all(language: Language) -> str:
    """Everything of a kind was meant, and only one thing can be."""
    return PHRASES[language].not_all


def not_recorded(language: Language) -> str:
    """The ledger cannot be written, so nothing was done."""
    return PHRASES[language].not_recorded


def internal(language: Language) -> str:
    """Something broke inside."""
    return PHRASES[language].internal


def no_such_tool(language: Language) -> str:
    """The pack names a tool the server does not have."""
    return PHRASES[language].no_such_tool
