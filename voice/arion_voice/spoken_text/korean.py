"""Korean text → as it is read aloud. Pure."""

from __future__ import annotations

from arion_voice.spoken_text.korean_quantities import QUANTITIES
from arion_voice.spoken_text.korean_time import TIME
from arion_voice.spoken_text.korean_words import say_latin
from arion_voice.spoken_text.markup import EMAIL, URL
from arion_voice.spoken_text.rules import Rules

_ADDRESSES = Rules((URL, "링크"), (EMAIL, "이메일 주소"))
_SIGNS = Rules(
    (r"(?<=[가-힣\w])\s*&\s*(?=\w)", " 앤 "),
    (r"(?<=\w)\s*\+\s*(?=\w)", " 플러스 "),
    (r"(?<=\w)\s*(?:[·/;|→⇒]|[-–—](?=\s)|\s[-–—])\s*(?=\w)", ", "),
    (r"\s*[(\[{]\s*", ", "),
    (r"\s*[)\]}](?=\s*[가-힣\w])", ", "),
    (r"""["'#@^<>\\()\[\]{}|/*=_~·→⇒&+%°–—-]""", " "),
    (r"\s+(?=[.,!?:;])", ""),
    (r"[,:;]+(?=[.,!?])", ""),
    (r"^[\s,.:;!?]+|[\s,:;]+$", ""),
    (r"\s{2,}", " "),
)


def say_korean(text: str) -> str:
    """Return `text`, cleaned by `markup.plain`, as it is said."""
    return _SIGNS.apply(say_latin(QUANTITIES.apply(TIME.apply(_ADDRESSES.apply(text)))))
