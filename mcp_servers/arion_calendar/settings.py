"""Settings of the calendar server: `ARION_CALENDAR_BASE_URL`, `ARION_CALENDAR_TOKEN`, ….

Read where the server starts; the rest of the package takes values.
"""

from __future__ import annotations

from pydantic import Field

from arion_kit.google import OAUTH
from arion_kit.settings import BaseUrl, ServerSettings, server_config

GOOGLE = "https://www.googleapis.com"
KOREAN_HOLIDAYS = "ko.south_korea#holiday@group.v.calendar.google.com"
"""Google's own calendar of the public holidays of South Korea, in Korean."""


class CalendarSettings(ServerSettings):
    """Where Google Calendar is, and the access token for it."""

    model_config = server_config("calendar")

    base_url: BaseUrl = Field(
        default=GOOGLE,
        description="Address of the Google Calendar API, or of a stand-in",
    )
    oauth_base_url: BaseUrl | None = Field(
        default=None,
        description=f"Where scopes are asked for: {OAUTH}, or the stand-in at BASE_URL",
    )
    holidays: str = Field(
        default=KOREAN_HOLIDAYS,
        description="Id of the calendar of public holidays",
    )

    @property
    def oauth(self) -> str:
        """Where scopes are asked for. A token for a stand-in is not shown to Google."""
        return self.oauth_base_url or (OAUTH if self.base_url == GOOGLE else self.base_url)
