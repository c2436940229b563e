"""Settings of the KakaoMap server: `ARION_KAKAOMAP_BASE_URL`, `ARION_KAKAOMAP_TOKEN`."""

from __future__ import annotations

from pydantic import Field

from arion_kit.settings import BaseUrl, ServerSettings, server_config


class KakaoMapSettings(ServerSettings):
    """Where Kakao's Local API is, and the REST API key for it."""

    model_config = server_config("kakaomap")

    base_url: BaseUrl = Field(
        default="https://dapi.kakao.com",
        description="Address of the Kakao Local API, or of a stand-in",
    )
