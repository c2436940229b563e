"""The tools of the shopping list: typed functions, and what is true of each of them."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, JsonValue

from arion_kit.confirm import Preview
from arion_kit.errors import BadInput, ToolFailure
from arion_kit.paging import decode_cursor, encode_cursor, rows_that_fit
from arion_kit.spec import Call, Tool, reads, writes
from arion_kit.words import Effect, EffectClass, ErrorKind, Inverse
from arion_shopping.api import ShoppingApi
from arion_shopping.models import ItemList, ListChange, item_row
from arion_shopping.said import Listed
from arion_shopping.say import SPEAKERS
from arion_shopping.shopping_list import (
    MOST_ITEMS,
    MOST_OF_ONE,
    Several,
    add_things,
    all_items,
    change_id,
    matching,
    put_back,
    remove_all,
    remove_items,
)
from arion_shopping.things import MOST_THINGS, Thing, read_things
from arion_shopping.words import a_number, any_address, any_text, some_text

_FRAME_CHARS = 500
"""Room for what a result has besides its rows."""

_EVERYTHING = frozenset({"all", "everything", "전부", "모두", "다", "전체"})

Text = Annotated[str, AfterValidator(partial(some_text, most=300))]
AnyText = Annotated[str | None, AfterValidator(partial(any_text, most=300))]
_a_count = partial(a_number, least=1, most=MOST_OF_ONE)


class _From(BaseModel):
    """Where a part of the list begins."""

    at: int = 0


async def list_add(
    call: Call[ShoppingApi],
    text: AnyText = None,
    quantity: Annotated[int | None, AfterValidator(_a_count)] = None,
    note: AnyText = None,
    link: Annotated[str | None, AfterValidator(any_address)] = None,
    restore: Annotated[AnyText, Field(description="change_id of a removal")] = None,
) -> ListChange:
    """Put on the shopping list: 우유, two apples."""
    if (text is None) == (restore is None):
        raise BadInput("text", "give either text or restore")
    change, now = change_id(call.key, "list_add"), call.now
    if text is None:
        work = partial(put_back, change=change, removal=restore or "", now=now)
        changed = await call.api.database.run(work, call.language)
        if changed is None:
            raise BadInput("restore", "is the change_id of no removal")
    else:
        things = _things(text, quantity)
        about = (note, link)
        work = partial(add_things, change=change, things=things, about=about, now=now)
        changed = await call.api.database.run(work, call.language)
        if changed is None:
            message, next_step = SPEAKERS[call.language].list_full(MOST_ITEMS)
            raise ToolFailure(ErrorKind.TOO_LARGE, message, next_step=next_step)
    return ListChange(
        say=SPEAKERS[call.language].added(changed),
        change_id=changed.id,
        items=[item_row(item) for item in changed.items],
    )


async def list_get(
    call: Call[ShoppingApi],
    query: AnyText = None,
    cursor: str | None = None,
) -> ItemList:
    """Read the shopping list."""
    start = decode_cursor(cursor, _From).at if cursor else 0
    items = await call.api.database.run(all_items, call.language)
    found = matching(items, query) if query else items
    if start < 0 or (start and start >= len(found)):
        raise BadInput("cursor", "is past the end of the list; leave it out")
    rows = [item_row(item) for item in found[start:]]
    fitting = rows[: rows_that_fit(rows, call.max_chars - _FRAME_CHARS)]
    end = start + len(fitting)
    return ItemList(
        say=SPEAKERS[call.language].listed(found[start:end], Listed(len(found) - start, query)),
        items=fitting,
        total=len(found),
        next_cursor=encode_cursor(_From(at=end)) if end < len(found) else None,
    )


async def list_remove(
    call: Call[ShoppingApi],
    item: Annotated[Text, Field(description="Id, words, or all")],
    quantity: Annotated[int | None, AfterValidator(_a_count)] = None,
) -> ListChange:
    """Take off the shopping list."""
    change, now, database = change_id(call.key, "list_remove"), call.now, call.api.database
    if item.strip().lower() in _EVERYTHING:
        await _agree_to_clear(call)
        changed = await database.run(partial(remove_all, change=change, now=now), call.language)
    else:
        work = partial(remove_items, change=change, target=item.strip(), quantity=quantity, now=now)
        changed = await database.run(work, call.language)
    speaker = SPEAKERS[call.language]
    if changed is None:
        message, next_step = speaker.not_on_list(item)
        raise ToolFailure(ErrorKind.NOT_FOUND, message, next_step=next_step)
    if isinstance(changed, Several):
        message, next_step = speaker.several(changed.words, changed.items)
        raise ToolFailure(ErrorKind.CONFLICT, message, next_step=next_step)
    left = len(await database.run(all_items, call.language))
    return ListChange(
        say=speaker.removed(changed.items, left, repeated=changed.repeated),
        change_id=changed.id,
        items=[item_row(it) for it in changed.items],
    )


async def _agree_to_clear(call: Call[ShoppingApi]) -> None:
    items = await call.api.database.run(all_items, call.language)
    if len(items) > 1:
        names: list[JsonValue] = [it.text for it in items[:50]]
        question = SPEAKERS[call.language].clear_question(len(items))
        await call.confirm(Preview(question, {"items": names, "count": len(items)}))


def _things(text: str, quantity: int | None) -> list[Thing]:
    """What the text names; with a quantity, it is one thing as it stands."""
    plain = " ".join(text.split())
    things = [Thing(plain, quantity)] if quantity else read_things(text)
    if not things or not any(letter.isalnum() for letter in plain):
        raise BadInput("text", "names nothing to buy")
    if len(things) > MOST_THINGS:
        raise BadInput("text", f"names more than {MOST_THINGS} things; add them in parts")
    too_long = next((it for it in things if len(it.text) > 100), None)
    if too_long:
        raise BadInput("text", "names a thing in more than 100 characters")
    return things


_ADD = Effect(
    effect_class=EffectClass.KEYED,
    inverse=Inverse(tool="list_remove", arguments={"item": "result.change_id"}),
)
_REMOVE = Effect(
    effect_class=EffectClass.KEYED,
    inverse=Inverse(tool="list_add", arguments={"restore": "result.change_id"}),
)

LIST_TOOLS: tuple[Tool, ...] = (
    writes(
        list_add,
        "Add to list",
        effect=_ADD,
        destructive=False,
        idempotent=False,
        open_world=False,
        brief=True,
    ),
    # What is on the list may have been copied from a page or a mail.
    reads(list_get, "Read list", open_world=False, untrusted=True, brief=True),
    writes(
        list_remove,
        "Remove from list",
        effect=_REMOVE,
        destructive=True,
        idempotent=True,
        open_world=False,
        asks=True,
        brief=True,
    ),
)
