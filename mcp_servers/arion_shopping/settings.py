"""Settings of the shopping server: `ARION_SHOPPING_TOKEN` and what else starts so."""

from __future__ import annotations

from pydantic import Field

from arion_kit.settings import BaseUrl, ServerSettings, Token, server_config

COUPANG_URL = "https://api-gateway.coupang.com"


class ShoppingSettings(ServerSettings):
    """Where Coupang Partners is, and the keys for it."""

    model_config = server_config("shopping")

    base_url: BaseUrl = Field(
        default=COUPANG_URL,
        description="Address of the Coupang Partners API, or of a stand-in",
    )
    token: Token | None = Field(
        default=None,
        description="Coupang Partners keys as ACCESS_KEY:SECRET_KEY; without them the web is "
        "searched, if a search engine is set up (ARION_SEARCH_…)",
    )
    searches_per_hour: int = Field(
        default=10,
        ge=1,
        le=3_000,
        description="Product searches sent to Coupang in any hour; it blocks partners who send "
        "more than about ten",
    )
