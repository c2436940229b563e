from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from arion_sandbox.mail_search import SearchedMail, parse_search

pytestmark = pytest.mark.thorough

NOW = datetime.fromisoformat("2026-11-23T10:00:00+09:00")
MAIL = SearchedMail(
    at=datetime.fromisoformat("2026-11-22T18:05:00+09:00"),
    sender='"Emma Clark" <emma.clark@northwind.example>',
    to='"김하늘" <hanul@example.com>',
    cc='"박서준" <seojun.park@yeoul.example>',
    subject="Agenda for the Busan workshop",
    text="Looking forward to meeting you. 다음 주 워크숍에서 만나요.",
    filenames=("안건.pdf",),
    labels=frozenset({"inbox", "unread", "starred", "label_1", "회사", "category_updates"}),
    message_id="<abc@mail.example>",
)


def found(query: str, mail: SearchedMail = MAIL) -> bool:
    return parse_search(query, NOW).matches(mail)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "agenda",
        "BUSAN workshop",
        '"for the busan"',
        "워크숍",
        "크숍에서",
        "from:emma",
        "from:(emma clark)",
        "from:emma.clark@northwind.example",
        "to:하늘",
        "to:seojun.park@yeoul.example",
        "cc:박서준",
        "subject:agenda",
        'subject:"busan workshop"',
        "subject:(agenda busan)",
        "-invoice",
        "-from:kim",
        "-(invoice receipt)",
        "invoice OR agenda",
        "{invoice agenda}",
        "from:(kim OR emma)",
        "is:unread",
        "is:starred",
        "-is:read",
        "has:attachment",
        "filename:pdf",
        "filename:안건",
        "in:inbox",
        "label:회사",
        "label:Label_1",
        "category:updates",
        "after:2026/11/21",
        "after:1795000000",
        "before:2026-11-23",
        "newer_than:1d",
        "newer_than:16h",
        "older_than:2h",
        "rfc822msgid:abc@mail.example",
        "agenda )",
        "agenda (",
    ],
)
def test_a_search_finds_the_mail(query: str):
    assert found(query)


@pytest.mark.parametrize(
    "query",
    [
        "invoice",
        '"busan agenda"',
        "meet",
        "-agenda",
        "from:kim",
        "from:emm",
        "subject:forward",
        "agenda invoice",
        "is:read",
        "is:important",
        "is:unknown",
        "has:drive",
        "in:spam",
        "in:archive",
        "label:여행",
        "category:primary",
        "filename:docx",
        "after:2026/11/23",
        "after:yesterday",
        "before:2026/11/22",
        "newer_than:15h",
        "newer_than:soon",
        "older_than:2d",
        "unknown:agenda",
    ],
)
def test_a_search_passes_the_mail_over(query: str):
    assert not found(query)


def test_a_date_means_midnight_in_pacific_time():
    morning_in_seoul = datetime.fromisoformat("2026-11-23T16:59:00+09:00")
    evening_in_seoul = datetime.fromisoformat("2026-11-23T17:00:00+09:00")
    assert not found("after:2026/11/23", replace(MAIL, at=morning_in_seoul))
    assert found("after:2026/11/23", replace(MAIL, at=evening_in_seoul))


@pytest.mark.parametrize("query", ["in:spam", "label:trash x", "in:anywhere", '-in:"spam"'])
def test_naming_a_hidden_place_opens_it(query: str):
    assert parse_search(query, NOW).sees_hidden


def test_other_searches_leave_hidden_places_closed():
    assert not parse_search("in:inbox spam", NOW).sees_hidden
