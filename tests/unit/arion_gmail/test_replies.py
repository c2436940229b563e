from __future__ import annotations

import base64
from zoneinfo import ZoneInfo

import pytest

from arion_gmail import replies
from arion_gmail.addresses import Address
from arion_gmail.wire import Message

SEOUL = ZoneInfo("Asia/Seoul")
ME = Address("hanul@example.com")


def received(text: str = "네.", labels: tuple[str, ...] = ("INBOX",), **headers: str) -> Message:
    return Message.model_validate(
        {
            "id": "1",
            "threadId": "t",
            "labelIds": list(labels),
            "internalDate": "1795359600000",
            "payload": {
                "mimeType": "text/plain",
                "headers": [
                    {"name": name.replace("_", "-"), "value": value}
                    for name, value in headers.items()
                ],
                "body": {"data": base64.urlsafe_b64encode(text.encode()).decode()},
            },
        }
    )


def texts(people: tuple[Address, ...]) -> list[str]:
    return [it.text for it in people]


def test_an_answer_goes_where_the_writer_wants_it() -> None:
    original = received(
        From="a@b.example", Reply_To="Team <team@b.example>", To="hanul@example.com"
    )
    assert texts(replies.people_of_reply(original, ME, everyone=False).to) == [
        "Team <team@b.example>"
    ]


def test_an_answer_to_all_leaves_out_oneself_in_any_spelling_and_nobody_comes_twice() -> None:
    original = received(
        From="하나 <hana@b.example>",
        To="Hanul <HANUL@Example.com>, HANA@b.example, c@d.example",
        Cc="c@d.example, hanul@example.com, e@f.example",
    )
    people = replies.people_of_reply(original, ME, everyone=True)
    assert texts(people.to) == ["하나 <hana@b.example>", "c@d.example"]
    assert texts(people.cc) == ["e@f.example"]


def test_an_answer_to_a_mail_to_oneself_still_goes_to_somebody() -> None:
    note = received("메모", ("SENT",), From="hanul@example.com", To="hanul@example.com")
    assert texts(replies.people_of_reply(note, ME, everyone=True).to) == ["hanul@example.com"]


def test_what_a_stranger_wrote_and_is_no_address_is_left_out() -> None:
    original = received(From="x <x@y>, good@b.example", To="hanul@example.com")
    assert replies.people_of_reply(original, ME, everyone=True).to == (Address("good@b.example"),)


@pytest.mark.parametrize(
    ("subject", "reply", "forward"),
    [
        ("회의", "Re: 회의", "Fwd: 회의"),
        ("Re: 회의", "Re: 회의", "Fwd: Re: 회의"),
        ("RE: re: Re[2]: 회의", "Re: 회의", "Fwd: RE: re: Re[2]: 회의"),
        ("Fwd: 회의", "Re: Fwd: 회의", "Fwd: 회의"),
        ("Report: Re: x", "Re: Report: Re: x", "Fwd: Report: Re: x"),
        ("", "Re: ", "Fwd: "),
    ],
)
def test_a_subject_gets_its_prefix_once(subject: str, reply: str, forward: str) -> None:
    assert replies.reply_subject(subject) == reply
    assert replies.forward_subject(subject) == forward


def test_the_chain_of_a_thread_grows_by_its_last_mail() -> None:
    original = received(Message_ID="<3@x>", References="<1@x> <2@x>", In_Reply_To="<2@x>")
    assert replies.references(original) == ("<1@x>", "<2@x>", "<3@x>")
    assert replies.references(received(Message_ID="<3@x>", In_Reply_To="<2@x> <9@x>")) == (
        "<2@x>",
        "<3@x>",
    )


def test_a_very_long_chain_keeps_its_beginning_and_its_end() -> None:
    chain = [f"<{number}@x>" for number in range(100)]
    kept = replies.references(received(Message_ID="<100@x>", References=" ".join(chain)))
    assert (kept[0], kept[-2:], len(kept)) == ("<0@x>", ("<99@x>", "<100@x>"), 31)


def test_a_hostile_message_id_is_none() -> None:
    original = received(
        Message_ID="<a@b>\r\nBcc: x@y.example", References="no ids <한글@x> <c d@x>"
    )
    assert replies.references(original) == ("<a@b>",)
    assert replies.message_id(received(Message_ID="nothing")) == ""


def test_the_original_is_quoted_without_what_it_quotes() -> None:
    original = received("좋아요.\n\n> 어때요?\n> 네?", From="하나 <hana@b.example>")
    assert replies.quoted(original, SEOUL, "ko") == (
        "2026년 11월 23일 월요일 0시, 하나 <hana@b.example> 님이 작성:\n> 좋아요."
    )
    assert replies.quoted(original, SEOUL, "en").startswith(
        "On Monday, November 23, 2026 at 12 AM, 하나 <hana@b.example> wrote:\n> "
    )


def test_markup_of_a_stranger_is_quoted_as_text() -> None:
    original = received("<script>x</script> & y", From='"<b>x</b>" <hana@b.example>')
    quoted = replies.quoted_html(original, SEOUL, "en")
    assert "&lt;script&gt;x&lt;/script&gt; &amp; y" in quoted
    assert "<script" not in quoted
    assert "<b>" not in quoted
