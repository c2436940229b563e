"""What the vendors of speech share: forms with files, sound that is heard, and sound that is made.

Nothing here understands speech: what is heard is what a test told, else a sentence that the
length of the audio chooses; what is spoken is a tone a character.
"""

from __future__ import annotations

import array
import io
import math
import re
import sys
import wave
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from arion_sandbox.json_types import as_text
from arion_sandbox.store import Store

HEARD_RATE = 16_000
"""Of what is heard, in Hz."""
SHORTEST_S = 0.1

_COLLECTION, _TOLD = "speech", "heard"
_SENTENCES = (
    "오늘 일정 알려줘",
    "읽지 않은 메일 있어?",
    "내일 오후 세 시에 치과 예약 잡아줘",
    "강남역 근처 카페 찾아줘",
)

_CHARACTER_S = 0.08
"""Length of one tone, in seconds."""
_LOUDNESS = 8_000


@dataclass(frozen=True)
class File:
    """A file of a form."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Form:
    """A posted form: texts and files by the name of their field, in order."""

    texts: tuple[tuple[str, str], ...]
    files: Mapping[str, File]

    def text(self, name: str) -> str:
        """The first text of a field; empty where it is absent."""
        return next((text for field, text in self.texts if field == name), "")


@dataclass(frozen=True)
class Sound:
    """Audio that came in: mono, 16 bits, 16 kHz."""

    pcm: bytes

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.pcm) / 2 / HEARD_RATE

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all is to be heard."""
        return not any(self.pcm)


def tell(store: Store, text: str) -> None:
    """Have this heard in everything that is not silent, until told otherwise."""
    store.put(_COLLECTION, _TOLD, {"text": text})


def hear(store: Store, sound: Sound) -> str:
    """What is heard in a sound."""
    if sound.is_silent:
        return ""
    told = store.get(_COLLECTION, _TOLD)
    return as_text(told["text"]) if told else _SENTENCES[round(sound.seconds) % len(_SENTENCES)]


def language_of(text: str) -> str:
    """The language of a text, by ISO 639-1."""
    return "ko" if re.search("[가-힣]", text) else "en"


def speak(text: str, sample_rate: int, speed: float) -> bytes:
    """A tone a character and silence a space: little-endian 16-bit samples, mono."""
    samples = array.array("h")
    for character in text:
        pitch = 0 if character.isspace() else 200 + ord(character) % 400
        step = 2 * math.pi * pitch / sample_rate
        count = round(_CHARACTER_S * sample_rate / speed)
        samples.extend(round(_LOUDNESS * math.sin(step * index)) for index in range(count))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


def read_wav(content: bytes) -> Sound | None:
    """The sound of a WAV file; None where it is none, or not mono with 16 bits and 16 kHz."""
    try:
        with wave.open(io.BytesIO(content)) as file:
            shape = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            pcm = file.readframes(file.getnframes())
    except (wave.Error, EOFError, RuntimeError, ValueError, OverflowError):
        # The last three are what the module makes of lengths that lie.
        return None
    return Sound(pcm) if shape == (1, 2, HEARD_RATE) and pcm else None


def read_form(headers: Mapping[str, str], content: bytes) -> Form | None:
    """The fields of a `multipart/form-data` body; None where it is none (RFC 7578)."""
    kind = re.fullmatch(
        r'multipart/form-data;\s*boundary="?([^";]+)"?', headers.get("content-type", "")
    )
    if kind is None or not content.rstrip().endswith(f"--{kind[1]}--".encode()):
        return None
    try:
        return _form(_parts(kind[1], content))
    except UnicodeDecodeError:
        return None


def _form(parts: Iterator[tuple[str, str | None, bytes]]) -> Form:
    texts: list[tuple[str, str]] = []
    files: dict[str, File] = {}
    for name, file_name, part in parts:
        if file_name is None:
            texts.append((name, part.decode()))
        else:
            files[name] = File(file_name, part)
    return Form(tuple(texts), files)


def _parts(boundary: str, content: bytes) -> Iterator[tuple[str, str | None, bytes]]:
    for part in (b"\r\n" + content).split(f"\r\n--{boundary}".encode())[1:-1]:
        head, _, body = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        named = re.search(r'\bname="([^"]*)"', head.decode())
        filed = re.search(r'\bfilename="([^"]*)"', head.decode())
        if named is not None:
            yield named[1], filed[1] if filed else None, body
