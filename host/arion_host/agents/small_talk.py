"""What people say to any assistant, and the fixed answers to it: hello, thanks, who are you."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel

from arion_host.language.swearing import is_swearing
from arion_host.language.utterance import bare
from arion_kit.words import Language

_OVERRULE: dict[Language, re.Pattern[str]] = {
    "ko": re.compile(
        r"^(?:(?:이전|지금|앞|위|기존|아까|너|니|네|당신|모든|지금까지|여태까지)(?:까지)?(?:의|에)?\s*)*(?:받은\s*|내린\s*)?"
        r"(?:지시|명령|규칙|설정|프롬프트|지침|안내|제한|룰)(?:\s*(?:사항|문|들))?(?:은|는|을|를)?\s*(?:전부|모두|다|싹)?\s*"
        r"(?:무시|잊어|잊고|어기|따르지)|"
        r"^(?:너의|네|너|니|당신의)?\s*(?:시스템\s*)(?:프롬프트|지시|메시지|명령)"
    ),
    "en": re.compile(
        r"^(?:please )?(?:ignore|disregard|forget|override|bypass|break) "
        r"(?:(?:all|any|of|your|the|my|previous|prior|above|earlier|existing|safety|system) )*"
        r"(?:instructions?|rules?|prompts?|guidelines?|restrictions?|policies|directions|commands)\b"
        r"|\byour (?:system |initial |hidden )+(?:prompt|instructions|message)\b",
        re.IGNORECASE,
    ),
}
"""Wishes to be freed from what keeps a person safe; what is said behind them is not done."""
_NOT_OVERRULED: dict[Language, str] = {
    "ko": "안전을 위한 지시는 끄거나 보여 드릴 수 없어요. 무엇을 할지 말해 주세요.",
    "en": "I can't switch off or show the rules that keep you safe. Tell me what to do.",
}
_MARKS = re.compile(r"[^\w\s]+")
_APOSTROPHES = re.compile(r"['’]")
_MOST_EXAMPLES = 4


class _Talk(BaseModel):
    said: dict[Language, list[str | list[str]]]
    """Patterns; the parts of one in a list are joined."""
    answer: dict[Language, str]


class _File(BaseModel):
    words: dict[str, str]
    talks: dict[str, _Talk]


@dataclass(frozen=True)
class _Answer:
    said: re.Pattern[str]
    answer: str


def small_talk(text: str, language: Language, examples: Sequence[str]) -> str | None:
    """Answer what is said to any assistant; None for anything else.

    `examples` are commands to name to somebody who asks what can be done.
    """
    if _OVERRULE[language].search(text.strip()):
        return _NOT_OVERRULED[language]
    answers = _answers()[language]
    if is_swearing(text, language):
        return answers["anger"].answer
    said = bare(text) if language == "ko" else _plain(text)
    for talk in answers.values():
        if talk.said.fullmatch(said):
            named = ", ".join(f'"{it.rstrip(".?!")}"' for it in examples[:_MOST_EXAMPLES])
            return talk.answer.format(examples=named)
    return None


@cache
def _answers() -> Mapping[Language, Mapping[str, _Answer]]:
    text = (files("arion_host.agents") / "small_talk.yaml").read_text("utf-8")
    read = _File.model_validate(yaml.safe_load(text))
    languages: tuple[Language, ...] = ("ko", "en")
    return {
        language: {
            name: _Answer(_pattern(talk.said[language], read.words), talk.answer[language])
            for name, talk in read.talks.items()
        }
        for language in languages
    }


def _pattern(said: Sequence[str | list[str]], words: Mapping[str, str]) -> re.Pattern[str]:
    joined = "|".join(it if isinstance(it, str) else "".join(it) for it in said)
    return re.compile(re.sub(r"<(\w+)>", lambda found: words[found[1]], joined))


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(" ", _APOSTROPHES.sub("", text.lower())).split())
