from __future__ import annotations

from pathlib import Path

import pytest

from arion_voice.models.index import PYPI, find_index
from arion_voice.settings import VoiceSettings


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("ARION_VOICE_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


def test_the_index_of_pips_file_is_used(config: Path) -> None:
    write(config / "pip" / "pip.conf", "[global]\nindex-url = https://mirror/%20/simple\n")
    assert find_index(VoiceSettings()) == "https://mirror/%20/simple"


@pytest.mark.parametrize(
    "text",
    [
        'index-url = "https://mirror/simple"\n',
        '[[index]]\nurl = "https://mirror/simple"\ndefault = true\n',
    ],
)
def test_the_index_of_uvs_file_is_used(config: Path, text: str) -> None:
    write(config / "uv" / "uv.toml", text)
    assert find_index(VoiceSettings()) == "https://mirror/simple"


@pytest.mark.parametrize("name", ["ARION_VOICE_INDEX_URL", "UV_DEFAULT_INDEX", "PIP_INDEX_URL"])
def test_the_environment_comes_before_the_files(
    config: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write(config / "pip" / "pip.conf", "[global]\nindex-url = https://mirror/simple\n")
    monkeypatch.setenv(name, "https://other/simple")
    assert find_index(VoiceSettings()) == "https://other/simple"


def test_without_configuration_it_is_pypi(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arion_voice.models.index._SYSTEM", config / "etc")
    assert find_index(VoiceSettings()) == PYPI
