from __future__ import annotations

import pytest

from arion_gmail.mail import Correspondent
from arion_gmail.say import (
    Spoken,
    say_found,
    say_labels,
    say_none_matches,
    say_read,
    say_read_several,
)
from arion_kit.words import Language

SEOJUN = Spoken(Correspondent("박서준", "seojun@yeoul.example"), "Re: 주간 보고")
SUMIN = Spoken(Correspondent("이수민 팀장", "sumin@yeoul.example"), "회의 자료")
PARCEL = Spoken(Correspondent("빠른배송", "noreply@quick.example"), "배송 출발")
EMMA = Spoken(Correspondent("Emma Clark", "emma@northwind.example"), "Agenda")


def test_unread_mail_is_counted_and_named() -> None:
    said = say_found([SEOJUN, SUMIN, PARCEL], unread=True, more=False, language="ko")
    assert said == (
        "안 읽은 메일이 세 통 있어요. 박서준 님의 '주간 보고', 이수민 팀장님의 '회의 자료', "
        "빠른배송에서 보낸 '배송 출발'이에요."
    )


def test_only_the_latest_of_many_are_named() -> None:
    said = say_found([SEOJUN, SUMIN, PARCEL, EMMA], unread=False, more=True, language="ko")
    assert said.startswith("메일을 네 통 넘게 찾았어요. 최근 메일은 박서준 님의")
    assert "Agenda" not in said


def test_english_counts_and_names_as_well() -> None:
    one = say_found([EMMA], unread=True, more=False, language="en")
    assert one == "You have one unread email: 'Agenda' from Emma Clark."
    many = say_found([EMMA] * 10, unread=False, more=True, language="en")
    assert many.startswith("I found more than ten emails. The latest are 'Agenda' from Emma Clark,")


@pytest.mark.parametrize(
    ("language", "unread", "said"),
    [
        ("ko", True, "안 읽은 메일이 없어요."),
        ("ko", False, "찾는 메일이 없어요."),
        ("en", True, "You have no unread email."),
        ("en", False, "I found no such email."),
    ],
)
def test_nothing_found_is_said_plainly(language: Language, unread: bool, said: str) -> None:
    assert say_found([], unread=unread, more=False, language=language) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("어머니", "어머니의"),
        ("김하린", "김하린 님의"),
        ("정민재 부장", "정민재 부장님의"),
        ("선생님", "선생님의"),
        ("하늘치과의원", "하늘치과의원에서 보낸"),
        ("모두카드", "모두카드에서 보낸"),
    ],
)
def test_senders_are_named_as_people_name_them(name: str, said: str) -> None:
    spoken = Spoken(Correspondent(name, "someone@example.com"), "안내")
    assert f"{said} '안내'" in say_found([spoken], unread=False, more=False, language="ko")


def test_an_address_is_never_said_nor_a_missing_subject_left_out() -> None:
    nobody = Spoken(Correspondent("", "x9@spam.example"), "")
    ko = say_found([nobody], unread=False, more=False, language="ko")
    assert ko == "메일을 한 통 찾았어요. 보낸 사람을 알 수 없는 '제목 없음'이에요."
    en = say_read(nobody, "", 0, "en")
    assert en == "This is 'no subject' from an unknown sender. It has no text."


def test_own_mail_is_told_by_who_got_it() -> None:
    sent = Spoken(SUMIN.other, "Re: 회의 자료", sent=True)
    ko = say_found([sent, EMMA], unread=False, more=False, language="ko")
    assert "이수민 팀장님께 보낸 '회의 자료', Emma Clark 님의 'Agenda'" in ko
    en = say_found([sent], unread=False, more=False, language="en")
    assert en == "I found one email: '회의 자료' to 이수민 팀장."


def test_what_is_left_unsaid_is_told_in_one_sentence() -> None:
    long = "\n".join("같은 방식으로 이번 주에도 진행합니다." for _ in range(30))
    assert say_read(SEOJUN, long, 2, "ko").endswith("내용이 더 있고 첨부 파일이 두 개 있어요.")


def test_reading_begins_with_who_and_what() -> None:
    said = say_read(SEOJUN, "하늘 님, 안녕하세요.\n회의는 3시예요.", 2, "ko")
    assert said == (
        "박서준 님의 '주간 보고' 메일이에요. 하늘 님, 안녕하세요. 회의는 3시예요. "
        "첨부 파일이 두 개 있어요."
    )


def test_a_long_text_is_cut_at_a_sentence_and_said_to_go_on() -> None:
    text = "\n".join(
        f"{number}번 안건은 지난주와 같은 방식으로 진행합니다." for number in range(1, 30)
    )
    said = say_read(SEOJUN, text, 0, "ko")
    assert len(said) < 240
    assert said.endswith("진행합니다. 내용이 더 있어요.")


def test_one_endless_sentence_is_cut_too() -> None:
    said = say_read(EMMA, "word " * 500, 1, "en")
    assert len(said) < 260
    assert said.endswith("… There is more, and one attachment.")


def test_addresses_links_and_drawn_lines_are_not_read_out() -> None:
    text = "------\n자세한 내용은 https://a.example/very?long=1 또는 me@a.example 로\n[…]\n====="
    assert say_read(EMMA, text, 0, "ko") == (
        "Emma Clark 님의 'Agenda' 메일이에요. 자세한 내용은 또는 로."
    )


def test_hostile_words_do_not_stall_the_speech() -> None:
    words = "a@" * 100_000
    assert len(say_read(Spoken(Correspondent(words, ""), words), words, 0, "en")) < 400


def test_several_mails_are_counted() -> None:
    assert say_read_several([SEOJUN, EMMA], "en") == (
        "I read two emails: '주간 보고' from 박서준 and 'Agenda' from Emma Clark."
    )
    assert say_read_several([SEOJUN, EMMA], "ko").startswith("메일을 두 통 읽었어요.")


def test_labels_are_named_up_to_a_few() -> None:
    assert (
        say_labels(["업무", "가족/사진"], None, "ko") == "라벨은 두 개예요. 업무, 가족 사진이에요."
    )
    assert say_labels([str(n) for n in range(9)], None, "en").endswith("3, 4, and others.")
    assert say_labels([], None, "ko") == "직접 만든 라벨은 없어요."
    assert say_labels([], "x", "en") == "No label starts like that."


def test_a_mail_that_is_not_there_is_said() -> None:
    assert say_none_matches("ko") == "그런 메일을 찾지 못했어요."
