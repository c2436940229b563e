from __future__ import annotations

import numpy as np
import pytest
from tests.bench.voice.recordings import LEAD_S, RATE, Recording, joined, read_wav, tightened


def a_sound(silence_s: float, speech_s: float, tail_s: float) -> np.ndarray:
    """A loud stretch with a hum of one per cent around it."""
    parts = [(silence_s, 100), (speech_s, 10_000), (tail_s, 100)]
    return np.concatenate([np.full(round(s * RATE), level, np.int16) for s, level in parts])


def test_speech_is_labelled_from_its_first_loud_sample_to_its_last():
    recording = Recording.of("네", a_sound(0.3, 1.0, 0.4))
    assert recording.onset_s == LEAD_S
    assert recording.end_s == pytest.approx(LEAD_S + 1.0)
    loud = np.flatnonzero(recording.samples == 10_000)
    assert loud[0] == round(recording.onset_s * RATE)
    assert loud[-1] + 1 == round(recording.end_s * RATE)


def test_soft_sounds_around_speech_are_kept_but_not_labelled():
    recording = Recording.of("네", a_sound(0.3, 1.0, 0.4))
    assert recording.samples[round(LEAD_S * RATE) - 1] == 100
    assert recording.samples[round(recording.end_s * RATE)] == 100
    assert recording.samples[0] == 0


def test_speech_at_the_very_beginning_gets_a_whole_lead():
    recording = Recording.of("네", a_sound(0, 1.0, 0))
    assert recording.end_s == pytest.approx(LEAD_S + 1.0)
    assert recording.samples.size == round((LEAD_S + 1.0) * RATE)


def test_silence_has_no_speech_to_label():
    with pytest.raises(ValueError, match="without any sound"):
        Recording.of("", np.zeros(100, np.int16))


def test_joined_speech_has_the_pause_between_the_labels():
    first = Recording.of("메일을", a_sound(0.3, 1.0, 0.4))
    second = Recording.of("읽어줘", a_sound(0.2, 0.5, 0))
    whole = joined([first, second], [0.75])
    assert whole.text == "메일을 읽어줘"
    assert whole.speech_s == pytest.approx(1.0 + 0.75 + 0.5)
    loud = whole.samples > 5_000
    assert not loud[round(1.5 * RATE) : round(2.25 * RATE)].any()
    assert loud[round(2.25 * RATE) : round(2.75 * RATE)].all()
    assert not loud[round(whole.end_s * RATE) :].any()


def test_long_silences_within_a_phrase_become_short_ones():
    samples = np.concatenate((a_sound(0.1, 1.0, 0.7), a_sound(0, 1.0, 0.15), a_sound(0, 0.5, 0)))
    whole = Recording.of("", tightened(samples, 0.2))
    assert whole.speech_s == pytest.approx(1.0 + 0.2 + 1.0 + 0.15 + 0.5, abs=0.001)


def test_a_recording_is_read_as_it_was_written(tmp_path):
    written = Recording.of("네, 알겠어요", a_sound(0.3, 1.0, 0.4))
    read = Recording.read(written.write(tmp_path / "sound.wav"))
    assert (read.text, read.onset_s, read.end_s) == (written.text, written.onset_s, written.end_s)
    assert (read.samples == written.samples).all()


def test_a_wav_of_another_form_is_refused(tmp_path):
    import wave

    with wave.open(str(tmp_path / "stereo.wav"), "wb") as file:
        file.setparams((2, 2, 44_100, 0, "NONE", ""))
        file.writeframes(b"\0" * 8)
    with pytest.raises(ValueError, match="expected mono"):
        read_wav(tmp_path / "stereo.wav")
