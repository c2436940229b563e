"""How long the first piece of an answer is: nothing is heard before it is spoken."""

from __future__ import annotations

from collections.abc import Callable

from agents.voice.utils import get_sentence_based_splitter

from arion_voice.sentences import SentenceSplitter
from tests.bench.report import Report, median
from tests.bench.voice.answers import ANSWERS


def add_first_chunk(report: Report) -> None:
    """Adds the length of the first piece, and how much is written when it leaves; and a peer's."""
    ours = [first_piece(answer, SentenceSplitter().feed) for answer in ANSWERS["ko"]]
    peers = [first_piece(answer, _openai_agents()) for answer in ANSWERS["ko"]]
    lengths = [len(piece) for piece, _ in ours]
    report.add("first_chunk_chars", median(lengths), len(ours))
    report.add("first_chunk_max_chars", max(lengths), len(ours))
    report.add("first_chunk_after_chars", median([after for _, after in ours]), len(ours))
    report.add("peer_first_chunk_chars", median([len(piece) for piece, _ in peers]), len(peers))


def first_piece(answer: str, feed: Callable[[str], list[str]]) -> tuple[str, int]:
    """Feeds an answer letter by letter: gives its first piece, and the letters that it took."""
    for number, letter in enumerate(answer, 1):
        if pieces := feed(letter):
            return pieces[0].strip(), number
    return answer, len(answer)


def _openai_agents() -> Callable[[str], list[str]]:
    split, rest = get_sentence_based_splitter(), ""

    def feed(letter: str) -> list[str]:
        nonlocal rest
        piece, rest = split(rest + letter)
        return [piece] if piece else []

    return feed
