from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.arion_host.agents.pack import (
    DIARY,
    MAIL,
    NOW,
    TOOLS,
    match,
    pack,
    route,
    said,
)

from arion_host.agents.references import complete
from arion_host.agents.router import Router
from arion_host.agents.understood import Match, NoMatch, Provenance, ToolFacts
from arion_kit.words import Language


def test_the_packs_are_accepted() -> None:
    assert not Router({"diary": pack(DIARY), "mail": pack(MAIL)}, TOOLS).refused


def test_a_command_becomes_a_typed_match() -> None:
    found = match("내일 오후 3시에 치과 예약 잡아줘")
    assert (found.server, found.intent, found.tool) == ("diary", "create", "diary_create")
    assert said(found) == {"when": "내일 오후 3시", "title": "치과 예약"}
    assert found.slots["when"].provenance is Provenance.COMPUTED
    assert found.slots["title"].provenance is Provenance.SAID


@pytest.mark.parametrize(
    ("text", "language", "slots"),
    [
        ("내일 회의 일정 잡아줘", "ko", {"when": "내일", "title": "회의"}),
        ("내일 치과 예약을 만들어 주세요", "ko", {"when": "내일", "title": "치과 예약"}),
        (
            "모레 저녁 7시 반에 저녁 약속 잡아줘",
            "ko",
            {"when": "모레 저녁 7시 반", "title": "저녁 약속"},
        ),
        (
            "내일 3시에 강남역에서 모임 잡아줘",
            "ko",
            {"when": "내일 3시", "place": "강남역", "title": "모임"},
        ),
        ("아리온아, 혹시 이번 주 일정 좀 알려줘?", "ko", {"when": "이번 주"}),
        ("내일 회사 일정 알려줘", "ko", {"when": "내일", "kind": "회사"}),
        ("일정 다섯 개만 보여줘", "ko", {"count": "다섯"}),
        ("일정 다섯개만 보여줘", "ko", {"count": "다섯"}),
        ("업무 일정 7개 보여줘", "ko", {"kind": "업무", "count": "7"}),
        ('내일 "주간 회의" 일정 잡아줘', "ko", {"when": "내일", "title": "주간 회의"}),
        ("what's on my office calendar on Friday?", "en", {"kind": "office", "when": "on Friday"}),
        ("show me the next twenty one events", "en", {"count": "twenty one"}),
        (
            "Schedule a team sync, for Friday at 10",
            "en",
            {"title": "team sync", "when": "Friday at 10"},
        ),
        (
            "book lunch with Kim at Luigi's on Friday at noon",
            "en",
            {"title": "lunch with Kim", "place": "Luigi's", "when": "on Friday at noon"},
        ),
        ("what's on Friday", "en", {"when": "Friday"}),
        ("what's on today", "en", {"when": "today"}),
    ],
)
def test_slots_hold_the_words_that_were_said(
    text: str, language: Language, slots: dict[str, str]
) -> None:
    found = route(text, language)
    assert (said(found) if isinstance(found, Match) else {}) == slots


def test_number_words_become_numbers() -> None:
    assert match("일정 다섯개만 보여줘").slots["count"].value == 5
    assert match("show the next twenty one events", "en").slots["count"].value == 21


def test_a_number_out_of_range_is_not_taken() -> None:
    assert isinstance(route("일정 99개만 보여줘"), NoMatch)


def test_a_choice_gives_its_value() -> None:
    assert match("내일 회사 일정 알려줘").slots["kind"].value == "work"


def test_a_day_and_an_hour_that_stand_apart_are_one_time() -> None:
    found = match("내일 치과 예약 오후 3시에 잡아줘")
    call = complete(found, {})
    assert call.arguments == {"summary": "치과 예약", "start": "2026-11-24T15:00:00+09:00"}


def test_a_template_without_a_time_slot_may_hold_a_time_word() -> None:
    assert match("지금 몇 시야?").intent == "now"


def test_a_time_slot_takes_only_a_time() -> None:
    assert isinstance(route("언젠가 일정 알려줘"), NoMatch)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("휴가 언제야", "휴가"),
        ("휴가는 언제야", "휴가"),
        ("치과 예약이 언제야", "치과 예약"),
        ("사과 축제 언제야", "사과 축제"),
        ("주간 회의가 언제야", "주간 회의"),
    ],
)
def test_a_particle_is_told_from_the_end_of_a_noun(text: str, title: str) -> None:
    assert said(match(text)) == {"title": title}


def test_a_particle_alone_is_no_title() -> None:
    assert isinstance(route("내일에 잡아줘"), NoMatch)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("내일 회의 일정 잡지 마", "ko"),
        ("일정 잡지 마", "ko"),
        ("치과 예약 일정 취소해줘 아니 취소하지 마", "ko"),
        ("don't schedule a meeting tomorrow", "en"),
        ("never delete the meeting tomorrow", "en"),
        ("내일 회의 잡았어?", "ko"),
        ("ᚠ 일정 알려줘", "ko"),
        ("", "ko"),
        ("?!", "en"),
    ],
)
def test_what_is_no_command_matches_nothing(text: str, language: Language) -> None:
    assert isinstance(route(text, language), NoMatch)


def test_the_same_words_give_the_same_match() -> None:
    first = match("내일 3시에 강남역에서 모임 잡아줘")
    again = Router({"mail": pack(MAIL), "diary": pack(DIARY)}, TOOLS).route(
        "내일 3시에 강남역에서 모임 잡아줘", language="ko", now=NOW
    )
    assert again == first


def test_a_reference_is_left_to_be_looked_up() -> None:
    found = match("내일 치과 예약 일정 취소해줘")
    assert list(found.references) == ["event"]
    assert found.readback == "{event.start} '{event.label}' 일정을 삭제할까요?"


def test_an_intent_whose_tool_is_not_there_is_not_offered() -> None:
    tools = {"diary": {"diary_now": TOOLS["diary"]["diary_now"]}}
    router = Router({"diary": pack(DIARY)}, tools)
    assert not router.refused
    assert isinstance(router.route("내일 일정 알려줘", language="ko", now=NOW), NoMatch)
    assert isinstance(router.route("지금 몇 시야", language="ko", now=NOW), Match)


def test_without_packs_nothing_is_understood() -> None:
    assert Router({}, {}).route("내일 일정 알려줘", language="ko", now=NOW) == NoMatch(())


def refusal(template: str, *, read_only: bool = False) -> str:
    text = f"""
    slots:
      when: {{type: time}}
      title: {{type: text}}
    rules: {{make: "(만들어줘|{{title}} 잡아줘)"}}
    intents:
      - name: create
        tool: diary_create
        arguments: {{summary: "{{title}}"}}
        sentences: {{ko: ['{template}']}}
    """
    tools = {"diary": {"diary_create": ToolFacts(read_only=read_only, destructive=False)}}
    error = Router({"diary": pack(text)}, tools).refused.get("diary")
    return str(error) if error else ""


@pytest.mark.parametrize(
    "template",
    ["{title} 만들어줘", "[{when}에] {title} 만들어줘", "({when}|{title}) 만들어줘", "<make>"],
)
def test_free_words_alone_may_not_write(template: str) -> None:
    assert refusal(template) == (
        f"diary: create: {template}: "
        "a writing tool needs a time, number, choice or reference beside free words"
    )


@pytest.mark.parametrize("template", ["{when} {title} 만들어줘", "방금 거 취소해", "{when} <make>"])
def test_free_words_beside_a_typed_slot_may_write(template: str) -> None:
    assert refusal(template) == ""


def test_free_words_alone_may_read() -> None:
    assert refusal("{title} 찾아줘", read_only=True) == ""


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{when} {titel} 만들어줘", "the pack has no slot {titel}"),
        ("{when} <mak>", "the pack has no rule <mak>"),
        ("{when} (만들어줘", "not a template"),
    ],
)
def test_a_bad_template_is_named(template: str, message: str) -> None:
    assert refusal(template).startswith(f"diary: create: {template}: {message}")


def test_a_placeholder_without_slot_is_named() -> None:
    broken = pack(MAIL.replace('{words}", limit', '{wrods}", limit'))
    refused = Router({"mail": broken}, TOOLS).refused
    assert "{wrods} is filled in, but the pack has no such slot" in str(refused["mail"])


def test_a_bad_pack_leaves_the_others_in_use() -> None:
    broken = pack(MAIL.replace("{words} 메일", "{wrods} 메일"))
    router = Router({"mail": broken, "diary": pack(DIARY)}, TOOLS)
    assert list(router.refused) == ["mail"]
    assert isinstance(router.route("내일 일정 알려줘", language="ko", now=NOW), Match)


def test_packs_may_use_the_same_names_for_different_things() -> None:
    text = """
    rules: {{show: "{show}[ ]줘"}}
    slots: {{kind: {{type: choice, values: {{x: {{ko: [{word}]}}}}}}}}
    intents: [{{name: list, tool: {tool}, sentences: {{ko: ["{{kind}} <show>"]}}}}]
    """
    packs = {
        "silent": pack("intents: []"),
        "diary": pack(text.format(show="보여", word="일기", tool="diary_list")),
        "mail": pack(text.format(show="읽어", word="편지", tool="mail_search")),
    }
    router = Router(packs, TOOLS)
    found = [router.route(said, language="ko", now=NOW) for said in ("일기 보여줘", "편지 읽어줘")]
    assert [one.server for one in found if isinstance(one, Match)] == ["diary", "mail"]
    assert isinstance(router.route("일기 읽어줘", language="ko", now=NOW), NoMatch)


def test_a_reference_may_be_bound_to_a_few_words() -> None:
    text = DIARY.replace("label: summary", "label: summary\n    words: {ko: [일정], en: [event]}")
    text = text.replace("{event} 일정[을]", "{event}[을]")
    router = Router({"diary": pack(text)}, TOOLS)
    found = router.route("내일 일정 취소해줘", language="ko", now=NOW)
    assert isinstance(found, Match)
    assert said(found) == {"when": "내일", "event": "일정"}
    assert list(found.references) == ["event"]
    assert isinstance(router.route("내일 회의 취소해줘", language="ko", now=NOW), NoMatch)


def test_more_times_than_markers_still_route() -> None:
    days = " ".join(["내일"] * 12)
    assert isinstance(route(f"{days} 언제야"), Match)


def test_a_naive_now_is_refused() -> None:
    router = Router({"diary": pack(DIARY)}, TOOLS)
    with pytest.raises(ValueError, match="time zone"):
        router.route("내일 일정 알려줘", language="ko", now=NOW.replace(tzinfo=None))


def test_a_match_is_a_value() -> None:
    found = match("이번 주 일정 보여줘")
    assert replace(found) == found
