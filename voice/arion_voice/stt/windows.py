"""Cutting long audio into windows that a recogniser takes, where nobody speaks."""

from __future__ import annotations

import numpy as np

from arion_voice.engines import SAMPLE_RATE, Samples

_FRAME = SAMPLE_RATE // 50
"""Samples of the 20 ms over which loudness is measured."""

_SEARCH_S = 8.0
"""How far before the limit a silence is looked for, in seconds."""

_PAUSE_FRAMES = 12
"""Frames over which loudness is averaged: about a quarter of a second, a pause between words."""


def split_at_silence(samples: Samples, *, limit_s: float) -> list[Samples]:
    """Cut audio into windows of at most `limit_s` seconds, each cut at the quietest moment.

    Args:
        samples: mono, 16 kHz.
        limit_s: longest window, in seconds; more than 8.
    """
    limit = int(limit_s * SAMPLE_RATE)
    windows: list[Samples] = []
    while len(samples) > limit:
        cut = _quietest(samples[:limit])
        windows.append(samples[:cut])
        samples = samples[cut:]
    windows.append(samples)
    return windows


def _quietest(samples: Samples) -> int:
    """Offset of the quietest quarter of a second near the end, in samples."""
    first = len(samples) - int(_SEARCH_S * SAMPLE_RATE)
    frames = samples[first : first + (len(samples) - first) // _FRAME * _FRAME].reshape(-1, _FRAME)
    loudness = np.convolve(
        np.square(frames).mean(axis=1), np.ones(_PAUSE_FRAMES) / _PAUSE_FRAMES, mode="valid"
    )
    return first + (int(loudness.argmin()) + _PAUSE_FRAMES // 2) * _FRAME
