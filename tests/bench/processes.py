"""A whole Arion in processes of its own, as a person starts it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ARION = Path(sys.executable).with_name("arion")


def free_port() -> int:
    """A TCP port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read_json(url: str) -> Any:
    """The body of a GET, also where the status says not ready; None when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)
    except OSError:
        return None


def is_ready(url: str) -> bool:
    """Whether `/ready` answers 200."""
    try:
        with urllib.request.urlopen(f"{url}/ready", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@contextmanager
def started(
    command: Sequence[str | Path],
    url: str,
    env: Mapping[str, str],
    *,
    cwd: Path = ROOT,
    limit_s: float = 420,
) -> Iterator[tuple[int, float]]:
    """Runs a command until `url`/ready says yes; yields (pid, seconds it took) and stops it after.

    Raises:
        RuntimeError: the process ended, or was not ready within `limit_s`.
    """
    begun = time.monotonic()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not is_ready(url):
            if process.poll() is not None or time.monotonic() - begun > limit_s:
                raise RuntimeError(
                    f"{command[0]} was not ready after {time.monotonic() - begun:.0f} s"
                )
            time.sleep(0.05)
        yield process.pid, time.monotonic() - begun
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def tree_of(pid: int) -> list[int]:
    """A process and everything below it."""
    children = Path(f"/proc/{pid}/task")
    below: list[int] = []
    for task in children.iterdir():
        below += [int(child) for child in (task / "children").read_text().split()]
    return [pid, *(p for child in below for p in tree_of(child))]


def rss_mb(pid: int) -> float:
    """Resident memory of a process tree, in MB (shared pages counted in each process)."""
    pages = sum(int(Path(f"/proc/{p}/statm").read_text().split()[1]) for p in tree_of(pid))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu_s(pid: int, *, tree: bool = True) -> float:
    """CPU seconds a process (with everything below it) has used so far, user and system."""
    ticks = 0
    for p in tree_of(pid) if tree else [pid]:
        fields = Path(f"/proc/{p}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
