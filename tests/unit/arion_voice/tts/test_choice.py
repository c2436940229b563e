from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_voice.engines import VoiceName
from arion_voice.tts.choice import WHOLE_ANSWER_CHARS, EngineName, Sentence, Standing, choose

CLOUD, NATURAL, FAST = EngineName.CLOUD, EngineName.NATURAL, EngineName.FAST
ALL = Standing(present=frozenset(EngineName), budget=10_000, budget_a_day=20_000)
LOCAL = Standing(present=frozenset({NATURAL, FAST}))
BEGINS = Sentence("best", characters=12)


@pytest.mark.parametrize(
    ("voice", "order"),
    [("best", (CLOUD, NATURAL, FAST)), ("natural", (NATURAL, FAST)), ("fast", (FAST,))],
)
def test_the_voice_that_is_wanted_comes_first(
    voice: VoiceName, order: tuple[EngineName, ...]
) -> None:
    assert choose(replace(BEGINS, voice=voice), ALL) == order


def test_without_a_cloud_the_best_voice_is_the_natural_one() -> None:
    assert choose(BEGINS, LOCAL) == (NATURAL, FAST)


def test_an_engine_that_rests_is_the_last_resort() -> None:
    assert choose(BEGINS, replace(ALL, resting=frozenset({CLOUD}))) == (NATURAL, FAST, CLOUD)
    assert choose(BEGINS, replace(ALL, resting=frozenset({CLOUD, NATURAL}))) == (
        FAST,
        CLOUD,
        NATURAL,
    )


def test_an_answer_begins_in_the_cloud_only_where_it_can_end_there() -> None:
    enough = replace(ALL, budget=WHOLE_ANSWER_CHARS)
    assert choose(BEGINS, enough)[0] is CLOUD
    assert CLOUD not in choose(BEGINS, replace(enough, budget=WHOLE_ANSWER_CHARS - 1))
    assert CLOUD not in choose(replace(BEGINS, characters=WHOLE_ANSWER_CHARS + 1), enough)


def test_an_answer_that_began_in_the_cloud_goes_on_there_while_a_character_is_left() -> None:
    goes_on = replace(BEGINS, spoke=CLOUD)
    assert choose(goes_on, replace(ALL, budget=12))[0] is CLOUD
    assert choose(goes_on, replace(ALL, budget=11)) == (NATURAL, FAST)


def test_a_budget_smaller_than_an_answer_is_spent_all_the_same() -> None:
    assert choose(BEGINS, replace(ALL, budget=12, budget_a_day=50))[0] is CLOUD
    assert CLOUD not in choose(BEGINS, replace(ALL, budget=0, budget_a_day=0))


def test_a_machine_that_is_too_slow_speaks_with_the_fast_voice() -> None:
    slow = replace(LOCAL, real_time_factor=1.2)
    assert choose(BEGINS, slow) == (FAST, NATURAL)
    assert choose(BEGINS, replace(LOCAL, real_time_factor=0.9)) == (NATURAL, FAST)


def test_an_answer_that_began_in_the_natural_voice_keeps_it_on_a_slow_machine() -> None:
    slow = replace(LOCAL, real_time_factor=1.2)
    assert choose(replace(BEGINS, spoke=NATURAL), slow) == (NATURAL, FAST)


def test_an_answer_never_goes_back_to_a_better_voice() -> None:
    assert choose(replace(BEGINS, spoke=NATURAL), ALL) == (NATURAL, FAST)
    assert choose(replace(BEGINS, spoke=FAST), ALL) == (FAST,)


def test_another_quality_in_the_middle_of_an_answer_is_obeyed() -> None:
    assert choose(Sentence("fast", 12, spoke=CLOUD), ALL) == (FAST,)


_ENGINES = st.frozensets(st.sampled_from(EngineName))


@given(
    st.builds(
        Sentence,
        voice=st.sampled_from(get_args(VoiceName)),
        characters=st.integers(1, 300),
        spoke=st.none() | st.sampled_from(EngineName),
    ),
    st.builds(
        Standing,
        present=_ENGINES,
        resting=_ENGINES,
        budget=st.integers(0, 500),
        budget_a_day=st.integers(0, 500),
        real_time_factor=st.none() | st.floats(0, 3),
    ),
)
def test_whoever_is_asked_is_there_and_can_be_paid(sentence: Sentence, standing: Standing) -> None:
    order = choose(sentence, standing)
    assert len(set(order)) == len(order)
    assert standing.present.issuperset(order)
    if CLOUD in order:
        assert sentence.characters <= standing.budget
    if FAST in standing.present:
        assert FAST in order
