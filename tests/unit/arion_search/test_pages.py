from __future__ import annotations

import builtins
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from arion_kit.errors import BadInput
from arion_search.charsets import decode
from arion_search.fetching import Fetched
from arion_search.hiding import remove_unseen
from arion_search.page import Page
from arion_search.pages import read_page

SENTENCES = " ".join(["여권은 구청에서 다시 신청할 수 있습니다."] * 3)


def read(body: str, head: str = "", media_type: str = "text/html") -> Page:
    document = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
    return read_page(Fetched("https://a.kr/p", media_type, "utf-8", document.encode()))


HIDDEN = (
    '<p style="display:none">몰래</p>',
    '<p style="DISPLAY : NONE !important">몰래</p>',
    '<div style="visibility:hidden"><p>몰래</p></div>',
    '<p style="font-size:0px">몰래</p>',
    '<p style="opacity:0;color:red">몰래</p>',
    '<p style="position:absolute;left:-9999px">몰래</p>',
    '<p style="text-indent:-10000px">몰래</p>',
    '<p style="clip: rect(0, 0, 0, 0)">몰래</p>',
    '<p style="color:transparent">몰래</p>',
    "<p hidden>몰래</p>",
    "<!-- 몰래 -->",
    "<template><p>몰래</p></template>",
    "<noscript><p>몰래</p></noscript>",
    '<p class="x gone">몰래</p>',
    '<p id="ghost">몰래</p>',
    "<script>var a='몰래'</script>",
)
STYLE = "<style>/* .seen{display:none} */ .gone, #ghost { display: none; }</style>"


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_text_is_left_out_and_what_follows_stays(hidden: str):
    tree = html.document_fromstring(f"{STYLE}<body><p>앞</p>{hidden}뒤</body>")
    remove_unseen(tree)
    assert tree.text_content().split() == ["앞뒤"] or tree.text_content().split() == ["앞", "뒤"]


SEEN = (
    '<p class="seen">보임</p>',
    '<p style="opacity:0.8">보임</p>',
    '<p style="left:-12px;font-size:0.9em">보임</p>',
    '<p class="printed">보임</p>',
    '<p hidden="until-found">보임</p>',
    '<article class="gone">보임</article>',
)


@pytest.mark.parametrize("seen", SEEN)
def test_text_that_can_be_seen_stays(seen: str):
    style = "<style>@media print{.printed{display:none}} @import 'a.css'; .gone{display:none}"
    tree = html.document_fromstring(f"{style}</style><body>{STYLE}{seen}</body>")
    remove_unseen(tree)
    assert tree.text_content().split() == ["보임"]


def test_invisible_letters_are_left_out():
    page = read(f"<p>{SENTENCES} 끝\u200b\U000e0041입니다.</p>")
    assert page.text.endswith("끝입니다.")


def test_the_date_is_the_pages_own():
    head = '<meta property="article:published_time" content="2031-01-02T03:04:05+09:00">'
    page = read(f"<p>{SENTENCES}</p>", head)
    assert page.date is not None
    assert page.date.isoformat() == "2031-01-02T03:04:05+09:00"


def test_sections_reach_to_the_next_heading_of_their_level():
    page = Page("u", "앞\n\n## 하나\n\n가\n\n### 안\n\n나\n\n## 둘\n\n다")
    assert page.section("하나") == "## 하나\n\n가\n\n### 안\n\n나"
    assert page.section("안") == "### 안\n\n나"
    assert page.section(" 둘 ") == "## 둘\n\n다"
    with pytest.raises(BadInput, match="this page has: 하나; 안; 둘"):
        page.section("셋")
    with pytest.raises(BadInput, match="no headings"):
        Page("u", "글").section("하나")


def test_a_page_without_an_article_gives_what_there_is():
    empty = read_page(Fetched("u", "text/html", None, b"<html><body></body></html>"))
    assert empty.text == ""
    nothing = read_page(Fetched("u", "text/html", None, b""))
    assert nothing.text == ""
    short = read_page(Fetched("u", "", None, b"<p>hello there</p>"))
    assert short.text == "hello there"


def test_without_the_library_the_page_says_which_extra_it_lacks(monkeypatch: pytest.MonkeyPatch):
    importing = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name.startswith(("trafilatura", "pypdf")):
            raise ImportError(name)
        return importing(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert read("<p>글</p>").lacks == "web"
    assert read_page(Fetched("u", "application/pdf", None, b"%PDF")).lacks == "files"
    assert read_page(Fetched("u", "text/plain", None, b"hi")).text == "hi"


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("똠방각하".encode("cp949"), "euc-kr"),
        ("똠방각하".encode("cp949"), None),
        (b'<meta charset="euc-kr">' + "똠방각하".encode("cp949"), None),
        (b'<meta charset="euc-kr">' + "똠방각하".encode("cp949"), "utf-8"),
        (b'<?xml version="1.0" encoding="euc-kr"?>' + "똠방각하".encode("cp949"), None),
        ("똠방각하".encode(), None),
        ("똠방각하".encode(), "euc-kr"),
        ("똠방각하".encode("utf-8-sig"), "euc-kr"),
        ("똠방각하".encode("utf-16"), None),
        ("똠방각하".encode(), "no-such-set"),
        (b'<meta charset="utf-16">' + "똠방각하".encode(), None),
    ],
)
def test_pages_are_read_in_their_character_set(content: bytes, charset: str | None):
    assert decode(content, charset).endswith("똠방각하")


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/plain", ""]))
def test_no_page_is_too_broken(content: bytes, media_type: str):
    page = read_page(Fetched("https://a.kr/", media_type, None, b"<p>" + content))
    assert "\x00" not in page.text
