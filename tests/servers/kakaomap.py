"""What every server's checks need to know of KakaoMap."""

from __future__ import annotations

from arion_kakaomap import SPEC
from tests.servers import ServerCase

CASE = ServerCase(
    spec=SPEC,
    read=("map_search", {"query": "카페", "near": "127.028001,37.498086"}),
    write=None,
    values={
        "query": ("카페", "강남역", "서울특별시청", "한강대로 402"),
        "near": ("강남역", "127.028001,37.498086", "서울특별시 용산구 한강대로 402"),
        "category": ("카페", "PM9", "주유소", "hotels"),
        "address": ("서울 중구 세종대로 110", "역삼동"),
        "x": (127.028001, 126.97841),
        "y": (37.498086, 37.56668),
        "place": ("강남역", "코엑스", "127.1,37.4"),
        "origin": ("강남역", "홍대입구역", "126.97841,37.56668"),
        "destination": ("판교역", "코엑스", "중앙공원", "약국"),
        "waypoints": (["잠실역"], ["코엑스", "127.1,37.5"]),
        "departure_time": ("2027-01-02T09:00:00+09:00",),
    },
    # TMAP takes its questions as POST.
    changes=lambda _method, _path: False,
)
