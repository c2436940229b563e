"""What is said of drafts and of sending, and what is asked before. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from arion_gmail.addresses import Address
from arion_gmail.mail import Correspondent
from arion_gmail.say import Spoken, name_ko, spoken_beginning, spoken_name, spoken_subject
from arion_kit.speech import counted, join_spoken, josa, number_word
from arion_kit.words import Language

_FEW = 3
"""People who are named; more are counted."""


def ask_send(
    letter: Spoken,
    people: Sequence[Address],
    text: str,
    files: int,
    lang: Language,
    *,
    reply: bool = False,
    hidden: int = 0,
) -> str:
    """The question before a mail leaves: to whom, about what, how it begins.

    The addresses are said too, since whoever chose one chose the name before it. `hidden` are
    the last of the people, who get it unseen by the others.
    """
    beginning, _ = spoken_beginning(text)
    subject = spoken_subject(letter)
    if lang == "ko":
        kind = "답장" if reply else "메일"
        titled = (
            f"'{subject}' {josa(kind, '을를')}" if subject else f"제목 없는 {josa(kind, '을를')}"
        )
        carried = f" 첨부 파일 {counted(files, '개')}와 함께" if files else ""
        told = f"내용은 “{beginning}”이고, " if beginning else ""
        unseen = f"{counted(hidden, '명')}은 숨은 참조로 받고, " if hidden else ""
        asked = f"{_exactly_ko(people)} {titled}{carried} 보낼까요?"
        return f"{asked} {unseen}{told}보낸 뒤에는 되돌릴 수 없어요."
    kind = "reply" if reply else "email"
    titled = f"the {kind} '{subject}'" if subject else f"the {kind} without a subject"
    carried = f" with {number_word(files)} attachment{'' if files == 1 else 's'}" if files else ""
    told = f"It says: “{beginning}” " if beginning else ""
    unseen = f"{number_word(hidden).capitalize()} in blind copy. " if hidden else ""
    return f"Send {titled} to {_exactly_en(people)}{carried}? {unseen}{told}It can't be taken back."


def say_sent(
    letter: Spoken,
    people: Sequence[Address],
    *,
    before: bool,
    lang: Language,
    reply: bool = False,
) -> str:
    """A mail has left."""
    subject = spoken_subject(letter)
    if lang == "ko":
        kind = josa("답장" if reply else "메일", "을를")
        titled = f"'{subject}' {kind}" if subject else kind
        return f"{whom_ko(people)} {titled} {'이미 보냈어요' if before else '보냈어요'}."
    kind = "the reply" if reply else "the email"
    titled = f"{kind} '{subject}'" if subject and reply else f"'{subject}'" if subject else kind
    if before:
        return f"I had already sent {titled} to {whom_en(people)}."
    return f"I sent {titled} to {whom_en(people)}."


def say_draft_saved(
    letter: Spoken, people: Sequence[Address], *, before: bool, lang: Language
) -> str:
    """A draft is there."""
    subject = spoken_subject(letter)
    if lang == "ko":
        to = f"{whom_ko(people)} 보낼 " if people else ""
        titled = f"'{subject}' " if subject else ""
        done = "이미 있어요" if before else "저장했어요"
        particle = "이" if before else "을"
        return f"{to}{titled}메일{particle} 임시 보관함에 {done}."
    to = f" to {whom_en(people)}" if people else ""
    titled = f"'{subject}'" if subject else "the email"
    if before:
        return f"The draft of {titled}{to} is already there."
    return f"I saved {titled}{to} as a draft."


def say_draft_changed(letter: Spoken, lang: Language) -> str:
    """A draft has other content."""
    subject = spoken_subject(letter)
    if lang == "ko":
        return f"임시 보관한 {_titled_ko(subject)} 메일을 고쳤어요."
    return f"I changed the draft {_titled_en(subject)}."


def ask_delete_draft(letter: Spoken, lang: Language) -> str:
    """The question before a draft is deleted for good."""
    subject = spoken_subject(letter)
    if lang == "ko":
        return f"임시 보관한 {_titled_ko(subject)} 메일을 지울까요? 지우면 되돌릴 수 없어요."
    return f"Delete the draft {_titled_en(subject)}? It can't be brought back."


def say_draft_deleted(letter: Spoken | None, lang: Language) -> str:
    """A draft is gone."""
    if letter is None:
        return "그 임시 보관 메일은 이미 없어요." if lang == "ko" else "That draft is gone already."
    subject = spoken_subject(letter)
    if lang == "ko":
        return f"임시 보관한 {_titled_ko(subject)} 메일을 지웠어요."
    return f"I deleted the draft {_titled_en(subject)}."


def say_drafts(letters: Sequence[Spoken], *, more: bool, lang: Language) -> str:
    """Which drafts there are."""
    subjects = [spoken_subject(it) for it in letters[:_FEW]]
    if lang == "ko":
        if not letters:
            return "임시 보관한 메일이 없어요."
        count = counted(len(letters), "통") + (" 넘게" if more else "")
        named = ", ".join(f"'{it or '제목 없음'}'" for it in subjects)
        latest = "최근 것은 " if len(letters) > _FEW else ""
        return f"임시 보관한 메일이 {count} 있어요. {latest}{josa(named, '이에요예요')}."
    if not letters:
        return "You have no drafts."
    count = f"{'more than ' if more else ''}{number_word(len(letters))}"
    named = join_spoken([f"'{it or 'no subject'}'" for it in subjects], "en")
    latest = ". The latest are " if len(letters) > _FEW else ": "
    return f"You have {count} draft{'' if len(letters) == 1 else 's'}{latest}{named}."


def whom_ko(people: Sequence[Address]) -> str:
    """The people with the particle for who gets something: "김하나 님께"."""
    named = [name_ko(_correspondent(it)) for it in people[:_FEW]]
    rest = len(people) - len(named)
    if rest:
        return f"{', '.join(named)} 외 {counted(rest, '명')}에게"
    last_is_person = bool(people) and _correspondent(people[-1]).is_person
    return ", ".join(named) + ("께" if last_is_person else "에")


def whom_en(people: Sequence[Address]) -> str:
    """The people by name."""
    named = [spoken_name(_correspondent(it)) or "someone" for it in people[:_FEW]]
    rest = len(people) - len(named)
    if rest:
        named.append(f"{number_word(rest)} other{'' if rest == 1 else 's'}")
    return join_spoken(named, "en")


def _exactly_ko(people: Sequence[Address]) -> str:
    named = [
        f"{name_ko(_correspondent(it))}({it.address})" if it.name else it.address
        for it in people[:_FEW]
    ]
    rest = len(people) - len(named)
    if rest:
        return f"{', '.join(named)} 외 {counted(rest, '명')}에게"
    return ", ".join(named) + ("께" if people[-1].name else " 앞으로")


def _exactly_en(people: Sequence[Address]) -> str:
    named = [f"{whom_en([it])} ({it.address})" if it.name else it.address for it in people[:_FEW]]
    if rest := len(people) - len(named):
        named.append(f"{number_word(rest)} other{'' if rest == 1 else 's'}")
    return join_spoken(named, "en")


def _correspondent(person: Address) -> Correspondent:
    """The person by name, or by what stands before the @."""
    return Correspondent(person.name or person.address.partition("@")[0], person.address)


def _titled_ko(subject: str) -> str:
    return f"'{subject}'" if subject else "제목 없는"


def _titled_en(subject: str) -> str:
    return f"'{subject}'" if subject else "without a subject"
