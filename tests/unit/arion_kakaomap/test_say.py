from __future__ import annotations

import pytest

from arion_kakaomap.models import AddressRow, PlaceRow
from arion_kakaomap.say import Asked, say_addresses, say_places, say_unknown_place
from arion_kit.words import Language


def place(name: str, distance_m: int | None = None, phone: str | None = None) -> PlaceRow:
    return PlaceRow(
        id="8060001",
        name=name,
        category="음식점 > 카페",
        address="서울 강남구 강남대로94길 12",
        phone=phone,
        distance_m=distance_m,
        x=127.0,
        y=37.5,
        url="http://place.map.kakao.com/8060001",
    )


def asked(query: str, near: str | None = None, language: Language = "ko") -> Asked:
    return Asked(query, near, 2_000, language)


def test_the_nearest_of_some_places_is_named_with_its_distance() -> None:
    places = [place("모퉁이다방", 789), place("달빛커피", 323), place("느린오후", 1240)]
    assert say_places(asked("카페", "강남역"), places, 3) == (
        "강남역 근처 카페를 세 곳 찾았어요. "
        "가장 가까운 곳은 달빛커피, 걸어서 갈 수 있는 320미터 거리예요."
    )
    assert say_places(asked("cafes", "강남역", "en"), places, 3) == (
        "I found three results for cafes near 강남역. "
        "The nearest is 달빛커피, 320 meters away, within walking distance."
    )


def test_more_than_are_shown_are_counted_in_digits() -> None:
    said = say_places(asked("약국", "강남역"), [place("햇살약국", 60)], 231)
    assert said.startswith("강남역 근처에 약국이 231곳 있어요.")
    assert said.endswith("햇살약국, 걸어서 갈 수 있는 60미터 거리예요.")


@pytest.mark.parametrize(
    ("metres", "said"), [(1_000, "1킬로미터"), (1_249, "1.2킬로미터"), (99, "99미터")]
)
def test_distances_are_rounded_as_people_say_them(metres: int, said: str) -> None:
    assert f"{said} 거리예요." in say_places(asked("카페", ""), [place("물결", metres)], 1)


def test_what_is_too_far_to_walk_is_not_called_a_walk() -> None:
    assert "걸어서" not in say_places(asked("카페", "강남역"), [place("물결", 1_800)], 1)
    far = say_places(asked("cafe", "강남역", "en"), [place("물결", 1_800)], 1)
    assert far.endswith("It is 물결, 1.8 kilometers away.")


def test_a_place_that_was_named_is_told_where_it_is() -> None:
    found = place("강남역 2호선", phone="02-6110-2221")
    assert say_places(asked("강남역"), [found], 4) == (
        "강남역 2호선은 서울 강남구 강남대로94길 12에 있어요. 전화번호는 02-6110-2221이에요. "
        "비슷한 곳이 세 곳 더 있어요."
    )
    assert say_places(asked("강남역", language="en"), [found], 2).endswith(
        "There is one more like it."
    )


def test_a_search_everywhere_tells_the_first() -> None:
    places = [place("붉은벽돌로스터스"), place("느린오후")]
    assert say_places(asked("성수동 카페"), places, 2) == (
        "성수동 카페를 두 곳 찾았어요. "
        "첫 번째는 붉은벽돌로스터스, 서울 강남구 강남대로94길 12에 있어요."
    )
    only = say_places(asked("성수동 카페"), places[:1], 1)
    assert only == "붉은벽돌로스터스는 서울 강남구 강남대로94길 12에 있어요."


def test_nothing_found_names_what_was_looked_for_and_how_far() -> None:
    assert (
        say_places(asked("호텔", "강남역"), [], 0) == "강남역에서 2킬로미터 안에는 호텔이 없어요."
    )
    assert say_places(asked("호텔", ""), [], 0) == "그곳에서 2킬로미터 안에는 호텔이 없어요."
    assert say_places(asked("없는 곳"), [], 0) == "없는 곳을 찾지 못했어요."
    assert say_places(asked("hotels", "강남역", "en"), [], 0) == (
        "I found no hotels within 2 kilometers of 강남역."
    )


def test_ids_and_links_are_never_said() -> None:
    for near in (None, "강남역"):
        for language in ("ko", "en"):
            said = say_places(asked("카페", near, language), [place("달빛커피", 10)], 1)
            assert "8060001" not in said
            assert "kakao.com" not in said


def row(road: str | None, code: str | None = None) -> AddressRow:
    return AddressRow(
        address="서울 중구 태평로1가 31", road_address=road, postal_code=code, x=1, y=2
    )


def test_an_address_is_told_by_road_with_its_postal_code() -> None:
    rows = [row("서울 중구 세종대로 110", "04524")]
    assert say_addresses("세종대로 110", rows, "ko") == (
        "도로명 주소는 서울 중구 세종대로 110, 우편번호는 04524예요."
    )
    assert say_addresses("세종대로 110", rows, "en") == (
        "The road address is 서울 중구 세종대로 110, postal code 04524."
    )


def test_an_address_without_a_road_is_told_by_itself() -> None:
    assert say_addresses("x", [row(None)], "ko") == "서울 중구 태평로1가 31을 지도에서 찾았어요."


def test_what_is_not_on_the_map_is_said_with_what_to_do() -> None:
    assert say_addresses("없는길 1", [], "ko") == "'없는길 1' 주소를 찾지 못했어요."
    assert say_unknown_place("달나라역", "ko")[0] == "'달나라역' 위치를 찾지 못했어요."
    assert "another name" in say_unknown_place("Moon Station", "en")[1]
