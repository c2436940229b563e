from __future__ import annotations

import io
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_sandbox.speech import read_form, read_wav, speak

pytestmark = pytest.mark.thorough

HEADERS = {"content-type": "multipart/form-data; boundary=edge"}

names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
contents = st.binary(max_size=60).filter(lambda content: b"--edge" not in content)


def written(parts: list[tuple[str, str | None, bytes]]) -> bytes:
    body = b""
    for name, file, content in parts:
        filed = f'; filename="{file}"' if file else ""
        head = f'--edge\r\nContent-Disposition: form-data; name="{name}"{filed}\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    return body + b"--edge--\r\n"


def wav(pcm: bytes, *, rate: int = 16_000) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(rate)
        made.writeframes(pcm)
    return file.getvalue()


@given(st.lists(st.tuples(names, names)), st.dictionaries(names, contents))
def test_a_form_is_read_as_it_was_written(
    texts: list[tuple[str, str]], files: dict[str, bytes]
) -> None:
    parts = [(name, None, text.encode()) for name, text in texts]
    parts += [(name, "a.wav", content) for name, content in files.items()]
    form = read_form(HEADERS, written(parts))
    assert form is not None
    assert list(form.texts) == texts
    assert {name: file.content for name, file in form.files.items()} == files


@given(st.binary(max_size=200))
def test_what_is_no_form_is_told_and_breaks_nothing(junk: bytes) -> None:
    assert read_form({}, junk) is None
    assert read_form(HEADERS, junk.replace(b"--edge", b"")) is None
    read_form(HEADERS, b"--edge\r\n" + junk + b"\r\n--edge--\r\n")


@given(st.binary(max_size=80), st.integers(0, 60))
def test_what_is_no_sound_is_told_and_breaks_nothing(junk: bytes, cut: int) -> None:
    assert read_wav(junk) is None
    read_wav(wav(b"\x01\x00" * 8)[:cut] + junk)


def test_a_wav_file_of_another_rate_is_none() -> None:
    pcm = b"\x01\x00" * 1600
    sound = read_wav(wav(pcm))
    assert sound is not None
    assert (sound.pcm, sound.seconds, sound.is_silent) == (pcm, 0.1, False)
    assert read_wav(wav(pcm, rate=8000)) is None
    assert read_wav(wav(b"")) is None


def test_speech_is_a_tone_a_character_and_silence_a_space() -> None:
    first, space, second = (
        speak("가 나", 24_000, 1.0)[i * 3840 : (i + 1) * 3840] for i in range(3)
    )
    assert not any(space)
    assert any(first)
    assert first != second
