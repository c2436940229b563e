"""Tools for whole pages: read, made, moved, their properties, the trash."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from arion_kit.errors import BadInput, UpstreamFailure
from arion_kit.paging import cut_text
from arion_kit.spec import Call
from arion_kit.words import ErrorKind
from arion_notion.api import NotionApi
from arion_notion.finding import find_page, find_page_or_database, find_parent, schema_of
from arion_notion.journal import Note, Write
from arion_notion.lookups import Lookups
from arion_notion.models import Binned, MadePage, Moved, PageText, Updated
from arion_notion.previous import previous_values
from arion_notion.probing import begun_now, find_made
from arion_notion.reading import read_value, read_values, shortened
from arion_notion.refusals import SERVICE
from arion_notion.say import SPEAKERS
from arion_notion.schema import Schema
from arion_notion.spoken import plain_text
from arion_notion.wire import Item, RawValue
from arion_notion.writing import Writer, rich_text

_FRAME = 1_200
"""Characters of a result besides its text and properties."""
_SHORTEST = 100
_LEAST = 500
"""Characters of text that are given however long the properties are."""

PageId = str
"""An id or address; what is none is refused with a hint, so that no schema has to say it."""


async def notion_read_page(
    call: Call[NotionApi],
    page_id_or_url: PageId,
    format: Literal["markdown", "text"] = "markdown",
    max_chars: int | None = None,
    offset: int = 0,
) -> PageText:
    """Read a page as Markdown, with its properties."""
    page = await find_page(call.api, page_id_or_url, "page_id_or_url")
    content = await call.api.markdown(page.id)
    text = content.markdown if format == "markdown" else plain_text(content.markdown)
    if not 0 <= offset <= len(text):
        raise BadInput("offset", f"must be between 0 and {len(text)}, the length of the page")
    titles = await Lookups(call.api).titles([page])
    longest = call.max_chars // 12
    values = {} if offset else shortened(read_values(page.properties, titles), longest)
    room = max(_LEAST, call.max_chars - _FRAME - len(json.dumps(values, ensure_ascii=False)))
    wanted = room if max_chars is None else max(_SHORTEST, max_chars)
    part = cut_text(text, offset, min(wanted, _as_json(text[offset:], room)))
    speaker = SPEAKERS[call.language]
    if values and not text.strip():
        say = speaker.row(page.name, values, today=call.now.date())
    else:
        say = speaker.read(page.name, part.text, begun=offset > 0)
    return PageText(
        say=say,
        id=page.id,
        title=page.name,
        url=page.url,
        markdown=part.text,
        properties=values or None,
        next_offset=part.next_offset,
        truncated=content.truncated or None,
        in_trash=page.in_trash or None,
    )


async def notion_create_page(
    call: Call[NotionApi],
    parent_id: PageId,
    title: str,
    markdown: str = "",
    properties: Annotated[
        dict[str, JsonValue] | None,
        Field(description='{"상태":"진행 중","마감":"2026-11-27","태그":["a"]}'),
    ] = None,
) -> MadePage:
    """Create a page in a page, or a row in a data source (id, URL or name)."""
    if not title.strip():
        raise BadInput("title", "must not be empty")
    parent = await find_parent(call.api, parent_id)
    schema = Schema.of(parent) if parent.is_data_source else Schema(())
    values: dict[str, RawValue] = {}
    if properties:
        if not parent.is_data_source:
            raise BadInput("properties", "only rows of a data source have them; leave it out")
        values = await Writer(schema, Lookups(call.api), call.now).properties(properties)
    values[schema.title.name] = {"title": rich_text(title, "title")}
    kind = "data_source_id" if parent.is_data_source else "page_id"
    body: dict[str, JsonValue] = {
        "parent": {"type": kind, kind: parent.id},
        "properties": {**values},
    }
    if markdown.strip():
        body["markdown"] = markdown
    fresh: list[Item] = []

    async def act() -> str:
        fresh.append(await call.api.create_page(body))
        return fresh[0].id

    async def probe(note: Note) -> str | None:
        return await find_made(call.api, parent, title, note)

    write = Write.of(call.key, "create", parent.id, title, markdown, properties)
    outcome = await call.api.journal.once(write, act, note=begun_now, probe=probe)
    page = fresh[0] if fresh else await call.api.page(outcome.result)
    if page.in_trash:
        raise UpstreamFailure(
            ErrorKind.GONE,
            "The page of this call has been trashed since.",
            next_steps={
                "ko": "다시 만들려면 새로 말씀해 주세요.",
                "en": "To make it again, ask anew; notion_restore_page brings it back.",
            },
            service=SERVICE,
        )
    return MadePage(
        say=SPEAKERS[call.language].made(
            title, parent.name, in_source=parent.is_data_source, existed=outcome.existed
        ),
        id=page.id,
        url=page.url,
        title=title,
        already_existed=outcome.existed,
    )


async def notion_update_properties(
    call: Call[NotionApi],
    page_id: PageId,
    properties: dict[str, JsonValue],
) -> Updated:
    """Set properties of a page, as in notion_create_page; null clears."""
    if not properties:
        raise BadInput("properties", "must name at least one property")
    page = await find_page(call.api, page_id)
    schema, lookups = await schema_of(call.api, page), Lookups(call.api)
    values = await Writer(schema, lookups, call.now).properties(properties)
    before = await previous_values(call.api, page, values)
    changed = await call.api.update_page(page.id, {"properties": {**values}})
    titles = await lookups.titles([_only(changed, values)])
    now = {name: read_value(changed.properties.get(name, values[name]), titles) for name in values}
    return Updated(
        say=SPEAKERS[call.language].updated(page.name, now, today=call.now.date()),
        id=page.id,
        title=changed.name or page.name,
        properties=now,
        before=before,
    )


async def notion_trash_page(call: Call[NotionApi], page_id: PageId) -> Binned:
    """Move a page or database to the trash."""
    name, thing_id, changed = await _binned(call, page_id, wanted=True)
    say = SPEAKERS[call.language].trashed(name, changed=changed)
    return Binned(say=say, id=thing_id, title=name, in_trash=True, changed=changed)


async def notion_restore_page(call: Call[NotionApi], page_id: PageId) -> Binned:
    """Take a page or database out of the trash."""
    name, thing_id, changed = await _binned(call, page_id, wanted=False)
    say = SPEAKERS[call.language].restored(name, changed=changed)
    return Binned(say=say, id=thing_id, title=name, in_trash=False, changed=changed)


async def notion_move_page(call: Call[NotionApi], page_id: PageId, parent_id: PageId) -> Moved:
    """Move a page under another page or into a data source."""
    page = await find_page(call.api, page_id)
    parent = await find_parent(call.api, parent_id)
    kind = "data_source_id" if parent.is_data_source else "page_id"
    if page.parent.id != parent.id:
        await call.api.move_page(page.id, {"type": kind, kind: parent.id})
    return Moved(
        say=SPEAKERS[call.language].moved(page.name, parent.name),
        id=page.id,
        previous_parent_id=page.parent.id,
    )


async def _binned(call: Call[NotionApi], page_id: str, *, wanted: bool) -> tuple[str, str, bool]:
    """Title and id of what is in the trash, or out of it, and whether it was elsewhere before."""
    thing = await find_page_or_database(call.api, page_id)
    changed = thing.in_trash is not wanted
    if changed and isinstance(thing, Item):
        await call.api.bin_page(thing.id, in_trash=wanted)
    elif changed:
        await call.api.bin_database(thing.id, in_trash=wanted)
    return thing.name, thing.id, changed


def _only(page: Item, names: dict[str, RawValue]) -> Item:
    """The page with those of its properties alone."""
    kept = {name: value for name, value in page.properties.items() if name in names}
    return page.model_copy(update={"properties": kept})


def _as_json(text: str, room: int) -> int:
    """How many characters of `text` take no more than `room` as JSON."""
    head = text[:room]
    longer = len(json.dumps(head, ensure_ascii=False)) / max(1, len(head))
    return int(room / max(1.0, longer))
