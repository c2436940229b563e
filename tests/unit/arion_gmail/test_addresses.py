from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_gmail.addresses import Address, distinct, read_address
from arion_kit.errors import BadInput


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("hana@yeoul.example", "hana@yeoul.example", ""),
        (" 김하나 <hana@yeoul.example> ", "hana@yeoul.example", "김하나"),
        (
            '"Clark, Emma" <emma.clark@northwind.example>',
            "emma.clark@northwind.example",
            "Clark, Emma",
        ),
        ('"a \\"b\\" c" <x@y.example>', "x@y.example", 'a "b" c'),
        ("<x+tag@y.co.example>", "x+tag@y.co.example", ""),
        ("hana@한글.example", "hana@xn--bj0bj06e.example", ""),
    ],
)
def test_an_address_is_read_as_people_write_it(text: str, address: str, name: str) -> None:
    assert read_address(text, "to") == Address(address, name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hana",
        "hana@",
        "@yeoul.example",
        "hana@yeoul",
        "a@b.example, c@d.example",
        "a@b.example; c@d.example",
        "hana@yeoul.example\r\nBcc: x@y.example",
        "김하나\n <hana@yeoul.example>",
        "a b@yeoul.example",
        "hana..kim@yeoul.example",
        "hana@-yeoul.example",
        "hana@yeoul..example",
        "<a@b.example> <c@d.example>",
        "김\u202e하나 <hana@yeoul.example>",
        "하나@yeoul.example",
        f"{'a' * 65}@b.example",
        f"a@{'b' * 260}.example",
        f"{'가' * 201} <a@b.example>",
    ],
)
def test_what_is_no_address_is_refused_with_the_parameter(text: str) -> None:
    with pytest.raises(BadInput, match=r"^cc: "):
        read_address(text, "cc")


@given(st.text(max_size=60))
def test_what_is_read_is_one_line_of_plain_letters(text: str) -> None:
    try:
        found = read_address(text, "to")
    except BadInput:
        return
    assert found.address.isascii()
    assert found.address.isprintable()
    assert not set("\r\n<>,;") & set(found.address)
    assert "\n" not in found.name
    assert "\r" not in found.name


def test_a_mailbox_is_kept_once_whatever_its_name() -> None:
    people = [Address("A@b.example", "가"), Address("a@B.example"), Address("c@d.example")]
    assert distinct(people) == (people[0], people[2])
    assert distinct(people, but=[Address("C@D.example")]) == (people[0],)
