"""Text in Hangul and Latin letters, mixed as people mix them → Kokoro's phoneme symbols. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from arion_voice.engines import Language
from arion_voice.tts.english_phonemes import english_phonemes
from arion_voice.tts.korean_loanwords import borrow_words
from arion_voice.tts.korean_phonemes import korean_phonemes

_PAUSES = ".,!?"
_PAUSE = re.compile(r"([.,!?;:]+(?=\s|$))")
_HANGUL_RUN = re.compile(r"([가-힣]+(?:\s+[가-힣]+)*)")


def phonemes(text: str, language: Language, ipa: Callable[[str], str]) -> str:
    """Return the symbols of `text`, with its punctuation and a full stop at the end.

    `ipa` gives the IPA of English words as espeak-ng writes it. In Korean speech they sound as
    Korean borrows them. Without the full stop Kokoro swallows the last syllable. Empty if nothing
    can be said.
    """
    if language == "ko":
        text = borrow_words(text, ipa)
    said = "".join(_say(part, ipa) for part in _PAUSE.split(text))
    said = re.sub(r"\s+", " ", said).strip(" ,;:")
    if not any(character.isalpha() for character in said):
        return ""
    return said if said[-1] in _PAUSES else said + "."


def _say(part: str, ipa: Callable[[str], str]) -> str:
    if _PAUSE.fullmatch(part):
        return part[0] + " "
    return " ".join(
        korean_phonemes(run) if _HANGUL_RUN.fullmatch(run) else english_phonemes(ipa(run))
        for run in _HANGUL_RUN.split(part)
        if any(character.isalnum() for character in run)
    )


def pieces(symbols: str, first: int, later: int) -> list[str]:
    """Cut a long sentence into lines that can be spoken one after the other.

    Lines have about `first`, then `later` symbols, at most half as much again, and end in a
    pause. A short first line is heard soon, and the next is made while it is heard.
    """
    lines: list[str] = []
    room, symbols = first, symbols.strip()
    while len(symbols) > room * 3 // 2:
        head = symbols[:room]
        at = max(head.rfind(mark) for mark in (". ", ", ", "! ", "? ")) + 1 or head.rfind(" ")
        at = at if at > 0 else room
        line, symbols = symbols[:at].strip(), symbols[at:].strip()
        lines.append(line if line[-1] in _PAUSES else line + ",")
        room = later
    return [*lines, symbols] if symbols else lines
