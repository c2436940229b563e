from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from arion_voice.engines import Language, SpeechChunk, VoiceName
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.testing import SteppedClock
from arion_voice.tts.budget import CloudBudget
from arion_voice.tts.choice import EngineName
from arion_voice.tts.phrases import Phrases
from arion_voice.tts.synthesizer import Patience, SpeechSynthesizer, TtsOptions

CLOUD, NATURAL, FAST = EngineName.CLOUD, EngineName.NATURAL, EngineName.FAST
RATE = 1000
"""Samples a second of the voices here."""
BROKEN = SpeechError(VoiceErrorKind.ENGINE_FAILED, "the line broke")
CHARACTER_S = 0.13
"""How long they take for a character: as long as is reckoned with."""


class Answer:
    """Something that stands for an answer."""


@dataclass
class Voice:
    """Speaks a word a chunk, and fails where it is told to."""

    clock: SteppedClock
    fails: int = 0
    """Calls that fail from now on."""
    after: int = 0
    """Words that a call which fails gives before."""
    takes: float = 0.0
    """Seconds that it takes for a second of speech."""
    hangs: bool = False
    """Whether it never gives another word than `after`."""
    error: Exception = BROKEN
    asked: list[str] = field(default_factory=list)
    speeds: list[float] = field(default_factory=list)
    closed: int = 0
    warmed: int = 0

    async def speak(
        self, text: str, *, language: Language, speed: float
    ) -> AsyncIterator[SpeechChunk]:
        self.asked.append(text)
        self.speeds.append(speed)
        failing = self.fails > 0
        self.fails -= failing
        try:
            for number, word in enumerate(text.split()):
                if (failing or self.hangs) and number == self.after:
                    await self._stop()
                length_s = (len(word) + 1) * CHARACTER_S / speed
                await self.clock.sleep(length_s * self.takes)
                yield SpeechChunk(b"\0\0" * round(length_s * RATE), RATE)
            if failing:
                await self._stop()
        finally:
            self.closed += 1

    async def _stop(self) -> None:
        if self.hangs:
            await asyncio.Event().wait()
        raise self.error

    async def warm(self) -> None:
        self.warmed += 1
        if self.fails:
            await self._stop()

    async def aclose(self) -> None:
        self.closed = -1


@dataclass
class World:
    """A synthesizer, and everything around it."""

    clock: SteppedClock
    cloud: Voice
    natural: Voice
    fast: Voice
    budget: CloudBudget

    def synthesizer(
        self,
        voice: VoiceName = "best",
        present: frozenset[EngineName] = frozenset(EngineName),
        **options: Any,
    ) -> SpeechSynthesizer:
        engines = {CLOUD: self.cloud, NATURAL: self.natural, FAST: self.fast}
        return SpeechSynthesizer(
            {name: engine for name, engine in engines.items() if name in present},
            TtsOptions(voice=voice, **options),
            clock=self.clock,
            budget=self.budget,
            phrases=Phrases(fixed={"잠시만요."}),
        )


@pytest.fixture
def world(tmp_path: Path) -> World:
    clock = SteppedClock()
    return World(
        clock,
        *(Voice(clock) for _ in range(3)),
        budget=CloudBudget(1000, tmp_path / "spent.json", today=lambda: date(2026, 11, 23)),
    )


async def speak(
    synthesizer: SpeechSynthesizer,
    text: str,
    voice: VoiceName = "best",
    *,
    answer: Answer | None = None,
    language: Language = "ko",
    speed: float = 1.0,
) -> float:
    """Speaks, and returns how long it was heard, in seconds."""
    stream = synthesizer.synthesize(
        text, language=language, voice=voice, speed=speed, answer=answer
    )
    return sum([len(chunk.pcm) / 2 / chunk.sample_rate async for chunk in stream])


async def test_each_quality_has_its_voice(world: World) -> None:
    synthesizer = world.synthesizer()
    await speak(synthesizer, "하나 둘.", "best")
    await speak(synthesizer, "셋 넷.", "natural")
    await speak(synthesizer, "다섯.", "fast")
    assert (world.cloud.asked, world.natural.asked, world.fast.asked) == (
        ["하나 둘."],
        ["셋 넷."],
        ["다섯."],
    )
    assert synthesizer.fallback_reason == ""


async def test_numbers_are_spelled_out_for_every_voice(world: World) -> None:
    await speak(world.synthesizer(), "3시예요.")
    assert world.cloud.asked == ["세 시예요."]


async def test_where_no_sound_came_the_next_voice_says_the_whole_sentence(world: World) -> None:
    world.cloud.fails = 1
    synthesizer = world.synthesizer()
    await speak(synthesizer, "내일 회의가 있어요.")
    assert world.natural.asked == ["내일 회의가 있어요."]
    assert synthesizer.fallback_reason == "the line broke"


async def test_in_the_middle_of_a_sentence_the_next_voice_says_the_words_that_are_left(
    world: World,
) -> None:
    world.cloud.fails, world.cloud.after = 1, 2
    heard_s = await speak(world.synthesizer(), "내일 오후 세 시에 치과 예약이 있어요.")
    (rest,) = world.natural.asked
    assert rest == "세 시에 치과 예약이 있어요."
    assert heard_s == pytest.approx(
        len("내일 오후 세 시에 치과 예약이 있어요. ") * CHARACTER_S, rel=0.01
    )


async def test_a_sentence_that_broke_off_at_its_end_is_not_said_again(world: World) -> None:
    world.cloud.fails, world.cloud.after = 1, 3
    await speak(world.synthesizer(), "내일 회의가 있어요.")
    assert world.natural.asked == []


async def test_faster_speech_that_breaks_off_is_reckoned_at_its_pace(world: World) -> None:
    world.cloud.fails, world.cloud.after = 1, 2
    await speak(world.synthesizer(), "내일 오후 세 시에 치과 예약이 있어요.", speed=2.0)
    assert world.natural.asked == ["세 시에 치과 예약이 있어요."]


async def test_the_rest_of_an_answer_keeps_the_voice_that_took_over(world: World) -> None:
    world.cloud.fails = 1
    synthesizer, answer = world.synthesizer(), Answer()
    for text in ("하나예요.", "둘이에요.", "셋이에요."):
        await speak(synthesizer, text, answer=answer)
    assert world.cloud.asked == ["하나예요."]
    assert world.natural.asked == ["하나예요.", "둘이에요.", "셋이에요."]
    await speak(synthesizer, "넷이에요.", answer=Answer())
    assert world.cloud.asked == ["하나예요.", "넷이에요."]


async def test_a_voice_that_failed_twice_is_not_asked_until_it_has_rested(world: World) -> None:
    world.cloud.fails = 2
    synthesizer = world.synthesizer()
    for text in ("하나.", "둘.", "셋."):
        await speak(synthesizer, text)
    assert world.cloud.asked == ["하나.", "둘."]
    await world.clock.sleep(30)
    await speak(synthesizer, "넷.")
    assert world.cloud.asked[-1] == "넷."
    assert synthesizer.fallback_reason == ""


@pytest.mark.parametrize(("after", "rest"), [(0, "하나 둘 셋 넷."), (2, "셋 넷.")])
async def test_a_cloud_that_falls_silent_is_given_up(world: World, after: int, rest: str) -> None:
    world.cloud.hangs, world.cloud.after = True, after
    synthesizer = world.synthesizer(patience={CLOUD: Patience(0.01, 0.01)})
    await speak(synthesizer, "하나 둘 셋 넷.")
    assert world.natural.asked == [rest]
    assert world.cloud.closed == 1
    assert "no sound" in synthesizer.fallback_reason


async def test_where_every_voice_fails_it_is_an_error(world: World) -> None:
    world.cloud.fails = world.natural.fails = world.fast.fails = 1
    with pytest.raises(SpeechError, match="the line broke"):
        await speak(world.synthesizer(), "네.")
    assert await speak(world.synthesizer(), "네.") > 0


async def test_without_any_voice_it_is_an_error(world: World) -> None:
    with pytest.raises(SpeechError, match="no voice"):
        await speak(world.synthesizer(present=frozenset({CLOUD})), "네.", "fast")


async def test_what_the_cloud_speaks_is_counted_and_what_it_refuses_is_not(world: World) -> None:
    synthesizer = world.synthesizer()
    await speak(synthesizer, "열 글자예요, 네.")
    assert world.budget.left == 1000 - len("열 글자예요, 네.")
    left, world.cloud.fails = world.budget.left, 1
    await speak(synthesizer, "둘.")
    assert world.budget.left == left


async def test_a_cloud_whose_budget_is_used_up_is_not_asked(world: World) -> None:
    world.budget.spend(901)
    await speak(world.synthesizer(), "하나.")
    assert (world.cloud.asked, world.natural.asked) == ([], ["하나."])


async def test_a_natural_voice_that_is_too_slow_leaves_answers_to_the_fast_one(
    world: World,
) -> None:
    world.natural.takes = 1.5
    synthesizer, answer = world.synthesizer(present=frozenset({NATURAL, FAST})), Answer()
    await speak(synthesizer, "하나 둘 셋 넷.", answer=answer)
    await speak(synthesizer, "다섯 여섯.", answer=answer)
    assert world.fast.asked == []
    await speak(synthesizer, "일곱 여덟.", answer=Answer())
    assert world.fast.asked == ["일곱 여덟."]
    await world.clock.sleep(61)
    await speak(synthesizer, "아홉 열.", answer=Answer())
    assert world.natural.asked[-1] == "아홉 열."


async def test_in_an_answer_a_natural_voice_that_takes_too_long_is_given_up(world: World) -> None:
    world.natural.hangs = True
    synthesizer = world.synthesizer("natural", patience={NATURAL: Patience(0.01, 0.01)})
    await speak(synthesizer, "하나 둘.", "natural", answer=Answer())
    assert world.fast.asked == ["하나 둘."]


async def test_in_the_middle_of_an_answer_a_voice_may_take_longer_than_at_its_beginning(
    world: World,
) -> None:
    synthesizer = world.synthesizer("natural", patience={NATURAL: Patience(60, 0.01)})
    answer = Answer()
    await speak(synthesizer, "하나 둘.", "natural", answer=answer)
    world.natural.hangs = True
    await speak(synthesizer, "셋 넷.", "natural", answer=answer)
    assert world.fast.asked == ["셋 넷."]


async def test_a_sentence_that_stands_alone_may_take_its_time(world: World) -> None:
    world.natural.takes = 1.5
    synthesizer = world.synthesizer("natural", patience={NATURAL: Patience(0.0, 0.0)})
    for text in ("하나 둘 셋.", "넷 다섯 여섯."):
        await speak(synthesizer, text, "natural")
    assert world.fast.asked == []


async def test_a_phrase_is_made_once_by_each_voice_and_at_each_speed(world: World) -> None:
    synthesizer = world.synthesizer()
    once_s = await speak(synthesizer, "알겠어요.")
    assert await speak(synthesizer, "알겠어요.") == once_s
    assert world.cloud.asked == ["알겠어요."]
    assert world.budget.left == 1000 - len("알겠어요.")
    await speak(synthesizer, "알겠어요.", "natural")
    await speak(synthesizer, "알겠어요.", speed=1.5)
    assert (len(world.natural.asked), len(world.cloud.asked)) == (1, 2)


async def test_only_the_latest_short_phrases_are_kept_and_the_fixed_ones(world: World) -> None:
    synthesizer = world.synthesizer()
    await speak(synthesizer, "잠시만요.", "fast")
    for text in (
        "가" * 41,
        "처음",
        *(f"다음 {'아' * n}" for n in range(1, 37)),
        *("나" * 41, "다"),
    ):
        await speak(synthesizer, text, "fast")
    for number in range(64):
        await speak(synthesizer, f"{'라' * (number % 30 + 1)} {'마' * (number // 30 + 1)}", "fast")
    made = len(world.fast.asked)
    for text in ("잠시만요.", "처음", "가" * 41):
        await speak(synthesizer, text, "fast")
    assert world.fast.asked[made:] == ["처음", "가" * 41]


async def test_a_phrase_that_broke_off_is_not_kept(world: World) -> None:
    world.fast.fails, world.fast.after = 1, 1
    synthesizer = world.synthesizer(present=frozenset({FAST}))
    with pytest.raises(SpeechError):
        await speak(synthesizer, "하나 둘 셋.", "fast")
    whole_s = await speak(synthesizer, "하나 둘 셋.", "fast")
    assert whole_s == pytest.approx(len("하나 둘 셋. ") * CHARACTER_S, rel=0.01)


async def test_the_pace_of_the_settings_and_of_the_session_multiply(world: World) -> None:
    await speak(world.synthesizer(speed=1.2), "하나 둘.", speed=0.5)
    assert world.cloud.speeds == [pytest.approx(0.6)]


@pytest.mark.parametrize("text", ["", "😀", "...", "\n"])
async def test_what_cannot_be_said_makes_no_audio(world: World, text: str) -> None:
    assert await speak(world.synthesizer(), text) == 0
    assert world.cloud.asked == world.natural.asked == world.fast.asked == []


@pytest.mark.parametrize(
    ("voice", "present", "warmed"),
    [
        ("best", {CLOUD, NATURAL, FAST}, (1, 0, 1)),
        ("best", {NATURAL, FAST}, (0, 1, 1)),
        ("natural", {CLOUD, NATURAL, FAST}, (0, 1, 1)),
        ("fast", {CLOUD, NATURAL, FAST}, (0, 0, 1)),
    ],
)
async def test_only_what_will_speak_is_loaded_ahead(
    world: World, voice: VoiceName, present: set[EngineName], warmed: tuple[int, int, int]
) -> None:
    await world.synthesizer(voice, frozenset(present)).warm()
    assert (world.cloud.warmed, world.natural.warmed, world.fast.warmed) == warmed


async def test_one_voice_that_works_is_enough(world: World) -> None:
    world.natural.fails = 1
    synthesizer = world.synthesizer("natural")
    await synthesizer.warm()
    assert synthesizer.fallback_reason == "the line broke"
    world.natural.fails = world.fast.fails = 1
    with pytest.raises(SpeechError):
        await world.synthesizer("natural").warm()


async def test_where_the_cloud_cannot_be_reached_the_next_voice_is_loaded(world: World) -> None:
    world.cloud.fails = 1
    await world.synthesizer().warm()
    assert (world.natural.warmed, world.fast.warmed) == (1, 1)


async def test_an_answer_does_not_wait_for_a_voice_that_was_not_loaded_ahead(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arion_voice.tts.synthesizer._COLD_S", 0.01)
    synthesizer = world.synthesizer()
    await synthesizer.warm()
    world.cloud.fails, world.natural.hangs = 2, True
    await speak(synthesizer, "하나 둘.", answer=Answer())
    assert world.fast.asked == ["하나 둘."]
    world.natural.hangs = False
    await speak(synthesizer, "셋 넷.", answer=Answer())
    assert world.natural.asked[-1] == "셋 넷."


async def test_an_engine_that_breaks_in_its_own_way_is_replaced_too(world: World) -> None:
    world.cloud.fails, world.cloud.error = 1, ZeroDivisionError("half a second")
    synthesizer = world.synthesizer()
    await speak(synthesizer, "하나 둘.")
    assert world.natural.asked == ["하나 둘."]
    assert "half a second" in synthesizer.fallback_reason


async def test_closing_early_stops_the_engine(world: World) -> None:
    stream = world.synthesizer().synthesize("하나 둘 셋", language="ko", voice="best")
    await anext(stream)
    await stream.aclose()
    assert world.cloud.closed == 1
    assert world.natural.asked == []
