"""What several commands of one utterance have in common."""

from __future__ import annotations

from dataclasses import replace

from arion_host.agents.filling import placeholders
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


def sets_more(match: Match, before: Match) -> bool:
    """Whether it says again what the one before makes, and how that is to be as well."""
    more = not _fixed(match) <= _fixed(before)
    return bool(match.slots) and more and says_again(match, before)


def _fixed(match: Match) -> set[tuple[str, str]]:
    """What a command sets by its words alone: the `meet` of "make it a video call"."""
    return {(name, str(it)) for name, it in match.arguments.items() if not list(placeholders(it))}


def goes_on(match: Match, before: Match) -> bool:
    """Whether a command says no more than what else is to be so in the one before it.

    What it takes over from there may have lost words on the way.
    """
    return (match.server, match.intent) == (before.server, before.intent) and all(
        name in match.slots and bare(match.slots[name].text) in bare(value.text)
        for name, value in before.slots.items()
    )


def joined(match: Match, before: Match) -> Match:
    """One command of both, where one `goes_on` from the other."""
    return replace(match, slots={**match.slots, **before.slots})


def is_misnamed(match: Match, before: Match) -> bool:
    """Whether what a command takes over is a name, where something else is meant.

    It is for a thing by the name that the one before only gives to it or makes it with, which other
    things may have too, or it writes down no more than
    the name of what that one is about: "메일 읽어주고 노션에도 적어줘" is for what the mail says.
    """
    old = {bare(before.slots[name].text) for name in before.references if name in before.slots}
    new = {bare(it.text) for it in before.slots.values()} - old
    named = {bare(match.slots[name].text) for name in match.references if name in match.slots}
    written = (match.arguments.get(it) for it in ("body", "markdown"))
    names = {name for it in written for name, _ in placeholders(it) if name in match.slots}
    copied = any(bare(match.slots[name].text) in it for name in names for it in old)
    if "_create_" in before.tool and match.server == before.server:
        # What is only made now cannot be looked up: "set up a call, and make it a video call".
        return copied or any(it in made for it in named for made in new)
    made = "_create_" in before.tool
    return copied or bool((old or made) and named & new)


def is_undone(match: Match, other: Match) -> bool:
    """Whether a command only sets anew, for the same thing, what another one sets."""
    same = {name: it.text for name, it in match.slots.items() if name in match.references}
    return (
        "_update_" in match.tool
        and bool(same)
        and (match.tool, match.arguments) == (other.tool, other.arguments)
        and all(name in other.slots and other.slots[name].text == it for name, it in same.items())
    )


def names_of(match: Match) -> list[str]:
    """The words of a command that name something, and are no time, number or choice."""
    return [it.text for it in match.slots.values() if it.provenance is Provenance.SAID]


def _is_time(match: Match, name: str) -> bool:
    return name in match.slots and isinstance(match.slots[name].value, TimeSpan)


def _text(match: Match, name: str) -> str:
    return bare(match.slots[name].text) if name in match.slots else ""
