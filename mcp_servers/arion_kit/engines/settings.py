"""Settings of the web search engines: `ARION_SEARCH_…`, shared by all servers that search."""

from __future__ import annotations

from pydantic import Field

from arion_kit.settings import BaseUrl, ServerSettings, Token, server_config

KAKAO_URL = "https://dapi.kakao.com"
NAVER_URL = "https://naverapihub.apigw.ntruss.com"
NAVER_LEGACY_URL = "https://openapi.naver.com"
BRAVE_URL = "https://api.search.brave.com"
TAVILY_URL = "https://api.tavily.com"


class EngineSettings(ServerSettings):
    """Where the engines are, and the keys for them. One key is enough; more make it better."""

    model_config = server_config("search")

    base_url: BaseUrl = Field(
        default=KAKAO_URL,
        description="Address of Kakao's search, or of a stand-in (then for the others too)",
    )
    token: Token | None = Field(
        default=None,
        description="Kakao REST API key: searches Daum, the simplest way to begin",
    )
    naver_base_url: BaseUrl | None = Field(
        default=None, description=f"Address of NAVER API HUB; {NAVER_URL} if left out"
    )
    naver_id: Token | None = Field(
        default=None, description="NAVER API HUB key id (or the client id of Naver's old API)"
    )
    naver_secret: Token | None = Field(
        default=None, description="NAVER API HUB key (or the client secret of Naver's old API)"
    )
    naver_legacy: bool = Field(
        default=False,
        description=f"The Naver keys are of the old API at {NAVER_LEGACY_URL}, until 2027-06-30",
    )
    kakao_base_url: BaseUrl | None = Field(
        default=None, description=f"Address of Kakao's search; {KAKAO_URL} if left out"
    )
    brave_base_url: BaseUrl | None = Field(
        default=None, description=f"Address of Brave Search; {BRAVE_URL} if left out"
    )
    brave_key: Token | None = Field(default=None, description="Brave Search subscription token")
    tavily_base_url: BaseUrl | None = Field(
        default=None, description=f"Address of Tavily; {TAVILY_URL} if left out"
    )
    tavily_key: Token | None = Field(default=None, description="Tavily API key")
    searxng_url: BaseUrl | None = Field(
        default=None, description="Address of a SearXNG instance with JSON switched on"
    )
    web_base_url: BaseUrl | None = Field(
        default=None,
        description="Stand-in for the whole web: pages are read from {this}/?url=…",
    )

    def kakao_url(self) -> str:
        """Where Daum's search is."""
        return self.kakao_base_url or self.base_url

    def naver_url(self) -> str:
        """Where Naver is: the API that the keys are of."""
        own = NAVER_LEGACY_URL if self.naver_legacy else NAVER_URL
        return self.naver_base_url or self._following(own)

    def brave_url(self) -> str:
        """Where Brave is."""
        return self.brave_base_url or self._following(BRAVE_URL)

    def tavily_url(self) -> str:
        """Where Tavily is."""
        return self.tavily_base_url or self._following(TAVILY_URL)

    def _following(self, vendor: str) -> str:
        """One stand-in for Kakao stands in for the others as well."""
        return vendor if self.base_url == KAKAO_URL else self.base_url
