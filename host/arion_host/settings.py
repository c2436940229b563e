"""Settings of the host, from the environment and from `.env`. The only reader of either here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from arion_host.errors import PartFailed
from arion_host.policy.rules import parse_rules
from arion_kit.words import ErrorKind, Language

ENV_PREFIX = "ARION_"
ENV_FILE = Path(".env")
_DATABASE_URL = f"{ENV_PREFIX}DATABASE_URL"


def _split(value: object) -> object:
    if isinstance(value, str):
        return tuple(name.strip() for name in value.split(",") if name.strip())
    return value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
"""Names, separated by commas."""


class HostSettings(BaseSettings):
    """How one Arion host runs."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        use_attribute_docstrings=True,
    )

    host: str = "127.0.0.1"
    """Address the host listens on. Nobody has to sign in yet, so keep it on this machine."""

    port: int = Field(default=8700, ge=1, le=65_535)
    """Port the host listens on."""

    data_dir: Path = Field(default_factory=lambda: user_data_path("arion", appauthor=False))
    """Folder for the database and for the sandbox accounts."""

    database_url: SecretStr | None = None
    """PostgreSQL database that several replicas may share, such as
    `postgresql://user:password@host:5432/name`. Empty: a SQLite file in the data folder.
    """

    rules: str = ""
    """What Arion may do without asking and what never, as sentences separated by semicolons:
    `always allow calendar; always ask before gmail to outside example.com; never
    github_pr_merge`. A rule names a server or a tool; the strictest that fits counts."""

    sandbox: Literal["auto", "on", "off"] = "auto"
    """Whether servers work on sandbox accounts. `auto`: they do as long as no server has
    credentials (`ARION_CALENDAR_TOKEN`, …) or a base URL of its own. `on`: every server that has
    neither does, beside those that have. `off`: none does.
    """

    servers_url: HttpUrl | None = None
    """Base URL of a running `arion-servers`. Empty: the host starts one itself."""

    mcp_servers: Path | None = None
    """JSON file with further MCP servers, in the `mcpServers` form of Claude Desktop. One that
    has the name of a server of Arion's own takes its place.
    """

    trusted_servers: Names = ()
    """Names from the `mcpServers` file, separated by commas, whose own sentences may route
    commands. The servers that Arion starts itself are trusted.
    """

    language: Language = "ko"
    """Language of answers to text whose language cannot be told."""

    timezone: str = "Asia/Seoul"
    """IANA time zone in which people's times are meant."""

    allowed_hosts: Names = ()
    """Further host names, separated by commas, under which browsers may reach the host.
    This machine's own names are always allowed.
    """

    connect_timeout_s: float = Field(default=10.0, gt=0)
    """Longest wait for a server to connect, in seconds."""

    call_timeout_s: float = Field(default=20.0, gt=0)
    """Longest wait for one tool call, in seconds."""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("must be a time zone such as Asia/Seoul") from error
        return value

    @field_validator("rules")
    @classmethod
    def _are_rules(cls, value: str) -> str:
        parse_rules(value)
        return value

    @field_validator("data_dir")
    @classmethod
    def _expand(cls, value: Path) -> Path:
        return value.expanduser()

    @property
    def database(self) -> Path | SecretStr:
        """The SQLite file that holds effects and conversations, or the URL of PostgreSQL."""
        return self.database_url or self.data_dir / "arion.db"

    @property
    def url(self) -> str:
        """Where this host answers."""
        return f"http://{self.host}:{self.port}"


def load_settings(**given: object) -> HostSettings:
    """Read the settings; what is given and not None wins.

    Raises:
        PartFailed: one of them is wrong; the message names it.
    """
    try:
        return HostSettings.model_validate({k: v for k, v in given.items() if v is not None})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        name = f"{ENV_PREFIX}{first['loc'][0]}".upper()
        raise PartFailed(
            ErrorKind.BAD_INPUT,
            f"{name} is wrong: {first['msg']}.",
            next_step=f"Correct {name} in the environment or in {ENV_FILE}.",
        ) from error


def server_environment() -> dict[str, str]:
    """Return the environment for child processes: ours, with what `.env` adds for Arion.

    They get no access to the database.
    """
    from_file = {
        name: value
        for name, value in dotenv_values(ENV_FILE).items()
        if value is not None and name.startswith(ENV_PREFIX)
    }
    environment = {**from_file, **os.environ}
    return {name: value for name, value in environment.items() if name != _DATABASE_URL}
