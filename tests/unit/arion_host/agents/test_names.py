from __future__ import annotations

import pytest

from arion_host.agents.names import (
    forms,
    is_called,
    is_personal,
    likeness,
    nearest,
    repaired,
    romanised,
    spoken_in,
)

PEOPLE = ("박서준", "이수민", "정민재", "최유나", "Emma Clark", "오지훈", "김하나", "어머니")


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ("지훈이", "지훈"),
        ("지훈아", "지훈"),
        ("하나야", "하나"),
        ("하나 씨", "하나"),
        ("하나님", "하나"),
        ("서준 팀장님", "서준"),
        ("이수민 님", "이수민"),
        ("Dr. Kim", "Kim"),
        ("송이", "송이"),
        ("엄마", "엄마"),
        ("Emma Clark", "Emma Clark"),
    ],
)
def test_a_name_is_taken_out_of_what_people_add_to_it(said: str, last: str) -> None:
    assert forms(said)[0] == said
    assert forms(said)[-1] == last


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("오지훈", "지훈이"),
        ("오지훈", "Jihoon"),
        ("오지훈", "ji hun"),
        ("오지훈", "Jihoon Oh"),
        ("이수민", "Sumin Lee"),
        ("이수민", "Soomin"),
        ("최유나", "Yoona"),
        ("박서준", "서준 팀장님"),
        ("김하나", "하나 씨"),
        ("Emma Clark", "엠마"),
        ("Emma Clark", "emma"),
    ],
)
def test_a_person_is_called_by_the_given_name_and_in_either_script(name: str, said: str) -> None:
    assert is_called(name, said)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("오지훈", "박지훈"),
        ("오지훈", "Yunji"),
        ("이수민", "Sumin Park"),
        ("김하린", "하나"),
        ("김하나", "이하나"),
        ("Emma Clark", "Emily"),
        ("오지훈", ""),
        ("어머니", "니"),
    ],
)
def test_somebody_else_is_not_meant(name: str, said: str) -> None:
    assert not is_called(name, said)


@pytest.mark.parametrize(
    ("heard", "name"),
    [("서중", "서준"), ("민제", "민재"), ("수빈 씨", "수민"), ("최윤아", None), ("강태오", None)],
)
def test_a_name_that_was_heard_wrongly_is_found_by_its_sound(heard: str, name: str | None) -> None:
    assert nearest(heard, PEOPLE) == name


def test_a_sound_between_two_names_is_neither() -> None:
    assert nearest("지운", ["김지은", "오지훈"]) is None
    assert nearest("수민", []) is None


def test_vowels_that_sound_the_same_are_the_same() -> None:
    assert likeness("민재", "민제") == 1.0


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("민제한테 메일 보내줘", "민재한테 메일 보내줘"),
        ("서중 팀장님께 자료 보냈다고 전해줘", "서준 팀장님께 자료 보냈다고 전해줘"),
        ("수빈 씨한테 메일 보내줘", "수민 씨한테 메일 보내줘"),
    ],
)
def test_a_person_heard_wrongly_is_put_right(heard: str, meant: str) -> None:
    assert repaired(heard, PEOPLE) == meant


@pytest.mark.parametrize(
    "heard",
    [
        "지훈이한테 메일 보내줘",
        "강태오 씨한테 메일 보내줘",
        "조유나 님한테 답장해줘",
        "시민 회관 찾아줘",
        "엄마한테 전화해",
        "주민센터 어디야",
        "email Sumin that I'm late",
        "tell Emily hi",
        "내일 일정 알려줘",
        "",
    ],
)
def test_what_names_somebody_or_no_person_is_left_alone(heard: str) -> None:
    assert repaired(heard, PEOPLE) == heard


def test_hangul_is_spelt_in_latin_letters() -> None:
    assert romanised("서준 ABC") == "seojun ABC"
    assert romanised("최") == "choe"


def test_a_name_is_said_in_the_language_of_the_speech() -> None:
    assert spoken_in("이수민", "en") == "Sumin"
    assert spoken_in("이수민", "ko") == "이수민"
    assert spoken_in("어머니", "en") == ""
    assert spoken_in("yeoul-notify", "en") == "yeoul-notify"


def test_a_person_is_told_from_a_company() -> None:
    assert [
        it for it in ("이수민", "Emma Clark", "초록마트", "어머니", "GitHub") if is_personal(it)
    ] == [
        "이수민",
        "Emma Clark",
    ]
