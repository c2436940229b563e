"""Which addresses are fetched for a person, and which never."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_kit.errors import BadInput
from arion_search.addresses import is_public, judge_resolved, judge_url

pytestmark = pytest.mark.thorough

PRIVATE = (
    "0.0.0.0", "10.1.2.3",  # noqa: S104 - not bound to
    "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.168.1.1", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1",
    "198.51.100.7", "203.0.113.9", "224.0.0.251", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "192.88.99.1",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1",
    "::ffff:127.0.0.1", "::ffff:93.184.216.34", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1", "2002:7f00:1::1", "2001::1", "2001:db8::1", "3fff::1", "5f00::1",
    "100::1",
)  # fmt: skip
PUBLIC = ("93.184.216.34", "8.8.8.8", "223.130.195.95", "2606:4700::1111", "2001:4860:4860::8888")


@pytest.mark.parametrize("text", PRIVATE)
def test_addresses_inside_are_never_public(text: str):
    assert not is_public(ipaddress.ip_address(text))
    with pytest.raises(BadInput, match="inside of a network"):
        judge_resolved("a.example.com", ("93.184.216.34", text))


@pytest.mark.parametrize("text", PUBLIC)
def test_addresses_of_the_internet_are_public(text: str):
    assert judge_resolved("a.example.com", (text,)) == (ipaddress.ip_address(text),)


INSIDE = (
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0x7f.1/", "http://017700000001/", "http://0/", "http://[::1]/",
    "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/", "http://[2002:a00:1::]/",
    "http://169.254.169.254/latest/meta-data/", "https://10.0.0.1:443/", "http://192.168.0.1",
    "http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://printer.local/",
    "http://metadata.google.internal/", "http://router.lan/", "http://nas.home.arpa/",
    "http://intranet/", "http://x.onion/", "127.0.0.1", "localhost",
)  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
def test_addresses_that_are_written_as_inside_are_refused(url: str):
    with pytest.raises(BadInput) as caught:
        judge_url(url)
    assert caught.value.parameter == "url"


MALFORMED = (
    "", "   ", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/",
    "javascript://example.com/%0aalert(1)", "http://", "https:///path", "http://user@example.com/",
    "http://user:pass@example.com/", "http://:@example.com/", "http://example.com:8080/",
    "http://example.com:22/", "http://example.com:0/", "http://exa mple.com/",
    "http://example.com/\r\nHost: inside", "http://example.com/\x00", "http://[fe80::1%25eth0]/",
    "http://%31%32%37.0.0.1/", "http://example.com%2f@127.0.0.1/", "http://ⓛocalhost/",
    "http://１２７.0.0.1/", "https://" + "a" * 3_000,
)  # fmt: skip


@pytest.mark.parametrize("url", MALFORMED)
def test_what_is_no_public_web_address_is_refused(url: str):
    with pytest.raises(BadInput):
        judge_url(url)


def test_a_public_address_is_taken_apart():
    target = judge_url("HTTPS://Www.Example.COM.:443/path?q=1#part")
    assert (target.host, target.port, target.address) == ("www.example.com", 443, None)
    assert str(target.url).endswith("/path?q=1")
    assert judge_url("example.com/page").url.scheme == "https"
    assert judge_url("http://한국.kr/").host == "xn--3e0b707e.kr"
    assert judge_url("http://8.8.8.8/").address == ipaddress.ip_address("8.8.8.8")


def test_a_redirection_says_that_it_was_one():
    with pytest.raises(BadInput, match="redirects to an address that is inside of a network"):
        judge_url("http://10.0.0.1/", via="redirects to an address that ")


@given(st.text() | st.builds("http://{}/".format, st.text()))
def test_any_text_is_judged_without_a_surprise(text: str):
    try:
        target = judge_url(text)
    except BadInput:
        return
    assert target.address is None or is_public(target.address)
    assert target.port in (80, 443)


@given(st.ip_addresses())
def test_an_address_is_public_only_if_the_registries_say_so(address):
    assert not is_public(address) or address.is_global
