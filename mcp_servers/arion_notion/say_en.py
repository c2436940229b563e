"""What the tools say in English. Pure; ids and addresses are never said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from pydantic import JsonValue

from arion_kit.speech import join_spoken, number_word, speak_day, speakable
from arion_notion.diffs import Counted
from arion_notion.spoken import speak_markdown

_FEW = 3
"""Titles that are said of many; up to one more are all said."""
_LONGEST_READ = 400
"""Characters of a page that are read out: some 30 seconds."""
_LONGEST_REMARK = 100
_QUOTE = "'"
_UNSPOKEN = re.compile(r"https?:|@|T\d\d:|-\d+$(?<!\d{4}-\d\d-\d\d)")
"""Values that are no words: addresses, moments, numbers of records."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")


def found(titles: Sequence[str], query: str, *, more: bool) -> str:
    """What a search found; without `query`, what was edited last."""
    name = speakable(query)
    if not titles:
        return f"I found nothing about '{name}' in Notion." if name else "Your Notion is empty."
    if not name:
        return f"Edited last: {_first(titles)}."
    if len(titles) == 1 and not more:
        return f"I found '{_title(titles[0])}' in Notion."
    count = _count(len(titles), "page", more=more)
    return f"I found {count} about '{name}'. {_told(titles, more=more)}"


def read(title: str, markdown: str, *, begun: bool) -> str:
    """A page's title and the beginning of its text; `begun` goes on within it."""
    spoken = speak_markdown(markdown, _LONGEST_READ)
    head = "Going on." if begun else f"Here's '{_title(title)}'."
    if not spoken.words:
        return f"{head} There is nothing to read out."
    rest = "" if spoken.whole else " The rest is on the screen."
    return f"{head} {spoken.words}{rest}"


def row(title: str, values: Mapping[str, JsonValue], *, today: date) -> str:
    """A row that has no text of its own: some of its values."""
    told = [
        f"{speakable(name)} is {_value(value, today).strip(_QUOTE)}"
        for name, value in values.items()
        if isinstance(value, (str, list)) and not _UNSPOKEN.search(str(value))
    ][:_FEW]
    if not told:
        return read(title, "", begun=False)
    return f"Here's '{_title(title)}': {join_spoken(told, 'en')}."


def schema(title: str, names: Sequence[str]) -> str:
    """What a data source keeps of each row."""
    if len(names) <= _FEW + 1:
        return f"'{_title(title)}' has {join_spoken(names, 'en')}."
    few = ", ".join(names[:_FEW])
    return f"'{_title(title)}' has {len(names)} properties, among them {few}."


def rows(source: str, titles: Sequence[str], *, filtered: bool, more: bool) -> str:
    """The rows of a data source."""
    where = f"'{_title(source)}'"
    if not titles:
        return f"Nothing in {where} matches." if filtered else f"{where} is empty."
    if len(titles) == 1 and not more:
        return f"There's one in {where}: {_title(titles[0])}."
    return f"{where} has {_count(len(titles), 'item', more=more)}. {_told(titles, more=more)}"


def made(title: str, parent: str, *, in_source: bool, existed: bool) -> str:
    """What was made, and where."""
    if existed:
        return f"'{_title(title)}' is already in '{_title(parent)}'."
    if in_source:
        return f"I added '{_title(title)}' to '{_title(parent)}'."
    return f"I made the page '{_title(title)}' under '{_title(parent)}'."


def made_database(title: str, parent: str, *, existed: bool) -> str:
    """What database was made, and in which page."""
    if existed:
        return f"The page '{_title(parent)}' already has the database '{_title(title)}'."
    return f"I made the database '{_title(title)}' in the page '{_title(parent)}'."


def appended(title: str, *, existed: bool) -> str:
    """That a page has become longer."""
    if existed:
        return f"It's already on the page '{_title(title)}'."
    return f"I wrote it on the page '{_title(title)}'."


def edited(title: str, lines: Counted, *, dry_run: bool) -> str:
    """That a passage has changed, or how it would."""
    if dry_run:
        return f"On the page '{_title(title)}', {_lines(lines)}. Nothing has changed yet."
    return f"I edited the page '{_title(title)}'."


def replaced(title: str, *, changed: bool) -> str:
    """That all of a page has changed, or had that content."""
    if not changed:
        return f"The page '{_title(title)}' already says that."
    return f"I replaced the content of the page '{_title(title)}'."


def ask_replace(title: str, lines: Counted) -> str:
    """Whether all of a page shall change."""
    return f"Replace all of the page '{_title(title)}'? {_upper(_lines(lines))}."


def updated(title: str, values: Mapping[str, JsonValue], *, today: date) -> str:
    """Which properties of a page have changed, and to what."""
    page = f"'{_title(title)}'"
    if len(values) != 1:
        names = join_spoken([speakable(name) for name in values], "en")
        return f"I changed {names} of {page}."
    [(name, value)] = values.items()
    label = speakable(name)
    if isinstance(value, bool):
        return f"I {'checked' if value else 'unchecked'} {label} of {page}."
    if value in (None, "", []):
        return f"I cleared {label} of {page}."
    return f"I set {label} of {page} to {_value(value, today)}."


def trashed(title: str, *, changed: bool) -> str:
    """That a page is in the trash."""
    if not changed:
        return f"'{_title(title)}' is already in the trash."
    return f"I moved '{_title(title)}' to the trash."


def restored(title: str, *, changed: bool) -> str:
    """That a page is not in the trash."""
    if not changed:
        return f"'{_title(title)}' isn't in the trash."
    return f"I restored '{_title(title)}' from the trash."


def moved(title: str, parent: str) -> str:
    """That a page is in another place."""
    return f"I moved '{_title(title)}' under '{_title(parent)}'."


def commented(title: str, *, existed: bool) -> str:
    """That a comment stands under a page."""
    if existed:
        return f"That comment is already on the page '{_title(title)}'."
    return f"I commented on the page '{_title(title)}'."


def uncommented() -> str:
    """That a comment is gone."""
    return "I deleted the comment."


def comments(title: str, remarks: Sequence[tuple[str | None, str]], *, more: bool) -> str:
    """Who said what about a page."""
    if not remarks:
        return f"There are no comments on '{_title(title)}'."
    said = [
        f"{author + ': ' if author else ''}{_sentence(speakable(text, _LONGEST_REMARK))}"
        for author, text in remarks[:_FEW]
    ]
    count = _count(len(remarks), "comment", more=more)
    return f"'{_title(title)}' has {count}. {' '.join(said)}"


def users(names: Sequence[str], *, more: bool) -> str:
    """Who is in the workspace."""
    if not names:
        return "There is nobody in the workspace."
    people = "person" if len(names) == 1 else "people"
    count = f"{'more than ' if more else ''}{number_word(len(names))} {people}"
    return f"The workspace has {count}. {_told(names, more=more)}"


def _title(title: str) -> str:
    return speakable(title) or "Untitled"


def _first(titles: Sequence[str]) -> str:
    few = titles if len(titles) <= _FEW + 1 else titles[:_FEW]
    return join_spoken([_title(title) for title in few], "en")


def _told(titles: Sequence[str], *, more: bool) -> str:
    if len(titles) > _FEW + 1 or more:
        few = ", ".join(_title(title) for title in titles[:_FEW])
        return f"The first are {few}; the rest is on the screen."
    return f"{_first(titles)}."


def _count(number: int, noun: str, *, more: bool) -> str:
    many = f"{number_word(number)} {noun}{'' if number == 1 else 's'}"
    return f"more than {many}" if more else many


def _lines(lines: Counted) -> str:
    parts = [
        f"{_count(number, 'line', more=False)} {verb}"
        for number, verb in ((lines.gone, "would go"), (lines.come, "would come in"))
        if number
    ]
    return " and ".join(parts) or "no line would change"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _value(value: JsonValue, today: date) -> str:
    if isinstance(value, list):
        return join_spoken([speakable(str(item)) for item in value], "en")
    text = str(value)
    if _DATE.match(text):
        return speak_day(date.fromisoformat(text), "en", today=today)
    return f"'{speakable(text)}'" if isinstance(value, str) else text


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
