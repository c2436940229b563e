"""What stands around a command and asks for nothing: reasons, and ways of leading up to it.

"비 오니까 등산 취소해줘" and "since it's raining, cancel the hike" ask for no more than their
second half does. A condition is no reason: "비 오면 취소해줘" is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from arion_host.language.times import find_times
from arion_host.language.utterance import tidy
from arion_kit.words import Language

_REASON: dict[Language, tuple[re.Pattern[str], ...]] = {
    "ko": (
        re.compile(
            r"^(?P<why>.{2,40}?\S(?:니까|라서|거든요?|길래|텐데|더라고요?|서 그런데|때문에|느라고?"
            r"|서 그러는데|한데|은데|는데)),?\s+(?P<rest>\S.*)$"
        ),
    ),
    "en": (
        re.compile(
            r"^(?:since|because|as|seeing as|now that)\s(?P<why>[^,]{3,60}),\s+(?P<rest>\S.*)$",
            re.I,
        ),
        re.compile(
            r"^(?P<why>(?:i|we|it|he|she|they|there|my|the)\b[^,]{2,60}?),?\sso\s(?:please\s)?"
            r"(?P<rest>\S.*)$",
            re.I,
        ),
        re.compile(
            r"^(?P<rest>\S.{5,}?),?\s(?:since|because|cause|cuz)\s(?P<why>\S.{3,60})$", re.I
        ),
    ),
}
_LEFT_KO = re.compile(
    r"\S+(?:\s\S+){0,3}?[은는]\s(?:(?:그대로|그냥)\s)?(?:놔두고|놔\s두고|두고|냅두고|내버려\s?두고|남겨\s?두고"
    r"|건드리지\s말고|손대지\s말고),?\s(?=\S)"
)
"""What nothing is to be done to: 사용자 인터뷰는 그대로 두고."""
_SEEING_KO = re.compile(
    r"(?<=\s)(?:찾아(?:봐|보고)?|열어(?:봐)?|정리해|모아|확인해|검색해|골라|뽑아|꺼내|들어가|불러와|가져와|추려|간추려"
    r"|조회해|봐|읽어\s?보고)서\s+(?=\S)"
)
"""What is done on the way to what is asked for: 찾아서 보내줘."""
_LEADING: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"^(?:그리고|그러고|참|아\s?참|아\s?맞다|그나저나|근데|그런데|하는\s?김에|그건\s?그렇고|그\s?전에"
        r"|다음으로|이어서)[,\s]+"
    ),
    "en": re.compile(
        r"^(?:(?:oh|and|also|but|so|anyway|by the way|btw|one more thing|another thing"
        r"|next)\b[,:]?\s+)*"
        r"(?:while (?:you're|you are) at it|by the way|one more thing|oh|also|next)\b[,:]?\s+",
        re.IGNORECASE,
    ),
}
_AFTER_EN = re.compile(
    r"^(?:once|after|when|as soon as)\s(?:you(?:'ve|\shave)?|you are|you're)\s(?:done\s)?"
    r"(?P<verb>[a-z]+?)(?:ed|ing)?\s(?P<rest>[^,]+),\s+(?P<then>\S.*)$",
    re.IGNORECASE,
)
_ING_EN = re.compile(r"^after\s(?P<verb>[a-z]+)ing\s(?P<rest>[^,]+),\s+(?P<then>\S.*)$", re.I)
_PASTS_EN = {
    "sent": "send", "read": "read", "done": "do", "put": "put", "found": "find", "told": "tell",
    "written": "write", "made": "make", "set": "set", "added": "add", "moved": "move",
    "deleted": "delete", "archived": "archive", "closed": "close", "merged": "merge",
    "approved": "approve", "scheduled": "schedule", "cancelled": "cancel", "canceled": "cancel",
    "created": "create",
}  # fmt: skip


def plainer(text: str, language: Language, now: datetime) -> Iterator[str]:
    """The ways to say the same with less around it; a reason that names a time is left."""
    said = tidy(text, language)
    if (plain := _LEADING[language].sub("", said)) != said:
        yield plain
    if language == "ko":
        if (plain := _SEEING_KO.sub("", said)) != said:
            yield plain
        yield from _without_left(said, now)
    else:
        yield from _in_order(said)
    for pattern in _REASON[language]:
        found = pattern.match(said)
        if found and not find_times(found["why"], language, now) and not _counts(found["why"]):
            yield found["rest"]


def _without_left(said: str, now: datetime) -> Iterator[str]:
    """A command without what stays as it is; a day that is said of that is said for both."""
    if (left := _LEFT_KO.search(said)) is not None:
        when = next((it.text for it in find_times(left[0], "ko", now) if it.begin == 0), "")
        yield f"{said[: left.start()]}{when} {said[left.end() :]}".strip()


def _counts(words: str) -> bool:
    return any(character.isdigit() for character in words)


def _in_order(said: str) -> Iterator[str]:
    """Yield "once you've checked my mail, show …" as "check my mail and then show …"."""
    for pattern in (_AFTER_EN, _ING_EN):
        if found := pattern.match(said):
            whole = re.match(
                r"\S+(?:\s\S+)*?\s(?P<form>[a-z]+)\s", said[: found.start("rest")], re.I
            )
            form = whole["form"].lower() if whole else found["verb"].lower()
            for verb in dict.fromkeys((_PASTS_EN.get(form, found["verb"]), f"{found['verb']}e")):
                yield f"{verb} {found['rest']} and then {found['then']}"
            return
