"""The four engines, built for a test, and closed after it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from pydantic import SecretStr

from arion_voice.cloud import (
    ElevenLabsHearing,
    ElevenLabsRecognizer,
    ElevenLabsSynthesizer,
    ElevenLabsVoice,
    OpenAIHearing,
    OpenAIRecognizer,
    OpenAISynthesizer,
    OpenAIVoice,
)
from arion_voice.cloud.recognizer import CloudRecognizer
from arion_voice.cloud.synthesizer import CloudSynthesizer
from arion_voice.engines import SAMPLE_RATE, Language, Samples, Stretch, Urgency

KEY = SecretStr("sandbox")
VOICE = "JBFqnCBsd6RMkjVDRZzb"

VENDORS = ("openai", "elevenlabs")


def sound(seconds: float = 1.0) -> Samples:
    """A tone, mono at 16 kHz."""
    return (0.3 * np.sin(np.arange(round(seconds * SAMPLE_RATE)) / 8)).astype(np.float32)


def stretch(
    seconds: float = 1.0,
    language: Language | None = "ko",
    urgency: Urgency = Urgency.FINAL,
    **hints: str,
) -> Stretch:
    """A tone to be recognised."""
    return Stretch(sound(seconds), language, hints, urgency)  # type: ignore[arg-type]


@asynccontextmanager
async def hearing(name: str, url: str, **changes: Any) -> AsyncIterator[CloudRecognizer]:
    """A recogniser of a vendor whose stand-in is at a URL."""
    made: CloudRecognizer
    if name == "openai":
        made = OpenAIRecognizer(replace(OpenAIHearing("gpt-transcribe", url, KEY), **changes))
    else:
        made = ElevenLabsRecognizer(replace(ElevenLabsHearing(KEY, "scribe_v2", url), **changes))
    try:
        yield made
    finally:
        await made.aclose()


@asynccontextmanager
async def speaking(name: str, url: str, **changes: Any) -> AsyncIterator[CloudSynthesizer]:
    """A voice of a vendor whose stand-in is at a URL."""
    made: CloudSynthesizer
    if name == "openai":
        made = OpenAISynthesizer(replace(OpenAIVoice(url, "tts-1", "alloy", KEY), **changes))
    else:
        options = ElevenLabsVoice(KEY, VOICE, "eleven_flash_v2_5", url)
        made = ElevenLabsSynthesizer(replace(options, **changes))
    try:
        yield made
    finally:
        await made.aclose()


def below(url: str, name: str) -> str:
    """Where the sandbox at a URL has a vendor."""
    return f"{url}/openai/v1" if name == "openai" else f"{url}/elevenlabs"
