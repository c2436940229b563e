"""What is said of labels, the archive and the bin. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arion_gmail.say import Spoken, from_en, from_ko
from arion_kit.speech import counted, join_spoken, josa, number_word, speakable
from arion_kit.words import Language

_LONGEST_NAME = 24


@dataclass(frozen=True)
class Relabelled:
    """Labels that were put on mail or taken off it, by name; Gmail's own by id."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


_DONE: dict[tuple[str, bool], dict[Language, tuple[str, str]]] = {
    ("INBOX", False): {"ko": ("을 보관했어요", ""), "en": ("I archived ", "")},
    ("INBOX", True): {
        "ko": ("을 받은편지함으로 옮겼어요", ""),
        "en": ("I moved ", " to the inbox"),
    },
    ("UNREAD", False): {"ko": ("을 읽음으로 표시했어요", ""), "en": ("I marked ", " as read")},
    ("UNREAD", True): {
        "ko": ("을 읽지 않음으로 표시했어요", ""),
        "en": ("I marked ", " as unread"),
    },
    ("STARRED", True): {"ko": ("에 별표를 달았어요", ""), "en": ("I starred ", "")},
    ("STARRED", False): {"ko": ("의 별표를 뗐어요", ""), "en": ("I took the star off ", "")},
    ("IMPORTANT", True): {
        "ko": ("을 중요 메일로 표시했어요", ""),
        "en": ("I marked ", " as important"),
    },
    ("IMPORTANT", False): {
        "ko": ("의 중요 표시를 뺐어요", ""),
        "en": ("I marked ", " as not important"),
    },
    ("SPAM", True): {"ko": ("을 스팸으로 신고했어요", ""), "en": ("I reported ", " as spam")},
    ("SPAM", False): {"ko": ("을 스팸에서 꺼냈어요", ""), "en": ("I took ", " out of spam")},
}
"""What a change of one of Gmail's own labels is called."""


def say_modified(mails: Sequence[Spoken], done: Relabelled, lang: Language) -> str:
    """Which labels changed, in the words people have for it."""
    if not mails:
        return "이미 그렇게 되어 있어요." if lang == "ko" else "It was like that already."
    signed = [(it, True) for it in done.added] + [(it, False) for it in done.removed]
    what = mails_ko(mails) if lang == "ko" else mails_en(mails)
    if len(signed) == 1 and (known := _DONE.get(signed[0])):
        before, after = known[lang]
        return f"{what}{before}." if lang == "ko" else f"{before}{what}{after}."
    if lang == "ko":
        return f"{what}{_labels_ko(done)}."
    return f"I {_labels_en(done)} {what}."


def say_trashed(mails: Sequence[Spoken], lang: Language) -> str:
    """What went to the bin."""
    if lang == "ko":
        if not mails:
            return "이미 휴지통에 있어요."
        return f"{mails_ko(mails)}을 휴지통에 넣었어요. 30일 뒤에 지워져요."
    if not mails:
        return "It is in the trash already."
    return f"I moved {mails_en(mails)} to the trash. Gmail deletes it after 30 days."


def say_restored(mails: Sequence[Spoken], lang: Language) -> str:
    """What came out of the bin."""
    if lang == "ko":
        return f"{mails_ko(mails)}을 휴지통에서 꺼냈어요." if mails else "휴지통에 없는 메일이에요."
    return f"I took {mails_en(mails)} out of the trash." if mails else "It isn't in the trash."


def mails_ko(mails: Sequence[Spoken]) -> str:
    """The mail by name, or how many; ends in 메일 or 통, so that 을 and 에 follow."""
    return f"{from_ko(mails[0])} 메일" if len(mails) == 1 else f"메일 {counted(len(mails), '통')}"


def mails_en(mails: Sequence[Spoken]) -> str:
    """The mail by name, or how many."""
    return from_en(mails[0]) if len(mails) == 1 else f"{number_word(len(mails))} emails"


def _labels_ko(done: Relabelled) -> str:
    added, removed = (
        josa(_names(labels, "ko"), "을를") if labels else ""
        for labels in (done.added, done.removed)
    )
    if added and removed:
        return f"에 {added} 붙이고 {removed} 뗐어요"
    return f"에 {added} 붙였어요" if added else f"에서 {removed} 뗐어요"


def _labels_en(done: Relabelled) -> str:
    parts: list[str] = []
    if done.added:
        parts.append(f"put {_names(done.added, 'en')} on")
    if done.removed:
        parts.append(f"took {_names(done.removed, 'en')} off")
    return " and ".join(parts)


_OWN: dict[str, dict[Language, str]] = {
    "INBOX": {"ko": "받은편지함", "en": "the inbox"},
    "UNREAD": {"ko": "읽지 않음 표시", "en": "the unread mark"},
    "STARRED": {"ko": "별표", "en": "the star"},
    "IMPORTANT": {"ko": "중요 표시", "en": "the importance mark"},
    "SPAM": {"ko": "스팸 표시", "en": "the spam mark"},
}


def _names(labels: Sequence[str], lang: Language) -> str:
    named = [
        _OWN[it][lang]
        if it in _OWN
        else f"'{speakable(it.replace('/', ' '), _LONGEST_NAME)}'{' 라벨' if lang == 'ko' else ''}"
        for it in labels
    ]
    return join_spoken(named, lang)
