from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from arion_host.errors import PartFailed
from arion_host.settings import HostSettings, load_settings, server_environment


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder without settings, and an environment without any of ours."""
    for name in HostSettings.model_fields:
        monkeypatch.delenv(f"ARION_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_host_keeps_to_this_machine_unless_told_otherwise():
    settings = load_settings()
    assert (settings.host, settings.port, settings.url) == (
        "127.0.0.1",
        8700,
        "http://127.0.0.1:8700",
    )


def test_what_is_given_wins_over_the_environment_which_wins_over_the_file(
    clean: Path, monkeypatch: pytest.MonkeyPatch
):
    (clean / ".env").write_text("ARION_PORT=1\nARION_LANGUAGE=en\nARION_SANDBOX=off\n")
    monkeypatch.setenv("ARION_PORT", "2")
    monkeypatch.setenv("ARION_LANGUAGE", "ko")
    settings = load_settings(port=3, host=None)
    assert (settings.port, settings.language, settings.sandbox) == (3, "ko", "off")


def test_names_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ARION_ALLOWED_HOSTS", "arion.example.com, hub.local:8443")
    assert load_settings().allowed_hosts == ("arion.example.com", "hub.local:8443")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ARION_PORT", "many"),
        ("ARION_TIMEZONE", "Mars/Olympus"),
        ("ARION_LANGUAGE", "fr"),
        ("ARION_SERVERS_URL", "nowhere"),
    ],
)
def test_a_setting_that_is_wrong_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, value)
    with pytest.raises(PartFailed, match=name):
        load_settings()


def test_children_get_our_environment_and_what_the_file_adds_for_arion(
    clean: Path, monkeypatch: pytest.MonkeyPatch
):
    (clean / ".env").write_text("ARION_GMAIL_TOKEN=a\nARION_CALENDAR_TOKEN=b\nOTHER=c\n")
    monkeypatch.setenv("ARION_CALENDAR_TOKEN", "d")
    environment = server_environment()
    assert environment["ARION_GMAIL_TOKEN"] == "a"
    assert environment["ARION_CALENDAR_TOKEN"] == "d"
    assert "OTHER" not in environment
    assert "PATH" in environment


def test_the_database_is_a_file_unless_a_url_is_given_which_nobody_is_shown(
    clean: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ARION_DATABASE_URL", "")
    assert load_settings(data_dir=clean).database == clean / "arion.db"
    (clean / ".env").write_text("ARION_DATABASE_URL=postgresql://arion:geheim@db/arion\n")
    monkeypatch.delenv("ARION_DATABASE_URL")
    settings = load_settings()
    assert settings.database == SecretStr("postgresql://arion:geheim@db/arion")
    assert "geheim" not in f"{settings} {settings!r} {settings.database}"
    assert "ARION_DATABASE_URL" not in server_environment()
