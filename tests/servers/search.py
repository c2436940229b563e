"""The search server, with every engine that needs a key."""

from __future__ import annotations

from arion_search import SPEC
from tests.servers import ServerCase

CASE = ServerCase(
    spec=SPEC,
    read=("web_search", {"query": "경복궁 관람료"}),
    write=None,
    # SearXNG needs no key, so that with it there would be no call without credentials.
    settings={"SEARXNG_URL": ""},
    values={
        "query": ("경복궁 관람료", "지하철 정기권", "python task group", "site:coupang.com 이어폰"),
        "url": (
            "https://www.gov.example/passport/renew",
            "https://old.hanok.example/guide.html",
            "https://short.example/inside",
            "http://127.0.0.1/",
        ),
        "section": ("수수료", "구들"),
        "site": ("gov.example", "https://www.coupang.com/"),
        "lang": ("ko", "en-US"),
        "country": ("KR", "us"),
        "provider": ("daum", "naver"),
    },
    changes=lambda _method, _path: False,
)
