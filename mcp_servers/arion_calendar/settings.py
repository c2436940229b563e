"""Settings of the calendar server: `ARION_CALENDAR_BASE_URL`, `ARION_CALENDAR_TOKEN`."""

from __future__ import annotations

from pydantic import Field

from arion_kit.settings import BaseUrl, ServerSettings, server_config

GOOGLE = "https://www.googleapis.com"


class CalendarSettings(ServerSettings):
    """Where Google Calendar is, and the access token for it."""

    model_config = server_config("calendar")

    base_url: BaseUrl = Field(
        default=GOOGLE,
        description="Address of the Google Calendar API, or of a stand-in",
    )
