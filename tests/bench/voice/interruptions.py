"""Speaking over an answer: how soon it stands still, and goes on where nothing was meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.report import Report, percentile
from tests.bench.voice.noises import BURSTS, rendered
from tests.bench.voice.recordings import Recording
from tests.bench.voice.scenes import Cue, Scene, Seen, Take
from tests.bench.voice.stage import Stage
from tests.bench.voice.studio import COMMANDS, NODS, STOPS

QUESTION = "이번 주 일정 알려줘"
"""Typed; its answer takes several seconds to say."""
LISTENS_S = 0.8
"""So much of the answer is heard before it is interrupted."""


@dataclass(frozen=True)
class Interruption:
    """A sound over an answer, and what became of both."""

    take: Take
    sound: Recording

    @property
    def onset(self) -> float:
        """When the sound began, by the microphone's clock."""
        return self.take.began() + self.sound.onset_s

    @property
    def silent_ms(self) -> float | None:
        """From the sound's onset until the client knows that it is to be silent.

        Sound that comes after that counts. None where the answer just went on.
        """
        stopped_at = self._stopped_at
        if stopped_at is None:
            return None
        return (max(stopped_at, *self._frames_until_it_goes_on()) - self.onset) * 1000

    @property
    def last_frame_ms(self) -> float | None:
        """From the sound's onset until the last sound of the answer came."""
        if self._stopped_at is None:
            return None
        return (max(self._frames_until_it_goes_on()) - self.onset) * 1000

    @property
    def _stopped_at(self) -> float | None:
        return min((it.at for it in self._seen("audio_paused", "interrupted")), default=None)

    def _frames_until_it_goes_on(self) -> list[float]:
        stopped_at = self._stopped_at or self.onset
        goes_on = [it.at for it in self._seen("audio_resumed", "interrupted") if it.at > stopped_at]
        until = min(goes_on, default=float("inf"))
        return [self.onset, *(it.at for it in self._seen("audio") if it.at < until)]

    @property
    def resume_ms(self) -> float | None:
        """From the sound's end until the answer goes on; None where it never stood still."""
        resumed = self._seen("audio_resumed")
        if not resumed or self.is_cut:
            return None
        ended = self.take.began() + self.sound.end_s
        return max(0.0, (resumed[-1].at - ended) * 1000)

    @property
    def is_cut(self) -> bool:
        """Whether the answer was ended."""
        return bool(self._seen("interrupted"))

    @property
    def opens_turn(self) -> bool:
        """Whether the sound was taken for something to be answered."""
        return bool(self._seen("final"))

    def _seen(self, *kinds: str) -> list[Seen]:
        # At its end every scene breaks off what goes on.
        until = self.take.of("parting", "closed")[0].at
        return [seen for seen in self.take.of(*kinds) if self.onset <= seen.at < until]


def play_over(
    stage: Stage, sounds: Mapping[str, Recording], *, until: tuple[str, ...], limit_s: float
) -> list[Interruption]:
    """Asks by typing, and plays each sound over an answer of its own."""
    scenes = [
        Scene(
            f"over-{name}",
            (
                Cue(text=QUESTION),
                Cue(sound=stage.file(sound, f"over-{name}"), after_audio_s=LISTENS_S),
            ),
            until,
            since="onset",
            limit_s=limit_s,
        )
        for name, sound in sounds.items()
    ]
    takes = stage.play(scenes)
    return [Interruption(take, sound) for take, sound in zip(takes, sounds.values(), strict=True)]


def barge_ins(spoken: Mapping[str, Recording]) -> dict[str, Recording]:
    """Commands that are said over an answer."""
    return {f"command-{number}": spoken[text] for number, text in enumerate(COMMANDS)}


def false_interruptions(spoken: Mapping[str, Recording]) -> dict[str, Recording]:
    """Nods, coughs and bangs."""
    nods = {f"nod-{number}": spoken[text] for number, text in enumerate(NODS)}
    return nods | {name: Recording.of("", rendered(name, 1.0)) for name in BURSTS}


def stops(spoken: Mapping[str, Recording]) -> dict[str, Recording]:
    """Words that end an answer, and nothing else."""
    return {f"stop-{number}": spoken[text] for number, text in enumerate(STOPS)}


def add_barge_in(report: Report, interruptions: Sequence[Interruption]) -> None:
    """Adds how soon an answer falls silent, and the share of those that went on."""
    n = len(interruptions)
    silent = [ms for it in interruptions if (ms := it.silent_ms) is not None]
    report.add("barge_in_p50_ms", percentile(silent, 50), len(silent))
    report.add("barge_in_p95_ms", percentile(silent, 95), len(silent))
    last = [ms for it in interruptions if (ms := it.last_frame_ms) is not None]
    report.add("barge_in_last_frame_p95_ms", percentile(last, 95), len(last))
    missed = sum(not it.is_cut for it in interruptions)
    report.add("barge_in_missed", missed / n if n else None, n)


def add_resume(report: Report, interruptions: Sequence[Interruption]) -> None:
    """Adds how soon an answer goes on, over those that stood still, and the share that did not."""
    n = len(interruptions)
    resumed = [ms for it in interruptions if (ms := it.resume_ms) is not None]
    report.add("resume_p50_ms", percentile(resumed, 50), len(resumed))
    report.add("resume_p95_ms", percentile(resumed, 95), len(resumed))
    cut = sum(it.is_cut or it.opens_turn for it in interruptions)
    report.add("false_interruption", cut / n if n else None, n)


def add_stops(report: Report, interruptions: Sequence[Interruption]) -> None:
    """Adds the share of the words that ended the answer."""
    n = len(interruptions)
    report.add("stop_obeyed", sum(it.is_cut for it in interruptions) / n if n else None, n)
