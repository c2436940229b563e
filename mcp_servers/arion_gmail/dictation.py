"""What a person told somebody to write, as they would write it themselves.

"하나 씨한테 내일 회의 늦는다고 메일 보내줘" gives the plain "내일 회의 늦는다"; in a mail that is
"내일 회의 늦습니다." Pure.
"""

from __future__ import annotations

import re

_PLAIN = re.compile(r"(?P<stem>[\s\S]*[가-힣])다(?P<end>[.!\s]*)")
_ASKED = re.compile(r"(?P<stem>[\s\S]*[가-힣])(?P<ending>느냐|으냐|냐)(?P<end>[.?\s]*)")
_URGED = re.compile(r"(?P<stem>[\s\S]*[가-힣])자(?P<end>[.!\s]*)")
_BEGGED = re.compile(r"(?P<stem>[\s\S]*[가-힣]) ?달라(?P<end>[.!\s]*)")
_SAID_TO_BE = re.compile(r"(?P<stem>[\s\S]*)(?P<ending>거라|아니라|이라)(?P<end>[.!\s]*)")
_ORDERED = re.compile(r"(?P<stem>[\s\S]*(?:하|오|가|보내|주|으|와|해))라(?P<end>[.!\s]*)")
_AND_THAT = re.compile(r"(?<=[가-힣][다냐자라])고(?:,|\s하고,?)\s+(?=\S)")
"""Between one thing that is told and the next: 받았다고, 고맙다고."""
_IS = {"거라": "겁니다", "아니라": "아닙니다", "이라": "입니다"}
_FIRST = ord("가")
_FINALS = 28
_NONE, _N, _L, _B = 0, 4, 8, 17
"""Final consonants by their place in Unicode: none, ㄴ, ㄹ, ㅂ."""


def as_written(text: str) -> str:
    """`text` as a whole, polite sentence; what is one already stays as it is."""
    text = text.strip()
    if re.search(r"[가-힣]", text):
        return " ".join(_korean(it) for it in _AND_THAT.split(text))
    return _english(text)


def _korean(text: str) -> str:
    text = re.sub(r"(?<=[줘요죠])라$", "", text)  # of 전해줘라고, said as it is to be written
    if re.search(r"(?:니다|니까|세요|어요|아요|해요|예요|에요|지요|죠|요)[.!?~]*$", text):
        return text if text[-1] in ".!?~" else f"{text}."
    if plain := _PLAIN.fullmatch(text):
        return f"{_formal(plain['stem'])}니다."
    if asked := _ASKED.fullmatch(text):
        if re.search(r"(?:몇 시|언제|얼마)$", asked["stem"]):
            return f"{asked['stem']}입니까?"
        return f"{_formal(asked['stem'])}니까?"
    if urged := _URGED.fullmatch(text):
        stem = urged["stem"]
        ending = "시죠" if _final(stem) in (_NONE, _L) else "으시죠"
        return f"{stem}{ending}."
    return _reported(text) or (text if text[-1:] in ".!?~" else f"{text}.")


def _reported(text: str) -> str:
    """What stands before 고 where 라고 follows: 재택이라, 보내 달라, 연락하라; else ""."""
    if begged := _BEGGED.fullmatch(text):
        return f"{begged['stem'].rstrip()} 주세요."
    if told := _SAID_TO_BE.fullmatch(text):
        return f"{told['stem']}{_IS[told['ending']]}."
    if ordered := _ORDERED.fullmatch(text):
        return f"{ordered['stem']}세요."
    return ""


def _formal(stem: str) -> str:
    """The stem of a plain ending with the beginning of 습니다 or ㅂ니다: 늦는 → 늦습, 간 → 갑."""
    if stem.endswith("는") and len(stem) > 1 and _final(stem[:-1]) not in (_NONE, _L):
        return f"{stem[:-1]}습"
    final = _final(stem)
    if final in (_NONE, _N, _L):
        return stem[:-1] + chr(ord(stem[-1]) - final + _B)
    return f"{stem}습"


def _final(text: str) -> int:
    last = text[-1:]
    return (ord(last) - _FIRST) % _FINALS if "가" <= last <= "힣" else _NONE


def _english(text: str) -> str:
    text = re.sub(r"\bi\b(?=['\s])", "I", text)
    text = text[:1].upper() + text[1:]
    return text if text[-1:] in ".!?" else f"{text}."
