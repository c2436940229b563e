"""What became of one utterance: judged from what its microphone saw. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tests.bench.voice.player import AUDIBLE, Player
from tests.bench.voice.recordings import Recording
from tests.bench.voice.scenes import Seen, Take


@dataclass(frozen=True)
class Outcome:
    """One utterance and its answer. Times are in ms after the true end of the speech."""

    take: Take
    recording: Recording
    filler_s: float = 0.0
    """Length of what is said before an answer that takes long, and is none."""

    @property
    def end(self) -> float:
        """The true end of the speech, by the microphone's clock."""
        return self.take.began() + self.recording.end_s

    @cached_property
    def openings(self) -> list[tuple[float | None, Seen]]:
        """For each turn when its utterance was said to be over, if it was, and its text."""
        ended: list[float] = []
        found: list[tuple[float | None, Seen]] = []
        for seen in self.take.seen:
            if seen.kind == "speech_ended":
                ended.append(seen.at)
            elif seen.kind in ("nothing_heard", "final"):
                ended_at = ended.pop(0) if ended else None
                if seen.kind == "final":
                    found.append((ended_at, seen))
        return found

    @property
    def is_cut(self) -> bool:
        """Whether a turn was opened with a part of it alone."""
        early = any((at or final.at) < self.end for at, final in self.openings)
        return early or len(self.openings) > 1

    @property
    def end_delay_ms(self) -> float | None:
        """Until the utterance was said to be over; None where it was not, or was cut."""
        if self.is_cut or not self.openings or self.openings[0][0] is None:
            return None
        return self._after(self.openings[0][0])

    @property
    def final_ms(self) -> float | None:
        """Until its text was known; None where it was not, or was cut."""
        if self.is_cut or not self.openings:
            return None
        return self._after(self.openings[0][1].at)

    @cached_property
    def _answer(self) -> tuple[float | None, int]:
        """When the answer to its end is first heard, and the gaps in its sound."""
        if not self.openings:
            return None, 0
        turn = self.openings[-1][1].turn
        frames = [seen for seen in self.take.of("audio") if seen.turn == turn]
        player, first_at = Player(), None
        skipped = self._filler_samples(frames)
        for seen in frames:
            begins = player.take(seen.at, seen.samples.size / seen.rate)
            loud = np.flatnonzero(np.abs(seen.samples[skipped:].astype(np.int32)) > AUDIBLE)
            if first_at is None and loud.size:
                first_at = begins + (int(loud[0]) + skipped) / seen.rate
            skipped = max(0, skipped - seen.samples.size)
        return first_at, player.underruns

    def _filler_samples(self, frames: Sequence[Seen]) -> int:
        """How much of the sound is no answer: a filler begins before there is one."""
        turn = self.openings[-1][1].turn
        answers = [seen for seen in self.take.of("answer") if seen.turn == turn]
        if not frames or not answers or frames[0].at > answers[0].at:
            return 0
        return round(self.filler_s * frames[0].rate)

    @property
    def first_audio_ms(self) -> float | None:
        """Until the first audible sample of the answer itself is played; None without any."""
        first_at, _ = self._answer
        return None if first_at is None else self._after(first_at)

    @property
    def underruns(self) -> int:
        """Gaps in the answer's sound."""
        return self._answer[1]

    def _after(self, at: float) -> float:
        return (at - self.end) * 1000

    @property
    def server_ms(self) -> dict[str, float]:
        """The server's own timings of its last turn."""
        ended = self.take.of("turn_ended")
        return ended[-1].more["timings_ms"] if ended else {}
