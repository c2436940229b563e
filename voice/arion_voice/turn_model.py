"""Whether an utterance sounds complete: the smart-turn network, from the melody of its end.

Weights and input as in pipecat's package (BSD-2-Clause), https://github.com/pipecat-ai/smart-turn.
"""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import asyncio
import functools
import logging
import threading
from typing import Any, Protocol

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

from arion_voice.endings import Ending
from arion_voice.engines import SAMPLE_RATE, Samples
from arion_voice.errors import ModelsError
from arion_voice.models.manifest import SMART_TURN
from arion_voice.models.store import ModelStore

logger = logging.getLogger(__name__)

_COMPLETE = 0.95
"""From this on it is over."""

_INCOMPLETE = 0.05
"""Up to this it is not. In between the network errs too often, in lists above all."""

_HEARD = 8 * SAMPLE_RATE
"""Samples that the network sees: the last eight seconds."""

_WINDOW = 400
_HOP = 160
_BANDS = 80


class TurnModel(Protocol):
    """Hears from the sound of an utterance whether it is over."""

    async def ending(self, samples: Samples) -> Ending:
        """What its end sounds like; `UNSURE` also where that can't be told. Raises nothing."""
        ...


class SmartTurn:
    """The network in a thread; it takes 0.15 s of CPU. Loaded by its first use."""

    def __init__(self, store: ModelStore) -> None:
        self._store = store
        self._network: InferenceSession | None = None
        self._is_absent = False
        self._working = threading.Lock()

    async def ending(self, samples: Samples) -> Ending:
        """What its end sounds like; `UNSURE` where the model is not here, or is busy."""
        if self._is_absent:
            return Ending.UNSURE
        try:
            completeness = await asyncio.to_thread(self._completeness, samples)
        except ModelsError as error:
            self._is_absent = True
            logger.warning("turns end by their words alone: %s", error)
            return Ending.UNSURE
        except Exception:
            # The network is foreign code; the words tell without it.
            logger.exception("the end of an utterance is not judged by its sound")
            return Ending.UNSURE
        return heard_as(completeness)

    def _completeness(self, samples: Samples) -> float:
        # Who would wait for it would learn too late.
        if not self._working.acquire(blocking=False):
            return 0.5
        try:
            if self._network is None:
                self._network = _load(self._store)
            result: Any = self._network.run(None, {"input_features": features(samples)[np.newaxis]})
            return float(result[0][0].item())
        finally:
            self._working.release()


def heard_as(completeness: float) -> Ending:
    """What the network's answer, 0..1, tells."""
    if completeness >= _COMPLETE:
        return Ending.FINISHED
    return Ending.UNFINISHED if completeness <= _INCOMPLETE else Ending.UNSURE


def _load(store: ModelStore) -> InferenceSession:
    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    file = store.require(SMART_TURN) / SMART_TURN.files[0].name
    return InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def features(samples: Samples) -> NDArray[np.float32]:
    """The last eight seconds as Whisper's log-mel spectrogram, 80 bands x 800 frames of 10 ms.

    Shorter speech has silence before it.
    """
    seen = samples[-_HEARD:]
    seen = np.pad(seen, (_HEARD - len(seen), 0))
    seen = (seen - seen.mean()) / np.sqrt(seen.var() + 1e-7)
    frames = sliding_window_view(np.pad(seen, _WINDOW // 2, mode="reflect"), _WINDOW)[::_HOP]
    hann = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(frames[:-1] * hann)) ** 2
    loudness = np.log10(np.maximum(power @ _bands(), 1e-10)).T
    return ((np.maximum(loudness, loudness.max() - 8.0) + 4.0) / 4.0).astype(np.float32)


@functools.cache
def _bands() -> NDArray[np.float64]:
    """Weights of the frequencies in each band, 201 x 80: triangles on Slaney's mel scale."""
    edges = _frequency(np.linspace(0.0, _mel(SAMPLE_RATE / 2), _BANDS + 2))
    frequencies = np.linspace(0, SAMPLE_RATE / 2, _WINDOW // 2 + 1)
    widths = np.diff(edges)
    slopes = edges - frequencies[:, np.newaxis]
    rising, falling = -slopes[:, :-2] / widths[:-1], slopes[:, 2:] / widths[1:]
    return np.maximum(0.0, np.minimum(rising, falling)) * (2.0 / (edges[2:] - edges[:-2]))


_LINEAR_TO = 1000.0
"""Up to this the scale is linear, three mels for 200 Hz; above it is logarithmic."""
_STEP = np.log(6.4) / 27.0


def _mel(hertz: float) -> float:
    """Of a frequency above `_LINEAR_TO`."""
    return 15.0 + float(np.log(hertz / _LINEAR_TO)) / _STEP


def _frequency(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(mels < 15.0, mels * 200.0 / 3.0, _LINEAR_TO * np.exp(_STEP * (mels - 15.0)))
