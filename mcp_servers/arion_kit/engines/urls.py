"""Addresses of pages: one form for those that show the same page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    r"(utm_\w+|ga_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|mc_cid"
    r"|mc_eid|_hsenc|_hsmi|spm|scm|cmpid|ncid|ocid|sref|ref_src|ref_url|n_media|n_query|n_rank"
    r"|n_ad_group|n_ad|n_keyword_id|n_keyword|napm|trackingid|fromrss|trackcode|cds|rss)",
    re.IGNORECASE,
)
_ADS = re.compile(r"utm_\w+|[a-z]{1,3}clid|gbraid|wbraid|igshid|mc_[ce]id|_hs\w+", re.IGNORECASE)
_FRONT = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)


def host_of(url: str) -> str:
    """The host in lower case, without `www.` and `m.`; empty where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _FRONT.sub("", host.rstrip("."))


def is_web(url: str) -> bool:
    """Whether it is an http(s) address with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def without_ads(url: str) -> str:
    """The address without the parameters that only tell who was led there by what."""
    before, mark, query = url.partition("?")
    query, hash_mark, fragment = query.partition("#")
    kept = [it for it in query.split("&") if not _ADS.fullmatch(it.partition("=")[0])]
    rest = f"{mark}{'&'.join(kept)}" if any(kept) else ""
    return f"{before}{rest}{hash_mark}{fragment}"


def canonical(url: str) -> str:
    """What is the same for addresses of the same page.

    Scheme, `www.` and `m.`, fragment, tracking parameters, the order of parameters and the slash
    at the end make no difference.
    """
    try:
        parts = urlsplit(url.strip())
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    )
    path = _INDEX.sub("/", quote(unquote(parts.path), safe="/:@!$&'()*+,;=-._~")).rstrip("/")
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host_of(url)}{port}{path}{query}"


def is_of(url: str, sites: Iterable[str]) -> bool:
    """Whether the page is of one of these hosts or of a subdomain of one."""
    host = host_of(url)
    return any(host == site or host.endswith(f".{site}") for site in map(_bare, sites))


def site_host(text: str) -> str:
    """What a person may give as a site ("https://www.naver.com/", "naver.com") as a host.

    Raises:
        ValueError: It is none.
    """
    trimmed = text.strip()
    url = trimmed if "://" in trimmed else f"//{trimmed}"
    host = _FRONT.sub("", (urlsplit(url).hostname or "").rstrip("."))
    if not re.fullmatch(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}", host):
        raise ValueError("this is no host")
    return host


def split_sites(text: str) -> tuple[str, tuple[str, ...]]:
    """A query without its `site:` words, and the sites they name."""
    sites: list[str] = []
    words: list[str] = []
    for word in text.split():
        host = word[5:].strip("()") if word.lower().startswith("site:") else ""
        if re.fullmatch(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}", host):
            sites.append(_bare(host))
        else:
            words.append(word)
    return " ".join(words), tuple(sites)


def _bare(site: str) -> str:
    return _FRONT.sub("", site.lower().rstrip("."))
