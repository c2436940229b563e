"""Recordings whose speech is labelled: where it begins, and its true end.

A recording is a WAV file, 16 kHz mono PCM16, and a JSON file of the same name with its labels.
"""

from __future__ import annotations

import json
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples of a recording, in Hz."""
AUDIBLE = 0.02
"""Part of the loudest sample below which there is no speech."""
LEAD_S = 0.5
"""Silence before the speech of a recording that is made here, in seconds."""
SOFT_S = 0.1
"""What is kept of a sound's soft beginning and end around its speech, in seconds."""


@dataclass(frozen=True)
class Recording:
    """Sound with its labels, in seconds from its beginning."""

    text: str
    """What is said."""
    samples: NDArray[np.int16]
    onset_s: float
    """The first sample that is loud enough to be speech."""
    end_s: float
    """The last one: what comes after it is silence."""

    @classmethod
    def of(cls, text: str, samples: NDArray[np.int16]) -> Recording:
        """Labels speech, and has it begin after `LEAD_S`. Its softest sounds stay around it."""
        first, last = speech_in(samples)
        soft = min(first, round(SOFT_S * RATE))
        lead = np.zeros(round(LEAD_S * RATE) - soft, np.int16)
        kept = samples[first - soft : last + round(SOFT_S * RATE)]
        return cls(text, np.concatenate((lead, kept)), LEAD_S, LEAD_S + (last - first) / RATE)

    @property
    def speech_s(self) -> float:
        """Length of the speech."""
        return self.end_s - self.onset_s

    def write(self, path: Path) -> str:
        """Writes both files; gives the WAV file's path."""
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(self.samples.astype("<i2").tobytes())
        labels = {"text": self.text, "onset_s": self.onset_s, "end_s": self.end_s}
        path.with_suffix(".json").write_text(json.dumps(labels, ensure_ascii=False))
        return str(path)

    @classmethod
    def read(cls, path: str | Path) -> Recording:
        """Reads what `write` wrote."""
        labels = json.loads(Path(path).with_suffix(".json").read_text())
        return cls(samples=read_wav(Path(path)), **labels)


def speech_in(samples: NDArray[np.int16]) -> tuple[int, int]:
    """The first sample of speech and the one after the last.

    Raises:
        ValueError: there is no sound.
    """
    loudness = np.abs(samples.astype(np.int32))
    if not loudness.max(initial=0):
        raise ValueError("a recording without any sound")
    loud = np.flatnonzero(loudness > AUDIBLE * loudness.max())
    return int(loud[0]), int(loud[-1]) + 1


def tightened(samples: NDArray[np.int16], longest_s: float) -> NDArray[np.int16]:
    """Speech without the middles of its silences that are longer, in seconds."""
    loudness = np.abs(samples.astype(np.int32))
    loud = np.flatnonzero(loudness > AUDIBLE * loudness.max())
    longest = round(longest_s * RATE)
    kept = np.ones(samples.size, bool)
    for gap in np.flatnonzero(np.diff(loud) > longest):
        before, after = loud[gap : gap + 2]
        kept[before + longest // 2 : after - longest // 2] = False
    return samples[kept]


def joined(parts: Sequence[Recording], pauses_s: Sequence[float]) -> Recording:
    """One utterance of several, with a pause after each but the last, in seconds."""
    first, *others = parts
    begins_s, end_s = [0.0], first.end_s
    for part, pause_s in zip(others, pauses_s, strict=True):
        begins_s.append(end_s + pause_s - part.onset_s)
        end_s = begins_s[-1] + part.end_s
    mixed = np.zeros(round((end_s + SOFT_S) * RATE), np.int16)
    for part, at_s in zip(parts, begins_s, strict=True):
        space = mixed[round(at_s * RATE) :][: part.samples.size]
        space += part.samples[: space.size]
    return Recording(" ".join(part.text for part in parts), mixed, first.onset_s, end_s)


def read_wav(path: Path) -> NDArray[np.int16]:
    """The samples of a WAV file, 16 kHz mono PCM16.

    Raises:
        ValueError: it is of another form.
    """
    with wave.open(str(path)) as file:
        form = file.getnchannels(), file.getsampwidth(), file.getframerate()
        if form != (1, 2, RATE):
            raise ValueError(f"{path}: {form}; expected mono, 2 bytes, {RATE} Hz")
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16)
