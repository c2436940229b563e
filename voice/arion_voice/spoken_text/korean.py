"""Korean text → as it is read aloud. Pure."""

from __future__ import annotations

from arion_voice.spoken_text.korean_addresses import ADDRESSES
from arion_voice.spoken_text.korean_names import NAMES
from arion_voice.spoken_text.korean_quantities import QUANTITIES
from arion_voice.spoken_text.korean_time import TIME
from arion_voice.spoken_text.korean_words import say_latin
from arion_voice.spoken_text.rules import Rules

_SIGNS = Rules(
    (r"(?<=[\w.!?])[\"'](?=[가-힣])", ""),
    (r"\s*×\s*", " 곱하기 "),
    (r"\s*÷\s*", " 나누기 "),
    (r"\s*±\s*", " 플러스마이너스 "),
    (r"(?<=[가-힣\w])\s*&\s*(?=\w)", " 앤 "),
    (r"(?<=\w)\s*\+\s*(?=\w)", " 플러스 "),
    (r"(?<=\w)\s*(?:[·/;|→⇒=]|[-–—](?=\s)|\s[-–—])\s*(?=\w)", ", "),
    (r"\s*[(\[{]\s*", ", "),
    (r"\s*[)\]}](?=\s*[가-힣\w])", ", "),
    (r"[^\w\s.,!?:;]|_", " "),
    (r"\s+(?=[.,!?:;])", ""),
    (r"[,:;]+(?=[.,!?])", ""),
    (r"^[\s,.:;!?]+|[\s,:;]+$", ""),
    (r"\s{2,}", " "),
)


def say_korean(text: str) -> str:
    """Return `text`, cleaned by `markup.plain`, as it is said."""
    for rules in (ADDRESSES, NAMES, TIME, QUANTITIES):
        text = rules.apply(text)
    return _SIGNS.apply(say_latin(text))
