"""Settings of the Gmail server: `ARION_GMAIL_BASE_URL`, `ARION_GMAIL_TOKEN`."""

from __future__ import annotations

from pydantic import Field

from arion_kit.google import OAUTH
from arion_kit.settings import BaseUrl, ServerSettings, server_config

GMAIL = "https://gmail.googleapis.com"


class GmailSettings(ServerSettings):
    """Where Gmail is, and the access token for it."""

    model_config = server_config("gmail")

    base_url: BaseUrl = Field(
        default=GMAIL,
        description="Address of the Gmail API, or of a stand-in",
    )
    oauth_base_url: BaseUrl | None = Field(
        default=None,
        description=f"Where scopes are asked for: {OAUTH}, or the stand-in at BASE_URL",
    )

    @property
    def oauth(self) -> str:
        """Where scopes are asked for. A token for a stand-in is not shown to Google."""
        return self.oauth_base_url or (OAUTH if self.base_url == GMAIL else self.base_url)
