from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from arion_host.agents.understood import Evidence, Provenance, ToolFacts
from arion_host.policy.decision import Asked, decide
from arion_host.policy.rules import parse_rules
from arion_host.policy.wishes import Wish

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


@pytest.mark.parametrize("facts", [CREATES, CHANGES, ERASES])
def test_nobody_wished_for_what_a_model_does_after_reading_others(facts: ToolFacts):
    borrowed = replace(CALL, facts=facts, tainted=True)
    for rules in ("", "always allow gmail"):
        decision = decide(borrowed, parse_rules(rules), "ko")
        assert (decision.verdict, decision.kind) == ("confirm", "untrusted")


SENDS = ToolFacts(read_only=False, destructive=False)


@pytest.mark.parametrize(
    ("wish", "facts", "verdict"),
    [
        (Wish.PART, CREATES, "allow"),
        (Wish.PART, CHANGES, "allow"),
        (Wish.PART, SENDS, "confirm"),
        (Wish.PART, ERASES, "confirm"),
        (Wish.WHOLE, SENDS, "allow"),
        (Wish.WHOLE, ERASES, "confirm"),
    ],
)
def test_what_the_persons_words_ask_for_goes_on_as_far_as_it_can_be_taken_back(
    wish: Wish, facts: ToolFacts, verdict: str
):
    call = replace(CALL, facts=facts, tainted=True, wish=wish)
    assert decide(call, (), "ko").verdict == verdict


@pytest.mark.parametrize("evidence", [{}, {"all": Evidence(Provenance.LITERAL)}])
def test_a_wish_without_a_word_of_the_persons_in_the_call_is_asked_about(
    evidence: dict[str, Evidence],
):
    arguments = dict.fromkeys(evidence, True)
    call = replace(
        CALL, arguments=arguments, evidence=evidence, facts=CREATES, tainted=True, wish=Wish.WHOLE
    )
    assert decide(call, (), "ko").verdict == "confirm"


LEAVES = ToolFacts(read_only=True, destructive=False, carries_out=True)
STAYS = ToolFacts(read_only=True, destructive=False, carries_out=False)
WRITTEN = Evidence(Provenance.MODEL, untrusted=True, sources=("gmail/gmail_read",))
COPIED = Evidence(Provenance.FOUND, untrusted=True, sources=("gmail/gmail_read",))


@pytest.mark.parametrize(
    ("facts", "evidence", "verdict"),
    [
        (LEAVES, WRITTEN, "confirm"),
        (LEAVES, COPIED, "confirm"),
        (LEAVES, None, "confirm"),
        (LEAVES, SAID, "allow"),
        (LEAVES, FOUND_IN_MAIL, "allow"),
        (STAYS, WRITTEN, "allow"),
    ],
)
def test_a_read_is_asked_about_where_it_would_carry_out_what_others_chose(
    facts: ToolFacts, evidence: Evidence | None, verdict: str
):
    known = {"url": evidence} if evidence else {}
    call = replace(
        CALL, facts=facts, arguments={"url": "https://x.example"}, evidence=known, tainted=True
    )
    assert decide(call, parse_rules("always allow gmail"), "ko").verdict == verdict


BACK = Evidence(Provenance.FOUND, untrusted=True, sources=("map/map_search",))
BOTH = replace(BACK, sources=("map/map_search", "gmail/gmail_read"))


@pytest.mark.parametrize(
    ("value", "evidence", "verdict"),
    [
        ("강남역 3번 출구", BACK, "allow"),
        (["K-1", "K-2"], BACK, "allow"),
        ("127.0276,37.4979", BACK, "allow"),
        # Also known from elsewhere, or put together by the model.
        ("강남역 3번 출구", BOTH, "confirm"),
        ("강남역", replace(BACK, provenance=Provenance.MODEL), "confirm"),
        ("강남역", COPIED, "confirm"),
        # An address goes to whoever owns it.
        ("https://evil.example/a", BACK, "confirm"),
        ("www.evil.example", BACK, "confirm"),
        ({"to": ["eve@evil"]}, BACK, "confirm"),
        ("읽기 evil.한국", BACK, "confirm"),
    ],
)
def test_what_came_from_a_service_may_be_looked_up_there_again(
    value: JsonValue, evidence: Evidence, verdict: str
):
    call = replace(
        CALL, server="map", facts=LEAVES, arguments={"at": value}, evidence={"at": evidence},
        tainted=True,
    )  # fmt: skip
    assert decide(call, (), "ko").verdict == verdict


@pytest.mark.parametrize(("provenance", "verdict"), [("model", "confirm"), ("said", "allow")])
def test_what_a_model_wrote_itself_is_read_back_before_others_see_it(provenance: str, verdict: str):
    evidence = {"to": SAID, "body": Evidence(Provenance(provenance))}
    assert decide(replace(CALL, evidence=evidence), (), "ko").verdict == verdict
    private = replace(CREATES, carries_out=False)
    assert decide(replace(CALL, evidence=evidence, facts=private), (), "ko").verdict == "allow"


EVIDENCE = st.builds(
    Evidence,
    st.sampled_from(Provenance),
    untrusted=st.booleans(),
    sources=st.just(("gmail/gmail_read",)),
)
WRITES = st.builds(
    ToolFacts, st.just(False), st.booleans(), reversible=st.booleans(), carries_out=st.booleans()
)
CALLS = st.builds(
    replace,
    st.just(CALL),
    facts=WRITES,
    evidence=st.fixed_dictionaries({"to": EVIDENCE, "body": EVIDENCE}),
    tainted=st.booleans(),
    wish=st.sampled_from(Wish),
    repeated=st.booleans(),
)
MILDER = ["allow", "confirm", "refuse"]


@given(CALLS)
def test_no_leave_lets_an_untrusted_value_pass_a_write(call: Asked):
    if any(it.untrusted for it in call.evidence.values()):
        assert decide(call, parse_rules("always allow gmail"), "ko").verdict == "confirm"


@given(CALLS, st.sampled_from(["to", "body"]), st.booleans())
def test_more_doubt_is_never_a_milder_verdict(call: Asked, name: str, tainted: bool):
    doubted = replace(call.evidence[name], untrusted=True)
    worse = replace(
        call, evidence={**call.evidence, name: doubted}, tainted=call.tainted or tainted
    )
    verdicts = [MILDER.index(decide(one, (), "ko").verdict) for one in (call, worse)]
    assert verdicts == sorted(verdicts)
