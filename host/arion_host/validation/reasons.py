"""Why a proposed call goes back, as sentences: a model gets one of them once, to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from arion_kit.words import Language

Flaw = Literal[
    "other_tool", "mixed", "other_thing", "time", "person", "address", "text", "left_out",
    "half",
]  # fmt: skip
"""What is wrong with a proposed call."""

REASONS: Mapping[Language, Mapping[Flaw, str]] = {
    "ko": {
        "other_tool": "말씀하신 일은 {called}보다 {wanted}에 가까워요. 그 도구로 다시 해 보세요.",
        "mixed": "'{value}' 값은 서로 다른 두 가지에서 왔어요. 한 가지의 값만 쓰세요.",
        "other_thing": "'{value}' 부분이 맞는 다른 항목이 있어요. 말씀하신 것을 고르세요.",
        "time": "'{value}' 시간은 말씀하신 적이 없고 찾은 결과에도 없어요. 말씀하신 시간을 쓰세요.",
        "person": "'{value}' 님은 말씀하신 적이 없어요. 말씀하신 사람에게만 보내세요.",
        "address": "'{value}' 주소는 말씀하신 적이 없어요. 그 주소를 빼세요.",
        "text": "'{value}' 내용은 말씀하신 적이 없어요. 말씀하신 말로 쓰거나 빼세요.",
        "left_out": "말씀하신 '{value}' 부분이 빠졌어요. 넣어서 다시 하세요.",
        "half": "{value}에 무엇을 할지가 빠졌어요. 말씀하신 내용을 넣어서 다시 하세요.",
    },
    "en": {
        "other_tool": "What was said asks for {wanted} rather than {called}. Use that tool.",
        "mixed": "'{value}' come from two different things. Use the values of one.",
        "other_thing": "Another one has '{value}', which was said. Choose that one.",
        "time": "Nobody said the time '{value}', and no result has it. Use the time that was said.",
        "person": "Nobody named '{value}'. Address only those who were named.",
        "address": "Nobody asked for the address '{value}'. Leave it out.",
        "text": "Nobody said '{value}'. Use the words that were said, or leave it out.",
        "left_out": "'{value}' was said and is left out. Put it in.",
        "half": "{value} is not told what to do. Put in what was said.",
    },
}
