from __future__ import annotations

from arion_voice.frames import AudioFrame
from arion_voice.protocol import (
    AudioStarted,
    HeardUpTo,
    Hello,
    Listen,
    Ready,
    SpeechStarted,
    Text,
    TranscriptEvent,
)
from arion_voice.resuming import Resuming

HELLO = Hello(protocol="arion.voice.v1", codecs=("pcm16",))
FRAME = bytes(640)


def opened() -> Resuming:
    client = Resuming()
    client.go_on(Ready(session="s", token="t"))
    return client


def resumed(client: Resuming, heard: int | None) -> list[object]:
    return list(client.go_on(Ready(session="s", token="t", resumed=True, heard=heard)))


def numbers(messages: list[object]) -> list[int]:
    return [it.sequence for it in messages if isinstance(it, AudioFrame)]


def test_only_frames_that_were_not_heard_are_sent_again():
    client = opened()
    for _ in range(100):
        client.speak(FRAME)
    client.take(HeardUpTo(sequence=49))
    assert numbers(resumed(client, 79)) == list(range(80, 100))
    assert client.speak(FRAME).sequence == 100


def test_no_more_than_ten_seconds_are_kept():
    client = opened()
    for _ in range(700):
        client.speak(FRAME)
    assert numbers(resumed(client, None)) == list(range(200, 700))


def test_the_button_stays_in_its_place_among_the_frames():
    client = opened()
    down, up = Listen(on=True), Listen(on=False)
    client.speak(FRAME)
    client.keep(down)
    frame = client.speak(FRAME)
    client.keep(up)
    assert resumed(client, 0) == [down, frame, up]
    assert resumed(client, 1) == [up]


def test_a_message_is_kept_until_it_has_opened_a_turn():
    client = opened()
    first, second = Text(text="하나", id="message-1"), Text(text="둘", id="message-2")
    client.keep(first)
    client.keep(second)
    client.take(
        TranscriptEvent(seq=1, turn=1, text="하나", final=True, language="ko", id="message-1")
    )
    assert resumed(client, None) == [second]


def test_an_event_counts_once():
    client = opened()
    assert client.take(SpeechStarted(seq=1))
    assert not client.take(SpeechStarted(seq=1))
    assert client.take(SpeechStarted(seq=2))
    assert client.hello(HELLO).seen == 2


def test_what_was_played_is_told_as_the_position_in_the_answer():
    client = opened()
    client.take(AudioStarted(seq=1, turn=3, sample_rate=8_000, from_ms=500))
    client.take(AudioFrame(bytes(1_600), turn=3))
    client.forget_played(40)
    hello = client.hello(HELLO)
    assert (hello.token, hello.turn, hello.played_ms) == ("t", 3, 560)


def test_a_fresh_session_begins_anew_but_for_what_was_typed():
    client = opened()
    typed = Text(text="하나", id="message-1")
    client.keep(typed)
    client.speak(FRAME)
    client.take(SpeechStarted(seq=7))
    assert list(client.go_on(Ready(session="s", token="new"))) == [typed]
    assert client.speak(FRAME).sequence == 0
    assert (client.seen, client.hello(HELLO).token) == (0, "new")
