from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arion_host.agents.understood import Evidence, Provenance, ToolFacts
from arion_host.policy.decision import Asked, decide
from arion_host.policy.rules import parse_rules

SAID = Evidence(Provenance.SAID, ("치과",))
FOUND_IN_MAIL = Evidence(Provenance.RESOLVED, ("하나",), untrusted=True)
READS = ToolFacts(read_only=True, destructive=False)
CREATES = ToolFacts(read_only=False, destructive=False, reversible=True)
CHANGES = ToolFacts(read_only=False, destructive=True, reversible=True)
ERASES = ToolFacts(read_only=False, destructive=True)

CALL = Asked(
    server="gmail",
    tool="gmail_send",
    facts=CREATES,
    arguments={"to": ["hana@example.com"], "body": "치과"},
    evidence={"to": SAID, "body": SAID},
)


@pytest.mark.parametrize(
    ("facts", "verdict", "kind"),
    [
        (READS, "allow", "reads"),
        (CREATES, "allow", "reversible"),
        (CHANGES, "allow", "reversible"),
        (ERASES, "confirm", "irreversible"),
    ],
)
def test_the_persons_own_words_go_on_unless_it_cannot_be_undone(
    facts: ToolFacts, verdict: str, kind: str
):
    decision = decide(replace(CALL, facts=facts), (), "ko")
    assert (decision.verdict, decision.kind) == (verdict, kind)


@pytest.mark.parametrize("facts", [CREATES, CHANGES, ERASES])
@pytest.mark.parametrize("evidence", [FOUND_IN_MAIL, None])
def test_a_value_that_others_wrote_is_read_back_whichever_argument_it_is(
    facts: ToolFacts, evidence: Evidence | None
):
    for name in CALL.arguments:
        known = {other: SAID for other in CALL.arguments if other != name}
        given_by = known | ({name: evidence} if evidence else {})
        decision = decide(replace(CALL, facts=facts, evidence=given_by), (), "en")
        assert (decision.verdict, decision.kind) == ("confirm", "untrusted")
        assert decision.reason == "This contains something that others wrote, so I ask first."


@pytest.mark.parametrize(
    ("rules", "facts", "verdict"),
    [
        ("always allow gmail", ERASES, "allow"),
        ("always ask before gmail", CREATES, "confirm"),
        ("always ask before gmail_send", READS, "confirm"),
        ("never gmail_send", READS, "refuse"),
        ("always allow gmail; never gmail_send", CREATES, "refuse"),
        ("always ask before gmail to outside example.com", CREATES, "allow"),
        ("always ask before gmail to outside arion.dev", CREATES, "confirm"),
        ("always ask before calendar", CREATES, "allow"),
    ],
)
def test_the_persons_rules_come_first(rules: str, facts: ToolFacts, verdict: str):
    assert decide(replace(CALL, facts=facts), parse_rules(rules), "ko").verdict == verdict


def test_no_rule_lets_a_value_from_others_act_unseen():
    call = replace(CALL, evidence={"to": FOUND_IN_MAIL, "body": SAID})
    assert decide(call, parse_rules("always allow gmail"), "ko").verdict == "confirm"


@given(
    st.sampled_from([CREATES, CHANGES, ERASES]),
    st.dictionaries(st.sampled_from(["to", "body"]), st.sampled_from([SAID, FOUND_IN_MAIL])),
    st.sampled_from(["", "always allow gmail", "always ask before gmail", "never gmail"]),
)
def test_a_write_with_an_ungrounded_value_never_goes_on_by_itself(
    facts: ToolFacts, evidence: dict[str, Evidence], rules: str
):
    decision = decide(replace(CALL, facts=facts, evidence=evidence), parse_rules(rules), "ko")
    grounded = evidence == {"to": SAID, "body": SAID}
    assert grounded or decision.verdict != "allow"
