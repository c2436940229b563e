from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arion_kakaomap.steps import MOST_STEPS, drive_steps, merged, walk_steps
from arion_kakaomap.wire_navi import Guide

START = Guide(name="출발지", type=100, guidance="출발지")
LEFT = Guide(name="강남역사거리", distance=300, type=1, guidance="좌회전")
STRAIGHT = Guide(distance=700, type=0, guidance="직진")
ENTER = Guide(name="양재IC", distance=2_400, type=10, guidance="고속도로 입구")
TOLL = Guide(name="서울톨게이트", distance=9_800, type=300, guidance="톨게이트")
STOP = Guide(name="경유지", distance=40, type=1000, guidance="경유지")
END = Guide(name="목적지", distance=150, type=101, guidance="목적지")


def test_steps_tell_after_how_far_to_do_what_and_where() -> None:
    assert drive_steps([START, LEFT, STRAIGHT, ENTER, TOLL, STOP, END], "ko") == [
        "300미터 가서 강남역사거리에서 좌회전",
        "3.1킬로미터 가서 양재IC에서 고속도로 입구",
        "9.8킬로미터 가서 서울톨게이트에서 톨게이트",
        "40미터 가서 경유지 도착",
        "150미터 가서 도착",
    ]


def test_steps_are_told_in_english_by_their_kind() -> None:
    rotary = Guide(distance=90, type=72, guidance="회전 교차로에서 오른쪽 3시 방향")
    unheard = Guide(distance=0, type=999, guidance="")
    assert drive_steps([START, LEFT, ENTER, rotary, unheard, END], "en") == [
        "after 300 meters turn left at 강남역사거리",
        "after 2.4 kilometers enter the motorway at 양재IC",
        "after 90 meters take the exit at 3 o'clock on the roundabout",
        "go on",
        "after 150 meters arrive",
    ]


def test_a_walk_is_told_in_the_words_of_the_vendor() -> None:
    crossing = Guide(distance=60, type=2, guidance="횡단보도 이용")
    assert walk_steps([START, crossing, END]) == ("60미터 가서 횡단보도 이용", "150미터 가서 도착")


@given(
    st.lists(
        st.builds(Guide, distance=st.integers(0, 9_999), type=st.sampled_from([0, 1, 2, 10, 84])),
        max_size=60,
    )
)
def test_leaving_steps_out_loses_no_metre_of_the_way(guides: list[Guide]) -> None:
    way = [START, *guides, END]
    kept = merged(way)
    assert len(kept) <= MOST_STEPS
    assert kept[-1].type == END.type
    assert sum(guide.distance for guide in kept) == sum(guide.distance for guide in way)
