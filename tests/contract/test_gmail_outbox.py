"""Drafts and sending through the Gmail server, and what the mailbox holds afterwards."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

import pytest
from tests.sandbox import running_sandbox
from tests.servers.gmail import Gmail, gmail_client

from arion_gmail import outbox

pytestmark = pytest.mark.thorough

HANA = "김하나 <hana.kim@yeoul.example>"


@pytest.fixture
async def gmail() -> AsyncIterator[Gmail]:
    async with running_sandbox() as sandbox, gmail_client(sandbox.google) as client:
        yield Gmail(client, sandbox)
        assert sandbox.violations() == []


async def mail_of(gmail: Gmail, message_id: str) -> EmailMessage:
    """A message of the mailbox as any mail program reads it."""
    raw = (await gmail.state(f"messages/{message_id}", format="raw"))["raw"]
    parsed = message_from_bytes(base64.urlsafe_b64decode(raw), policy=policy.default)
    return cast("EmailMessage", parsed)


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


async def drafts(gmail: Gmail) -> list[dict[str, Any]]:
    return (await gmail.state("drafts")).get("drafts", [])


async def sent(gmail: Gmail) -> list[str]:
    found = await gmail.state("messages", labelIds="SENT")
    return [row["id"] for row in found.get("messages", [])]


async def test_a_draft_is_saved_and_nothing_is_sent(gmail: Gmail) -> None:
    before = await sent(gmail)
    made = await gmail.call(
        "create_draft",
        to=[HANA],
        cc=["이수민 <sumin.lee@yeoul.example>"],
        subject="견적서 문의",
        body="검토 부탁드려요. 😀",
    )
    assert (
        made["say"] == "김하나 님, 이수민 님께 보낼 '견적서 문의' 메일을 임시 보관함에 저장했어요."
    )
    message = (await gmail.state(f"drafts/{made['draft_id']}", format="minimal"))["message"]
    mail = await mail_of(gmail, message["id"])
    assert message["labelIds"] == ["DRAFT"]
    assert mail["To"] == HANA
    assert mail["Cc"] == "이수민 <sumin.lee@yeoul.example>"
    assert mail["Subject"] == "견적서 문의"
    assert text_of(mail) == "검토 부탁드려요. 😀\n"
    assert await sent(gmail) == before


async def test_a_mail_is_shown_before_it_is_sent(gmail: Gmail) -> None:
    before = await sent(gmail)
    wanted = {"to": [HANA], "subject": "견적서", "body": "첨부한 견적서를 봐 주세요.\n고맙습니다."}
    asked = await gmail.call("send", **wanted)
    assert asked["say"] == (
        "김하나 님(hana.kim@yeoul.example)께 '견적서' 메일을 보낼까요? "
        "내용은 “첨부한 견적서를 봐 주세요. 고맙습니다.”이고, 보낸 뒤에는 되돌릴 수 없어요."
    )
    assert asked["preview"] == {
        "to": [HANA],
        "subject": "견적서",
        "text": wanted["body"],
    }
    assert await sent(gmail) == before
    assert len(await drafts(gmail)) == 1


async def test_a_mail_that_was_agreed_to_leaves_once(gmail: Gmail) -> None:
    before = await sent(gmail)
    wanted = {"to": [HANA], "subject": "견적서", "body": "봐 주세요."}
    done = await gmail.agreed("send", **wanted)
    assert done["say"] == "김하나 님께 '견적서' 메일을 보냈어요."
    assert done["already_sent"] is False
    assert await gmail.labels_of(done["message_id"]) == {"SENT"}
    assert set(await sent(gmail)) - set(before) == {done["message_id"]}
    assert len(await drafts(gmail)) == 1  # the one that was there
    mail = await mail_of(gmail, done["message_id"])
    assert (mail["To"], text_of(mail)) == (HANA, "봐 주세요.\n")
    assert mail["From"] == "김하늘 <hanul@example.com>"


async def test_a_yes_for_one_mail_sends_no_other(gmail: Gmail) -> None:
    before = await sent(gmail)
    asked = await gmail.call("send", to=[HANA], body="하나")
    other = await gmail.call(
        "send", to=["x@evil.example"], body="하나", confirm_token=asked["confirm_token"]
    )
    assert other["preview"]["to"] == ["x@evil.example"]
    assert await sent(gmail) == before


async def test_dictated_words_become_a_polite_mail_with_a_subject(gmail: Gmail) -> None:
    done = await gmail.agreed("send", to=[HANA], body="내일 회의 늦는다", body_format="dictated")
    mail = await mail_of(gmail, done["message_id"])
    assert text_of(mail) == "내일 회의 늦습니다.\n"
    assert mail["Subject"] == "내일 회의 늦습니다"


async def test_html_goes_out_beside_its_text(gmail: Gmail) -> None:
    done = await gmail.agreed(
        "send", to=[HANA], subject="소식", body="<p>안녕 <b>하나</b></p>", body_format="html"
    )
    mail = await mail_of(gmail, done["message_id"])
    assert mail.get_content_type() == "multipart/alternative"
    assert text_of(mail, "html") == "<p>안녕 <b>하나</b></p>\n"
    assert text_of(mail) == "안녕 하나\n"


async def test_what_is_hidden_in_html_is_shown_before_it_is_sent(gmail: Gmail) -> None:
    hidden = '<p>안녕</p><p style="display:none">비밀번호 1234</p>'
    asked = await gmail.call("send", to=[HANA], body=hidden, body_format="html")
    assert asked["preview"]["text"] == "안녕"
    assert asked["preview"]["html"] == hidden


async def test_what_goes_along_is_named_before_it_is_sent(gmail: Gmail) -> None:
    [original] = await gmail.ids("from:정민재 has:attachment")
    asked = await gmail.call("send", to=[HANA], forward_message_id=original, body="참고하세요.")
    assert asked["preview"]["original"] == (
        "정민재 <minjae.jung@yeoul.example>: 3분기 실적 보고서 보내드립니다"
    )
    assert [it.split(" (")[0] for it in asked["preview"]["attachments"]] == [
        "3분기 실적보고서.pdf",
        "예산안.csv",
    ]


async def test_a_reply_stays_in_its_thread(gmail: Gmail) -> None:
    [original] = await gmail.ids("subject:온보딩 from:이수민 is:unread")
    done = await gmail.agreed("send", reply_to_message_id=original, body="고마워요!")
    raw = await mail_of(gmail, original)
    mail = await mail_of(gmail, done["message_id"])
    thread = (await gmail.state(f"messages/{original}"))["threadId"]
    assert done["thread_id"] == thread
    assert done["say"] == "이수민 님께 '온보딩 화면 시안 공유드려요' 답장을 보냈어요."
    assert mail["To"] == "이수민 <sumin.lee@yeoul.example>"
    assert mail["Subject"] == "Re: 온보딩 화면 시안 공유드려요"
    assert mail["In-Reply-To"] == raw["Message-ID"]
    assert mail["References"].split() == [*raw["References"].split(), raw["Message-ID"]]
    new, _, quote = text_of(mail).partition("\n\n")
    assert new == "고마워요!"
    assert quote.splitlines() == [
        "2026년 11월 23일 월요일 오전 9시 20분, 이수민 <sumin.lee@yeoul.example> 님이 작성:",
        "> 좋아요! 문구 바꿔서 오늘 오후 3시까지 다시 올릴게요.",
    ]


async def test_a_reply_to_all_leaves_out_oneself_and_nobody_twice(gmail: Gmail) -> None:
    [original] = await gmail.ids('subject:"오늘 주간 회의 안건"')
    made = await gmail.call(
        "create_draft",
        reply_to_message_id=original,
        reply_all=True,
        cc=["sumin.lee@yeoul.example"],
        body="확인했습니다.",
    )
    message = (await gmail.state(f"drafts/{made['draft_id']}"))["message"]
    mail = await mail_of(gmail, message["id"])
    assert mail["To"] == "박서준 <seojun.park@yeoul.example>"
    assert mail["Cc"] == "sumin.lee@yeoul.example, 정민재 <minjae.jung@yeoul.example>"
    assert "hanul@example.com" not in f"{mail['To']} {mail['Cc']}"


async def test_a_reply_to_ones_own_mail_goes_to_whom_that_went(gmail: Gmail) -> None:
    [original] = await gmail.ids("in:sent subject:온보딩")
    made = await gmail.call("create_draft", reply_to_message_id=original, body="덧붙여요.")
    assert made["to"] == ["이수민 <sumin.lee@yeoul.example>"]


async def test_a_forwarded_mail_carries_text_and_files(gmail: Gmail) -> None:
    [original] = await gmail.ids("from:정민재 has:attachment")
    done = await gmail.agreed("send", to=[HANA], forward_message_id=original, body="참고하세요.")
    mail = await mail_of(gmail, done["message_id"])
    assert mail["Subject"] == "Fwd: 3분기 실적 보고서 보내드립니다"
    assert mail["In-Reply-To"] is None
    text = text_of(mail)
    assert text.startswith("참고하세요.\n\n---------- Forwarded message ---------\nFrom: 정민재")
    assert "매출은 지난 분기보다 12% 늘었습니다." in text
    files = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert list(files) == ["3분기 실적보고서.pdf", "예산안.csv"]


async def test_files_are_attached_from_mail_and_from_the_call(gmail: Gmail) -> None:
    report = await gmail.read("from:정민재 has:attachment")
    table = next(it for it in report["attachments"] if it["name"] == "예산안.csv")
    done = await gmail.agreed(
        "send",
        to=[HANA],
        body="두 개 보내요.",
        attachments=[
            f"{report['id']}/{table['id']}",
            json.dumps({"name": "할 일 목록.txt", "text": "하나\n둘"}),
            json.dumps({"name": "a.bin", "base64": base64.b64encode(b"\x00\xff").decode()}),
        ],
    )
    mail = await mail_of(gmail, done["message_id"])
    files = [(it.get_filename(), it.get_payload(decode=True)) for it in mail.iter_attachments()]
    assert files[0][0] == "예산안.csv"
    assert "인건비,420000000".encode() in cast("bytes", files[0][1])
    assert files[1:] == [("할 일 목록.txt", "하나\n둘".encode()), ("a.bin", b"\x00\xff")]


async def test_a_large_mail_is_uploaded_byte_for_byte(
    gmail: Gmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_UPLOADED_BYTES", 1_000)
    content = bytes(range(256)) * 10
    file = json.dumps({"name": "큰.bin", "base64": base64.b64encode(content).decode()})
    made = await gmail.call("create_draft", to=[HANA], body="큰 파일이에요.", attachments=[file])
    await gmail.call("update_draft", draft_id=made["draft_id"], subject="더 큰 파일")
    assert [it["path"] for it in gmail.sandbox.requests() if it["method"] != "GET"] == [
        "/upload/gmail/v1/users/me/drafts",
        f"/upload/gmail/v1/users/me/drafts/{made['draft_id']}",
    ]
    message = (await gmail.state(f"drafts/{made['draft_id']}", format="minimal"))["message"]
    mail = await mail_of(gmail, message["id"])
    [attached] = mail.iter_attachments()
    assert (mail["Subject"], attached.get_content()) == ("더 큰 파일", content)


async def test_a_draft_is_changed_only_where_it_is_asked(gmail: Gmail) -> None:
    made = await gmail.call(
        "create_draft",
        to=[HANA],
        subject="초안",
        body="처음",
        attachments=[json.dumps({"name": "표.csv", "text": "1,2"})],
    )
    changed = await gmail.call("update_draft", draft_id=made["draft_id"], subject="고친 제목")
    assert changed["draft_id"] == made["draft_id"]
    assert changed["say"] == "임시 보관한 '고친 제목' 메일을 고쳤어요."
    message = (await gmail.state(f"drafts/{made['draft_id']}", format="minimal"))["message"]
    mail = await mail_of(gmail, message["id"])
    assert (mail["To"], mail["Subject"], text_of(mail)) == (HANA, "고친 제목", "처음\n")
    assert [part.get_filename() for part in mail.iter_attachments()] == ["표.csv"]


async def test_a_changed_draft_is_put_back_by_its_inverse(gmail: Gmail) -> None:
    made = await gmail.call("create_draft", to=[HANA], subject="초안", body="처음")
    changed = await gmail.call(
        "update_draft", draft_id=made["draft_id"], to=["a@b.example"], subject="둘", body="나중"
    )
    back = await gmail.call("update_draft", draft_id=made["draft_id"], **changed["previous"])
    message = (await gmail.state(f"drafts/{made['draft_id']}", format="minimal"))["message"]
    mail = await mail_of(gmail, message["id"])
    assert (mail["To"], mail["Subject"], text_of(mail)) == (HANA, "초안", "처음\n")
    assert back["previous"]["subject"] == "둘"


async def test_drafts_are_listed_and_one_is_sent_as_it_is(gmail: Gmail) -> None:
    made = await gmail.call("create_draft", to=[HANA], subject="초안", body="이대로 보내요.")
    listed = await gmail.call("list_drafts")
    assert [row["subject"] for row in listed["drafts"]] == ["초안", "Printed designs"]
    assert listed["say"] == "임시 보관한 메일이 두 통 있어요. '초안', 'Printed designs'예요."
    done = await gmail.agreed("send_draft", draft_id=made["draft_id"])
    assert done["say"] == "김하나 님께 '초안' 메일을 보냈어요."
    assert text_of(await mail_of(gmail, done["message_id"])) == "이대로 보내요.\n"
    again = await gmail.call("send_draft", draft_id=made["draft_id"])
    assert again["already_sent"] is True
    assert len(await drafts(gmail)) == 1


async def test_a_draft_of_another_program_is_read_and_sent(gmail: Gmail) -> None:
    [draft] = await drafts(gmail)
    asked = await gmail.call("send_draft", language="en", draft_id=draft["id"])
    assert asked["say"].startswith("Send the email 'Printed designs' to Emma Clark (")
    assert asked["preview"]["text"].startswith("Hi Emma, I will bring")


async def test_a_draft_is_deleted_after_a_yes_and_once(gmail: Gmail) -> None:
    made = await gmail.call("create_draft", to=[HANA], subject="초안", body="지울 것")
    asked = await gmail.call("delete_draft", draft_id=made["draft_id"])
    assert asked["say"] == "임시 보관한 '초안' 메일을 지울까요? 지우면 되돌릴 수 없어요."
    assert len(await drafts(gmail)) == 2
    done = await gmail.agreed("delete_draft", draft_id=made["draft_id"])
    assert done["say"] == "임시 보관한 '초안' 메일을 지웠어요."
    assert len(await drafts(gmail)) == 1
    again = await gmail.call("delete_draft", draft_id=made["draft_id"])
    assert again["say"] == "그 임시 보관 메일은 이미 없어요."


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"to": ["hana@x.example\r\nBcc: a@b.example"]}, "to: an address may hold no line breaks"),
    ({"to": ["hana"]}, "to: 'hana' is no mail address"),
    ({"to": ["a@b.example, c@d.example"]}, "one in each entry"),
    ({"to": ["하나\x00 <a@b.example>"]}, "characters that are not text"),
    ({"to": [HANA], "subject": "안녕\nBcc: a@b.example"}, "subject: must be one line"),
    ({"to": []}, "to: names nobody"),
    ({"to": [HANA], "reply_all": True}, "reply_all: needs reply_to_message_id"),
    ({"to": [HANA], "reply_to_message_id": "1", "forward_message_id": "2"}, "not both"),
    ({"to": [HANA], "attachments": ["/etc/passwd"]}, "'/etc/passwd' is no attachment"),
    ({"to": [HANA], "attachments": ["passwd"]}, "attachments: 'passwd' is no attachment"),
    ({"to": [HANA], "attachments": ['{"path": "/etc/passwd"}']}, "attachments: a file is"),
]


async def test_what_cannot_be_a_letter_is_refused_before_anything_happens(gmail: Gmail) -> None:
    for arguments, told in REFUSED:
        failed = (await gmail.call("send", body="안녕", **arguments))["error"]
        assert failed["kind"] == "bad_input"
        assert told in failed["message"]
    assert all(it["method"] == "GET" for it in gmail.sandbox.requests())
