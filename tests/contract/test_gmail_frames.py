"""What people say about their mail, through the host's router, up to the tool call."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from arion_gmail import SPEC
from arion_host.agents.references import complete, reference_query
from arion_host.agents.router import Router
from arion_host.agents.understood import Match, NoMatch, Resolved, ToolFacts
from arion_kit.packs import load_pack
from arion_kit.signatures import read_signature
from arion_kit.words import Language, LanguagePack

pytestmark = pytest.mark.thorough

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))


@cache
def pack() -> LanguagePack:
    signatures = {tool.name: read_signature(tool) for tool in SPEC.tools}
    reading = frozenset(tool.name for tool in SPEC.tools if tool.read_only)
    return load_pack(SPEC.language, signatures, reading)


@cache
def router() -> Router:
    facts = {tool.name: ToolFacts(tool.read_only, tool.destructive) for tool in SPEC.tools}
    return Router({"gmail": pack()}, {"gmail": facts})


def understood(text: str, language: Language) -> Match:
    match = router().route(text, language=language, now=NOW)
    assert isinstance(match, Match), f"{text!r} is not understood"
    return match


def intent_of(text: str, language: Language) -> str | None:
    found = router().route(text, language=language, now=NOW)
    return found.intent if isinstance(found, Match) else None


def language_of(text: str) -> Language:
    return "ko" if any("가" <= letter <= "힣" for letter in text) else "en"


def said(text: str) -> tuple[str, dict[str, str]]:
    """The intent, and the words of each slot."""
    match = understood(text, language_of(text))
    return match.intent, {name: value.text for name, value in match.slots.items()}


def test_no_frame_is_refused() -> None:
    assert router().refused == {}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_example_means_its_own_intent(language: Language) -> None:
    wanted = [(it.name, text) for it in pack().intents for text in it.examples[language]]
    heard = [(intent_of(text, language), text) for _, text in wanted]
    assert heard == wanted


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("엄마 메일 읽어줘", "read_mail", {"kin_mail": "엄마"}),
        ("도서관에서 온 메일 읽어줘", "read_mail", {"mail_by": "도서관"}),
        ("read me mom's email", "read_mail", {"mail_by": "mom"}),
        (
            "서준 님이 오늘 보낸 안건 메일 읽어줘",
            "read_mail",
            {"mail": "서준 님이 오늘 보낸 안건"},
        ),
        (
            "open the quarterly report from Minjae",
            "read_mail",
            {"received": "quarterly report from Minjae"},
        ),
        ("카드값 얼마 나왔어", "read_answer", {"bill": "카드값"}),
        ("택배 언제 온대?", "read_parcel", {}),
        ("when is my parcel coming", "read_parcel", {}),
        ("별표 쳐 둔 메일 뭐 있지", "find_starred", {"about_mark": "별표 쳐 둔"}),
        ("What have I starred?", "find_starred", {"about_mark": "starred"}),
        (
            "안 읽은 것 중에 팀장님 거만 골라줘",
            "find_from",
            {"about_state": "안 읽은", "writer": "팀장님"},
        ),
        ("휴지통에 버린 메일 보여줄래", "find_binned", {}),
        ("예산 집행 현황 엑셀 파일 좀 열어봐", "read_attached", {"filed": "예산 집행 현황"}),
        ("엠마한테 쓰던 초안 있지, 그거 보내줘", "send_draft", {"some_draft": "엠마"}),
        ("throw away my draft to Emma", "delete_draft", {"some_draft": "Emma"}),
        ("초록마트 광고 온 거 지워줘", "bin_mail", {"ad_mail": "초록마트 광고"}),
        ("휴지통에 있는 초록마트 메일 도로 꺼내줘", "unbin_mail", {"binned": "초록마트"}),
        (
            "put the travel label on the trip form from Yuna",
            "add_tag",
            {"tag": "travel", "one_mail": "trip form from Yuna"},
        ),
    ],
)  # fmt: skip
def test_a_mail_is_found_by_what_people_call_it(
    text: str, intent: str, slots: dict[str, str]
) -> None:
    assert said(text) == (intent, slots)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (
            "지훈이한테 메일로 토요일 등산 여덟 시에 보자고 해줘",
            {"addressee": "지훈이", "news": "토요일 등산 여덟 시에 보자"},
        ),
        (
            "지훈이한테 나 오늘 조금 늦는다고 메일 보내줘",
            {"addressee": "지훈이", "news": "나 오늘 조금 늦는다"},
        ),
        (
            "서준 팀장님이랑 수민 씨한테 회의 삼십 분 늦추자고 메일 보내줘",
            {"person_too": "서준 팀장님", "addressee": "수민 씨", "news": "회의 삼십 분 늦추자"},
        ),
        (
            "email Seojun I'll be fifteen minutes late to the meeting",
            {"addressee": "Seojun", "news": "I'll be fifteen minutes late to the meeting"},
        ),
        (
            "email jihoon, subject saturday, I'll pick you up at seven",
            {
                "addressee": "jihoon",
                "subject_words": "saturday",
                "news": "I'll pick you up at seven",
            },
        ),
    ],
)
def test_a_message_keeps_the_words_and_their_order(text: str, slots: dict[str, str]) -> None:
    assert said(text) == ("write_mail", slots)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (
            "최유나 님한테 출장 신청서 확인했습니다 하고 답장 부탁드려요",
            {"mail_by": "최유나 님", "news": "출장 신청서 확인했습니다"},
        ),
        ("헬스장에 여덟 시 괜찮다고 답장 보내", {"place_mail": "헬스장", "news": "여덟 시 괜찮다"}),
        (
            "tell Harin yes to the hiking boots, just reply to her email",
            {"mail_by": "Harin", "news": "yes to the hiking boots"},
        ),
        (
            "answer Hana: you'll have the screens by six",
            {"mail_by": "Hana", "news": "you'll have the screens by six"},
        ),
    ],
)
def test_a_reply_names_whom_it_goes_to_and_what_it_says(text: str, slots: dict[str, str]) -> None:
    assert said(text) == ("answer_mail", slots)


def test_a_reply_to_a_person_is_to_what_that_person_wrote() -> None:
    match = understood("write back to Minjae that I vote for number one", "en")
    assert reference_query(match, "mail_by").arguments["query"] == (
        'from:"Minjae" -in:sent -in:draft'
    )


def test_what_was_not_said_is_left_out_of_a_search() -> None:
    plain, dated = (
        complete(understood(text, "ko"), {}).arguments["query"]
        for text in ("첨부파일 붙은 메일만 보여줄래?", "오늘 온 첨부파일 붙은 메일만 보여줄래?")
    )
    assert plain == "in:inbox has:attachment"
    assert dated == (
        "in:inbox has:attachment after:2026-11-23T00:00:00+09:00 before:2026-11-24T00:00:00+09:00"
    )


def test_what_is_deleted_is_named_before_it_is() -> None:
    match = understood("초록마트 광고 온 거 지워줘", "ko")
    row = Resolved("m-1", "(광고) 이번 주말", {"id": "m-1"})
    done = complete(match, {"ad_mail": row})
    assert done.arguments == {"message_ids": ["m-1"]}
    assert done.readback == "'(광고) 이번 주말' 메일을 휴지통에 넣을까요?"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("메일 하나만 보내줘", ("addressee", "news")),
        ("지훈이한테 메일 좀 보내줘", ("news",)),
        ("회의 십 분 늦는다고 메일 써서 보내", ("addressee",)),
        ("답장 좀 해줘", ("mail", "news")),
        ("유나 님 연차 메일에 회신해야 되는데", ("news",)),
        ("메일 하나 지워 줘", ("one_mail",)),
        ("send an email", ("addressee", "news")),
        ("email Seojun", ("news",)),
        ("forward Hana's mail about the workshop", ("addressee",)),
    ],
)
def test_what_a_mail_lacks_is_asked_for(text: str, missing: tuple[str, ...]) -> None:
    match = understood(text, language_of(text))
    assert match.missing == missing
    assert all(match.asks[name].endswith(("?", ".")) for name in missing)


@pytest.mark.parametrize(
    "text",
    [
        "지훈이한테 카톡으로 어디냐고 보내줘",
        "지훈이한테 아직 메일 보내지 말아 줘",
        "초록마트 메일 그냥 놔둬, 지우지 말고",
        "text my brother that I'm on the way",
        "tell me a joke, I'm bored",
        "please don't send anything to Emma yet",
    ],
)
def test_what_no_mail_should_come_of_is_not_taken_for_one(text: str) -> None:
    assert isinstance(router().route(text, language=language_of(text), now=NOW), NoMatch)


@pytest.mark.parametrize(
    ("text", "tool", "slots"),
    [
        ("쿠폰 메일 필요 없으니까 지워", "gmail_trash", {"one_mail": "쿠폰"}),
        ("명세서 메일 이제 봤으니까 보관해", "gmail_modify", {"one_mail": "명세서"}),
        ("카드 명세서 메일 받은편지함에서 치워줘", "gmail_modify", {"one_mail": "카드 명세서"}),
        ("택배 메일 도로 받은편지함에 넣어줘", "gmail_modify", {"one_mail": "택배"}),
        ("chuck the coupon mail in the trash", "gmail_trash", {"one_mail": "coupon"}),
        ("give the flight mail a star", "gmail_modify", {"one_mail": "flight"}),
        ("put the flight mail back in the inbox", "gmail_modify", {"one_mail": "flight"}),
        ("archive Emma's email, I've read it", "gmail_modify", {"one_mail": "Emma's"}),
        ("share Yuna's expenses mail with Minjae", "gmail_send", {"addressee": "Minjae"}),
        ("send the gas bill email to dad", "gmail_send", {"mail": "gas bill", "addressee": "dad"}),
        ("하나한테 자료 보냈다고 이메일 써줘", "gmail_send", {"addressee": "하나"}),
        ("email Minjae about dinner", "gmail_send", {"subject_words": "dinner"}),
    ],
)
def test_a_reason_or_a_place_does_not_hide_which_mail_is_meant(
    text: str, tool: str, slots: dict[str, str]
) -> None:
    match = understood(text, language_of(text))
    heard = {name: value.text for name, value in match.slots.items()}
    assert match.tool == tool
    assert slots.items() <= heard.items()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("what's unread", "in:inbox is:unread"),
        ("안 읽은 거 몇 통이나 쌓였어?", "in:inbox is:unread"),
        ("did I get any mail overnight", "in:inbox newer_than:1d"),
        ("what's come in since yesterday", "in:inbox after:2026-11-22T00:00:00+09:00"),
    ],
)
def test_what_came_in_is_searched_for(text: str, query: str) -> None:
    found = complete(understood(text, language_of(text)), {}).arguments["query"]
    assert isinstance(found, str)
    assert found.split() == query.split()


@pytest.mark.parametrize(
    "text",
    ["스팸함 비워줘", "empty the spam folder", "forward me ten seconds"],
)
def test_what_no_tool_does_is_not_taken(text: str) -> None:
    assert intent_of(text, language_of(text)) is None


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        (
            "엄마 메일에 답장으로 김치 맛있게 먹을게요 사랑해요 라고 보내줘",
            "answer_mail",
            {"kin_mail": "엄마", "news": "김치 맛있게 먹을게요 사랑해요"},
        ),
        (
            "하린이한테 아빠 생신 선물로 등산화 어때라고 답장해 줘",
            "answer_mail",
            {"mail_by": "하린이", "news": "아빠 생신 선물로 등산화 어때"},
        ),
        (
            "받는 사람은 박서준 제목은 출장 보고 내용은 내일 정리해서 드리겠습니다로 메일 보내줘",
            "write_mail",
            {
                "addressee": "박서준",
                "subject_words": "출장 보고",
                "news": "내일 정리해서 드리겠습니다",
            },
        ),
        (
            "어제 아침에 온 뉴스레터 내용 요약해줘",
            "read_mail",
            {"came": "어제 아침", "received": "뉴스레터"},
        ),
        (
            "지난주에 온 카드 명세서 메일 열어줘",
            "read_mail",
            {"came": "지난주", "mail": "카드 명세서"},
        ),
    ],
)
def test_who_wrote_and_when_is_no_word_of_a_subject(
    text: str, intent: str, slots: dict[str, str]
) -> None:
    assert said(text) == (intent, slots)


def test_a_mail_is_looked_for_in_the_time_in_which_it_came() -> None:
    match = understood("지난주에 온 카드 명세서 메일 열어줘", "ko")
    query = reference_query(match, "mail").arguments["query"]
    assert query == (
        "카드 명세서 after:2026-11-16T00:00:00+09:00 before:2026-11-23T00:00:00+09:00"
        " -in:sent -in:draft"
    )


@pytest.mark.parametrize(
    "text",
    [
        "연차 며칠 남았는지 유나가 보내준 메일에서 찾아봐",
        "숨은참조로 하나도 넣어서 수민이한테 시안 확인했다고 메일 보내줘",
        "보내기 전에 한 번 읽어줘 수민이한테 고맙다고 메일 쓸 건데",
        "내일 오후 네 시 코엑스 미팅 참석자한테 십 분 늦는다고 메일 보내줘",
        "어제 하린이가 보낸 메일에 별표 해줘",
        "학원 아니고 문화센터에서 온 메일 열어줘",
        "엑셀 파일 붙은 메일 보여줘",
        "회신 필요한 메일이 뭐 있을까",
        "아까 쓴 초안 제목을 회의록 공유로 고쳐줘",
    ],
)
def test_what_is_more_than_a_name_names_nobody_and_no_mail(text: str) -> None:
    assert isinstance(router().route(text, language="ko", now=NOW), NoMatch)


@pytest.mark.parametrize(
    "text",
    [
        "did anyone reply to my mail about the workshop?",
        "what does the vacation policy say about carrying days over",
        "put the work label on the latest mail from Northwind",
        "cc Seojun on my reply to Emma",
        "find the mail where Yuna talks about travel expenses",
        "what's the subject of Emma's mail",
        "bin the ads",
    ],
)
def test_english_words_that_are_more_than_a_name_name_no_mail(text: str) -> None:
    assert isinstance(router().route(text, language="en", now=NOW), NoMatch)


def test_the_last_mail_of_a_person_is_answered() -> None:
    match = router().route("answer Sumin's last mail with ok, looks good", language="en", now=NOW)
    assert isinstance(match, Match)
    said = {name: slot.text for name, slot in match.slots.items()}
    assert said == {"mail_by": "Sumin", "news": "ok, looks good"}
