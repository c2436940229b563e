"""The edge to onnxruntime, which carries no types."""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, RunOptions, SessionOptions


class Network:
    """Kokoro's network."""

    def __init__(self, path: Path, threads: int) -> None:
        options = SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Threads that wait in a loop cost an eighth of the CPU and gain nothing.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = InferenceSession(
            str(path), sess_options=options, providers=["CPUExecutionProvider"]
        )
        # What stays in memory after a line of 100 symbols is 205 MB so and 414 MB without it,
        # at the same speed. With no arena at all the peak is 1.8 GB at half the speed.
        self._run_options = RunOptions()
        self._run_options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    def run(
        self, tokens: list[int], style: NDArray[np.float32], speed: float
    ) -> NDArray[np.float32]:
        """Return the samples of a line, -1..1.

        Args:
            tokens: of the line, with a 0 at either end.
            style: float32[1, 256], the voice at this length.
            speed: pace, 1 is the model's own.
        """
        feed = {
            "tokens": np.array([tokens], dtype=np.int64),
            "style": style,
            "speed": np.array([speed], dtype=np.float32),
        }
        samples: Any = self._session.run(None, feed, self._run_options)[0]
        return samples
