"""Settings of the GitHub server: `ARION_GITHUB_BASE_URL`, `_TOKEN`, `_LOCKDOWN`."""

from __future__ import annotations

from pydantic import Field

from arion_kit.settings import BaseUrl, ServerSettings, server_config

GITHUB = "https://api.github.com"


class GithubSettings(ServerSettings):
    """Where GitHub is, the token for it, and whose words may be shown."""

    model_config = server_config("github")

    base_url: BaseUrl = Field(
        default=GITHUB,
        description="Address of GitHub's REST API, of an Enterprise server's (…/api/v3), "
        "or of a stand-in",
    )
    lockdown: bool = Field(
        default=False,
        description="Hide what people without push access wrote: bodies, comments, diffs",
    )
