from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from arion_sandbox.google import ACCOUNT
from arion_sandbox.json_types import as_object, as_objects, as_text, as_texts
from arion_sandbox.mime import Mail, decode
from arion_sandbox.seed import SEOUL, seed_rows
from arion_sandbox.series import Window, instances

pytestmark = pytest.mark.thorough

MONDAY = date(2026, 11, 23)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]


def busy(today: date, first: date, last: date) -> list[tuple[datetime, datetime, str]]:
    """The timed events of the primary calendar, in order."""
    begin = datetime.fromisoformat(f"{first}T00:00:00+09:00")
    window = Window(begin, datetime.fromisoformat(f"{last}T00:00:00+09:00"))
    found: list[tuple[datetime, datetime, str]] = []
    for row in seed_rows(today):
        if row.collection == f"events/{ACCOUNT}":
            event = as_object(row.document["event"])
            single = [event] if window.holds(event, SEOUL) else []
            for one in instances(row.document, window, SEOUL) if "recurrence" in event else single:
                times = [as_text(as_object(one[side]).get("dateTime")) for side in ("start", "end")]
                if all(times):
                    start, end = (datetime.fromisoformat(text) for text in times)
                    found.append((start, end, as_text(one["summary"])))
    return sorted(found)


def mails(today: date = MONDAY) -> dict[str, Mail]:
    rows = [row.document for row in seed_rows(today) if row.collection == "messages"]
    parsed = [Mail.parse(decode(as_text(document["raw"]))) for document in rows]
    return {mail.header("Subject"): mail for mail in parsed}


def test_the_same_day_gives_the_same_rows():
    first = json.dumps([row.document for row in seed_rows(MONDAY)])
    seed_rows.cache_clear()
    assert json.dumps([row.document for row in seed_rows(MONDAY)]) == first


def test_another_day_gives_other_ids():
    monday = {row.key for row in seed_rows(MONDAY) if row.collection == "messages"}
    tuesday = {row.key for row in seed_rows(WEEK[1]) if row.collection == "messages"}
    assert monday.isdisjoint(tuesday)


@pytest.mark.parametrize("today", WEEK, ids=str)
def test_no_two_events_overlap_in_the_weeks_around_today(today: date):
    events = busy(today, today - timedelta(days=14), today + timedelta(days=21))
    assert [(a[2], b[2]) for a, b in pairwise(events) if a[1] > b[0]] == []


@pytest.mark.parametrize("today", WEEK, ids=str)
def test_tomorrow_has_events_and_three_in_the_afternoon_is_free(today: date):
    tomorrow = today + timedelta(days=1)
    events = busy(today, tomorrow, tomorrow + timedelta(days=1))
    at_three = datetime.fromisoformat(f"{tomorrow}T15:00:00+09:00")
    assert events
    assert [e for e in events if e[0] < at_three + timedelta(hours=1) and e[1] > at_three] == []


def test_every_event_id_is_one_that_google_would_take():
    ids = [row.key for row in seed_rows(MONDAY) if row.collection.startswith("events/")]
    assert all(set(key) <= set("0123456789abcdefghijklmnopqrstuv") for key in ids)
    assert len(set(ids)) == len(ids) > 25


def test_a_thread_is_held_together_by_its_headers_and_its_id():
    rows = [row.document for row in seed_rows(MONDAY) if row.collection == "messages"]
    thread = [
        Mail.parse(decode(as_text(row["raw"])))
        for row in rows
        if sum(other["threadId"] == row["threadId"] for other in rows) == 3
    ]
    last = max(thread, key=lambda mail: len(mail.header("References")))
    known = {mail.header("Message-ID") for mail in thread}
    assert set(last.header("References").split()) < known
    assert last.header("In-Reply-To") in known


def test_euc_kr_mail_reads_as_it_was_meant():
    mail = mails()["이번 달 도시가스 요금 안내"]
    raw = mail.root.as_bytes()
    assert b"=?euc-kr?" in raw
    assert mail.header("From") == "한강도시가스 <bill@hangas.example>"
    assert "38,420원" in mail.text()
    assert mail.filenames() == ["요금고지서.txt"]
    part = as_objects(mail.payload()["parts"])[0]
    assert decode(as_text(as_object(part["body"])["data"])).decode("euc-kr") == mail.text()


def test_a_korean_file_name_and_its_content_come_back():
    mail = mails()["3분기 실적 보고서 보내드립니다"]
    assert mail.filenames() == ["3분기 실적보고서.pdf", "예산안.csv"]
    assert (mail.attachment("2") or b"").decode().startswith("항목,금액")
    assert mail.attachment("9") is None


def test_the_newsletter_is_html_alone():
    mail = mails()["디자인 위클리 128호: 조용한 알림이 이긴다"]
    assert mail.root.get_content_type() == "text/html"
    assert mail.snippet().startswith("조용한 알림이 이긴다 이번 호에서는")


def test_mail_names_the_dates_of_the_calendar():
    text = mails()["예약 확정: 김포-김해 왕복 (K7M2QX)"].text()
    assert "가는 편: 12월 2일(수) 07:30" in text
    assert not any("{" in mail.text() for mail in mails().values())


def test_labels_of_mail_exist():
    known = {row.key for row in seed_rows(MONDAY) if row.collection == "labels"}
    for row in seed_rows(MONDAY):
        if row.collection == "messages":
            own = {name for name in as_texts(row.document["labelIds"]) if name.startswith("Label_")}
            assert own <= known
