"""A whole Arion, started as a person starts it, and speech to talk to it with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import soxr
from tests.bench.processes import free_port

from arion_voice.readiness import missing
from arion_voice.settings import VoiceSettings
from arion_voice.speech import load_speech

ARION = Path(sys.executable).with_name("arion")


@dataclass(frozen=True)
class Running:
    """An Arion that is ready, and where it keeps its data."""

    url: str
    data_dir: Path

    def turn(self, text: str, **options: Any) -> dict[str, Any]:
        """One text turn over HTTP."""
        answer = httpx.post(f"{self.url}/v1/turns", json={"text": text, **options}, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def arion(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs the command line against this Arion."""
        return subprocess.run(
            [ARION, *words],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "ARION_PORT": self.url.rsplit(":", 1)[1]},
        )


@pytest.fixture(scope="session")
def arion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Started once for the session; its accounts are the sandbox's."""
    port, data_dir = free_port(), tmp_path_factory.mktemp("arion")
    process = subprocess.Popen(
        [ARION, "up", "--port", str(port)],
        env={**os.environ, "ARION_DATA_DIR": str(data_dir)},
        stderr=subprocess.PIPE,
        text=True,
    )
    log: list[str] = []
    try:
        # `arion up` says where it is once it is ready: an event to wait for, not a time.
        assert process.stderr is not None
        for line in process.stderr:
            log.append(line)
            if f"http://127.0.0.1:{port}" in line:
                break
        assert process.poll() is None, "".join(log)
        yield Running(f"http://127.0.0.1:{port}", data_dir)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


@pytest.fixture(scope="session")
def needs_speech() -> None:
    """Skips where the speech models are not there."""
    if reasons := missing(VoiceSettings()):
        pytest.skip("; ".join(reasons))


@pytest.fixture
async def speak(needs_speech: None, tmp_path: Path) -> Callable[..., Any]:
    """Writes a sentence as a 16 kHz WAV, with silence around it, and says where."""

    async def spoken(text: str, language: str, voice: str) -> Path:
        speech = load_speech(VoiceSettings())
        try:
            chunks = [
                (chunk.pcm, chunk.sample_rate)
                async for chunk in speech.synthesizer.synthesize(
                    text, language=language, voice=voice
                )
            ]
        finally:
            await speech.aclose()
        samples = np.frombuffer(b"".join(pcm for pcm, _ in chunks), dtype="<i2")
        samples = soxr.resample(samples, chunks[0][1], 16_000)
        silence = np.zeros(16_000, dtype=np.int16)
        path = tmp_path / "speech.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, 16_000, 0, "NONE", ""))
            file.writeframes(np.concatenate([silence, samples, silence, silence]).tobytes())
        return path

    return spoken
