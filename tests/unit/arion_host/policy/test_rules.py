from __future__ import annotations

import pytest

from arion_host.errors import PartFailed
from arion_host.policy.rules import Rule, Strictness, parse_rules, strictest
from arion_host.settings import load_settings


def test_rules_are_read_line_by_line():
    text = "Always allow calendar\n always  ask before gmail to outside Example.com ; never x_y"
    assert parse_rules(text) == (
        Rule(Strictness.ALLOW, "calendar"),
        Rule(Strictness.ASK, "gmail", "example.com"),
        Rule(Strictness.NEVER, "x_y"),
    )
    assert parse_rules(" ;\n") == ()


@pytest.mark.parametrize(
    "sentence",
    ["always allow calendar", "always ask before gmail to outside example.com", "never x_y"],
)
def test_a_rule_is_written_as_it_is_read(sentence: str):
    assert [rule.sentence for rule in parse_rules(sentence.upper())] == [sentence]


@pytest.mark.parametrize("sentence", ["allow calendar", "always ask", "never", "캘린더는 물어봐"])
def test_a_sentence_that_is_no_rule_is_quoted_with_what_there_is(sentence: str):
    with pytest.raises(ValueError, match=f"'{sentence}' is no rule; write 'always allow calendar'"):
        parse_rules(f"always allow calendar; {sentence}")


@pytest.mark.parametrize(
    ("arguments", "outside"),
    [
        ({"to": ["a@example.com"]}, False),
        ({"to": ["a@mail.example.com"]}, False),
        ({"to": ["a@example.com", "b@evil.com"]}, True),
        ({"to": ["a@notexample.com"]}, True),
        ({"event": {"attendees": [{"email": "하나 <x@EXAMPLE.org>"}]}}, True),
        ({"body": "치과"}, False),
    ],
)
def test_addresses_outside_a_domain_are_found_wherever_they_are(arguments: dict, outside: bool):
    rules = parse_rules("always ask before gmail to outside example.com")
    found = strictest(rules, "gmail", "gmail_send", arguments)
    assert found == (Strictness.ASK if outside else None)


def test_a_wrong_rule_in_the_settings_is_said_when_arion_starts(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARION_RULES", "always calendar")
    with pytest.raises(PartFailed, match=r"ARION_RULES is wrong: .*'always calendar' is no rule"):
        load_settings()
