"""Pieces of the Korean sentences."""

from __future__ import annotations

from collections.abc import Sequence

from arion_github.spoken import Item, PullSpoken, spoken_part
from arion_kit.speech import counted, join_spoken, josa

_REST = " 나머지는 화면에서 볼 수 있어요."


def item_named(row: Item) -> str:
    """An issue or pull request by number and title."""
    return f"{row.number}번 '{row.title}'"


def open_or_closed(state: str) -> str:
    """Whether something is open."""
    return "열려 있어요" if state == "open" else "닫혔어요"


def count_of(number: int, counter: str, *, more: bool) -> str:
    """A count; of a list that goes on, that there are more."""
    return f"{number}{counter} 넘게" if more else counted(number, counter)


def listed(head: str, names: Sequence[str], *, more: bool) -> str:
    """A sentence, and the first of what it speaks of."""
    spoken = spoken_part(names, more=more)
    told = josa(join_spoken(spoken, "ko"), "이에요예요")
    if len(spoken) == len(names) and not more:
        return f"{head} {told}."
    return f"{head} 먼저 {josa(join_spoken(spoken, 'ko'), '이가')} 있어요.{_REST}"


def review_words(pull: PullSpoken) -> str:
    """What the reviews say."""
    if pull.changes_requested:
        return "수정을 요청한 리뷰가 있어요."
    return f"승인은 {counted(pull.approvals, '개')} 받았어요." if pull.approvals else ""


def check_words(passed: int, failed: int, running: int) -> str:
    """What the checks say."""
    if failed:
        return f"검사 {counted(failed, '개')}가 실패했어요."
    if running:
        return f"검사 {counted(running, '개')}가 아직 돌고 있어요."
    return "검사는 모두 통과했어요." if passed else ""


def object_particle(word: str) -> str:
    """을 or 를, as it follows the word."""
    return josa(word, "을를").removeprefix(word)


def copula(word: str) -> str:
    """이에요 or 예요, as it follows the word."""
    return josa(word, "이에요예요").removeprefix(word) + "."
