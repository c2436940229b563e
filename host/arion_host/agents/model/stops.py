"""What a person is told when a language model has not answered."""

from __future__ import annotations

from collections.abc import Sequence

from arion_host.agents.model.seam import StopKind
from arion_kit.words import Language

_KO: dict[StopKind, str] = {
    "budget": "언어 모델에 쓸 수 있는 예산을 다 썼어요. 짧은 명령은 그대로 쓸 수 있어요.",
    "unpriced": (
        "설정한 언어 모델의 가격을 몰라서 쓰지 않았어요. "
        "가격을 알려 주거나, 무료라면 ARION_MODEL_FREE를 켜 주세요."
    ),
    "storage": "사용한 금액을 기록할 수 없어서 언어 모델을 쓰지 않았어요.",
    "deadline": "생각하는 데 너무 오래 걸려서 멈췄어요. 나눠서 말해 주세요.",
    "turns": "여러 번 해 봤지만 끝내지 못했어요. 나눠서 말해 주세요.",
    "unavailable": "언어 모델에 연결할 수 없어요. 짧은 명령은 그대로 쓸 수 있어요.",
    "key": "언어 모델이 키를 받아 주지 않아요. ARION_MODEL_KEY를 확인해 주세요.",
    "busy": "지금은 언어 모델에 요청이 너무 많아요. 잠시 뒤에 다시 말해 주세요.",
    "refused": "언어 모델이 이 일은 하지 않겠다고 해요.",
    "garbage": "언어 모델의 답을 알아볼 수 없었어요. 다시 말해 주세요.",
    "rejected": "말씀하신 내용과 맞게 처리하지 못해서 멈췄어요. 다르게 말해 주세요.",
    "declined": "네, 하지 않을게요.",
    "no_tool": "그건 제가 할 수 있는 일이 아니에요.",
}
_EN: dict[StopKind, str] = {
    "budget": "The budget for language models is used up. Short commands still work.",
    "unpriced": (
        "I don't know what the language model costs, so I didn't use it. "
        "Name its price, or set ARION_MODEL_FREE if it is free."
    ),
    "storage": "I can't write down what the language model costs, so I didn't use it.",
    "deadline": "That took too long, so I stopped. Please say it in smaller parts.",
    "turns": "I tried several times and couldn't finish. Please say it in smaller parts.",
    "unavailable": "I can't reach the language model. Short commands still work.",
    "key": "The language model doesn't accept the key. Please check ARION_MODEL_KEY.",
    "busy": "The language model has too many requests right now. Please try again in a moment.",
    "refused": "The language model won't do that.",
    "garbage": "I couldn't make sense of the language model's answer. Please say it again.",
    "rejected": "I couldn't do it the way you said, so I stopped. Please say it differently.",
    "declined": "Okay, I won't.",
    "no_tool": "That isn't something I can do.",
}
_SENTENCES: dict[Language, dict[StopKind, str]] = {"ko": _KO, "en": _EN}
_INSTEAD: dict[Language, str] = {
    "ko": "이렇게는 말할 수 있어요: {examples}.",
    "en": "You could say: {examples}.",
}
_OUT_OF_REACH = frozenset[StopKind](
    {"budget", "unpriced", "storage", "unavailable", "key", "busy", "no_tool"}
)
"""Saying it differently to the model would not help."""


def stopped(kind: StopKind, closest: Sequence[str], language: Language) -> str:
    """Say why there is no answer; `closest` are sentences that need no model."""
    sentence = _SENTENCES[language][kind]
    if not closest or kind not in _OUT_OF_REACH:
        return sentence
    examples = ", ".join(f'"{example.rstrip(".?!")}"' for example in closest)
    return f"{sentence} {_INSTEAD[language].format(examples=examples)}"
