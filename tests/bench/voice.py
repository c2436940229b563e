"""From the end of speech to the final text and to the first sound of the answer."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import tempfile
import wave
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from arion_voice.readiness import missing
from arion_voice.settings import VoiceSettings
from arion_voice.speech import load_speech
from tests.bench.processes import ARION, cpu_s, free_port, started
from tests.bench.readback import add_read_back
from tests.bench.report import Report, median, percentile

RATE = 16_000
REPEATS = 3
COMMANDS = (
    # About five seconds each, by the synthesisers at hand: English as espeak speaks it, Korean
    # through Kokoro. Synthetic speech flatters recognition, so no error rate is taken here.
    (
        "en",
        "fast",
        "Please tell me what is on my calendar tomorrow afternoon, if there is anything.",
    ),
    (
        "en",
        "fast",
        "Could you please check whether I have any unread mail in my inbox this morning?",
    ),
    (
        "en",
        "fast",
        "Schedule a dentist appointment the day after tomorrow at three thirty in the afternoon.",
    ),
    ("ko", "natural", "다음 주 수요일 오후 세 시 삼십 분에 치과 예약 잡아줘."),
    ("ko", "natural", "내일 오후에 무슨 일정이 있는지 하나씩 다 알려줘."),
)
FIGURES = (
    "first_audio_p50_ms",
    "first_audio_p95_ms",
    "turn_cpu_s",
    "final_5s_p50_ms",
    "final_5s_p95_ms",
    "end_delay_p50_ms",
)


async def record(folder: Path) -> list[Path]:
    """Speaks every command into a file with half a second of silence before it."""
    speech = load_speech(VoiceSettings())
    paths: list[Path] = []
    try:
        for number, (language, voice, text) in enumerate(COMMANDS):
            chunks = [
                c async for c in speech.synthesizer.synthesize(text, language=language, voice=voice)
            ]
            spoken = np.frombuffer(b"".join(chunk.pcm for chunk in chunks), dtype="<i2")
            samples = soxr.resample(spoken, chunks[0].sample_rate, RATE)
            paths.append(folder / f"{number}.wav")
            with wave.open(str(paths[-1]), "wb") as file:
                file.setparams((1, 2, RATE, 0, "NONE", ""))
                file.writeframes(np.zeros(RATE // 2, np.int16).tobytes() + samples.tobytes())
    finally:
        await speech.aclose()
    return paths


def talk(recording: Path, port: int) -> dict[str, Any]:
    """One spoken turn in real time, by the command people use; gives the client's timings."""
    done = subprocess.run(
        [ARION, "talk", recording, "--out", os.devnull, "--json"],
        env={**os.environ, "ARION_PORT": str(port)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)["timings_ms"]


def measure() -> Report:
    """Spoken turns with the fast voice against a running host, and its CPU beside them."""
    report = Report("voice", baseline="none: no peer is installed beside it")
    if missing(VoiceSettings()):
        for name in FIGURES:
            report.add(name, None, 0)
        asyncio.run(add_read_back(report))
        return report
    timings: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        recordings = asyncio.run(record(Path(folder)))
        port = free_port()
        env = {"ARION_PORT": str(port), "ARION_DATA_DIR": folder, "ARION_VOICE_VOICE": "fast"}
        with started([ARION, "up"], f"http://127.0.0.1:{port}", env) as (pid, _):
            talk(recordings[0], port)
            before_s = cpu_s(pid)
            timings = [talk(recording, port) for _ in range(REPEATS) for recording in recordings]
            turn_cpu_s = (cpu_s(pid) - before_s) / len(timings)
    n = len(timings)
    first_audio = [t["first_audio"] for t in timings]
    final = [t["stt_final"] for t in timings]
    report.add("first_audio_p50_ms", median(first_audio), n)
    report.add("first_audio_p95_ms", percentile(first_audio, 95), n)
    report.add("turn_cpu_s", turn_cpu_s, n)
    report.add("final_5s_p50_ms", median(final), n)
    report.add("final_5s_p95_ms", percentile(final, 95), n)
    report.add("end_delay_p50_ms", median([t["endpoint"] for t in timings]), n)
    asyncio.run(add_read_back(report))
    return report
