"""Which model does what."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from arion_host.agents.model.seam import Budget, Limits
from arion_host.agents.model.settings import ModelSettings, Role, load_model_settings
from arion_host.errors import PartFailed


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # pyright: ignore[reportUnusedFunction]
    monkeypatch.chdir(tmp_path)


def test_without_settings_no_role_has_a_model():
    settings = load_model_settings()
    assert [settings.endpoint(role) for role in Role] == [None] * len(Role)


def test_each_role_has_a_model_of_its_own(monkeypatch: pytest.MonkeyPatch):
    for role in Role:
        monkeypatch.setenv(f"ARION_MODEL_{role.name}", f"the-{role.value}")
    monkeypatch.setenv("ARION_MODEL_BASE_URL", "http://127.0.0.1:11434/v1")
    monkeypatch.setenv("ARION_MODEL_KEY", "sk-one")
    settings = load_model_settings()
    for role in Role:
        endpoint = settings.endpoint(role)
        assert endpoint is not None
        assert endpoint.model == f"the-{role.value}"
        assert endpoint.base_url == "http://127.0.0.1:11434/v1"
        assert endpoint.key is not None
        assert endpoint.key.get_secret_value() == "sk-one"
    assert "sk-one" not in repr(settings)


def test_the_first_key_does_not_go_to_the_second_address():
    settings = ModelSettings.model_validate(
        {
            "key": "sk-one",
            "validator": "a",
            "second_validator": "b",
            "second_base_url": "https://models.example/v1",
        }
    )
    first, second = settings.endpoint(Role.VALIDATOR), settings.endpoint(Role.SECOND_VALIDATOR)
    assert first is not None
    assert first.key is not None
    assert second is not None
    assert second.base_url == "https://models.example/v1"
    assert second.key is None


def test_each_address_says_for_itself_whether_it_is_free():
    given = {"validator": "a", "second_validator": "b", "free": True}
    there = {**given, "second_base_url": "https://models.example/v1"}
    for names, free in ((given, [True, True]), (there, [True, False])):
        settings = ModelSettings.model_validate(names)
        roles = (Role.VALIDATOR, Role.SECOND_VALIDATOR)
        assert [settings.endpoint(role).is_free for role in roles] == free


def test_limits_and_budget_come_from_the_settings():
    given = {"deadline_s": 8, "requests": 4, "turn_usd": 0.02}
    settings = ModelSettings.model_validate(given)
    assert settings.limits == Limits(deadline_s=8, requests=4)
    assert settings.budget == Budget(day_usd=15, week_usd=70, turn_usd=0.02)


def test_a_wrong_setting_is_named_and_a_key_is_not_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ARION_MODEL_KEY", "sk-one")
    monkeypatch.setenv("ARION_MODEL_BASE_URL", "not an address")
    with pytest.raises(PartFailed, match="ARION_MODEL_BASE_URL is wrong") as failed:
        load_model_settings()
    assert "sk-one" not in str(failed.value)


@pytest.mark.thorough
def test_settings_and_seam_load_no_model_library():
    code = (
        "import sys\n"
        "import arion_host.agents.model.settings, arion_host.agents.model.seam\n"
        "import arion_host.agents.model.selection, arion_host.agents.model.prices\n"
        "import arion_host.agents.model.wallet, arion_host.agents.model.roles\n"
        "import arion_host.agents.model.stops\n"
        "print(sorted({'agents', 'openai'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=20
    )
    assert done.stdout == "[]\n"
