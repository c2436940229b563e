from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.arion_host.agents.every_pack import LANGUAGES, examples, packs, specs

from arion_host.policy.deeds import ALIASES, DEEDS, SPOKEN
from arion_host.policy.rule_words import Add, List, Remove, heard_rule, rule_spoken, spoken_names
from arion_host.policy.rules import Rule, Strictness, parse_rules
from arion_kit.words import Language, LanguagePack

NAMES = spoken_names(dict.fromkeys(ALIASES, LanguagePack()))
SENDING = ("gmail_send", "gmail_send_draft")


def heard(text: str, language: Language) -> list[str] | None:
    """The rules of a sentence in their one spelling."""
    change = heard_rule(text, language, NAMES)
    return [rule.sentence for rule in change.rules] if isinstance(change, Add) else None


def each(words: str, tools: tuple[str, ...], rest: str = "") -> list[str]:
    return [f"{words} {tool}{rest}" for tool in tools]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("앞으로 메일은 보내기 전에 항상 물어봐", each("always ask before", SENDING)),
        ("앞으로는 메일 보낼 때마다 확인받고 해", each("always ask before", SENDING)),
        ("메일 절대 보내지 마", each("never", SENDING)),
        ("앞으로 메일은 확인 없이 보내", each("always allow", SENDING)),
        (
            "example.com 밖으로 메일 보낼 때는 꼭 물어봐",
            each("always ask before", SENDING, " to outside example.com"),
        ),
        (
            "example.com 외부로는 메일 절대 보내지 마",
            each("never", SENDING, " to outside example.com"),
        ),
        ("캘린더는 묻지 말고 해", ["always allow calendar"]),
        ("캘린더는 안 물어봐도 돼", ["always allow calendar"]),
        ("앞으로 일정은 물어보지 않아도 돼", ["always allow calendar"]),
        ("일정은 그냥 바로 잡아", ["always allow calendar_create_event"]),
        ("일정 지우기 전에 꼭 물어봐줘", ["always ask before calendar_delete_event"]),
        (
            "앞으로 일정 삭제할 때는 항상 나한테 물어보고 해",
            ["always ask before calendar_delete_event"],
        ),
        ("깃허브 병합은 절대 하지 마", ["never github_pr_merge"]),
        ("절대 병합하지 마", ["never github_pr_merge"]),
        ("앞으로 PR 머지는 절대 하지 마", ["never github_pr_merge"]),
        ("깃허브에서 뭐 하기 전에 항상 물어봐", ["always ask before github"]),
        ("앞으로 메일 쓸 때마다 물어봐", each("always ask before", SENDING)),
        ("깃허브는 절대 건드리지 마", ["never github"]),
        ("노션은 앞으로 항상 먼저 물어봐 줘", ["always ask before notion"]),
        ("쇼핑은 항상 물어봐", ["always ask before shopping"]),
        ("앞으로 메일 삭제하지 마", ["never gmail_trash"]),
    ],
)
def test_a_rule_is_heard_in_korean(text: str, rules: list[str]):
    assert heard(text, "ko") == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (
            "always ask before sending mail outside example.com",
            each("always ask before", SENDING, " to outside example.com"),
        ),
        ("Always ask me before sending email", each("always ask before", SENDING)),
        ("never send mail", each("never", SENDING)),
        (
            "never send mail to anyone outside example.com",
            each("never", SENDING, " to outside example.com"),
        ),
        ("stop asking about my calendar", ["always allow calendar"]),
        ("use my calendar without asking", ["always allow calendar"]),
        ("don't ask before adding events", ["always allow calendar_create_event"]),
        ("don't bother asking about the calendar", ["always allow calendar"]),
        ("you don't have to ask before changing events", ["always allow calendar_update_event"]),
        ("ask me before you delete events", ["always ask before calendar_delete_event"]),
        ("from now on ask me before using notion", ["always ask before notion"]),
        ("never merge pull requests", ["never github_pr_merge"]),
        ("never github_pr_merge", ["never github_pr_merge"]),
        ("always ask before gmail", ["always ask before gmail"]),
        ("always allow calendar", ["always allow calendar"]),
    ],
)
def test_a_rule_is_heard_in_english(text: str, rules: list[str]):
    assert heard(text, "en") == rules


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("내 규칙 뭐야", "ko"),
        ("내 규칙 알려줘", "ko"),
        ("내가 정한 규칙 전부 알려줘", "ko"),
        ("규칙 뭐 있어?", "ko"),
        ("what are my rules?", "en"),
        ("list my rules", "en"),
        ("what rules are there", "en"),
    ],
)
def test_the_rules_are_asked_for(text: str, language: Language):
    assert heard_rule(text, language, NAMES) == List()


@pytest.mark.parametrize(
    ("text", "language", "targets"),
    [
        ("메일 규칙 지워줘", "ko", ("gmail", *SENDING, "gmail_trash")),
        ("메일 보내기 규칙 없애줘", "ko", SENDING),
        ("노션에 대한 규칙은 삭제해줘", "ko", None),
        ("모든 규칙 삭제해줘", "ko", None),
        ("규칙 다 지워줘", "ko", None),
        ("remove the rule about mail", "en", ("gmail", *SENDING, "gmail_trash")),
        ("delete my mail rules", "en", ("gmail", *SENDING, "gmail_trash")),
        ("forget all my rules", "en", None),
    ],
)
def test_rules_are_taken_back(text: str, language: Language, targets: tuple[str, ...] | None):
    change = heard_rule(text, language, NAMES)
    assert isinstance(change, Remove)
    assert targets is None or change.targets == targets


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("민수한테 꼭 물어봐줘", "ko"),
        ("김하나한테 항상 고맙다고 메일 보내줘", "ko"),
        ("내일 회의 일정 잡지 마", "ko"),
        ("일정 잡지 마", "ko"),
        ("이 메일 삭제하지 마", "ko"),
        ("메일은 바로 보내줘", "ko"),
        ("내일 일정 바로 잡아줘", "ko"),
        ("회의 규칙 페이지 만들어줘", "ko"),
        ("게임 규칙 알려줘", "ko"),
        ("규칙 지워줘", "ko"),
        ("우유 절대 사지 마", "ko"),
        ("메일이랑 캘린더는 항상 물어봐", "ko"),
        ("항상 물어봐", "ko"),
        ("never delete the meeting tomorrow", "en"),
        ("don't schedule a meeting tomorrow", "en"),
        ("ask Emma before sending mail", "en"),
        ("what are the rules of chess", "en"),
        ("delete the rules page", "en"),
        ("don't send it", "en"),
        ("never nonsense_tool", "en"),
        ("절대 " * 60 + "병합하지 마", "ko"),
    ],
)
def test_an_ordinary_sentence_is_no_rule(text: str, language: Language):
    assert heard_rule(text, language, NAMES) is None


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_of_any_server_is_a_rule(language: Language):
    names = spoken_names(packs())
    found = {text: heard_rule(text, language, names) for text in examples(language)}
    assert {text: change for text, change in found.items() if change} == {}


@pytest.mark.thorough
def test_every_deed_is_of_a_tool_that_writes():
    writing = {
        (name, tool.name)
        for name, spec in specs().items()
        for tool in spec.tools
        if not tool.read_only
    }
    assert {(deed.server, deed.tool) for deed in DEEDS} <= writing
    assert ALIASES.keys() == SPOKEN.keys() == specs().keys()


def test_only_servers_that_are_there_have_names():
    names = spoken_names({"notes": LanguagePack(name={"ko": "메모장", "en": "Notepad"})})
    assert names == {"notes": "notes", "메모장": "notes", "notepad": "notes"}
    assert heard_rule("메모장은 항상 물어봐", "ko", names) == Add((Rule(Strictness.ASK, "notes"),))
    assert heard_rule("절대 병합하지 마", "ko", names) is None


@pytest.mark.parametrize(
    ("rule", "ko", "en"),
    [
        (
            "always ask before gmail_send to outside example.com",
            "example.com 밖으로는 메일을 보내기 전에 항상 여쭤볼게요.",
            "I'll always ask before sending mail outside example.com.",
        ),
        (
            "never github_pr_merge",
            "PR을 절대 병합하지 않을게요.",
            "I'll never merge pull requests.",
        ),
        (
            "always allow calendar_create_event",
            "일정을 잡기 전에 묻지 않을게요.",
            "I won't ask before adding events.",
        ),
        (
            "always allow calendar",
            "캘린더는 묻지 않고 바로 할게요.",
            "I won't ask before using your calendar.",
        ),
        (
            "always ask before gmail",
            "메일은 무엇을 하든 먼저 여쭤볼게요.",
            "I'll always ask before using mail.",
        ),
        ("never notes", "notes는 절대 쓰지 않을게요.", "I'll never use notes."),
    ],
)
def test_a_rule_is_said_back_as_a_promise(rule: str, ko: str, en: str):
    [parsed] = parse_rules(rule)
    assert (rule_spoken(parsed, "ko"), rule_spoken(parsed, "en")) == (ko, en)


PIECES = st.sampled_from(
    [
        *NAMES,
        *(
            "앞으로",
            "항상",
            "절대",
            "물어봐",
            "하지 마",
            "하고",
            "보내기",
            "전에",
            "규칙",
            "밖으로",
        ),
        *("always", "never", "ask", "before", "rules", "example.com", "outside"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=9).map(" ".join)),
    language=st.sampled_from(LANGUAGES),
)
def test_every_rule_that_is_heard_is_one_the_settings_know(text: str, language: Language):
    for sentence in heard(text, language) or ():
        assert parse_rules(sentence)[0].sentence == sentence
