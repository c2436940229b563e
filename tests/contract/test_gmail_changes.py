"""Labels, the archive and the bin through the Gmail server, and what the mailbox holds then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tests.sandbox import running_sandbox
from tests.servers.gmail import Gmail, gmail_client

from arion_gmail.tools import TOOLS

pytestmark = pytest.mark.thorough


@pytest.fixture
async def gmail() -> AsyncIterator[Gmail]:
    async with running_sandbox() as sandbox, gmail_client(sandbox.google) as client:
        yield Gmail(client, sandbox)
        assert sandbox.violations() == []


async def test_a_mail_is_archived_and_put_back(gmail: Gmail) -> None:
    [mother] = await gmail.ids("from:어머니")
    done = await gmail.call("modify", message_ids=[mother], remove_labels=["INBOX"])
    assert done["say"] == "어머니의 '김치 보냈다' 메일을 보관했어요."
    assert done["changes"] == [f"{mother} -INBOX"]
    assert await gmail.labels_of(mother) == {"UNREAD"}
    back = await gmail.call("modify", undo=done["changes"])
    assert back["say"] == "어머니의 '김치 보냈다' 메일을 받은편지함으로 옮겼어요."
    assert await gmail.labels_of(mother) == {"INBOX", "UNREAD"}


SAYINGS: list[tuple[dict[str, Any], str, str]] = [
    ({"remove_labels": ["UNREAD"]}, "메일을 읽음으로 표시했어요.", "as read."),
    ({"add_labels": ["STARRED"]}, "메일에 별표를 달았어요.", "I starred "),
    ({"add_labels": ["회사"]}, "메일에 '회사' 라벨을 붙였어요.", "I put '회사' on "),
    ({"add_labels": ["spam"]}, "메일을 스팸으로 신고했어요.", "as spam."),
    (
        {"add_labels": ["Label_2"], "remove_labels": ["inbox"]},
        "메일에 '여행' 라벨을 붙이고 받은편지함을 뗐어요.",
        "I put '여행' on and took the inbox off ",
    ),
]


async def test_what_was_done_is_told_as_people_say_it(gmail: Gmail) -> None:
    [mother] = await gmail.ids("from:어머니")
    for arguments, korean, english in SAYINGS:
        told = await gmail.call("modify", message_ids=[mother], **arguments)
        assert told["say"].endswith(korean)
        await gmail.call("modify", undo=told["changes"])
        again = await gmail.call("modify", language="en", message_ids=[mother], **arguments)
        assert english in again["say"]
        await gmail.call("modify", undo=again["changes"])


async def test_only_what_needs_it_changes_and_the_undo_is_exact(gmail: Gmail) -> None:
    read = await gmail.ids("in:inbox -is:unread from:이수민")
    unread = await gmail.ids("in:inbox is:unread from:이수민")
    before = {it: await gmail.labels_of(it) for it in (*read, *unread)}
    done = await gmail.call(
        "modify", message_ids=[*read, *unread], add_labels=["STARRED"], remove_labels=["UNREAD"]
    )
    assert sorted(done["changes"]) == sorted(
        [f"{it} +STARRED" for it in read] + [f"{it} +STARRED -UNREAD" for it in unread]
    )
    again = await gmail.call(
        "modify", message_ids=[*read, *unread], add_labels=["STARRED"], remove_labels=["UNREAD"]
    )
    assert (again["changes"], again["say"]) == ([], "이미 그렇게 되어 있어요.")
    await gmail.call("modify", undo=done["changes"])
    assert {it: await gmail.labels_of(it) for it in before} == before


async def test_a_whole_thread_is_archived(gmail: Gmail) -> None:
    [latest] = await gmail.ids("subject:온보딩 from:이수민 is:unread")
    thread = (await gmail.state(f"messages/{latest}"))["threadId"]
    done = await gmail.call("modify", thread_id=thread, remove_labels=["INBOX"])
    assert done["say"] == "메일 두 통을 보관했어요."
    messages = (await gmail.state(f"threads/{thread}"))["messages"]
    assert not any("INBOX" in it["labelIds"] for it in messages)


async def test_mail_goes_to_the_bin_and_comes_back_where_it_was(gmail: Gmail) -> None:
    [inbox] = await gmail.ids("from:어머니")
    [archived] = await gmail.ids("subject:회의록")
    done = await gmail.call("trash", message_ids=[inbox, archived])
    assert done["say"] == "메일 두 통을 휴지통에 넣었어요. 30일 뒤에 지워져요."
    assert (done["trashed"], done["from_inbox"]) == ([inbox, archived], [inbox])
    assert await gmail.ids("in:trash from:어머니") == [inbox]
    again = await gmail.call("trash", message_ids=[inbox])
    assert (again["trashed"], again["say"]) == ([], "이미 휴지통에 있어요.")
    back = await gmail.call("untrash", message_ids=done["trashed"], inbox_ids=done["from_inbox"])
    assert back["say"] == "메일 두 통을 휴지통에서 꺼냈어요."
    assert await gmail.labels_of(inbox) == {"INBOX", "UNREAD"}
    assert await gmail.labels_of(archived) == {"Label_1"}


async def test_one_mail_is_named_as_it_goes(gmail: Gmail) -> None:
    [mother] = await gmail.ids("from:어머니")
    told = await gmail.call("trash", message_ids=[mother])
    assert told["say"] == "어머니의 '김치 보냈다' 메일을 휴지통에 넣었어요. 30일 뒤에 지워져요."
    back = await gmail.call("untrash", language="en", message_ids=[mother])
    assert back["say"] == "I took '김치 보냈다' from 어머니 out of the trash."


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("modify", {"add_labels": ["STARRED"]}, "exactly one of message_ids, thread_id and undo"),
    ("modify", {"message_ids": ["1"]}, "name labels to add or to remove"),
    (
        "modify",
        {"message_ids": ["1"], "add_labels": ["없는 라벨"]},
        "your own are 가족/사진, 여행, 회사",
    ),
    ("modify", {"message_ids": ["1"], "add_labels": ["TRASH"]}, "gmail_trash"),
    ("modify", {"message_ids": ["1"], "add_labels": ["SENT"]}, "can't be set"),
    ("modify", {"undo": ["18f0"]}, "none of the changes"),
    ("modify", {"message_ids": [f"{n:x}" for n in range(101)], "add_labels": ["STARRED"]}, "100"),
    ("trash", {"message_ids": [".."]}, "'..' is no id"),
]


async def test_what_makes_no_sense_changes_nothing(gmail: Gmail) -> None:
    for tool, arguments, told in REFUSED:
        failed = (await gmail.call(tool, **arguments))["error"]
        assert failed["kind"] == "bad_input"
        assert told in failed["message"]
    assert all(it["method"] == "GET" for it in gmail.sandbox.requests())


async def test_one_mail_that_is_not_there_changes_none(gmail: Gmail) -> None:
    [mother] = await gmail.ids("from:어머니")
    failed = await gmail.call("trash", message_ids=[mother, "18f0000000000000"])
    assert failed["error"]["kind"] == "not_found"
    assert await gmail.labels_of(mother) == {"INBOX", "UNREAD"}


def test_no_tool_deletes_mail_for_good() -> None:
    deleting = [tool.name for tool in TOOLS if "delete" in tool.name]
    assert deleting == ["gmail_delete_draft"]
    assert all(tool.asks for tool in TOOLS if "delete" in tool.name or "send" in tool.name)
