"""espeak-ng through ctypes: speech in milliseconds, and the IPA of English words.

The library keeps its state in globals and is not thread-safe, so it lives in the speech process
and one thread uses it at a time. The interface is that of speak_lib.h of espeak-ng 1.52.
"""

from __future__ import annotations

import atexit
import ctypes
import functools
import os
import shutil
import tempfile
from pathlib import Path

import espeakng_loader  # pyright: ignore[reportMissingTypeStubs]

from arion_voice.engines import Language
from arion_voice.errors import SpeechError, VoiceErrorKind
from arion_voice.tts.english_phonemes import TIE

_SYNCHRONOUS = 2
"""Audio is handed to the callback and the call returns when all of it was."""
_DONT_EXIT = 0x8000
"""Without it a missing data folder ends the process."""
_BUFFER_MS = 50
_MAX_PATH_BYTES = 140
"""Of the data folder: the library keeps file names of 160 bytes and looks elsewhere past that."""
_UTF8 = 1
_END_PAUSE = 0x1000
_RATE, _PITCH = 1, 3
_IPA = 0x02 | 0x80 | ord(TIE) << 8
_ERROR, _OK = -1, 0

_VOICES: dict[Language, bytes] = {"ko": b"ko", "en": b"en-us"}
_WORDS_PER_MINUTE: dict[Language, int] = {"ko": 150, "en": 165}
_PITCH_PERCENT = 50

_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class Espeak:
    """The library, initialised."""

    def __init__(self) -> None:
        """Load the library and its data, unless the process has them already.

        Raises:
            SpeechError: either is not there or cannot be used.
        """
        self._library, self.sample_rate = _initialized()
        self._pcm = bytearray()
        # ctypes frees a callback that nobody holds, and the library would call into nothing.
        self._callback = _Callback(self._collect)

    def speak(self, text: str, language: Language, speed: float = 1.0) -> bytes:
        """Return the speech of `text`: little-endian int16 mono at `sample_rate`.

        `speed` multiplies the pace. Words of the other script are spoken in their language.

        Raises:
            SpeechError: the library refuses.
        """
        self._choose(language)
        rate = round(_WORDS_PER_MINUTE[language] * speed)
        self._library.espeak_SetParameter(_RATE, rate, 0)
        self._library.espeak_SetParameter(_PITCH, _PITCH_PERCENT, 0)
        self._library.espeak_SetSynthCallback(self._callback)
        self._pcm.clear()
        data = text.encode() + b"\0"
        status = self._library.espeak_Synth(
            data, len(data), 0, 1, 0, _UTF8 | _END_PAUSE, None, None
        )
        if status != _OK:
            raise SpeechError(VoiceErrorKind.ENGINE_FAILED, f"espeak-ng failed with {status}")
        return bytes(self._pcm)

    def ipa(self, text: str) -> str:
        """Return American English `text` in IPA, the letters of one sound joined with `TIE`.

        Raises:
            SpeechError: the library refuses.
        """
        self._choose("en")
        rest = ctypes.c_char_p(text.encode())
        clauses: list[str] = []
        while rest.value:
            said: bytes = self._library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA)
            clauses.append(said.decode())
        return " ".join(clauses)

    def _choose(self, language: Language) -> None:
        status = self._library.espeak_SetVoiceByName(_VOICES[language])
        if status != _OK:
            raise SpeechError(
                VoiceErrorKind.ENGINE_FAILED, f"espeak-ng has no voice for {language}"
            )

    def _collect(self, samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            self._pcm += ctypes.string_at(samples, count * 2)
        return 0


@functools.cache
def _initialized() -> tuple[ctypes.CDLL, int]:
    """Return the library and its sample rate in Hz. A second initialisation would crash it."""
    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = _reachable(Path(espeakng_loader.get_data_path()))
    except (OSError, RuntimeError) as error:
        raise SpeechError(
            VoiceErrorKind.ENGINE_FAILED, f"espeak-ng cannot be loaded: {error}"
        ) from error
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    sample_rate: int = library.espeak_Initialize(
        _SYNCHRONOUS, _BUFFER_MS, os.fsencode(data), _DONT_EXIT
    )
    if sample_rate <= 0:
        raise SpeechError(VoiceErrorKind.ENGINE_FAILED, f"espeak-ng cannot read its data in {data}")
    return library, sample_rate


def _reachable(data: Path) -> Path:
    """Return a path to the data folder that the library has room for."""
    if len(os.fsencode(data)) <= _MAX_PATH_BYTES:
        return data
    folder = Path(tempfile.mkdtemp(prefix="arion-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    link = folder / data.name
    link.symlink_to(data)
    return link
