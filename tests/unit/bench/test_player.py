from __future__ import annotations

from tests.bench.voice.player import Player


def test_sound_is_heard_when_it_comes_and_then_one_after_the_other():
    player = Player()
    assert player.take(10.0, 0.5) == 10.0
    assert player.take(10.1, 0.5) == 10.5
    assert player.take(10.2, 0.5) == 11.0
    assert player.underruns == 0


def test_sound_that_comes_after_the_last_was_played_is_an_underrun():
    player = Player()
    player.take(10.0, 0.5)
    assert player.take(10.7, 0.5) == 10.7
    assert player.underruns == 1


def test_a_gap_that_a_sound_card_bridges_is_none():
    player = Player()
    player.take(10.0, 0.5)
    assert player.take(10.503, 0.5) == 10.5
    assert player.underruns == 0


def test_a_pause_moves_what_was_not_played_to_its_end():
    player = Player()
    player.take(10.0, 1.0)
    player.pause(10.4)
    player.resume(12.0)
    assert player.take(12.1, 0.5) == 12.6
    assert player.underruns == 0


def test_heard_time_counts_only_what_came():
    player = Player()
    began = player.take(10.0, 0.5)
    assert player.heard_s(10.2, began) == 10.2 - 10.0
    assert player.heard_s(15.0, began) == 0.5
