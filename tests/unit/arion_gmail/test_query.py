from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from arion_gmail.query import asks_for_unread, with_exact_dates
from arion_kit.errors import BadInput
from arion_kit.words import ErrorKind

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize("date", ["2026/11/23", "2026-11-23", "2026.11.23"])
def test_a_date_is_midnight_of_the_person_and_not_of_california(date: str) -> None:
    assert with_exact_dates(f"after:{date}", SEOUL) == "after:1795359600"


def test_days_and_months_need_no_zero() -> None:
    assert with_exact_dates("before:2026/1/5", SEOUL) == "before:1767538800"


def test_a_time_with_an_offset_is_taken_as_it_is() -> None:
    query = "in:inbox after:2026-11-23T00:00:00+09:00 before:2026-11-23T15:00:00Z"
    assert with_exact_dates(query, SEOUL) == "in:inbox after:1795359600 before:1795446000"


def test_seconds_and_everything_else_are_left_alone() -> None:
    query = 'from:"박서준" after:1795359600 subject:after:lunch older_than:2d "before: noon"'
    assert with_exact_dates(query, SEOUL) == query


def test_dates_in_groups_are_found() -> None:
    assert with_exact_dates("(is:unread OR -after:2026/11/23)", SEOUL) == (
        "(is:unread OR -after:1795359600)"
    )


@pytest.mark.parametrize("value", ["yesterday", "2026/13/40", "어제", "12/24"])
def test_what_is_no_date_is_refused_with_what_may_be_said(value: str) -> None:
    with pytest.raises(BadInput, match="2026/11/23") as refused:
        with_exact_dates(f"after:{value}", SEOUL)
    assert refused.value.kind is ErrorKind.BAD_INPUT
    assert refused.value.parameter == "query"


@pytest.mark.parametrize(
    ("query", "labels", "unread"),
    [
        ("is:unread in:inbox", None, True),
        ("(is:unread from:kim)", None, True),
        ("", ["UNREAD"], True),
        ("-is:unread", None, False),
        ("from:kim", ["INBOX"], False),
    ],
)
def test_a_search_for_unread_mail_is_recognised(
    query: str, labels: list[str] | None, unread: bool
) -> None:
    assert asks_for_unread(query, labels) is unread
