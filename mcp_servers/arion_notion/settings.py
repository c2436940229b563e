"""Settings of the Notion server: `ARION_NOTION_BASE_URL`, `ARION_NOTION_TOKEN`."""

from __future__ import annotations

from pydantic import Field

from arion_kit.settings import BaseUrl, ServerSettings, server_config

NOTION = "https://api.notion.com"


class NotionSettings(ServerSettings):
    """Where Notion is, and the connection's secret for it."""

    model_config = server_config("notion")

    base_url: BaseUrl = Field(
        default=NOTION,
        description="Address of the Notion API, or of a stand-in",
    )
