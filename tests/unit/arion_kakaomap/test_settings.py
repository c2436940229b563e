from __future__ import annotations

from arion_kakaomap.settings import KakaoMapSettings


def test_every_vendor_has_its_own_address() -> None:
    settings = KakaoMapSettings()
    assert settings.base_url == "https://dapi.kakao.com"
    assert settings.navi_url() == "https://apis-navi.kakaomobility.com"
    assert settings.odsay_url() == "https://api.odsay.com"
    assert settings.tmap_url() == "https://apis.openapi.sk.com"


def test_one_stand_in_serves_for_all_unless_another_is_named() -> None:
    settings = KakaoMapSettings(
        base_url="http://127.0.0.1:1/all", tmap_base_url="http://127.0.0.1:2/tmap/"
    )
    assert settings.navi_url() == settings.odsay_url() == "http://127.0.0.1:1/all"
    assert settings.tmap_url() == "http://127.0.0.1:2/tmap"
