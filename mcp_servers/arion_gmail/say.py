"""What the tools say, in Korean and English. Pure.

Names, subjects and texts are foreign: they are made speakable, and addresses are never said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from arion_gmail.html_text import FOLD
from arion_gmail.mail import Correspondent
from arion_kit.speech import counted, join_spoken, josa, number_word, speakable
from arion_kit.words import Language

FEW = 3
"""Mails whose subject is said; more are counted."""

_LONGEST_NAME = 24
_LONGEST_SUBJECT = 40
_LONGEST_TEXT = 140
"""Letters of a mail's text that are read out: some 20 seconds."""
_LOOKED_AT = 2_000
"""Letters that are searched for something to read out."""

_FEW_LABELS = 5

_REPLY = re.compile(r"^(?:(?:re|fwd?|회신|답장|전달) ?: ?)+", re.IGNORECASE)
_TITLE = re.compile(
    " (?:사원|주임|대리|과장|차장|부장|팀장|실장|본부장|이사|대표|사장|교수|선생|박사|원장|"
    "매니저|변호사)$"
)
"""What 님 is joined to: 김민수 부장님, but 김민수 님."""
_KIN = re.compile(
    "(?:외?할)?(?:어머니|아버지)|외?할머니|엄마|아빠|언니|오빠|누나|형|이모|고모|삼촌|동생|.*님"
)
"""Whom nobody calls 님, or who is called it already."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_SILENT = re.compile(rf"[-=_*~·•#|>\s]*|{re.escape(FOLD)}")
"""Lines that are drawn, not read."""


@dataclass(frozen=True)
class Spoken:
    """A mail as far as it is spoken of."""

    other: Correspondent
    """Who wrote it; for a mail of the person's own, who got it first."""
    subject: str
    sent: bool = False
    """Whether it is the person's own."""


def say_found(mails: Sequence[Spoken], *, unread: bool, more: bool, language: Language) -> str:
    """How many there are and what the first are about."""
    if language == "ko":
        return _found_ko(mails, unread=unread, more=more)
    return _found_en(mails, unread=unread, more=more)


def say_read(mail: Spoken, text: str, attachments: int, language: Language) -> str:
    """Who wrote, about what, and how it begins."""
    beginning, all_of_it = spoken_beginning(text)
    if language == "ko":
        told = f"{from_ko(mail)} 메일이에요. {beginning or '내용은 비어 있어요.'}"
        files = f"첨부 파일이 {counted(attachments, '개')}" if attachments else ""
        rest = " 내용이 더 있고" if files and not all_of_it else ""
        if files:
            return f"{told}{rest} {files} 있어요."
        return told if all_of_it else f"{told} 내용이 더 있어요."
    told = f"This is {from_en(mail)}. {beginning or 'It has no text.'}"
    files = f"{number_word(attachments)} attachment{_s(attachments)}" if attachments else ""
    if not files:
        return told if all_of_it else f"{told} There is more."
    return f"{told} {'It has' if all_of_it else 'There is more, and'} {files}."


def say_read_several(mails: Sequence[Spoken], language: Language) -> str:
    """What mails were read together."""
    if language == "ko":
        return f"메일을 {counted(len(mails), '통')} 읽었어요. {_list_ko(mails)}"
    return f"I read {number_word(len(mails))} emails: {_list_en(mails)}."


def say_none_matches(language: Language) -> str:
    """A mail was to be read, and none fits the search."""
    return "그런 메일을 찾지 못했어요." if language == "ko" else "I couldn't find such an email."


def say_labels(names: Sequence[str], prefix: str | None, language: Language) -> str:
    """The labels a person has made (`names`), or those that start with `prefix`."""
    spoken = [speakable(name.replace("/", " "), _LONGEST_NAME) for name in names[:_FEW_LABELS]]
    more = len(names) > _FEW_LABELS
    if language == "ko":
        if not names:
            return "그렇게 시작하는 라벨은 없어요." if prefix else "직접 만든 라벨은 없어요."
        which = ", ".join(spoken)
        told = f"{which} 등이 있어요" if more else josa(which, "이에요예요")
        return f"라벨은 {counted(len(names), '개')}예요. {told}."
    if not names:
        return "No label starts like that." if prefix else "You haven't made any labels."
    which = ", ".join(spoken) + ", and others" if more else join_spoken(spoken, "en")
    return f"You have {number_word(len(names))} label{_s(len(names))}: {which}."


def _found_ko(mails: Sequence[Spoken], *, unread: bool, more: bool) -> str:
    what = "안 읽은 메일" if unread else "메일"
    if not mails:
        return f"{what}이 없어요." if unread else "찾는 메일이 없어요."
    count = counted(len(mails), "통") + (" 넘게" if more else "")
    told = f"{what}이 {count} 있어요." if unread else f"{what}을 {count} 찾았어요."
    return f"{told} {_list_ko(mails)}"


def _list_ko(mails: Sequence[Spoken]) -> str:
    latest = "최근 메일은 " if len(mails) > FEW else ""
    return f"{latest}{josa(', '.join(from_ko(mail) for mail in mails[:FEW]), '이에요예요')}."


def from_ko(mail: Spoken) -> str:
    """A mail by its other side and its subject: "박서준 님의 '회의'"."""
    name = spoken_name(mail.other)
    subject = f"'{spoken_subject(mail) or '제목 없음'}'"
    if not name:
        return f"{'받는' if mail.sent else '보낸'} 사람을 알 수 없는 {subject}"
    if not mail.other.is_person:
        return f"{name}{'에' if mail.sent else '에서'} 보낸 {subject}"
    return f"{name_ko(mail.other)}{'께 보낸' if mail.sent else '의'} {subject}"


def name_ko(person: Correspondent) -> str:
    """Somebody as one politely calls them: "김민수 님", "박 팀장님", "어머니"."""
    name = spoken_name(person) or "이름을 모르는 분"
    if not person.is_person or _KIN.fullmatch(name) or not person.name:
        return name
    return name + ("님" if _TITLE.search(name) else " 님")


def _found_en(mails: Sequence[Spoken], *, unread: bool, more: bool) -> str:
    what = "unread email" if unread else "email"
    if not mails:
        return "You have no unread email." if unread else "I found no such email."
    count = f"{'more than ' if more else ''}{number_word(len(mails))} {what}{_s(len(mails))}"
    told = f"You have {count}" if unread else f"I found {count}"
    latest = ". The latest are " if len(mails) > FEW else ": "
    return f"{told}{latest}{_list_en(mails)}."


def _list_en(mails: Sequence[Spoken]) -> str:
    return join_spoken([from_en(mail) for mail in mails[:FEW]], "en")


def from_en(mail: Spoken) -> str:
    """A mail by its other side and its subject: "'Agenda' from Emma"."""
    other = (
        f"to {spoken_name(mail.other)}"
        if mail.sent
        else f"from {spoken_name(mail.other) or 'an unknown sender'}"
    )
    return f"'{spoken_subject(mail) or 'no subject'}' {other}"


def spoken_name(person: Correspondent) -> str:
    """The name, fit to be spoken; an address is none."""
    return speakable(person.name[:_LOOKED_AT], _LONGEST_NAME)


def spoken_subject(mail: Spoken) -> str:
    """The subject without its "Re:", fit to be spoken."""
    return speakable(_REPLY.sub("", mail.subject[:_LOOKED_AT]), _LONGEST_SUBJECT)


def spoken_beginning(text: str) -> tuple[str, bool]:
    """The first sentences that fit, fit to be spoken, and whether that is everything."""
    pieces = _SENTENCE_END.split(text[:_LOOKED_AT])
    sentences = [speakable(piece, _LOOKED_AT) for piece in pieces if not _SILENT.fullmatch(piece)]
    spoken = ""
    said = 0
    for sentence in sentences:
        if spoken and len(spoken) + len(sentence) > _LONGEST_TEXT:
            break
        spoken = f"{spoken} {_closed(sentence)}".strip()
        said += 1
    if len(spoken) > _LONGEST_TEXT:
        return f"{speakable(spoken, _LONGEST_TEXT)}…", False
    return spoken, said == len(sentences) and len(text) <= _LOOKED_AT


def _closed(sentence: str) -> str:
    return sentence if not sentence or sentence[-1] in ".!?,…:" else f"{sentence}."


def _s(count: int) -> str:
    return "" if count == 1 else "s"
