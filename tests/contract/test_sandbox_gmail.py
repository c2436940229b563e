from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import httpx2
import pytest
from tests.sandbox import NOW, Sandbox, running_sandbox

pytestmark = pytest.mark.thorough

ME = "/gmail/v1/users/me"


@pytest.fixture
async def google(sandbox: Sandbox) -> AsyncIterator[httpx2.AsyncClient]:
    async with sandbox.google_client() as client:
        yield client


async def listed(google: httpx2.AsyncClient, **query: Any) -> list[dict[str, str]]:
    response = await google.get(f"{ME}/messages", params=query)
    assert response.status_code == 200, response.text
    return response.json().get("messages", [])


async def read(google: httpx2.AsyncClient, search: str, **query: Any) -> dict[str, Any]:
    """The first message that a search finds."""
    found = await listed(google, q=search)
    return (await google.get(f"{ME}/messages/{found[0]['id']}", params=query)).json()


def header(message: dict[str, Any], name: str) -> str:
    return next(h["value"] for h in message["payload"]["headers"] if h["name"] == name)


def content(part: dict[str, Any]) -> bytes:
    return base64.urlsafe_b64decode(part["body"]["data"])


def refusal(response: httpx2.Response) -> tuple[int, str, str]:
    error = response.json()["error"]
    assert error["code"] == response.status_code
    return response.status_code, error["errors"][0]["reason"], error["message"]


async def test_the_list_is_newest_first_without_spam_and_trash(google: httpx2.AsyncClient):
    messages = await listed(google)
    times: list[int] = []
    for message in messages:
        whole = (await google.get(f"{ME}/messages/{message['id']}?format=minimal")).json()
        times.append(int(whole["internalDate"]))
        assert not {"SPAM", "TRASH"} & set(whole["labelIds"])
    assert times == sorted(times, reverse=True)
    assert len(messages) == 31


async def test_hidden_mail_is_listed_where_it_is_asked_for(google: httpx2.AsyncClient):
    assert len(await listed(google, includeSpamTrash="true")) == 34
    assert len(await listed(google, labelIds="SPAM")) == 2
    assert len(await listed(google, q="in:spam")) == 2
    assert len(await listed(google, q="in:anywhere")) == 34


async def test_mail_of_later_today_has_not_arrived_yet():
    subject = "subject:점심 계산"
    async with running_sandbox() as morning, morning.google_client() as google:
        assert await listed(google, q=subject) == []
    afternoon = NOW.replace(hour=14)
    async with running_sandbox(now=afternoon) as later, later.google_client() as google:
        assert len(await listed(google, q=subject)) == 1


async def test_several_labels_must_all_be_there(google: httpx2.AsyncClient):
    both = await listed(google, labelIds=["INBOX", "STARRED"])
    assert len(both) == 2
    wrong = await google.get(f"{ME}/messages", params={"labelIds": "Label_9"})
    assert refusal(wrong) == (400, "invalidArgument", "Invalid label: Label_9")


@pytest.mark.parametrize(
    ("search", "count"),
    [
        ("is:unread from:이수민", 1),
        ("subject:온보딩", 3),
        ("label:여행", 1),
        ("label:가족-사진", 0),
        ("has:attachment filename:pdf", 1),
        ("도시가스", 1),
        ("newer_than:1d is:unread category:updates", 1),
        ("in:sent", 1),
        ("in:drafts", 1),
        ("아무데도없는말", 0),
    ],
)
async def test_a_search_finds_as_many_as_there_are(
    google: httpx2.AsyncClient, search: str, count: int
):
    response = (await google.get(f"{ME}/messages", params={"q": search})).json()
    assert response["resultSizeEstimate"] == len(response.get("messages", [])) == count


async def test_pages_hold_every_message_once(google: httpx2.AsyncClient):
    seen: list[str] = []
    query: dict[str, str] = {"maxResults": "10"}
    while True:
        page = (await google.get(f"{ME}/messages", params=query)).json()
        seen += [message["id"] for message in page["messages"]]
        if "nextPageToken" not in page:
            break
        query["pageToken"] = page["nextPageToken"]
    assert seen == [message["id"] for message in await listed(google)]


async def test_a_message_shows_its_headers_decoded_and_its_text(google: httpx2.AsyncClient):
    message = await read(google, "subject:김치")
    assert header(message, "Subject") == "김치 보냈다"
    assert header(message, "From") == "어머니 <junghee.yoon@example.com>"
    assert message["payload"]["mimeType"] == "text/plain"
    text = content(message["payload"])
    assert "김장 김치 오늘 택배로 보냈다" in text.decode()
    assert message["payload"]["body"]["size"] == len(text)
    assert datetime.fromtimestamp(int(message["internalDate"]) / 1000, NOW.tzinfo).hour == 7


async def test_a_message_in_two_forms_has_two_parts(google: httpx2.AsyncClient):
    payload = (await read(google, "subject:김장"))["payload"]
    assert payload["mimeType"] == "multipart/alternative"
    assert [(p["partId"], p["mimeType"]) for p in payload["parts"]] == [
        ("0", "text/plain"),
        ("1", "text/html"),
    ]
    assert payload["body"] == {"size": 0}


async def test_an_attachment_is_named_and_fetched_apart(google: httpx2.AsyncClient):
    message = await read(google, "filename:예산안")
    part = next(p for p in message["payload"]["parts"] if p["filename"] == "예산안.csv")
    assert "data" not in part["body"]
    path = f"{ME}/messages/{message['id']}/attachments/{part['body']['attachmentId']}"
    attachment = (await google.get(path)).json()
    data = base64.urlsafe_b64decode(attachment["data"])
    assert data.decode().splitlines() == ["항목,금액", "인건비,420000000", "마케팅,80000000"]
    assert attachment["size"] == part["body"]["size"] == len(data)


@pytest.mark.parametrize("attachment", ["x", "ANGjdJ-cGFydDo5", "ANGjdJ-%C3%A9"])
async def test_an_attachment_that_is_not_there_is_refused(
    google: httpx2.AsyncClient, attachment: str
):
    message = await read(google, "filename:예산안", format="minimal")
    response = await google.get(f"{ME}/messages/{message['id']}/attachments/{attachment}")
    assert refusal(response) == (400, "invalidArgument", "Invalid attachment token")


async def test_an_euc_kr_text_keeps_its_bytes_and_says_so(google: httpx2.AsyncClient):
    part = (await read(google, "도시가스"))["payload"]["parts"][0]
    assert {"name": "Content-Type", "value": 'text/plain; charset="euc-kr"'} in part["headers"]
    assert "38,420원" in content(part).decode("euc-kr")


async def test_metadata_gives_only_the_headers_asked_for(google: httpx2.AsyncClient):
    names = ["subject", "From"]
    message = await read(google, "subject:김치", format="metadata", metadataHeaders=names)
    assert {h["name"] for h in message["payload"]["headers"]} == {"Subject", "From"}
    assert "body" not in message["payload"]


async def test_raw_is_the_whole_message_and_minimal_none_of_it(google: httpx2.AsyncClient):
    raw = await read(google, "subject:김치", format="raw")
    assert b"Subject: =?utf-8?" in base64.urlsafe_b64decode(raw["raw"])
    assert "payload" not in raw
    minimal = await read(google, "subject:김치", format="minimal")
    assert not {"payload", "raw"} & minimal.keys()
    assert minimal["snippet"].startswith("하늘아, 김장 김치")


async def test_a_thread_holds_its_messages_in_order(google: httpx2.AsyncClient):
    (thread,) = (await google.get(f"{ME}/threads", params={"q": "온보딩"})).json()["threads"]
    whole = (await google.get(f"{ME}/threads/{thread['id']}")).json()
    senders = [header(message, "From").split()[0] for message in whole["messages"]]
    assert senders == ["이수민", "김하늘", "이수민"]
    assert thread["snippet"] == whole["messages"][-1]["snippet"]
    assert header(whole["messages"][2], "In-Reply-To") == header(whole["messages"][1], "Message-ID")


async def test_labels_are_listed_and_counted(google: httpx2.AsyncClient):
    labels = (await google.get(f"{ME}/labels")).json()["labels"]
    assert {"회사", "여행", "가족/사진", "INBOX", "SPAM"} <= {label["name"] for label in labels}
    inbox = (await google.get(f"{ME}/labels/INBOX")).json()
    assert inbox["messagesUnread"] == len(await listed(google, q="in:inbox is:unread"))
    assert inbox["messagesTotal"] > inbox["messagesUnread"] > 0
    assert refusal(await google.get(f"{ME}/labels/Label_9"))[:2] == (404, "notFound")


async def test_the_profile_is_the_persons(google: httpx2.AsyncClient):
    profile = (await google.get("/gmail/v1/users/hanul@example.com/profile")).json()
    assert profile["emailAddress"] == "hanul@example.com"
    assert (profile["messagesTotal"], profile["threadsTotal"]) == (34, 32)


async def test_another_persons_mail_is_refused(google: httpx2.AsyncClient):
    response = await google.get("/gmail/v1/users/sumin@example.com/messages")
    expected = (403, "forbidden", "Delegation denied for hanul@example.com")
    assert refusal(response) == expected


@pytest.mark.parametrize("kind", ["messages", "threads"])
async def test_what_is_not_there_is_not_found(google: httpx2.AsyncClient, kind: str):
    missing = await google.get(f"{ME}/{kind}/18f0000000000000")
    assert refusal(missing) == (404, "notFound", "Requested entity was not found.")
    malformed = await google.get(f"{ME}/{kind}/no-such-id")
    assert refusal(malformed) == (400, "invalidArgument", "Invalid id value")
