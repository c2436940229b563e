from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from arion_kit.errors import SettingsError
from arion_kit.settings import (
    BaseUrl,
    PersonSettings,
    ServerSettings,
    WebSettings,
    load,
    server_config,
)


class NotesSettings(ServerSettings):
    model_config = server_config("notes")

    base_url: BaseUrl = "https://notes.example/api"
    page_size: int = 20


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for variable in ("ARION_LANGUAGE", "ARION_TIMEZONE", "ARION_ALLOWED_HOSTS"):
        monkeypatch.delenv(variable, raising=False)


def test_defaults_are_korean_and_have_no_token():
    settings = load(NotesSettings)
    assert (settings.base_url, settings.token) == ("https://notes.example/api", None)
    assert (settings.language, settings.timezone) == ("ko", ZoneInfo("Asia/Seoul"))


def test_the_environment_sets_a_servers_own_and_the_shared_settings(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("ARION_NOTES_BASE_URL", "http://127.0.0.1:9000/notes/")
    monkeypatch.setenv("ARION_NOTES_TOKEN", "sandbox-token\n")
    monkeypatch.setenv("ARION_LANGUAGE", "en")
    monkeypatch.setenv("ARION_TIMEZONE", "Europe/Paris")
    settings = load(NotesSettings)
    assert settings.base_url == "http://127.0.0.1:9000/notes"
    assert settings.token is not None
    assert settings.token.get_secret_value() == "sandbox-token"
    assert "sandbox-token" not in repr(settings)
    assert (settings.language, settings.timezone) == ("en", ZoneInfo("Europe/Paris"))


def test_the_env_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch):
    Path(".env").write_text("ARION_NOTES_PAGE_SIZE=7\nARION_LANGUAGE=en\nOTHER_THING=1\n")
    monkeypatch.setenv("ARION_LANGUAGE", "ko")
    settings = load(NotesSettings)
    assert (settings.page_size, settings.language) == (7, "ko")


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ARION_NOTES_TOKEN", "")
    assert load(NotesSettings).token is None


@pytest.mark.parametrize(
    ("variable", "value", "complaint"),
    [
        ("ARION_NOTES_PAGE_SIZE", "many", "ARION_NOTES_PAGE_SIZE: input should be a valid integer"),
        (
            "ARION_NOTES_BASE_URL",
            "notes.example",
            "ARION_NOTES_BASE_URL: must be an address such as",
        ),
        (
            "ARION_NOTES_BASE_URL",
            "http://me:pw@x/",
            "ARION_NOTES_BASE_URL: must be an address with",
        ),
        ("ARION_NOTES_TOKEN", "토큰", "ARION_NOTES_TOKEN: must be one word of plain letters"),
        ("ARION_NOTES_TOKEN", "two words", "ARION_NOTES_TOKEN: must be one word"),
        ("ARION_TIMEZONE", "Mars/Base", "ARION_TIMEZONE: must be a time zone such as Asia/Seoul"),
        ("ARION_TIMEZONE", "../etc/passwd", "ARION_TIMEZONE: must be a time zone"),
        ("ARION_LANGUAGE", "fr", "ARION_LANGUAGE: input should be 'ko' or 'en'"),
        (
            "ARION_NOTES_BASEURL",
            "http://x",
            "ARION_NOTES_BASEURL is not a setting; there are ARION_",
        ),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(
    variable: str, value: str, complaint: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as refused:
        load(NotesSettings)
    assert str(refused.value).startswith(complaint)
    assert "\n" not in str(refused.value)
    assert value == "http://x" or value not in str(refused.value)


def test_an_unknown_setting_in_the_env_file_is_named_too():
    Path(".env").write_text("ARION_NOTES_TOKENS=abc\n")
    with pytest.raises(SettingsError, match="ARION_NOTES_TOKENS is not a setting"):
        load(NotesSettings)


def test_a_setting_of_another_server_is_no_concern(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ARION_MAIL_TOKEN", "x")
    assert load(NotesSettings).page_size == 20


def test_a_missing_setting_is_named():
    class Bare(ServerSettings):
        model_config = server_config("bare")

    with pytest.raises(SettingsError, match=r"^ARION_BARE_BASE_URL: field required\.$"):
        load(Bare)


def test_allowed_hosts_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ARION_ALLOWED_HOSTS", "calendar, arion.example ,")
    assert load(WebSettings).allowed_hosts == ("calendar", "arion.example")


def test_settings_can_be_given_by_name():
    assert PersonSettings(language="en").language == "en"


def test_a_machine_without_time_zones_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("arion_kit.settings.available_timezones", set)
    monkeypatch.setenv("ARION_TIMEZONE", "Asia/Nowhere")
    with pytest.raises(SettingsError, match=r"ARION_TIMEZONE: .*install the package tzdata"):
        load(PersonSettings)
