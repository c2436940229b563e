"""Gmail's stand-in: what changes the mailbox, and what it refuses."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from tests.sandbox import Sandbox
from tests.vendor_specs import gmail

pytestmark = pytest.mark.thorough

ME = "/gmail/v1/users/me"
UPLOAD = "/upload/gmail/v1/users/me"
LETTER = "To: hana.kim@yeoul.example\r\nSubject: hi\r\nMessage-ID: <1@x.example>\r\n\r\nHello\r\n"


@pytest.fixture
async def google(sandbox: Sandbox) -> AsyncIterator[httpx2.AsyncClient]:
    async with sandbox.google_client() as client:
        yield client


def raw(text: str) -> dict[str, str]:
    return {"raw": base64.urlsafe_b64encode(text.encode()).decode()}


async def found(google: httpx2.AsyncClient, search: str) -> str:
    """The id of the newest message that a search finds."""
    page = (await google.get(f"{ME}/messages", params={"q": search})).json()
    return page["messages"][0]["id"]


async def labels(google: httpx2.AsyncClient, message_id: str) -> set[str]:
    return set((await google.get(f"{ME}/messages/{message_id}")).json()["labelIds"])


def header(message: dict[str, Any], name: str) -> str:
    return next(h["value"] for h in message["payload"]["headers"] if h["name"] == name)


def refusal(response: httpx2.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["message"]


async def test_a_sent_mail_has_an_id_and_a_message_id_of_its_own(google: httpx2.AsyncClient):
    sent = (await google.post(f"{ME}/messages/send", json=raw(LETTER))).json()
    message = (await google.get(f"{ME}/messages/{sent['id']}")).json()
    assert sent["labelIds"] == ["SENT"]
    assert header(message, "Message-ID").endswith("@mail.gmail.com>")
    assert header(message, "From") == "hanul@example.com"
    assert header(message, "To") == "hana.kim@yeoul.example"


async def test_mail_to_oneself_arrives(google: httpx2.AsyncClient):
    letter = LETTER.replace("hana.kim@yeoul.example", "me <hanul@example.com>")
    sent = (await google.post(f"{ME}/messages/send", json=raw(letter))).json()
    assert set(sent["labelIds"]) == {"SENT", "INBOX", "UNREAD"}


async def test_a_draft_lives_until_it_is_sent(google: httpx2.AsyncClient):
    made = (await google.post(f"{ME}/drafts", json={"message": raw(LETTER)})).json()
    changed = await google.put(
        f"{ME}/drafts/{made['id']}", json={"message": raw(LETTER.replace("Hello", "Bye"))}
    )
    assert changed.json()["id"] == made["id"]
    assert changed.json()["message"]["id"] != made["message"]["id"]
    assert (await google.get(f"{ME}/messages/{made['message']['id']}")).status_code == 404
    sent = (await google.post(f"{ME}/drafts/send", json={"id": made["id"]})).json()
    message = (await google.get(f"{ME}/messages/{sent['id']}")).json()
    assert base64.urlsafe_b64decode(message["payload"]["body"]["data"]) == b"Bye\r\n"
    assert (await google.get(f"{ME}/drafts/{made['id']}")).status_code == 404
    again = await google.post(f"{ME}/drafts/send", json={"id": made["id"]})
    assert refusal(again) == (404, "Requested entity was not found.")


async def test_a_draft_that_was_there_is_listed_and_deleted(google: httpx2.AsyncClient):
    [draft] = (await google.get(f"{ME}/drafts")).json()["drafts"]
    assert (await google.delete(f"{ME}/drafts/{draft['id']}")).status_code == 204
    assert "drafts" not in (await google.get(f"{ME}/drafts")).json()
    assert (await google.delete(f"{ME}/drafts/{draft['id']}")).status_code == 404


REPLIES = [
    ("Re: 온보딩 화면 시안 공유드려요", True, True),
    ("온보딩 화면 시안 공유드려요", True, True),
    ("Re: 온보딩 화면 시안 공유드려요", False, False),
    ("다른 이야기", True, False),
]


@pytest.mark.parametrize(("subject", "refers", "joins"), REPLIES)
async def test_a_reply_joins_its_thread_by_id_references_and_subject(
    google: httpx2.AsyncClient, subject: str, *, refers: bool, joins: bool
):
    original = await found(google, "subject:온보딩 is:unread")
    message = (await google.get(f"{ME}/messages/{original}")).json()
    coded = base64.b64encode(subject.encode()).decode()
    letter = f"To: a@b.example\r\nSubject: =?utf-8?b?{coded}?=\r\n"
    if refers:
        letter += f"In-Reply-To: {header(message, 'Message-ID')}\r\n"
    body = {**raw(f"{letter}\r\nok"), "threadId": message["threadId"]}
    sent = (await google.post(f"{ME}/messages/send", json=body)).json()
    assert (sent["threadId"] == message["threadId"]) is joins


REFUSED: list[tuple[str, Any, int, str]] = [
    (f"{ME}/messages/send", {}, 400, "'raw' RFC822 payload"),
    (f"{ME}/messages/send", {"raw": "%%%"}, 400, "Base64 decoding failed"),
    (f"{ME}/messages/send", raw("Subject: x\r\n\r\nhi"), 400, "Recipient address required"),
    (f"{ME}/messages/send", raw("To: hana\r\n\r\nhi"), 400, "Invalid To header"),
    (f"{ME}/messages/send", raw("To: a@b.example\r\nCc: <x\r\n\r\nhi"), 400, "Invalid Cc header"),
    (f"{ME}/messages/send", raw(f"To: c@d.example\r\n{LETTER}"), 400, "Duplicate header: To"),
    (f"{ME}/messages/send", raw("no headers at all"), 400, "Invalid message"),
    (f"{ME}/messages/send", {**raw(LETTER), "threadId": "18f"}, 404, "not found"),
    (f"{ME}/messages/send", {"message": raw(LETTER)}, 400, 'Unknown name "message"'),
    (f"{ME}/drafts", raw(LETTER), 400, 'Unknown name "raw"'),
    (f"{ME}/drafts/send", {}, 400, "Missing draft id"),
    (f"{ME}/messages/batchModify", {"ids": [], "addLabelIds": ["STARRED"]}, 400, "number of ids"),
]


@pytest.mark.parametrize(("path", "body", "status", "told"), REFUSED)
async def test_what_is_no_mail_is_refused(
    google: httpx2.AsyncClient, path: str, body: Any, status: int, told: str
):
    before = (await google.get(f"{ME}/profile")).json()
    refused = refusal(await google.post(path, json=body))
    assert refused[0] == status
    assert told in refused[1]
    assert (await google.get(f"{ME}/profile")).json() == before


async def test_labels_are_put_on_and_taken_off(google: httpx2.AsyncClient):
    mother = await found(google, "from:어머니")
    body = {"addLabelIds": ["STARRED", "Label_1"], "removeLabelIds": ["UNREAD"]}
    changed = (await google.post(f"{ME}/messages/{mother}/modify", json=body)).json()
    assert set(changed["labelIds"]) == {"INBOX", "STARRED", "Label_1"}
    assert await labels(google, mother) == {"INBOX", "STARRED", "Label_1"}


BAD_LABELS = [
    ({}, "No label add or removes specified"),
    ({"addLabelIds": ["Label_9"]}, "Invalid label: Label_9"),
    ({"addLabelIds": ["SENT"]}, "Invalid label: SENT"),
    ({"addLabelIds": ["STARRED"], "removeLabelIds": ["STARRED"]}, "Cannot both add and remove"),
]


@pytest.mark.parametrize(("body", "told"), BAD_LABELS)
async def test_labels_that_make_no_sense_are_refused(
    google: httpx2.AsyncClient, body: dict[str, Any], told: str
):
    mother = await found(google, "from:어머니")
    status, message = refusal(await google.post(f"{ME}/messages/{mother}/modify", json=body))
    assert (status, told in message) == (400, True)
    assert await labels(google, mother) == {"INBOX", "UNREAD"}


async def test_many_change_together_or_not_at_all(google: httpx2.AsyncClient):
    mother = await found(google, "from:어머니")
    body = {"ids": [mother, "18f0000000000000"], "removeLabelIds": ["INBOX"]}
    assert (await google.post(f"{ME}/messages/batchModify", json=body)).status_code == 404
    assert "INBOX" in await labels(google, mother)
    body["ids"] = [mother]
    assert (await google.post(f"{ME}/messages/batchModify", json=body)).status_code == 204
    assert "INBOX" not in await labels(google, mother)


@pytest.mark.parametrize("kind", ["messages", "threads"])
async def test_the_bin_hides_mail_until_it_is_taken_out(google: httpx2.AsyncClient, kind: str):
    mother = await found(google, "from:어머니")  # a thread of one, under the same id
    await google.post(f"{ME}/{kind}/{mother}/trash")
    assert await labels(google, mother) == {"UNREAD", "TRASH"}
    listed = await google.get(f"{ME}/messages", params={"q": "from:어머니"})
    assert "messages" not in listed.json()
    await google.post(f"{ME}/{kind}/{mother}/untrash")
    assert await labels(google, mother) == {"UNREAD"}


async def test_history_tells_what_changed_since(google: httpx2.AsyncClient):
    start = (await google.get(f"{ME}/profile")).json()["historyId"]
    mother = await found(google, "from:어머니")
    await google.post(f"{ME}/messages/{mother}/modify", json={"removeLabelIds": ["UNREAD"]})
    since = (await google.get(f"{ME}/history", params={"startHistoryId": start})).json()
    assert [row["messages"][0]["id"] for row in since["history"]] == [mother]
    old = await google.get(f"{ME}/history", params={"startHistoryId": "1"})
    assert old.status_code == 404


def multipart(metadata: Any, letter: str) -> tuple[bytes, dict[str, str]]:
    body = (
        f"--x\r\nContent-Type: application/json\r\n\r\n{json.dumps(metadata)}\r\n"
        f"--x\r\nContent-Type: message/rfc822\r\n\r\n{letter}\r\n--x--\r\n"
    )
    return body.encode(), {"Content-Type": "multipart/related; boundary=x"}


async def test_a_whole_message_is_uploaded_byte_for_byte(google: httpx2.AsyncClient):
    content, headers = multipart({"message": {}}, LETTER)
    made = await google.post(
        f"{UPLOAD}/drafts?uploadType=multipart", content=content, headers=headers
    )
    stored = await google.get(f"{ME}/drafts/{made.json()['id']}", params={"format": "raw"})
    assert base64.urlsafe_b64decode(stored.json()["message"]["raw"]) == LETTER.encode()
    sent = await google.post(
        f"{UPLOAD}/messages/send?uploadType=media",
        content=LETTER.encode(),
        headers={"Content-Type": "message/rfc822"},
    )
    assert sent.json()["labelIds"] == ["SENT"]


async def test_an_upload_that_is_none_is_refused(google: httpx2.AsyncClient):
    url = f"{UPLOAD}/drafts?uploadType=multipart"
    plain = await google.post(url, content=b"x", headers={"Content-Type": "text/plain"})
    content, headers = multipart({"raw": "x"}, LETTER)
    unknown = await google.post(url, content=content, headers=headers)
    untyped = await google.post(f"{UPLOAD}/drafts", content=content, headers=headers)
    assert [it.status_code for it in (plain, unknown, untyped)] == [400, 400, 400]


async def test_json_that_is_too_large_is_refused(google: httpx2.AsyncClient):
    refused = await google.post(f"{ME}/drafts", json={"message": {"raw": "A" * 10_500_000}})
    assert refused.status_code == 413


async def test_what_writing_answers_fits_googles_schemas(google: httpx2.AsyncClient):
    mother = await found(google, "from:어머니")
    made = await google.post(f"{ME}/drafts", json={"message": raw(LETTER)})
    one = f"{ME}/drafts/{made.json()['id']}"
    answers = [
        ("POST", f"{ME}/drafts", made),
        ("GET", f"{ME}/drafts", await google.get(f"{ME}/drafts")),
        ("GET", one, await google.get(one)),
        ("PUT", one, await google.put(one, json={"message": raw(LETTER)})),
        (
            "POST",
            f"{ME}/drafts/send",
            await google.post(f"{ME}/drafts/send", json={"id": made.json()["id"]}),
        ),
        (
            "POST",
            f"{ME}/messages/{mother}/trash",
            await google.post(f"{ME}/messages/{mother}/trash"),
        ),
        (
            "GET",
            f"{ME}/history",
            await google.get(f"{ME}/history", params={"startHistoryId": "1795394400"}),
        ),
    ]
    faults = {
        f"{verb} {path}": gmail().check_response(verb, path, answer.json())
        for verb, path, answer in answers
        if answer.is_success
    }
    assert {call: found for call, found in faults.items() if found} == {}
