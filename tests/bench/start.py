"""How long from a fresh clone to an Arion that answers, and how much memory it then holds."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.bench.processes import ROOT, free_port, rss_mb, started
from tests.bench.report import Report, median

WARM_STARTS = 3


def measure() -> Report:
    """Clones the committed tree, runs its `scripts/run` cold (no environment, no models) and warm.

    Registries and the package cache of uv are as they are on this machine; models are fetched.
    """
    report = Report("start", baseline="none: a start has no peer in the same run")
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "arion"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        env = {
            "ARION_PORT": str(port),
            "ARION_DATA_DIR": f"{folder}/data",
            "ARION_MODELS_DIR": f"{folder}/models",
            "UV_CACHE_DIR": f"{folder}/uv",
            "UV": "",
        }
        command = [clone / "scripts/run"]
        with started(command, url, env, cwd=clone) as (_, cold_s):
            pass
        warm: list[float] = []
        for _ in range(WARM_STARTS):
            with started(command, url, env, cwd=clone) as (pid, seconds):
                warm.append(seconds)
                speech_mb = rss_mb(pid)
        with started(command, url, {**env, "ARION_VOICE_ENABLED": "false"}, cwd=clone) as (pid, _):
            silent_mb = rss_mb(pid)
    report.add("cold_s", cold_s, 1)
    report.add("warm_s", median(warm), len(warm))
    report.add("rss_mb", silent_mb, 1)
    report.add("rss_speech_mb", speech_mb, 1)
    return report
