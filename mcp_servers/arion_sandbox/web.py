"""The web itself: `/web/?url=…` gives the page at that address, as its site would."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import datetime

from arion_sandbox.endpoints import BodyFault, Call, Endpoint, Fault, Parameter, Reply, Vendor
from arion_sandbox.errors import VendorError
from arion_sandbox.web_pages import Page, all_pages, page_at

Clock = Callable[[], datetime]

_HIDING = '<div style="display:none">{}</div><p class="offscreen">{}</p><p hidden>{}</p><!-- {} -->'
_MISSING = "<html><title>404</title><body>페이지를 찾을 수 없습니다.</body></html>"
_STYLE = ".offscreen{display:none} @media print{article{display:none}}"


class WebError(VendorError):
    """A refusal to say which page."""

    def __init__(self, message: str) -> None:
        super().__init__(400, "bad_request", message, {"message": message}, {})


def vendor(now: Clock) -> Vendor:
    """Serve the pages; nobody has to sign in."""
    return Vendor(
        root="",
        endpoints=(
            Endpoint("GET", "/", lambda call: read(call, now), (Parameter("url", required=True),)),
        ),
        authorize=lambda _: None,
        refuse_query=_refuse_query,
        refuse_body=_refuse_body,
        unavailable=lambda: WebError("The pages cannot be read."),
    )


def read(call: Call, now: Clock) -> Reply:
    """The page at `url`, a redirection, or a page that says there is none."""
    page = page_at(call.query.text("url") or "")
    if page is None:
        missing = (
            "<html><head><title>404</title></head><body>페이지를 찾을 수 없습니다.</body></html>"
        )
        return Reply(missing.encode(), 404, media_type="text/html; charset=utf-8")
    if page.redirect:
        return Reply(status=302, headers={"Location": page.redirect})
    if page.media != "text/html":
        return Reply(page.text.encode(page.charset), page.status, media_type=page.media)
    # As many old pages do, one in EUC-KR says so in the page alone.
    named = "" if page.charset != "utf-8" else "; charset=utf-8"
    content = document(page, now()).encode("cp949" if page.charset == "euc-kr" else page.charset)
    return Reply(content, page.status, {"Content-Type": f"text/html{named}"})


def document(page: Page, now: datetime) -> str:
    """The whole HTML: head, navigation, article, other headlines and footer."""
    published = page.published(now)
    title, author, site = (html.escape(it) for it in (page.title, page.author, page.site))
    others = "".join(
        f'<li><a href="{html.escape(other.url)}">{html.escape(other.title)}</a></li>'
        for other in all_pages()
        if other.host == page.host and other.url != page.url
    )
    hidden = _HIDING.format(*[html.escape(page.hidden)] * 4) if page.hidden else ""
    return f"""<!doctype html>
<html lang="ko">
<head>
<meta charset="{page.charset}">
<title>{title}</title>
<meta name="author" content="{author}">
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="{site}">
<meta property="article:published_time" content="{published.isoformat()}">
<style>{_STYLE}</style>
</head>
<body>
<nav><a href="/">처음</a> <a href="/login">로그인</a> <a href="/subscribe">구독</a></nav>
<main><article>
<h1>{title}</h1>
<p class="byline">{author} <time datetime="{published.isoformat()}">{published:%Y-%m-%d}</time></p>
{hidden}
{_paragraphs(page.text)}
</article></main>
<aside><h3>다른 글</h3><ul>{others}</ul></aside>
<footer>{site} 저작권 안내 · 개인정보 처리방침</footer>
</body>
</html>
"""


def _paragraphs(text: str) -> str:
    return "\n".join(
        f"<h2>{html.escape(line[3:])}</h2>"
        if line.startswith("## ")
        else f"<p>{html.escape(line)}</p>"
        for line in text.split("\n")
        if line.strip()
    )


def _refuse_query(fault: Fault) -> VendorError:
    return WebError(f"{fault.name}: {fault.problem}")


def _refuse_body(_fault: BodyFault) -> VendorError:
    return WebError("No body is taken.")
