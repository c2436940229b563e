"""The one door: written text in, text that a voice can read out."""

from __future__ import annotations

from arion_voice.engines import Language
from arion_voice.spoken_text.english import say_english
from arion_voice.spoken_text.korean import say_korean
from arion_voice.spoken_text.markup import plain


def speakable(text: str, language: Language) -> str:
    """Return `text` as it is said in `language`; empty if nothing in it can be said.

    Hangul in English text and Latin words in Korean text stay as they are: the engines know both
    scripts.
    """
    said = say_korean(plain(text)) if language == "ko" else say_english(plain(text))
    return said if any(character.isalnum() for character in said) else ""
