from __future__ import annotations

from pathlib import Path

import pytest

from arion_host.cli.rules import (
    add_rule,
    added_text,
    list_rules,
    remove_rule,
    removed_text,
    rules_text,
)
from arion_host.errors import HostError
from arion_host.settings import HostSettings, load_settings


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> HostSettings:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARION_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("ARION_RULES", "never github_pr_merge")
    return load_settings()


async def test_rules_of_the_settings_and_those_added_are_listed(configured: HostSettings):
    added = await add_rule(configured, "Always ask before  gmail")
    assert added_text(added) == "Added: always ask before gmail"
    assert rules_text(await list_rules(configured)).splitlines() == [
        "never github_pr_merge  (settings)",
        "always ask before gmail",
    ]


async def test_what_a_new_rule_replaces_is_said(configured: HostSettings):
    await add_rule(configured, "always allow calendar")
    told = added_text(await add_rule(configured, "always ask before calendar"))
    assert told == "Added: always ask before calendar\nReplaced: always allow calendar"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("always ask before  Gmail", ["never notion"]),
        ("gmail", ["never notion"]),
        ("all", []),
    ],
)
async def test_rules_are_removed_by_their_words_or_what_they_are_about(
    configured: HostSettings, words: str, left: list[str]
):
    await add_rule(configured, "always ask before gmail")
    await add_rule(configured, "never notion")
    removed = await remove_rule(configured, words)
    assert removed_text(removed) == f"Removed: {2 - len(left)}"
    listed = rules_text(await list_rules(configured)).splitlines()
    assert listed == ["never github_pr_merge  (settings)", *left]


async def test_a_rule_of_the_settings_is_not_removed(configured: HostSettings):
    with pytest.raises(HostError, match="No rule added with") as refused:
        await remove_rule(configured, "github_pr_merge")
    assert refused.value.kind == "not_found"


@pytest.mark.parametrize("sentence", ["be careful", "", "never gmail; never notion"])
async def test_what_is_not_one_rule_is_refused(configured: HostSettings, sentence: str):
    with pytest.raises(HostError) as refused:
        await add_rule(configured, sentence)
    assert refused.value.kind == "bad_input"


async def test_without_rules_that_is_said(configured: HostSettings):
    assert rules_text({"rules": []}) == "There are no rules."
