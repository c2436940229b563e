"""How the words of an utterance end: finished, or about to go on. Korean and English. Pure."""

from __future__ import annotations

import re
from enum import Enum, auto

from arion_voice import korean_endings
from arion_voice.engines import Language


class Ending(Enum):
    """What the last words tell."""

    FINISHED = auto()
    """A sentence is complete: "…알려줘"."""
    UNFINISHED = auto()
    """More must follow: "내일 일정을", "메일 확인하고", "음"."""
    UNSURE = auto()
    """Either: "내일 세 시"."""


_ENGLISH_UNFINISHED = re.compile(
    r"\b(and|but|or|because|if|when|while|the|a|an|to|for|with|at|on|in|of|from|by|into"
    r"|about|my|your|our|their|is|are|was|will|would|could|can|um|uh|er|hmm|like)$"
    r"|\b(and|but|or) (so|then)$|^(so|then|his|her)$"
)
_ENGLISH_CLOSED = re.compile(
    r"\b(what|what's|who|who's|where|which|whose|how|that|let)\b.*"
    r"\b(for|from|with|at|on|to|about|like|of|in|into|is|are|was|can)$"
    r"|\b(turn|turned|switch|put|hold|log|leave|come|go|keep|call|join|fill|opt|drop|stop|stand|it|one"
    r"|them)( \w+)? (on|in|by|at)$"
)
"""What looks open and may be all: "who is it from", "turn it on"."""
_ENGLISH_FINISHED = re.compile(
    r"\S (please|okay|ok|instead)$"
    r"|\b(thanks|thank you|thank you (so|very) much)$"
    r"|\b(cancel|send|delete|stop|undo|close|save|do) (it|that|this|them)$"
    r"|^((yes|no|yeah|nope|okay|ok|oh|hey)[, ]+)?"
    r"(yes|no|yeah|yep|nope|stop|cancel|okay|ok|never mind|that's (it|all)|good (morning|night)"
    r"|hold on|sounds good|go ahead|not now|do it)$"
)
_CLOSING = " .,!?。！？…~\"'”’"


def ending_of(text: str, language: Language, *, answers: bool = False) -> Ending:
    """Tell from its last words whether an utterance is over.

    Args:
        text: what was heard so far. A recogniser's full stop counts for nothing: it writes one
            wherever the audio ends.
        language: of the text.
        answers: whether it may be the answer to a question: then a part of a sentence may be all.
    """
    written = text.strip()
    words = written.rstrip(_CLOSING).lower()
    if not words:
        return Ending.UNSURE
    is_open, is_finished = _korean(words, answers) if language == "ko" else _english(words)
    asks = written.endswith("?")
    if is_open:
        # No recogniser writes a question mark where the voice does not rise.
        return Ending.UNSURE if asks else Ending.UNFINISHED
    if written.endswith((",", "…", "...")):
        return Ending.UNFINISHED
    return Ending.FINISHED if is_finished or asks else Ending.UNSURE


def _korean(words: str, answers: bool) -> tuple[bool, bool]:
    return korean_endings.is_open(words, answers=answers), korean_endings.is_finished(words)


def _english(words: str) -> tuple[bool, bool]:
    is_open = _ENGLISH_UNFINISHED.search(words) and not _ENGLISH_CLOSED.search(words)
    return bool(is_open), bool(_ENGLISH_FINISHED.search(words))
