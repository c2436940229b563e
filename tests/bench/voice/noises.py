"""Sounds without any words, the same in every run: PCM16 at 16 kHz."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tests.bench.voice.recordings import RATE

LOUDNESS = 1600.0
"""Root mean square of what goes on and on, of 32,768: -26 dB."""
PEAK = 12_000.0
"""Of what is short."""

Sound = NDArray[np.float64]
Maker = Callable[[np.random.Generator, NDArray[np.float64]], Sound]
"""`(random, seconds from the beginning, one a sample) → sound of any loudness`."""


def rendered(name: str, seconds: float) -> NDArray[np.int16]:
    """One of `LASTING`, `BURSTS` or silence, as loud as it is in a room."""
    times = np.arange(round(seconds * RATE)) / RATE
    maker = (LASTING | BURSTS)[name]
    random = np.random.default_rng([len(name), *name.encode()])
    sound = maker(random, times)
    if name in BURSTS:
        loudest = PEAK / np.abs(sound).max()
    else:
        loudest = LOUDNESS / max(np.sqrt((sound**2).mean()), 1e-9)
    return np.clip(np.rint(sound * loudest), -32_768, 32_767).astype(np.int16)


def _coloured(random: np.random.Generator, size: int, shape: Callable[[Sound], Sound]) -> Sound:
    """Noise with a spectrum: `shape` gives the strength at each frequency in Hz."""
    spectrum = np.fft.rfft(random.normal(size=size))
    return np.fft.irfft(spectrum * shape(np.fft.rfftfreq(size, 1 / RATE)), size)


def _white(random: np.random.Generator, times: Sound) -> Sound:
    return random.normal(size=times.size)


def _pink(random: np.random.Generator, times: Sound) -> Sound:
    return _coloured(random, times.size, lambda hz: 1 / np.sqrt(np.maximum(hz, 20)))


def _brown(random: np.random.Generator, times: Sound) -> Sound:
    return _coloured(random, times.size, lambda hz: 1 / np.maximum(hz, 20))


def _hum(random: np.random.Generator, times: Sound) -> Sound:
    tones = sum(np.sin(2 * np.pi * 60 * n * times) / n for n in range(1, 9))
    return tones + 0.1 * _pink(random, times) / 0.01


def _keyboard(random: np.random.Generator, times: Sound) -> Sound:
    """Seven strokes a second, each a click with a dull knock."""
    sound = np.zeros(times.size)
    stroke_times = np.arange(round(0.03 * RATE)) / RATE
    moments = np.cumsum(random.exponential(1 / 7, round(times[-1] * 7)))
    for moment in moments[moments < times[-1] - 0.05]:
        start = round(moment * RATE)
        click = random.normal(size=stroke_times.size) * np.exp(-stroke_times * 400)
        knock = np.sin(2 * np.pi * 180 * stroke_times) * np.exp(-stroke_times * 120)
        sound[start : start + stroke_times.size] += (click + knock) * random.uniform(0.4, 1)
    return sound


def _babble(random: np.random.Generator, times: Sound) -> Sound:
    """Eight voices far away: noise in the bands of speech, swelling like syllables."""
    sound = np.zeros(times.size)
    for _ in range(8):
        low = random.uniform(250, 600)
        voice = _coloured(random, times.size, lambda hz, low=low: (hz > low) & (hz < low * 5))
        rate, phase = random.uniform(3, 5), random.uniform(0, 2 * np.pi)
        sound += voice * np.maximum(0, np.sin(2 * np.pi * rate * times + phase)) ** 2
    return sound


def _tone(hz: Sound | float, times: Sound) -> Sound:
    """A note with overtones; `hz` may glide."""
    phase = 2 * np.pi * np.cumsum(np.broadcast_to(hz, times.shape)) / RATE
    return sum(np.sin(n * phase) / n**1.5 for n in range(1, 7))


def _chords(random: np.random.Generator, times: Sound) -> Sound:
    sound = np.zeros(times.size)
    for start in range(0, times.size, 2 * RATE):
        part = times[: min(2 * RATE, times.size - start)]
        root = 110 * 2 ** (random.choice([0, 3, 5, 7, 8]) / 12)
        chord = sum(_tone(root * 2 ** (step / 12), part) for step in (0, 4, 7, 12))
        sound[start : start + part.size] = chord * np.exp(-part)
    return sound


def _melody(random: np.random.Generator, times: Sound) -> Sound:
    """One voice-like line with vibrato, in a minor scale."""
    notes = np.repeat(random.choice([0, 2, 3, 5, 7, 8, 10, 12], times.size // 8000 + 1), 8000)
    vibrato = 0.3 * np.sin(2 * np.pi * 5.5 * times)
    swell = 0.6 + 0.4 * np.sin(2 * np.pi * 2 * times)
    return _tone(220 * 2 ** ((notes[: times.size] + vibrato) / 12), times) * swell


def _drums(random: np.random.Generator, times: Sound) -> Sound:
    """A beat: bass drum, hi-hat, and a bass line beneath."""
    beat = times % 0.5
    bass_drum = np.sin(2 * np.pi * 60 * beat * np.exp(-beat * 4)) * np.exp(-beat * 12)
    hat = random.normal(size=times.size) * np.exp(-(times % 0.25) * 60) * 0.4
    return bass_drum + hat + 0.3 * np.sin(2 * np.pi * 82.4 * times)


def _silence(random: np.random.Generator, times: Sound) -> Sound:
    return np.zeros(times.size)


def _cough(random: np.random.Generator, times: Sound) -> Sound:
    """Two bursts of breath with a little voice in them."""
    envelope = np.zeros(times.size)
    for begins in (0.1, 0.42):
        since = times - begins
        envelope += np.where(since > 0, np.exp(-np.maximum(since, 0) * 16), 0)
    breath = _coloured(random, times.size, lambda hz: (hz > 250) & (hz < 3500))
    breath /= np.abs(breath).max()
    return envelope * (breath + 0.3 * _tone(140.0, times))


def _bang(random: np.random.Generator, times: Sound) -> Sound:
    since = np.maximum(times - 0.1, 0)
    noise = _coloured(random, times.size, lambda hz: (hz > 60) & (hz < 1200))
    return np.where(times > 0.1, noise * np.exp(-since * 12), 0)


def _hiss(random: np.random.Generator, times: Sound) -> Sound:
    """A burst of noise."""
    return np.where((times > 0.1) & (times < 0.6), random.normal(size=times.size), 0)


def _clatter(random: np.random.Generator, times: Sound) -> Sound:
    """A dish that rings on a table."""
    ring = sum(np.sin(2 * np.pi * hz * times) for hz in (1870, 2930, 4110))
    return ring * np.exp(-(times % 0.17) * 30) * (times < 0.7)


LASTING: dict[str, Maker] = {
    "silence": _silence,
    "white": _white,
    "pink": _pink,
    "brown": _brown,
    "hum": _hum,
    "keyboard": _keyboard,
    "babble": _babble,
    "chords": _chords,
    "melody": _melody,
    "drums": _drums,
}
"""What goes on and on; silence among it."""
BURSTS: dict[str, Maker] = {"cough": _cough, "bang": _bang, "hiss": _hiss, "clatter": _clatter}
"""What is over within a second."""
