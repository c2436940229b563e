"""Settings of the KakaoMap server: `ARION_KAKAOMAP_TOKEN` and where its vendors are."""

from __future__ import annotations

from pydantic import Field

from arion_kit.settings import BaseUrl, ServerSettings, Token, server_config

LOCAL_URL = "https://dapi.kakao.com"
NAVI_URL = "https://apis-navi.kakaomobility.com"
ODSAY_URL = "https://api.odsay.com"
TMAP_URL = "https://apis.openapi.sk.com"


class KakaoMapSettings(ServerSettings):
    """Where Kakao's APIs are and the REST API key for them; keys for routes without a car."""

    model_config = server_config("kakaomap")

    base_url: BaseUrl = Field(
        default=LOCAL_URL,
        description="Address of the Kakao Local API, or of a stand-in (then for the others too)",
    )
    navi_base_url: BaseUrl | None = Field(
        default=None, description=f"Address of Kakao Mobility's API; {NAVI_URL} if left out"
    )
    odsay_base_url: BaseUrl | None = Field(
        default=None, description=f"Address of ODsay's API; {ODSAY_URL} if left out"
    )
    odsay_key: Token | None = Field(default=None, description="ODsay API key, for public transport")
    tmap_base_url: BaseUrl | None = Field(
        default=None, description=f"Address of TMAP's API; {TMAP_URL} if left out"
    )
    tmap_key: Token | None = Field(
        default=None, description="TMAP app key, for public transport and walking"
    )

    def navi_url(self) -> str:
        """Where Kakao Mobility is."""
        return self.navi_base_url or self._following(NAVI_URL)

    def odsay_url(self) -> str:
        """Where ODsay is."""
        return self.odsay_base_url or self._following(ODSAY_URL)

    def tmap_url(self) -> str:
        """Where TMAP is."""
        return self.tmap_base_url or self._following(TMAP_URL)

    def _following(self, vendor: str) -> str:
        """One stand-in for Kakao stands in for the others as well."""
        return vendor if self.base_url == LOCAL_URL else self.base_url
