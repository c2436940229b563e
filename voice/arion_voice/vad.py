"""How likely speech is, frame by frame: Silero's network as it comes with faster-whisper."""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportAttributeAccessIssue=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

import functools
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

from arion_voice.engines import SAMPLE_RATE, Samples
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.room import Room

FRAME = 512
"""Samples in a frame."""

FRAME_S = FRAME / SAMPLE_RATE
"""Length of a frame, in seconds: 32 ms."""

_CONTEXT = 64
"""Samples of the frame before that the network sees again."""


class VoiceActivity(Protocol):
    """Judges a stream of frames."""

    def probability(self, frame: Samples) -> float:
        """How likely a frame of `FRAME` samples holds speech, 0..1. Frames come in order."""
        ...


class SileroVad:
    """One stream. A frame takes an eighth of a millisecond; in a quiet room one in eight does."""

    def __init__(self) -> None:
        self._network = _network()
        self._room = Room()
        self._context = np.zeros(_CONTEXT, np.float32)
        self._h: NDArray[np.float32] = np.zeros((1, 1, 128), np.float32)
        self._c: NDArray[np.float32] = np.zeros((1, 1, 128), np.float32)

    def probability(self, frame: Samples) -> float:
        """How likely a frame of `FRAME` samples holds speech, 0..1."""
        context, self._context = self._context, frame[-_CONTEXT:]
        if self._room.explains(frame):
            return 0.0
        seen = np.concatenate((context, frame))
        result: Any = self._network.run(
            None, {"input": seen[np.newaxis], "h": self._h, "c": self._c}
        )
        odds, self._h, self._c = result
        probability = float(odds[0])
        self._room.learn(frame, probability)
        return probability


@functools.cache
def _network() -> InferenceSession:
    # Stateless, so that every stream of the process shares it.
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    # Its files are looked for without importing the package, which would load the recogniser.
    package = find_spec("faster_whisper")
    if package is None or package.origin is None:
        raise SpeechError(VoiceErrorKind.ENGINE_FAILED, "faster-whisper is not installed")
    path = Path(package.origin).with_name("assets") / "silero_vad_v6.onnx"
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
