"""The edge to faster-whisper and CTranslate2, which carry no types."""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from arion_voice.engines import Language, Samples
from arion_voice.stt.repeats import drop_repeats

Device: TypeAlias = Literal["cpu", "cuda", "auto"]
"""What computes; `auto` is a CUDA device where there is one."""

MAX_FRAMES = 3000
"""Longest input of the encoder, in frames of 10 ms."""


_HINT_TOKENS = 60
"""Longest hint. It costs a tenth of the decoder's time; with twice as much the model begins to
repeat itself."""

_CLEARLY = 3
"""English has to be so many times likelier than Korean: one spoken Korean word alone leaves the
model undecided between all its languages."""


@dataclass(frozen=True)
class Decoded:
    """What the decoder made of one window."""

    text: str
    no_speech: float
    """Probability that nobody spoke."""
    avg_logprob: float
    """Mean log probability of the tokens."""


class WhisperEngine:
    """A Whisper model in this process. Loading takes a second or two."""

    def __init__(self, folder: Path, threads: int, device: Device) -> None:
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

        self.device = _found(device)
        """What computes."""
        self._model = WhisperModel(
            str(folder),
            device=self.device,
            compute_type="float16" if self.device == "cuda" else "int8",
            cpu_threads=threads,
        )
        languages: tuple[Language, ...] = ("ko", "en")
        self._tokenizers = {
            language: Tokenizer(
                self._model.hf_tokenizer, True, task="transcribe", language=language
            )
            for language in languages
        }

    def encode(self, samples: Samples, *, frames: int) -> Any:
        """Encode audio followed by silence, `frames` x 10 ms together.

        The usual 30 s of context cost 1.6 s of CPU whatever was said; the encoder takes less.
        """
        mel: NDArray[np.float32] = self._model.feature_extractor(samples)[:, :frames]
        # Zero would be a sound here; the quietest value of the utterance is its silence.
        silence = mel.min() if mel.size else 0.0
        mel = np.pad(mel, ((0, 0), (0, frames - mel.shape[1])), constant_values=silence)
        return self._model.encode(mel.astype(np.float32))

    def language(self, encoded: Any) -> Language:
        """Korean or English. A short word is taken for Korean unless it clearly is not."""
        odds = dict(self._model.model.detect_language(encoded)[0])
        return "en" if odds["<|en|>"] > _CLEARLY * odds["<|ko|>"] else "ko"

    def decode(self, encoded: Any, *, language: Language, hint: str, max_tokens: int) -> Decoded:
        """The likeliest text after `hint`, greedily and without time stamps."""
        tokenizer = self._tokenizers[language]
        before = [tokenizer.sot_prev, *tokenizer.encode(f" {hint}")[:_HINT_TOKENS]] if hint else []
        prompt = [*before, *tokenizer.sot_sequence, tokenizer.no_timestamps]
        result = self._model.model.generate(
            encoded,
            [prompt],
            beam_size=1,
            # CTranslate2 keeps half of this, or more where that is longer, for the prompt.
            max_length=max_tokens + max(max_tokens, len(prompt)),
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        tokens: list[int] = result.sequences_ids[0]
        words = [token for token in tokens if token < tokenizer.eot]
        return Decoded(
            text=tokenizer.decode(drop_repeats(words, was_cut_off=len(tokens) >= max_tokens)),
            no_speech=result.no_speech_prob,
            # The score is a mean over the tokens without the end of text.
            avg_logprob=result.scores[0] * len(tokens) / (len(tokens) + 1),
        )


def _found(device: Device) -> Literal["cpu", "cuda"]:
    if device != "auto":
        return device
    from ctranslate2 import get_cuda_device_count

    return "cuda" if get_cuda_device_count() else "cpu"
