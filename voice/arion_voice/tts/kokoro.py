"""Kokoro: phoneme symbols in, natural speech out.

Model: Kokoro-82M (Apache-2.0), as fetched by `arion_voice.models`. It yields nothing before a
whole line is done, so the first sound takes as long as the first line.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.tts.network import Network

SAMPLE_RATE = 24_000
"""In Hz."""
MAX_SYMBOLS = 509
"""The model takes 510 tokens, and the styles of a voice are numbered from 0 by length."""

_SILENCE = 0.01
"""Amplitude (full scale 1) below which there is no speech."""
_LEAD_S, _BREATH_S, _TAIL_S = 0.03, 0.08, 0.2
"""What is kept of the silence that the model puts before a line, and after its comma or its end."""


class Kokoro:
    """The model and its voices, loaded."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Load model.onnx, vocab.json and voices_ja.npz of `folder`.

        Raises:
            SpeechError: a file is missing or unusable.
        """
        try:
            self._network = Network(folder / "model.onnx", threads)
            vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
            self._tokens: dict[str, int] = vocabulary["vocab"]
            with np.load(folder / "voices_ja.npz") as voices:
                self._voices: dict[str, NDArray[np.float32]] = dict(voices)
        except Exception as error:
            # The errors of onnxruntime have no base of their own.
            raise SpeechError(
                VoiceErrorKind.NO_MODELS, f"the Kokoro model in {folder} cannot be used: {error}"
            ) from error

    def speak(self, symbols: str, voice: str, speed: float) -> NDArray[np.float32]:
        """Return the speech of at most `MAX_SYMBOLS` symbols, -1..1 at `SAMPLE_RATE`.

        A `voice` "a+b" is the mean of two. Symbols that the model does not know are left out.

        Raises:
            SpeechError: no such voice, or the model fails.
        """
        tokens = [self._tokens[symbol] for symbol in symbols if symbol in self._tokens]
        try:
            style = self._style(voice)[len(tokens)]
            samples = self._network.run([0, *tokens, 0], style, speed)
        except KeyError as error:
            raise SpeechError(
                VoiceErrorKind.ENGINE_FAILED,
                f"no voice {error}; there are {', '.join(self._voices)}",
            ) from error
        except Exception as error:
            raise SpeechError(VoiceErrorKind.ENGINE_FAILED, f"Kokoro failed: {error}") from error
        return _trim(samples, _BREATH_S if symbols.endswith(",") else _TAIL_S)

    def _style(self, voice: str) -> NDArray[np.float32]:
        """Return the styles float32[510, 1, 256] of a voice, one for each number of symbols."""
        styles = [self._voices[name] for name in voice.split("+")]
        return np.stack(styles).mean(axis=0, dtype=np.float32)


def to_pcm(samples: NDArray[np.float32]) -> bytes:
    """Return -1..1 samples as little-endian int16."""
    return (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def _trim(samples: NDArray[np.float32], tail_s: float) -> NDArray[np.float32]:
    loud = np.flatnonzero(np.abs(samples) > _SILENCE)
    if not loud.size:
        return samples
    start = max(0, int(loud[0]) - int(_LEAD_S * SAMPLE_RATE))
    return samples[start : int(loud[-1]) + int(tail_s * SAMPLE_RATE)]
