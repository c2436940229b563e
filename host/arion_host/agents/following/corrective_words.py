"""What people say around a correction: "아니 …로 바꿔줘", "could you make it … instead"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from arion_kit.words import Language

_SLIP_KO = (
    r"앗|이런|미안(?:해요?)?|죄송해요|에이|흠+"
    r"|(?:내가 |제가 )?(?:말을 )?잘못 ?(?:말했|얘기했)(?:어요?|네요?|다|습니다)"
    r"|말이 (?:헛|잘못) ?나(?:왔|갔)(?:어요?|네요?|다)|실수(?:야|예요|했어요?)?"
    r"|(?:다시 )?생각해 ?보니까?"
)
_OPENING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"^(?:아니(?:요|야|다|지|고|라)?|아뇨|아냐|그게 ?아니(?:라|고)|아 ?참|참|잠깐만?"
        rf"|정정할게요?|아|{_SLIP_KO}|그냥|그러지 말고|(?:시간|날짜|시각)[은을]?"
        rf"|같은 시간(?:에|으로)?)[\s,.!…]+"
    ),
    "en": re.compile(
        r"^(?:no+|nope|nah|actually|sorry|wait|hold on|oops|whoops|h+m+|um+|uh+|oh|ah|rather"
        r"|i mean(?:t)?(?: to say)?|i said|my (?:mistake|bad)|on second thoughts?|better|preferably"
        r"|maybe|just|(?:can|could|would|shall) (?:we|you|i)|let's|i'd (?:rather|prefer))[\s,.!]+"
        r"|^(?!push (?:it|that|this) (?:by )?(?:an?|half|\d+|one|two|three|ten|fifteen|twenty"
        r"|thirty)\b)"
        r"(?:make|change|move|set|switch|push|shift|bump|put|have|do)"
        r" (?:it|that|this|the (?:time|date|day))(?: to| for| on| at)? "
        r"|^(?:at )?(?:the )?same time,? (?:but )?(?:on )?"
        r"|^(?:do|go (?:with|for)|use|take) "
        r"|^(?:it(?:'s| is| should be| was meant to be)|that should (?:be|say)"
        r"|(?:let's|we) (?:say|do|make it)|say) ",
        re.IGNORECASE,
    ),
}
_SLIP: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        rf"^(?:아\s)?(?:아니(?:요|야|다|지|고|라)?|아뇨|아냐|정정할게요?|{_SLIP_KO})[\s,.!…]+"
    ),
    "en": re.compile(
        r"^(?:(?:no+|nope|oops|whoops|actually|wait|oh)[\s,.!]+)*"
        r"(?:sorry|no+|i mean(?:t)?(?: to say)?|i said|my (?:mistake|bad)|oops|whoops)[\s,.!]+"
        r"(?:i mean(?:t)?(?: to say)?[\s,]+)?(?:it(?:'s| is| should be) )?",
        re.IGNORECASE,
    ),
}
"""What says that something was said or heard wrongly."""

GIVE_KO = r"\s?(?:줘|줘요|주세요|줄래|줄래요|주라|봐)"
_CHANGE_KO = (
    r"(?:다시 ?)?(?:(?:바꿔|변경해|수정해|고쳐|정정해|해|옮겨|미뤄|잡아|맞춰|당겨|늦춰)"
    rf"(?:{GIVE_KO})?|바꾸자|하자|할게요?|할래요?|할까요?|부탁(?:해요?|드려요|드립니다)"
    r"|하는 게 (?:낫|좋)겠(?:다|어요?|네요?))"
)
_IS_KO = (
    r"(?:이야|(?<!분)야|이요|(?<![개필중가동])요|이에요|예요|입니다|이?라고|이?라니까"
    r"|이?였(?:어요?|다|네요?)|이었(?:어요?|다|네요?)|인데요?|이지)"
)
"""개요, 필요, 분야 are nouns."""
_BETTER_KO = (
    r"[이가은는]?\s(?:더 )?(?:(?:낫|좋|편하)겠|(?:나을|좋을|편할) [것거] 같)(?:다|어요?|네요?"
    r"|아요?)"
    r"|[이가은는]?\s(?:나을|좋을) 듯(?:해요?)?"
)
_CLOSING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(rf"(?:\s{_CHANGE_KO}|(?<=로){_CHANGE_KO}|{_IS_KO}|{_BETTER_KO})$"),
    "en": re.compile(
        r"[\s,]+(?:instead|please|rather|then|if (?:possible|you can)"
        r"|(?:at )?(?:the )?same (?:time|day)"
        r"|(?:works?|would work|is|would be|suits me|sounds|fits)(?: a bit| a lot"
        r"| much)? (?:better|best)"
        r"|for me)$|'s (?:a bit |much )?better$",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True)
class Heard:
    """A correction, and what it corrects."""

    utterance: str
    new: str
    """The words it comes to, without "no" and "make it"."""
    old: str | None
    """The words to be replaced, where they were said."""
    language: Language
    now: datetime
    slots: Mapping[str, str]
    said: str = ""
    """The words without what opens a correction, with all that ends it."""


def without_opening(words: str, language: Language) -> str:
    """Leave out what says that something is to be another way: "아니", "could you make it"."""
    while (opened := _OPENING[language].sub("", words)) != words:
        words = opened
    return words


def without_closing(words: str, language: Language) -> str:
    """Leave out what asks for the change behind the words: "…바꿔줘", "… works better"."""
    while (closed := _CLOSING[language].sub("", words)) != words and closed.strip():
        words = closed
        if language == "ko":
            break  # 하자로 is a word of its own
    return words


def without_slip(words: str, language: Language) -> str | None:
    """What was meant instead, where the words say that the last ones were wrong; else None."""
    meant = _SLIP[language].sub("", words)
    return meant if meant != words and meant.strip() else None
