"""Utterances cut into the pieces of a frame."""

from __future__ import annotations

from pathlib import Path

import pytest

from arion_host.agents.router import Router
from arion_host.agents.understood import Match, NoMatch, ToolFacts
from arion_kit.words import Language

from .pack import NOW, READS, pack

POST = """
slots:
  when: {type: time}
  hour: {type: time}
  person: {type: text}
  sender: {type: text}
  label: {type: text}
  number: {type: number, maximum: 99}
  message: {type: text, sentence: true}
  state: {type: choice, values: {unread: {ko: [안 읽은], en: [unread]}}}
  mail:
    type: reference
    tool: post_find
    arguments: {words: "{text}", sender: "{sender}"}
    items: mails
    value: id
    label: subject
intents:
  - name: forward
    tool: post_forward
    arguments: {id: "{mail}", to: "{person}"}
    asks:
      person: {ko: "누구에게 전달할까요?", en: "Who should I forward it to?"}
    frames:
      ko:
        - act: [전달하다, 넘기다]
          parts: ["{sender}(이|가) 보낸", "[{mail}] (메일|이메일)", "{person}(한테|에게|께)"]
          needs: [mail, person]
      en:
        - act: [forward, pass on]
          parts: ["from {sender}", "to {person}", "{mail}", "(mail|email)"]
          needs: [mail, person]
  - name: label
    tool: post_label
    arguments: {id: "{mail}", label: "{label}"}
    frames:
      ko:
        - act: [붙이다, 달다]
          parts: ["[{mail}] 메일", "{label} 라벨"]
          needs: [mail, label]
  - name: send
    tool: post_send
    arguments: {to: "{person}", text: "{message}"}
    frames:
      ko:
        - act: [메일 보내다]
          parts: ["{person}(한테|에게|께)", "{message}고"]
      en:
        - act: [email, "send {person} an email"]
          parts: ["{person}", "(that|saying) {message}"]
  - name: list
    tool: post_find
    arguments: {state: "{state}", after: "{when.start}", number: "{number}"}
    frames:
      ko:
        - act: [보이다, 알리다, "있다?"]
          about: [메일]
          parts: ["{state}", "{when}[에] [온]", "{number}[ ](통|개)"]
      en:
        - act: [show, any]
          about: [mail, emails]
          parts: ["{state}", "from {when}", "last {number}"]
  - name: meet
    tool: post_meet
    arguments: {at: "{when.to}"}
    frames:
      ko:
        - act: [만나다]
          parts: ["{when}"]
          needs: ["when:hour"]
"""
WRITES = ToolFacts(read_only=False, destructive=False)
ROUTER = Router(
    {"post": pack(POST)},
    {
        "post": {
            "post_find": READS,
            **dict.fromkeys(("post_forward", "post_label", "post_send", "post_meet"), WRITES),
        }
    },
)


def read(text: str, language: Language = "ko") -> tuple[str, dict[str, str]]:
    match = ROUTER.route(text, language=language, now=NOW)
    if isinstance(match, NoMatch):
        return "", {}
    return match.intent, {name: slot.text for name, slot in match.slots.items()}


def match(text: str, language: Language = "ko") -> Match:
    found = ROUTER.route(text, language=language, now=NOW)
    assert isinstance(found, Match)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "이하나 씨가 보낸 회의 자료 메일 박서준 씨한테 전달해 줘",
        "박서준 씨한테 이하나 씨가 보낸 회의 자료 메일 좀 전달해 주실래요",
        "저기 회의 자료 메일을 박서준 씨에게 넘겨야 되는데 이하나 씨가 보낸 거",
    ],
)
def test_the_parts_of_a_request_come_in_any_order(text: str) -> None:
    slots = {"sender": "이하나 씨", "mail": "회의 자료", "person": "박서준 씨"}
    assert read(text) == ("forward", slots)


@pytest.mark.parametrize(
    "text", ["forward the budget email to Minjae", "um can you pass on to Minjae my budget email"]
)
def test_english_parts_are_told_by_what_stands_before_them(text: str) -> None:
    assert read(text, "en") == ("forward", {"mail": "budget", "person": "Minjae"})


def test_of_two_ways_to_cut_the_one_with_fewer_free_words_is_taken() -> None:
    assert read("여행 라벨 출장 경비 메일에 붙여줘")[1] == {"label": "여행", "mail": "출장 경비"}
    assert read("출장 경비 메일에 여행 라벨 붙여줘")[1] == {"label": "여행", "mail": "출장 경비"}


def test_a_word_that_no_part_takes_makes_the_frame_unfit() -> None:
    assert read("메일 보여주는 사람 알려줘") == ("", {})
    assert read("show emails in purple", "en") == ("", {})


def test_a_message_may_hold_times_and_requests() -> None:
    text = "박서준 씨한테 내일 세 시에 자료 보내 달라고 메일 보내줘"
    assert read(text) == ("send", {"person": "박서준 씨", "message": "내일 세 시에 자료 보내 달라"})


def test_an_act_may_stand_around_the_words_of_a_slot() -> None:
    slots = {"person": "Minjae", "message": "see you at three"}
    assert read("send Minjae an email saying see you at three", "en") == ("send", slots)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (
            "어제 온 안 읽은 메일 세 통만 보여줘",
            {"when": "어제", "state": "안 읽은", "number": "세"},
        ),
        ("메일 있어?", {}),
    ],
)
def test_times_choices_and_numbers_are_known_by_themselves(
    text: str, slots: dict[str, str]
) -> None:
    assert read(text) == ("list", slots)


def test_what_was_not_said_is_missing_with_the_question_for_it() -> None:
    found = match("회의 자료 메일 전달해 줘")
    assert found.missing == ("person",)
    assert found.asks["person"] == "누구에게 전달할까요?"


def test_a_day_alone_is_no_hour() -> None:
    assert match("내일 만나자").missing == ("when:hour",)
    assert match("내일 세 시에 만나자").missing == ()


def test_only_free_words_leave_it_unsure_what_is_meant() -> None:
    assert not match("박서준 씨한테 늦는다고 메일 보내줘").sure
    assert match("회의 자료 메일 박서준 씨한테 전달해 줘").sure


def test_what_is_forbidden_is_not_done() -> None:
    assert read("회의 자료 메일 박서준 씨한테 전달하지 마") == ("", {})


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("[전달하다, 넘기다]", "['전달(하다']", "not a template"),
        ('"{label} 라벨"', '"{labl} 라벨"', "no slot {labl}"),
        ('"{label} 라벨"', '"{label} {mail}"', "one slot"),
        ("needs: [mail, label]", "needs: [mail, lable]", "no slot {lable}"),
        ('"{label} 라벨"]', '"{label} 라벨", "{when}"]', "what when takes is used nowhere"),
    ],
)
def test_a_frame_that_cannot_be_used_switches_its_pack_off(
    right: str, wrong: str, complaint: str
) -> None:
    assert right in POST
    router = Router(
        {"post": pack(POST.replace(right, wrong))},
        {"post": {"post_label": WRITES, "post_forward": WRITES}},
    )
    assert complaint in str(router.refused["post"])


def test_the_frames_of_the_documentation_read_their_own_examples() -> None:
    written = (
        (Path(__file__).parents[4] / "docs/language.md")
        .read_text("utf-8")
        .split("```yaml\n")[1]
        .split("```")[0]
    )
    notes = pack(written)
    router = Router({"notes": notes}, {"notes": {"notes_label": WRITES, "notes_list": READS}})
    assert not router.refused
    for language, texts in notes.intents[0].examples.items():
        found = router.route(texts[0], language=language, now=NOW)
        assert isinstance(found, Match)
        assert set(found.slots) == {"note", "label"}
