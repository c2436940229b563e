"""Tools that change what a page says: append, edit, replace."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Annotated, Literal

from pydantic import BaseModel, Field, JsonValue

from arion_kit.confirm import Preview
from arion_kit.errors import BadInput
from arion_kit.spec import Call
from arion_notion.api import NotionApi
from arion_notion.diffs import count_lines, find_swap, lost_pages, nearest_line, unified
from arion_notion.finding import find_page
from arion_notion.ids import read_id
from arion_notion.journal import Note, Outcome, Write
from arion_notion.models import Changed, Replaced
from arion_notion.page_tools import PageId
from arion_notion.probing import changed_since
from arion_notion.say import SPEAKERS
from arion_notion.wire import Item, Markdown

_FRAME = 1_000
"""Characters of a result besides its texts."""
_DETAILS = 4_000
"""Characters of a difference that a person is shown before they agree."""


class _Change(BaseModel):
    """What a change of content did."""

    diff: str
    now: str | None = None
    before: str | None = None


async def notion_append(
    call: Call[NotionApi],
    page_id: PageId,
    markdown: str,
    position: Literal["end", "start"] = "end",
) -> Changed:
    """Add Markdown to the end or start of a page."""
    if not markdown.strip():
        raise BadInput("markdown", "must not be empty")
    page, content = await _read(call, page_id)
    before = content.markdown

    async def act() -> str:
        insert: dict[str, JsonValue] = {"content": markdown, "position": {"type": position}}
        after = await call.api.change_markdown(
            page.id, {"type": "insert_content", "insert_content": insert}
        )
        return _change(before, after.markdown).model_dump_json()

    async def note() -> Note:
        return {"before": _digest(before), "length": str(len(before))}

    async def probe(kept: Note) -> str | None:
        if _digest(before) == kept["before"]:
            return None
        length = int(kept["length"])
        rest = before[:length] if position == "end" else before[len(before) - length :]
        if _digest(rest) != kept["before"]:
            raise changed_since()
        return _change(rest, before).model_dump_json()

    write = Write.of(call.key, "append", page.id, markdown, position)
    outcome = await call.api.journal.once(write, act, note=note, probe=probe)
    say = SPEAKERS[call.language].appended(page.name, existed=outcome.existed)
    return _changed(call, say, page, outcome)


async def notion_edit_page(
    call: Call[NotionApi],
    page_id: PageId,
    old: Annotated[str, Field(description="Exact, found once")],
    new: str,
    dry_run: bool = False,
) -> Changed:
    """Replace one passage of a page's Markdown. dry_run only shows the diff."""
    page, content = await _read(call, page_id)
    before = content.markdown
    speaker = SPEAKERS[call.language]
    if dry_run:
        _check_passage(content, old)
        after = before.replace(old, new, 1)
        say = speaker.edited(page.name, count_lines(before, after), dry_run=True)
        return Changed(
            say=say, id=page.id, diff=unified(before, after)[: call.max_chars // 2], changed=False
        )

    async def act() -> str:
        _check_passage(content, old)
        update: dict[str, JsonValue] = {"content_updates": [{"old_str": old, "new_str": new}]}
        after = await call.api.change_markdown(
            page.id, {"type": "update_content", "update_content": update}
        )
        return _change(before, after.markdown).model_dump_json()

    async def note() -> Note:
        return {"before": _digest(before)}

    async def probe(kept: Note) -> str | None:
        if _digest(before) == kept["before"]:
            return None
        rest = before.replace(new, "") if new else before
        if old in rest or new not in before:
            raise changed_since()
        return _change(before, before).model_dump_json()

    write = Write.of(call.key, "edit", page.id, old, new)
    outcome = await call.api.journal.once(write, act, note=note, probe=probe)
    say = speaker.edited(page.name, count_lines(before, before), dry_run=False)
    return _changed(call, say, page, outcome)


async def notion_replace_page(
    call: Call[NotionApi], page_id: PageId, markdown: str, dry_run: bool = False
) -> Replaced:
    """Replace all of a page's content; asks first. dry_run only shows the diff."""
    page, content = await _read(call, page_id)
    before, after = content.markdown.strip("\n"), markdown.strip("\n")
    diff, speaker = unified(before, after), SPEAKERS[call.language]
    room = call.max_chars - _FRAME
    if not diff:
        say = speaker.replaced(page.name, changed=False)
        return Replaced(say=say, id=page.id, diff="", changed=False)
    if lost := lost_pages(before, after):
        raise BadInput(
            "markdown",
            f"would delete the pages {', '.join(lost)}; keep their <page> and <database> tags",
        )
    lines = count_lines(before, after)
    if dry_run:
        say = speaker.edited(page.name, lines, dry_run=True)
        return Replaced(say=say, id=page.id, diff=diff[: room // 2], changed=False)
    await call.confirm(
        Preview(
            say=speaker.ask_replace(page.name, lines),
            # The digest makes the agreement one about all of the content, however it is cut.
            details={
                "page": page.name,
                "page_id": page.id,
                "diff": diff[:_DETAILS],
                "replaces": _digest(before)[:16],
            },
        )
    )
    await call.api.change_markdown(
        page.id, {"type": "replace_content", "replace_content": {"new_str": markdown}}, retry=True
    )
    fits = not content.truncated and len(json.dumps(before, ensure_ascii=False)) < room * 3 // 4
    return Replaced(
        say=speaker.replaced(page.name, changed=True),
        id=page.id,
        diff=diff[: room // 5],
        changed=True,
        previous=before if fits and before else None,
    )


async def _read(call: Call[NotionApi], page_id: str) -> tuple[Item, Markdown]:
    """A page and its content, asked for at once."""
    wanted = read_id(page_id, "page_id")
    page, content = await asyncio.gather(
        find_page(call.api, page_id), call.api.markdown(wanted), return_exceptions=True
    )
    # That of the page says best what is wrong with the id.
    if isinstance(page, BaseException):
        raise page
    if isinstance(content, BaseException):
        raise content
    return page, content


def _check_passage(content: Markdown, old: str) -> None:
    if not old:
        raise BadInput("old", "must not be empty")
    found = content.markdown.count(old)
    # What is missing here may be in the part that Notion left out.
    if found == 1 or (not found and content.truncated):
        return
    if found:
        raise BadInput("old", f"occurs {found} times; give more of the text around it")
    nearest = nearest_line(content.markdown, old)
    hint = f"; the nearest line is {nearest!r}" if nearest else ""
    raise BadInput("old", f"is not in the page{hint}; it has to match exactly")


def _change(before: str, after: str) -> _Change:
    swap = find_swap(before, after)
    return _Change(diff=unified(before, after), now=swap and swap.now, before=swap and swap.before)


def _changed(call: Call[NotionApi], say: str, page: Item, outcome: Outcome) -> Changed:
    change = _Change.model_validate_json(outcome.result)
    room = call.max_chars - _FRAME
    swap = len(json.dumps([change.now, change.before], ensure_ascii=False))
    keeps = change.now is not None and swap < room // 2
    return Changed(
        say=say,
        id=page.id,
        diff=change.diff[: room // 4],
        changed=bool(change.diff) and not outcome.existed,
        now=change.now if keeps else None,
        before=change.before if keeps else None,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
