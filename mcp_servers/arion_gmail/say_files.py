"""What is said of files, conversations and people. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from arion_gmail.say import Spoken, from_en, from_ko, spoken_beginning
from arion_kit.speech import counted, join_spoken, josa, number_word, speakable
from arion_kit.words import Language

_LONGEST_NAME = 40


def say_file(name: str, text: str | None, lang: Language) -> str:
    """How a file begins; only that it is there where its bytes were asked for."""
    spoken = speakable(PurePath(name).stem, _LONGEST_NAME) or ("첨부" if lang == "ko" else "file")
    if text is None:
        return f"'{spoken}' 파일을 가져왔어요." if lang == "ko" else f"I got the file '{spoken}'."
    beginning, all_of_it = spoken_beginning(text)
    if lang == "ko":
        if not beginning:
            return f"'{spoken}' 파일에는 글자가 없어요."
        return f"'{spoken}' 파일이에요. {beginning}{'' if all_of_it else ' 내용이 더 있어요.'}"
    if not beginning:
        return f"The file '{spoken}' has no text."
    return f"This is the file '{spoken}'. {beginning}{'' if all_of_it else ' There is more.'}"


def say_thread(mails: Sequence[Spoken], latest_text: str, lang: Language) -> str:
    """How many mails a conversation has, and how the latest begins."""
    beginning, all_of_it = spoken_beginning(latest_text)
    if lang == "ko":
        count = f"주고받은 메일이 {counted(len(mails), '통')}이에요."
        more = "" if all_of_it else " 내용이 더 있어요."
        return (
            f"{count} 마지막은 {josa(from_ko(mails[-1]), '이에요예요')}. {beginning}{more}".strip()
        )
    count = (
        f"There {'is one email' if len(mails) == 1 else f'are {number_word(len(mails))} emails'}."
    )
    more = "" if all_of_it else " There is more."
    return f"{count} The last is {from_en(mails[-1])}. {beginning}{more}".strip()


def say_people(names: Sequence[str], lang: Language) -> str:
    """Who was found."""
    spoken = [speakable(name, _LONGEST_NAME) for name in names]
    if lang == "ko":
        if not names:
            return "메일을 주고받은 사람 중에는 없어요."
        return f"{counted(len(names), '명')}을 찾았어요. {josa(', '.join(spoken), '이에요예요')}."
    if not names:
        return "I found nobody of that name in your mail."
    people = "one person" if len(names) == 1 else f"{number_word(len(names))} people"
    return f"I found {people}: {join_spoken(spoken, 'en')}."
