"""Which row is meant by other words."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from arion_host.agents.rows import Likeliest, likeliest, words_that_count
from arion_host.agents.understood import NoneFound, Resolved, Several

EVENTS = (
    "주간 회의", "디자인 리뷰", "팀장님 1:1", "고객사 미팅", "PT", "사용자 인터뷰", "지훈이랑 저녁",
    "팀 회식", "북한산 등산", "치과 스케일링", "부산 고객사 워크숍", "민수 결혼식", "건강검진",
    "하린 생일", "아버지 생신", "정민재 휴가", "점심 약속 (최유나)", "데모 데이",
)  # fmt: skip
MAILS = (
    ("김치 보냈다", "어머니 <jh@example.com>"),
    ("엄마 생신 때 사진", "김하린 <harin@example.com>"),
    ("이번 달 도시가스 요금 안내", "한강도시가스 <bill@hangas.example>"),
    ("(광고) 똠얌꿍 반값 쿠폰이 도착했습니다", "방콕식당 <coupon@bangkok.example>"),
    ("Agenda for the Busan workshop", "Emma Clark <emma@northwind.example>"),
    ("오늘 주간 회의 안건", "박서준 <seojun@yeoul.example>"),
)
PEOPLE = (
    "박서준",
    "이수민",
    "정민재",
    "최유나",
    "Emma Clark",
    "오지훈",
    "김하나",
    "어머니",
    "튼튼헬스장",
)


def named(*names: str) -> list[Resolved]:
    return [Resolved(str(n), name, {"id": str(n), "summary": name}) for n, name in enumerate(names)]


def mails() -> list[Resolved]:
    return [
        Resolved(str(n), subject, {"id": str(n), "subject": subject, "from": sender})
        for n, (subject, sender) in enumerate(MAILS)
    ]


def label(likely: Likeliest) -> str | None:
    return likely.found.label if isinstance(likely.found, Resolved) else None


def offered(likely: Likeliest) -> list[str]:
    return [it.label for it in likely.found.options] if isinstance(likely.found, Several) else []


@pytest.mark.parametrize(
    ("said", "event"),
    [
        ("치과 예약", "치과 스케일링"),
        ("the dentist", "치과 스케일링"),
        ("등산", "북한산 등산"),
        ("the hike", "북한산 등산"),
        ("team dinner", "팀 회식"),
        ("회식", "팀 회식"),
        ("피티", "PT"),
        ("팀장님 일대일", "팀장님 1:1"),
        ("one on one", "팀장님 1:1"),
        ("민재 님 휴가", "정민재 휴가"),
        ("Minjae's vacation", "정민재 휴가"),
        ("하린이 생일", "하린 생일"),
        ("Dad's birthday", "아버지 생신"),
        ("유나랑 점심", "점심 약속 (최유나)"),
        ("dinner with Jihoon", "지훈이랑 저녁"),
        ("부산 워크숍", "부산 고객사 워크숍"),
        ("데모데이", "데모 데이"),
        ("my health check", "건강검진"),
        ("the wedding", "민수 결혼식"),
    ],
)
def test_an_event_is_found_by_other_words_for_it(said: str, event: str) -> None:
    likely = likeliest(named(*EVENTS), said)
    assert (label(likely), likely.sure) == (event, True)


@pytest.mark.parametrize(
    "said",
    [
        "요가 수업",
        "the yoga class",
        "대학 동창회",
        "haircut",
        "대장내시경",
        "dog vet",
        "필라테스",
        "엄마 생신",
        "대표님 면담",
    ],
)
def test_what_is_not_there_is_not_found(said: str) -> None:
    assert likeliest(named(*EVENTS), said).found == NoneFound(said)


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("민수 돌잔치", ["민수 결혼식"]),
        ("지훈이 생일", ["지훈이랑 저녁", "하린 생일", "아버지 생신"]),
    ],
)
def test_half_of_what_was_said_is_only_offered(said: str, near: list[str]) -> None:
    likely = likeliest(named(*EVENTS), said)
    assert (offered(likely), likely.sure) == (near, False)


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ("엄마", "어머니"),
        ("mom", "어머니"),
        ("지훈이", "오지훈"),
        ("Jihoon", "오지훈"),
        ("하나 씨", "김하나"),
        ("서준 팀장님", "박서준"),
        ("엠마", "Emma Clark"),
        ("the gym", "튼튼헬스장"),
    ],
)
def test_a_person_is_found_by_what_they_are_called(said: str, person: str) -> None:
    assert label(likeliest(named(*PEOPLE), said)) == person


@pytest.mark.parametrize(
    "said", ["강태오 씨", "Yunji", "박지훈", "이하나", "할머니", "아빠", "Sarah"]
)
def test_a_stranger_is_nobody(said: str) -> None:
    assert likeliest(named(*PEOPLE), said).found == NoneFound(said)


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("방콕식당 쿠폰", "(광고) 똠얌꿍 반값 쿠폰이 도착했습니다"),
        ("gas bill", "이번 달 도시가스 요금 안내"),
        ("kimchi", "김치 보냈다"),
        ("워크숍 아젠다 Emma", "Agenda for the Busan workshop"),
    ],
)
def test_a_mail_is_found_by_its_sender_and_subject(said: str, subject: str) -> None:
    assert label(likeliest(mails(), said)) == subject


def test_a_mail_from_somebody_is_told_from_one_about_them() -> None:
    assert offered(likeliest(mails(), "엄마")) == ["김치 보냈다", "엄마 생신 때 사진"]
    assert label(likeliest(mails(), "엄마", field="from")) == "김치 보냈다"


def test_a_part_that_is_most_of_it_is_taken_but_not_for_sure() -> None:
    likely = likeliest(named("이번 회식 장소 정해요", "택배 도착"), "team dinner poll")
    assert (label(likely), likely.sure) == ("이번 회식 장소 정해요", False)


def test_what_only_sounds_like_it_is_not_for_sure_and_only_when_spoken() -> None:
    rows = named("김하나", "박서준")
    assert likeliest(rows, "서중").found == NoneFound("서중")
    heard = likeliest(named("서준", "하나"), "서중", spoken=True)
    assert (label(heard), heard.sure) == ("서준", False)


def test_of_several_that_have_it_the_one_that_has_nothing_else_is_meant() -> None:
    assert label(likeliest(named("주간 회의", "회의"), "회의")) == "회의"
    assert offered(likeliest(named("주간 회의", "월간 회의"), "회의")) == ["주간 회의", "월간 회의"]


def test_without_rows_nothing_is_found() -> None:
    assert likeliest([], "치과").found == NoneFound("치과")


def test_words_for_kinds_and_fillers_do_not_count() -> None:
    assert words_that_count("the dentist appointment") == ["dentist"]
    assert words_that_count("치과 예약을") == ["치과"]
    assert words_that_count("예약") == ["예약"]


def test_ids_and_addresses_say_nothing() -> None:
    row: dict[str, JsonValue] = {"id": "dentist42", "link": "https://x/dentist", "summary": "PT"}
    assert likeliest([Resolved("1", "PT", row)], "dentist").found == NoneFound("dentist")
