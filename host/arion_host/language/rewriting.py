"""A text with pieces of it said in other words, and where every letter of it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class StandIn:
    """Words to read in place of a piece of a text."""

    begin: int
    finish: int
    words: str
    flag: str | None = None
    """What the reading guesses, in `TimeSpan.ambiguous`."""


class Rewritten:
    """A text with stand-ins, which may be longer or shorter than what they stand for."""

    def __init__(self, text: str, pieces: Iterable[StandIn]) -> None:
        """Put the pieces in; of two that overlap, the one that begins first."""
        self.pieces: list[StandIn] = []
        self.text = ""
        self._begins: list[int] = []
        self._finishes: list[int] = []
        position = 0
        for piece in sorted(pieces, key=lambda piece: (piece.begin, -piece.finish)):
            if piece.begin < position:
                continue
            self._copy(text, position, piece.begin)
            self.text += piece.words
            self._begins += [piece.begin] * len(piece.words)
            self._finishes += [piece.finish] * len(piece.words)
            self.pieces.append(piece)
            position = piece.finish
        self._copy(text, position, len(text))

    def _copy(self, text: str, begin: int, finish: int) -> None:
        self.text += text[begin:finish]
        self._begins += range(begin, finish)
        self._finishes += range(begin + 1, finish + 1)

    def origin(self, begin: int, finish: int) -> tuple[int, int]:
        """Where a non-empty part of the rewritten text lies in the text itself."""
        return self._begins[begin], self._finishes[finish - 1]

    def flags(self, begin: int, finish: int) -> set[str]:
        """What the stand-ins inside a part of the text itself guess."""
        return {
            piece.flag
            for piece in self.pieces
            if piece.flag and begin <= piece.begin and piece.finish <= finish
        }
