from __future__ import annotations

import pytest

from arion_voice.errors import ProtocolError, VoiceErrorKind
from arion_voice.frames import AudioFrame
from arion_voice.uplink import Uplink


def frame(sequence: int) -> AudioFrame:
    return AudioFrame(bytes(640), sequence=sequence)


def test_frames_are_taken_once_and_in_order():
    uplink = Uplink()
    taken = [number for number in (0, 1, 1, 3, 2, 0, 4) if uplink.takes(frame(number))]
    assert taken == [0, 1, 3, 4]
    assert (uplink.heard, uplink.missed) == (4, 1)


def test_a_first_frame_may_have_any_number():
    uplink = Uplink()
    assert uplink.takes(frame(7))
    assert uplink.missed == 7


def test_there_is_news_once_a_second():
    uplink = Uplink()
    told = []
    for number in range(120):
        uplink.takes(frame(number))
        if (news := uplink.news()) is not None:
            told.append(news)
    assert told == [49, 99]


def test_numbers_that_have_begun_anew_are_complained_of_and_followed():
    uplink = Uplink()
    uplink.takes(frame(100_000))
    assert not any(uplink.takes(frame(number)) for number in range(249))
    with pytest.raises(ProtocolError) as caught:
        uplink.takes(frame(249))
    assert caught.value.kind is VoiceErrorKind.BAD_FRAME
    assert uplink.takes(frame(250))
    assert uplink.heard == 250
