"""Whether a question asks for just what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from arion_host.exchange import TurnResult

WHICH = "which"

_WORDS: Mapping[str, str] = {
    "start": r"언제|몇\s?시|며칠|날짜|시간|\bwhen\b|what (time|day)|which day|how late",
    "end": r"언제까지|몇\s?시까지|얼마나|until when|how long",
    "to": r"누구|받는|주소|\bwho|address",
    "name": r"누구|\bwho",
    "body": r"내용|뭐라고|무슨 말|what (should|do|would|shall).*(say|write)|message|content",
    "comment": r"내용|뭐라고|what (should|do|would|shall).*(say|write)|comment",
    "title": r"제목|이름|무엇|뭐|title|call(ed)?\b|name|what",
    "summary": r"제목|이름|무슨|title|call(ed)?\b|name|what",
    "text": r"무엇|뭐|뭘|무얼|what",
    "item": r"무엇|뭐|뭘|무얼|어느|what|which",
    "query": r"무엇|뭐|뭘|무얼|어떤|what",
    "near": r"어디|where|which place",
    "location": r"어디|where|which place",
    "origin": r"어디서|어디에서|출발|from where|where.*from|start",
    "destination": r"어디로|어디까지|도착|목적지|where.*to|destination",
    "parent_id": r"어디|어느|where|which page",
    "repo": r"저장소|레포|repo",
    "owner": r"저장소|레포|repo",
    "number": r"몇\s?번|번호|number|which",
    "event": r"승인|의견|approve",
    "quantity": r"몇\s?개|얼마나|how many",
}
"""Words of a question for a parameter, in both languages."""
_QUESTION = re.compile(r"[?？]|(말해|알려)\s?(주세요|줘요)|tell me|please say", re.IGNORECASE)


def asks_for(turn: TurnResult, missing: Iterable[str]) -> bool:
    """Whether the turn asks for one of these parameters, or which thing is meant.

    What was not understood asks for nothing, and neither does a call that is read back.
    """
    if turn.route == "none" or turn.confirmation is not None:
        return False
    said = turn.needs_human or turn.answer
    if not _QUESTION.search(said):
        return False
    return any(_asks(turn, said, slot) for slot in missing)


def _asks(turn: TurnResult, said: str, slot: str) -> bool:
    if slot == WHICH:
        return turn.needs_human is not None
    words = _WORDS.get(slot)
    return words is not None and re.search(words, said, re.IGNORECASE) is not None
