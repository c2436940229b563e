"""What several commands of one utterance have in common."""

from __future__ import annotations

from arion_host.agents.together.ways import Way
from arion_host.agents.understood import Match, Provenance
from arion_host.language.spans import TimeSpan
from arion_host.language.utterance import bare


def agree(matches: list[Match], way: Way) -> bool:
    """Whether commands are the same but for what was said for each of them alone."""
    servers, tools = ({it.server for it in matches}, {it.tool for it in matches})
    if any(it.missing for it in matches):
        return False
    if len(servers) > 1:
        return way.mixed and all(it.sure for it in matches)
    names = {name for it in matches for name in it.slots}
    said = {name: {_text(it, name) for it in matches} for name in names}
    differ = [name for name, texts in said.items() if len(texts) > 1]
    if len(tools) > 1:
        return way.mixed or not differ
    return bool(differ) and all(
        _text(match, name) in bare(item) or _is_time(match, name)
        for match, item in zip(matches, way.items, strict=True)
        for name in differ
    )


def is_alike(match: Match, before: Match) -> bool:
    """Whether a command without words of its own is for what the one before it is for."""
    return match.server == before.server and not names_of(match)


def is_same(match: Match, before: Match) -> bool:
    """Whether a command would do once more what the one before it does."""
    texts = [{name: it.text for name, it in one.slots.items()} for one in (match, before)]
    alike = match.tool == before.tool and match.arguments == before.arguments
    return alike and texts[0] == texts[1]


def says_again(match: Match, before: Match) -> bool:
    """Whether a command has nothing that the one before it has not, by whatever words."""
    said = [bare(it.text) for it in before.slots.values()]
    texts = [bare(it.text) for it in match.slots.values()]
    again = all(any(text in known for known in said) for text in texts)
    return match.tool == before.tool and len(texts) < len(said) and again


def goes_on(match: Match, before: Match) -> bool:
    """Whether a command says no more than what else is to be so in the one before it."""
    return (match.server, match.intent) == (before.server, before.intent) and all(
        name in match.slots and match.slots[name].text == value.text
        for name, value in before.slots.items()
    )


def names_of(match: Match) -> list[str]:
    """The words of a command that name something, and are no time, number or choice."""
    return [it.text for it in match.slots.values() if it.provenance is Provenance.SAID]


def _is_time(match: Match, name: str) -> bool:
    return name in match.slots and isinstance(match.slots[name].value, TimeSpan)


def _text(match: Match, name: str) -> str:
    return bare(match.slots[name].text) if name in match.slots else ""
