"""Undoing what a decoder says again and again.

With a short context Whisper sometimes misses that the audio is over and starts from the top: the
same tokens come again, exactly, until it runs out of them. The first time is right.
"""

from __future__ import annotations

_SHORTEST = 3
"""Tokens of the shortest phrase that counts: people do say "no, no"."""

_CUT_OFF = 4
"""Tokens that tell a repetition which was cut off in its second round."""


def drop_repeats(tokens: list[int], *, was_cut_off: bool) -> list[int]:
    """The tokens up to where they begin to come again.

    A phrase counts as repeated when the whole text is that phrase twice or more, or when the
    text ends with it three times.

    Args:
        tokens: the text, without special tokens.
        was_cut_off: whether the decoder ran out of tokens, so that the last round may be short.
    """
    for length in range(_SHORTEST, len(tokens)):
        again = _again(tokens, length)
        is_whole = again + length == len(tokens)
        if again >= 2 * length or (
            is_whole and again >= (min(length, _CUT_OFF) if was_cut_off else length)
        ):
            return tokens[: len(tokens) - again]
    return tokens


def _again(tokens: list[int], length: int) -> int:
    """Tokens at the end that equal those `length` before them."""
    count = 0
    while count + length < len(tokens) and tokens[-1 - count] == tokens[-1 - count - length]:
        count += 1
    return count
