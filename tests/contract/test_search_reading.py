"""read_url against the sandbox's web, and against real sockets with names resolved by the test."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from tests.sandbox import serving
from tests.search_client import Search, searching
from tests.servers.faulty import failing

from arion_kit.errors import BadInput, UpstreamFailure
from arion_search import addresses
from arion_search.fetching import Fetcher, Limits
from arion_search.pages import read_page

pytestmark = pytest.mark.thorough

PUBLIC = "93.184.216.34"


@pytest.fixture
async def search() -> AsyncIterator[Search]:
    async with searching() as running:
        yield running


async def test_a_page_is_read_with_its_title_date_author_and_headings(search: Search) -> None:
    url = "https://www.hanbitilbo.example/economy/20100311"
    page = await search.call("read_url", url=url)
    assert page["title"] == "내년부터 지하철 정기권 하나로 버스까지 탄다"
    assert page["author"] == "정다은 기자"
    assert page["date"] == "2026-11-23T08:10+09:00"
    assert page["headings"] == ["어디서부터 시작하나", "어떻게 신청하나"]
    assert page["text"].startswith("내년 3월부터 수도권 지하철 정기권 하나로")
    assert "구독" not in page["text"]
    assert "next_offset" not in page
    assert page["say"].startswith("'내년부터 지하철 정기권 하나로 버스까지 탄다' 글이에요. 내년")


async def test_one_section_is_read_by_a_part_of_its_heading(search: Search) -> None:
    url = "https://www.gov.example/passport/renew"
    page = await search.call("read_url", "en", url=url, section="수수")
    assert page["text"] == (
        "## 수수료\n\n10년짜리 복수 여권은 5만 원, 26면 알뜰 여권은 4만 7천 원입니다."
    )
    assert page["say"].startswith("This is the section '수수'. 10년짜리")
    failed = await search.call("read_url", url=url, section="없는 제목")
    assert failed["error"]["message"] == "section: this page has: 준비물; 수수료"


async def test_a_long_page_comes_in_parts_that_join_and_is_fetched_once(search: Search) -> None:
    url = "https://blog.naver.com/haneul_desk/223401188210"
    whole = await search.call("read_url", url=url)
    part = await search.call("read_url", url=url, max_chars=200)
    rest = await search.call("read_url", url=url, max_chars=200, offset=part["next_offset"])
    assert part["text"] + rest["text"] == whole["text"]
    assert part["total_chars"] == len(whole["text"])
    assert search.asked() == ["web"]
    beyond = await search.call("read_url", url=url, offset=9_999)
    assert "offset: the text has" in beyond["error"]["message"]


async def test_hidden_text_is_not_read(search: Search) -> None:
    page = await search.call("read_url", url="https://deals.trap.example/best-earbuds")
    assert page["text"].startswith("오늘의 무선 이어폰 특가를")
    assert "지시" not in str(page)


async def test_an_old_page_in_euc_kr_is_read_with_all_its_letters(search: Search) -> None:
    page = await search.call("read_url", url="https://old.hanok.example/guide.html")
    assert page["title"] == "한옥의 온돌은 어떻게 방을 데우나"
    assert "똠방각하도" in page["text"]


async def test_text_and_json_are_read_as_they_are_and_video_is_not(search: Search) -> None:
    text = await search.call("read_url", url="https://www.gov.example/notice.txt")
    assert text["text"].split("\n")[1] == "점심시간은 12시부터 1시까지입니다."
    data = await search.call("read_url", url="https://www.techgil.example/api/latest.json")
    assert '"count": 2' in data["text"]
    video = await search.call("read_url", url="https://www.hanbitilbo.example/video.mp4")
    assert video["error"]["kind"] == "bad_input"
    assert "video/mp4" in video["error"]["message"]


async def test_redirections_are_followed_to_where_they_end(search: Search) -> None:
    page = await search.call("read_url", url="https://short.example/cafe5")
    assert page["title"].startswith("성수동 조용한 카페 다섯 곳")
    # Where the text is: the blog's own page has it in a frame.
    assert page["url"] == "https://m.blog.naver.com/haneul_desk/223401188210"


async def test_a_redirection_inside_is_not_followed(search: Search) -> None:
    failed = (await search.call("read_url", url="https://short.example/inside"))["error"]
    assert failed["kind"] == "bad_input"
    assert "inside of a network" in failed["message"]
    assert [request["query"][0][1] for request in search.sandbox.requests()] == [
        "https://short.example/inside"
    ]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://short.example/round", "bad_response"),
        ("https://www.hanbitilbo.example/members", "forbidden"),
        ("https://www.hanbitilbo.example/nothing", "not_found"),
    ],
)
async def test_pages_that_cannot_be_had_say_why(search: Search, url: str, kind: str) -> None:
    failed = (await search.call("read_url", url=url))["error"]
    assert failed["kind"] == kind
    assert failed["next_step"]


# ---- real sockets


@dataclass
class Names:
    """Resolves every name to the prepared answers, one after the other."""

    answers: list[tuple[str, ...]]
    asked: list[str] = field(default_factory=list[str])

    async def __call__(self, host: str, port: int) -> tuple[str, ...]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass
class Loopback:
    """Sends what is meant for any public address to a local server, and notes what was meant."""

    url: str
    meant: list[tuple[str, str, Any]] = field(default_factory=list[tuple[str, str, Any]])
    inner: httpx2.AsyncHTTPTransport = field(
        default_factory=lambda: httpx2.AsyncHTTPTransport(verify=False)
    )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        meant = (
            request.url.host,
            request.headers["host"],
            request.extensions.get("sni_hostname"),
        )
        self.meant.append(meant)
        local = httpx2.URL(self.url).copy_with(raw_path=request.url.raw_path)
        return await self.inner.handle_async_request(
            httpx2.Request("GET", local, headers=request.headers)
        )

    async def aclose(self) -> None:
        await self.inner.aclose()


Site = Callable[..., Any]


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """A web site on loopback: `await site({path: answer}, answers)` gives a fetcher and both."""
    stack: list[Any] = []

    async def build(
        pages: dict[str, Any], answers: list[tuple[str, ...]], limits: Limits | None = None
    ) -> tuple[Fetcher, Names, Loopback]:
        async def answer(request: Request) -> Response:
            made = pages[request.url.path]
            return made if isinstance(made, Response) else made()

        running = serving(Starlette(routes=[Route("/{path:path}", answer)]))
        transport, names = Loopback(await running.__aenter__()), Names(answers)
        stack.extend([transport, running])
        return Fetcher(resolve=names, transport=transport, limits=limits), names, transport

    yield build
    for it in stack:
        await (it.aclose() if isinstance(it, Loopback) else it.__aexit__(None, None, None))


async def test_the_connection_goes_to_the_judged_address_with_the_sites_name(site: Site) -> None:
    fetcher, names, sent = await site({"/a": PlainTextResponse("hi")}, [(PUBLIC,), ("127.0.0.1",)])
    fetched = await fetcher.fetch("https://Rebind.Example.com./a#top")
    assert fetched.content == b"hi"
    # One look-up for one connection: what the name says next is never used.
    assert names.asked == ["rebind.example.com"]
    assert sent.meant == [(PUBLIC, "rebind.example.com", "rebind.example.com")]


async def test_a_name_that_turns_inward_between_two_hops_is_refused(site: Site) -> None:
    pages = {"/": RedirectResponse("/again"), "/again": PlainTextResponse("inside")}
    fetcher, names, sent = await site(pages, [(PUBLIC,), ("10.0.0.7",)])
    with pytest.raises(BadInput, match="leads inside of a network"):
        await fetcher.fetch("http://rebind.example.com/")
    assert len(names.asked) == 2
    assert len(sent.meant) == 1


async def test_one_private_address_among_public_ones_is_refused(site: Site) -> None:
    fetcher, _, sent = await site({}, [(PUBLIC, "192.168.0.1")])
    with pytest.raises(BadInput, match="inside of a network"):
        await fetcher.fetch("https://mixed.example.com/")
    assert sent.meant == []


async def test_a_name_that_nobody_has_is_told() -> None:
    async def nobody(_host: str, _port: int) -> tuple[str, ...]:
        raise socket.gaierror

    with pytest.raises(BadInput, match=r"there is no site nobody\.example\.com"):
        await Fetcher(resolve=nobody).fetch("https://nobody.example.com/")


def bomb() -> Response:
    """Small on the wire, large unpacked."""
    packed = gzip.compress(b"0" * 3_000_000)
    return Response(packed, headers={"content-encoding": "gzip", "content-type": "text/plain"})


def flood() -> Response:
    """Large on the wire."""
    return Response(b"x" * 3_000_000, media_type="text/plain")


@pytest.mark.parametrize("made", [bomb, flood], ids=["unpacked", "on the wire"])
async def test_a_page_without_measure_is_not_read_to_its_end(site: Site, made: Any) -> None:
    limits = Limits(largest_bytes=1_000_000, largest_unpacked_bytes=2_000_000)
    fetcher, _, _ = await site({"/": made}, [(PUBLIC,)], limits)
    with pytest.raises(UpstreamFailure) as caught:
        await fetcher.fetch("https://big.example.com/")
    assert caught.value.kind == "too_large"


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda content: zlib.compress(content)[2:-4]),
    ],
    ids=["gzip", "deflate", "bare deflate"],
)
async def test_packed_pages_are_unpacked(site: Site, encoding: str, pack: Any) -> None:
    body = "꾸러미 ".encode() * 50
    headers = {"content-encoding": encoding, "content-type": "text/plain"}
    fetcher, _, _ = await site({"/": Response(pack(body), headers=headers)}, [(PUBLIC,)])
    assert (await fetcher.fetch("https://packed.example.com/")).content == body


async def test_a_site_that_never_answers_is_not_waited_for() -> None:
    async with failing(lambda _: None) as silent:
        transport = Loopback(silent.url)
        fetcher = Fetcher(
            resolve=Names([(PUBLIC,)]), transport=transport, limits=Limits(total_s=0.1)
        )
        with pytest.raises(UpstreamFailure) as caught:
            await fetcher.fetch("https://silent.example.com/")
        await transport.aclose()
    assert caught.value.kind == "timeout"


async def test_an_address_that_refuses_gives_way_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Over a real transport: 127.0.0.2 has nobody listening, 127.0.0.1 has."""
    monkeypatch.setattr(addresses, "is_public", lambda _address: True)
    pages = {"/": PlainTextResponse("here")}

    async def answer(request: Request) -> Response:
        return pages[request.url.path]

    app = Starlette(routes=[Route("/{path:path}", answer)])
    async with serving(app) as url:
        port = httpx2.URL(url).port
        monkeypatch.setattr(addresses, "PORTS", {"http": port, "https": 443})
        async with Fetcher(resolve=Names([("127.0.0.2", "127.0.0.1")])) as fetcher:
            fetched = await fetcher.fetch(f"http://two.example.com:{port}/")
    assert fetched.content == b"here"


async def test_nothing_but_the_request_is_sent(site: Site) -> None:
    seen: dict[str, str] = {}

    def remember() -> Response:
        return Response("ok", headers={"set-cookie": "a=1", "content-type": "text/plain"})

    fetcher, _, sent = await site({"/": remember}, [(PUBLIC,)])
    original = sent.handle_async_request

    async def note(request: httpx2.Request) -> httpx2.Response:
        seen.clear()
        seen.update(request.headers)
        return await original(request)

    sent.handle_async_request = note
    await fetcher.fetch("https://cookie.example.com/")
    await fetcher.fetch("https://cookie.example.com/")
    assert seen.keys() == {"host", "user-agent", "accept", "accept-language", "accept-encoding"}
    assert seen["user-agent"].startswith("arion/")


def pdf(text: str) -> bytes:
    """A PDF of one page with one line."""
    line = f"BT /F1 18 Tf 20 80 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 144]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(line), line),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    content, places = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % len(content)
    return content + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


async def test_a_pdf_is_read_as_text(site: Site) -> None:
    pytest.importorskip("pypdf")
    answer = Response(pdf("Opening hours 9-18"), media_type="application/pdf")
    fetcher, names, sent = await site({"/hours.pdf": answer}, [(PUBLIC,)])
    with pytest.raises(BadInput, match="is application/pdf"):
        await fetcher.fetch("https://city.example.com/hours.pdf")
    able = Fetcher(resolve=names, transport=sent, readable=("application/pdf",))
    page = read_page(await able.fetch("https://city.example.com/hours.pdf"))
    assert page.text == "Opening hours 9-18"
