"""What is said and asked of drafts, sending, labels, files and people."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_gmail.addresses import Address
from arion_gmail.mail import Correspondent
from arion_gmail.say import Spoken
from arion_gmail.say_changes import Relabelled, say_modified, say_restored, say_trashed
from arion_gmail.say_files import say_file, say_people, say_thread
from arion_gmail.say_outbox import (
    ask_delete_draft,
    ask_send,
    say_draft_changed,
    say_draft_saved,
    say_drafts,
    say_sent,
    whom_en,
    whom_ko,
)
from arion_kit.words import Language

NOBODY = Correspondent("", "")
HANA = Address("hana.kim@yeoul.example", "김하나")
BOSS = Address("minjae@yeoul.example", "정민재 부장")
MOTHER = Address("mother@example.com", "어머니")
SHOP = Address("help@shop.example", "초록마트")
UNNAMED = Address("jihoon.oh@example.com")
LETTER = Spoken(NOBODY, "Re: 견적서")


@pytest.mark.parametrize(
    ("people", "korean", "english"),
    [
        ([HANA], "김하나 님께", "김하나"),
        ([BOSS, HANA], "정민재 부장님, 김하나 님께", "정민재 부장 and 김하나"),
        ([MOTHER], "어머니께", "어머니"),
        ([SHOP], "초록마트에", "초록마트"),
        ([UNNAMED], "jihoon.oh 님께", "jihoon.oh"),
        (
            [HANA, BOSS, MOTHER, SHOP, UNNAMED],
            "김하나 님, 정민재 부장님, 어머니 외 두 명에게",
            "김하나, 정민재 부장, 어머니, and two others",
        ),
    ],
)
def test_people_are_named_as_one_speaks_of_them(
    people: list[Address], korean: str, english: str
) -> None:
    assert whom_ko(people) == korean
    assert whom_en(people) == english


def test_the_question_before_sending_says_everything_that_matters() -> None:
    assert ask_send(LETTER, [HANA], "봐 주세요. 고맙습니다.", 2, "ko") == (
        "김하나 님(hana.kim@yeoul.example)께 '견적서' 메일을 첨부 파일 두 개와 함께 보낼까요? "
        "내용은 “봐 주세요. 고맙습니다.”이고, 보낸 뒤에는 되돌릴 수 없어요."
    )
    assert ask_send(Spoken(NOBODY, ""), [BOSS, UNNAMED], "", 0, "ko", hidden=1) == (
        "정민재 부장님(minjae@yeoul.example), jihoon.oh@example.com 앞으로 제목 없는 메일을 "
        "보낼까요? 한 명은 숨은 참조로 받고, 보낸 뒤에는 되돌릴 수 없어요."
    )
    assert ask_send(LETTER, [HANA], "See you.", 1, "en") == (
        "Send the email '견적서' to 김하나 (hana.kim@yeoul.example) with one attachment? "
        "It says: “See you.” It can't be taken back."
    )
    assert ask_send(Spoken(NOBODY, ""), [HANA, UNNAMED], "", 0, "en", hidden=1) == (
        "Send the email without a subject to 김하나 (hana.kim@yeoul.example) and "
        "jihoon.oh@example.com? One in blind copy. It can't be taken back."
    )


def test_a_reply_is_called_one() -> None:
    assert ask_send(LETTER, [HANA], "네.", 0, "ko", reply=True).startswith(
        "김하나 님(hana.kim@yeoul.example)께 '견적서' 답장을 보낼까요?"
    )
    assert say_sent(LETTER, [HANA], before=False, lang="en", reply=True) == (
        "I sent the reply '견적서' to 김하나."
    )


def test_a_long_text_is_not_read_out_whole_before_it_is_sent() -> None:
    asked = ask_send(LETTER, [HANA], "가나다 " * 500, 0, "ko")
    assert len(asked) < 280
    assert "…" in asked


def test_letters_are_told_of_when_they_are_written() -> None:
    assert say_draft_saved(LETTER, [HANA], before=False, lang="ko") == (
        "김하나 님께 보낼 '견적서' 메일을 임시 보관함에 저장했어요."
    )
    assert say_draft_saved(Spoken(NOBODY, ""), [], before=False, lang="en") == (
        "I saved the email as a draft."
    )
    assert say_draft_saved(LETTER, [], before=True, lang="ko") == (
        "'견적서' 메일이 임시 보관함에 이미 있어요."
    )
    assert say_draft_changed(LETTER, "en") == "I changed the draft '견적서'."
    assert say_sent(LETTER, [HANA], before=False, lang="en") == "I sent '견적서' to 김하나."
    assert say_sent(LETTER, [HANA], before=True, lang="en") == (
        "I had already sent '견적서' to 김하나."
    )
    assert ask_delete_draft(Spoken(NOBODY, ""), "en") == (
        "Delete the draft without a subject? It can't be brought back."
    )


def test_drafts_are_counted_and_named() -> None:
    three = [Spoken(NOBODY, it) for it in ("하나", "", "셋")]
    assert say_drafts([], more=False, lang="ko") == "임시 보관한 메일이 없어요."
    assert say_drafts(three, more=False, lang="ko") == (
        "임시 보관한 메일이 세 통 있어요. '하나', '제목 없음', '셋'이에요."
    )
    assert say_drafts([*three, three[0]], more=True, lang="en") == (
        "You have more than four drafts. The latest are '하나', 'no subject', and '셋'."
    )


MINE = Spoken(Correspondent("박서준", "seojun@yeoul.example"), "회의")
CHANGES: list[tuple[Relabelled, str, str]] = [
    (Relabelled((), ("INBOX",)), "을 보관했어요.", "I archived '회의' from 박서준."),
    (
        Relabelled(("UNREAD",), ()),
        "을 읽지 않음으로 표시했어요.",
        "I marked '회의' from 박서준 as unread.",
    ),
    (Relabelled((), ("STARRED",)), "의 별표를 뗐어요.", "I took the star off '회의' from 박서준."),
    (
        Relabelled((), ("여행/2026",)),
        "에서 '여행 2026' 라벨을 뗐어요.",
        "I took '여행 2026' off '회의' from 박서준.",
    ),
    (
        Relabelled(("회사", "STARRED"), ("UNREAD",)),
        "에 '회사' 라벨, 별표를 붙이고 읽지 않음 표시를 뗐어요.",
        "I put '회사' and the star on and took the unread mark off '회의' from 박서준.",
    ),
]


@pytest.mark.parametrize(("done", "korean", "english"), CHANGES)
def test_what_changed_is_told_in_the_words_people_have(
    done: Relabelled, korean: str, english: str
) -> None:
    assert say_modified([MINE], done, "ko") == f"박서준 님의 '회의' 메일{korean}"
    assert say_modified([MINE], done, "en") == english


def test_nothing_to_do_is_said() -> None:
    nothing = Relabelled((), ())
    assert say_modified([], nothing, "en") == "It was like that already."
    assert say_trashed([], "en") == "It is in the trash already."
    assert say_restored([], "ko") == "휴지통에 없는 메일이에요."


def test_files_conversations_and_people_are_told_of() -> None:
    assert say_file("예산안.xlsx", None, "ko") == "'예산안' 파일을 가져왔어요."
    assert say_file("예산안.xlsx", " ", "ko") == "'예산안' 파일에는 글자가 없어요."
    assert say_file("a.txt", "One. Two.", "en") == "This is the file 'a'. One. Two."
    assert say_thread([MINE], "네.", "ko") == (
        "주고받은 메일이 한 통이에요. 마지막은 박서준 님의 '회의'예요. 네."
    )
    assert say_thread([MINE, MINE], "Yes.", "en") == (
        "There are two emails. The last is '회의' from 박서준. Yes."
    )
    assert say_people(["김하나", "김하린"], "ko") == "두 명을 찾았어요. 김하나, 김하린이에요."
    assert say_people(["Emma"], "en") == "I found one person: Emma."


ANY = st.text(max_size=60)


@given(ANY, ANY, ANY, st.sampled_from(["ko", "en"]))
def test_only_the_question_before_sending_says_an_address_and_none_breaks(
    name: str, subject: str, text: str, language: Language
) -> None:
    person = Address("some.body@evil.example", name)
    letter = Spoken(Correspondent(name, "some.body@evil.example"), subject)
    asked = ask_send(letter, [person], text, 1, language)
    assert person.address in asked
    said = [
        asked.replace(person.address, ""),
        say_sent(letter, [person], before=False, lang=language),
        say_draft_saved(letter, [person], before=False, lang=language),
        say_modified([letter], Relabelled(("INBOX",), (subject,)), language),
        say_trashed([letter], language),
        say_file(subject, text, language),
        say_thread([letter], text, language),
        say_people([name], language),
    ]
    for sentence in said:
        assert "@evil" not in sentence
        assert not re.search(r"[\n\r<>*#]", sentence)
        assert sentence.strip()
