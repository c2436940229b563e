"""docs/config.md lists every setting, and is generated from the settings classes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_settings import BaseSettings

from arion_calendar.settings import CalendarSettings
from arion_github.settings import GithubSettings
from arion_gmail.settings import GmailSettings
from arion_host.agents.model.settings import ModelSettings
from arion_host.settings import HostSettings
from arion_kakaomap.settings import KakaoMapSettings
from arion_kit.engines.settings import EngineSettings
from arion_kit.settings import WebSettings
from arion_notion.settings import NotionSettings
from arion_shopping.settings import ShoppingSettings
from arion_voice.settings import VoiceSettings

PAGE = Path(__file__).resolve().parents[2] / "docs/config.md"
SECTIONS: dict[str, type[BaseSettings]] = {
    "The host (`arion up`)": HostSettings,
    "Language models (none is needed)": ModelSettings,
    "Speech": VoiceSettings,
    "Every server": WebSettings,
    "Calendar server": CalendarSettings,
    "GitHub server": GithubSettings,
    "Gmail server": GmailSettings,
    "KakaoMap server": KakaoMapSettings,
    "Notion server": NotionSettings,
    "Shopping server": ShoppingSettings,
    "Web search (the search server, and shopping without a key of its own)": EngineSettings,
}
INTRO = """# Settings

Read from the environment and from `.env` in the folder Arion is started in; the environment wins.
This page is generated from the settings classes by `scripts/snapshots`.
"""


def shown(default: object) -> str:
    if default is None or default == "" or default == ():
        return "none"
    if isinstance(default, SecretStr):
        return "secret"
    return f"`{default}`"


def section(title: str, settings: type[BaseSettings]) -> str:
    rows = [f"## {title}", "", "| Setting | Default | What it does |", "| --- | --- | --- |"]
    prefix = settings.model_config.get("env_prefix", "")
    for name, field in settings.model_fields.items():
        variable = (
            field.validation_alias if isinstance(field.validation_alias, str) else f"{prefix}{name}"
        )
        default = "computed" if field.default_factory else shown(field.default)
        said = " ".join((field.description or "").split())
        rows.append(f"| `{variable.upper()}` | {default} | {said} |")
    return "\n".join(rows)


def page() -> str:
    return "\n".join([INTRO, *(f"{section(title, s)}\n" for title, s in SECTIONS.items())])


def test_the_page_of_settings_is_up_to_date():
    if os.environ.get("UPDATE_SNAPSHOTS"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(), "run scripts/snapshots"


@pytest.mark.parametrize("settings", SECTIONS.values())
def test_every_setting_says_what_it_does(settings: type[BaseSettings]):
    assert [n for n, f in settings.model_fields.items() if not f.description] == []
