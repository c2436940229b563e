"""Short answers to a question Arion asked: yes or no, and which one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from arion_host.language.utterance import bare, tidy
from arion_kit.words import Language

# A yes starts something that may not be undone, so only plain words of consent count. A no may
# be looser, since a misheard no costs a repetition: "취소해" and "cancel it" are one, whatever
# the question was.
_YES_WORDS: dict[Language, str] = {
    "ko": (
        "네+|넵|넹|예|응+|ㅇㅇ|ㅇㅋ|어+|웅|그래요?|그렇게 ?해|좋아요?|좋습니다|맞아요?|맞습니다"
        "|오케이|확인|(?:진행|계속|실행|삭제)?해(?: ?줘| ?주세요|요)?|진행|하세요"
        "|부탁해요?|부탁드려요|지워(?: ?줘| ?주세요|요)?|보내(?: ?줘| ?주세요|요)?"
    ),
    "en": (
        "yes|yeah|yep|yup|sure|ok|okay|right|correct|absolutely|definitely|of course|go ahead"
        "|(?:please )?do it|please do|confirm|confirmed|that's right|(?:delete|remove|send) it"
        "|proceed|go for it|sounds good"
    ),
}
_YES: dict[Language, re.Pattern[str]] = {
    language: re.compile(rf"(?:(?:{words})(?:[\s,.!]+|$))+", re.IGNORECASE)
    for language, words in _YES_WORDS.items()
}
_NO: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"아니|아뇨|ㄴㄴ|노노|싫어|싫습니다|안 ?(?:돼|해|할래)|됐어|됐습니다|관둬|그만|취소"
        r"|(?:하|지우|보내|삭제하)지 ?마|말아|필요 ?없|잠깐|멈춰"
    ),
    "en": re.compile(
        r"(?:no|nope|nah|don't|do not|stop|never ?mind|forget it|cancel|wait|not now|hold on)\b",
        re.IGNORECASE,
    ),
}
# Behind these comes what is wanted instead, as often as another no: "아니 4시로", "no, Bob".
_SOFT_NO: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(r"(?:아니(?:요|야|다)?|아뇨|잠깐(?:만)?)[\s,.!]*"),
    "en": re.compile(r"(?:no|nope|nah|wait|hold on)\b[\s,.!]*", re.IGNORECASE),
}
_NO_MORE: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"$|아직|나중|다음에|지금은|괜찮|고마|감사|그냥|그거|그건|그게|이거|말고|됐|안 |못 "
    ),
    "en": re.compile(
        r"$|thank|later|not|please|way|sorry|leave|that's|it's|i don't|i do not", re.IGNORECASE
    ),
}

# "취소해" alone may mean anything; with "방금" or "아까 한 거" it means the last write.
_JUST_KO = r"(?:방금|지금|아까|조금 ?전|마지막)(?:에|으로)? ?"
_IT_KO = r"\w{0,4} ?(?:거|것|건|일)?(?:를|을|은|도)? ?(?:도로 ?|다시 ?)?"
_BACK_KO = r"(?:되돌려|물러|무르자|원래대로 ?(?:해|돌려)|없던 ?(?:일|걸)로 ?해)"
_DO_KO = r" ?(?:놔|놓아)? ?(?:줘|주라|줘요|주세요|줄래|요)?"
_UNDO: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        rf"(?:{_JUST_KO}{_IT_KO}취소(?:해)?|(?:{_JUST_KO}|그 ?)?{_IT_KO}{_BACK_KO}){_DO_KO}"
    ),
    "en": re.compile(
        r"(?:please )?(?:undo|revert|take back|roll back)"
        r"(?: (?:that|this|it|the last (?:one|thing|action|change)|what you (?:just )?did))?",
        re.IGNORECASE,
    ),
}
"""What is said to take back the last thing that was done."""

_ORDINALS: tuple[tuple[str, str], ...] = (
    (r"첫\s?번?째|1\s?번|일\s?번|하나", r"first|one|1(?:st)?"),
    (r"두\s?번?째|둘째|2\s?번|이\s?번", r"second|two|2(?:nd)?"),
    (r"세\s?번?째|셋째|3\s?번|삼\s?번", r"third|three|3(?:rd)?"),
    (r"네\s?번?째|넷째|4\s?번|사\s?번", r"fourth|four|4(?:th)?"),
    (r"다섯\s?번?째|5\s?번|오\s?번", r"fifth|five|5(?:th)?"),
)
_TAIL_KO = (
    r"(?:\s?(?:[거것꺼]|걸로|것으로|거로|으로|로|이?요|[거것]이?요|거예요|이야"
    r"|해\s?(?:줘|주세요)))*"
)
_LAST: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(rf"(?:맨\s?)?(?:마지막|끝)\s?(?:번?째)?{_TAIL_KO}"),
    "en": re.compile(r"(?:the )?last(?: one)?", re.IGNORECASE),
}


def read_reply(text: str, language: Language) -> bool | None:
    """Whether `text` is a yes or a no and nothing else; None otherwise."""
    words = tidy(text, language) or text.strip()
    if _YES[language].fullmatch(words):
        return True
    # A long sentence that begins with "no" is a new command: "아니 모레 일정 알려줘".
    if len(words.split()) > 3 or not _NO[language].match(words):
        return None
    soft = _SOFT_NO[language].match(words)
    more = words[soft.end() :] if soft else ""
    is_no = _NO_MORE[language].match(more) or _NO[language].match(more)
    return False if is_no else None


def asks_undo(text: str, language: Language) -> bool:
    """Whether `text` asks to take back the last thing that was done, and names no other."""
    return _UNDO[language].fullmatch(tidy(text, language)) is not None


def pick_option(text: str, labels: Sequence[str], language: Language) -> int | None:
    """The index of the one label that `text` means, by its place or by its words."""
    words = tidy(text, language)
    if _LAST[language].fullmatch(words):
        return len(labels) - 1
    for index, ordinals in enumerate(_ORDINALS[: len(labels)]):
        if _ordinal(ordinals[0] if language == "ko" else ordinals[1], language).fullmatch(words):
            return index
    said = bare(words)
    same = [index for index, label in enumerate(labels) if bare(label) == said]
    part = [index for index, label in enumerate(labels) if said and said in bare(label)]
    found = same or part
    return found[0] if len(found) == 1 else None


def _ordinal(words: str, language: Language) -> re.Pattern[str]:
    if language == "ko":
        return re.compile(rf"(?:{words}){_TAIL_KO}")
    return re.compile(rf"(?:the |number |option )?(?:{words})(?: one)?", re.IGNORECASE)
