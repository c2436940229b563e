"""Settings of a tool server: environment variables and `.env`, checked before anything starts.

The only module of the kit that looks at the environment.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from arion_kit.errors import SettingsError
from arion_kit.words import Language

ENV_FILE = Path(".env")


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address such as https://api.example.com")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("must be an address without a query, a fragment or credentials")
    return value.rstrip("/")


def _token(value: SecretStr) -> SecretStr:
    token = value.get_secret_value().strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise ValueError("must be one word of plain letters, digits and signs")
    return SecretStr(token)


def _time_zone(value: Any) -> ZoneInfo:
    try:
        return value if isinstance(value, ZoneInfo) else ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        if not available_timezones():
            raise ValueError("needs a time zone database: install the package tzdata") from None
        raise ValueError("must be a time zone such as Asia/Seoul") from None


def _names(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(name.strip() for name in value.split(",") if name.strip())
    return value


BaseUrl = Annotated[str, AfterValidator(_base_url)]
"""An http(s) address, kept without a slash at its end."""

Token = Annotated[SecretStr, AfterValidator(_token)]
"""A credential as an HTTP header can carry it."""

TimeZone = Annotated[ZoneInfo, BeforeValidator(_time_zone)]
"""An IANA time zone."""


def _default_dir() -> Path:
    # Where each platform wants a program's data (XDG base directories; Apple and Microsoft docs).
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/arion"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "arion"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "arion"


class PersonSettings(BaseSettings):
    """What is used where a call does not say for whom it is; shared by every server."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        validate_by_name=True,
        validate_default=True,
    )

    language: Language = Field(
        default="ko", validation_alias="ARION_LANGUAGE", description="Language of answers: ko or en"
    )
    timezone: TimeZone = Field(
        default=ZoneInfo("Asia/Seoul"),
        validation_alias="ARION_TIMEZONE",
        description="Time zone of the person, as in the IANA database",
    )


class ServerSettings(PersonSettings):
    """Where a server finds its vendor and how it signs in.

    A server gives `base_url` its vendor's address and sets `model_config = server_config(NAME)`.
    """

    base_url: BaseUrl = Field(description="Address of the vendor's API, or of a stand-in")
    token: Token | None = Field(
        default=None,
        description="Access token or key; without one the server starts, and calls say what to set",
    )


class WebSettings(BaseSettings):
    """Who may reach servers over HTTP."""

    model_config = PersonSettings.model_config

    allowed_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)] = Field(
        default=(),
        validation_alias="ARION_ALLOWED_HOSTS",
        description="Host names to answer to besides this machine's, separated by commas",
    )


class StoreSettings(BaseSettings):
    """Where files are kept."""

    model_config = PersonSettings.model_config

    data_dir: Path = Field(
        default_factory=_default_dir,
        validation_alias="ARION_DATA_DIR",
        description="Folder for what is kept on disk",
    )


def server_config(name: str) -> SettingsConfigDict:
    """Model configuration of the server `name`: its variables start with `ARION_{NAME}_`."""
    return SettingsConfigDict(env_prefix=f"ARION_{name.upper()}_")


Settings = TypeVar("Settings", bound=BaseSettings)


def load(settings: type[Settings]) -> Settings:
    """Reads and checks the settings.

    Raises:
        SettingsError: A variable is unknown, missing or wrong; the message names it.
    """
    _refuse_unknown(settings)
    try:
        return settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        variable = variable_of(settings, str(first["loc"][0]))
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{variable}: {reason[:1].lower()}{reason[1:]}.") from None


def variable_of(settings: type[BaseSettings], field: str) -> str:
    """The environment variable that sets `field`."""
    if field.startswith("ARION_"):
        return field
    info = settings.model_fields.get(field)
    if info is not None and isinstance(info.validation_alias, str):
        return info.validation_alias
    return f"{settings.model_config.get('env_prefix', '')}{field}".upper()


def _refuse_unknown(settings: type[BaseSettings]) -> None:
    prefix = settings.model_config.get("env_prefix", "")
    if not prefix:
        return
    known = {variable_of(settings, field) for field in settings.model_fields}
    given = {*os.environ, *(dotenv_values(ENV_FILE) if ENV_FILE.is_file() else ())}
    for variable in sorted(given):
        if variable.upper().startswith(prefix) and variable.upper() not in known:
            choices = ", ".join(sorted(known))
            raise SettingsError(f"{variable} is not a setting; there are {choices}.")
