"""The tools that move and mark mail: typed functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from arion_gmail.api import GmailApi
from arion_gmail.changes import INBOX, TRASH, Change, needed, read_change
from arion_gmail.models import ModifiedMail, RestoredMail, TrashedMail
from arion_gmail.say_changes import Relabelled, say_modified, say_restored, say_trashed
from arion_gmail.views import spoken
from arion_gmail.wire import Label, Message
from arion_kit.errors import BadInput
from arion_kit.spec import Call

Texts = list[str] | None
_FIXED = frozenset({"SENT", "DRAFT", "CHAT"})
"""Labels that Gmail alone puts on mail."""


async def gmail_modify(
    call: Call[GmailApi],
    message_ids: Texts = None,
    thread_id: str | None = None,
    add_labels: Annotated[Texts, Field(description="Names or ids")] = None,
    remove_labels: Annotated[Texts, Field(description="INBOX archives, UNREAD reads")] = None,
    undo: Annotated[Texts, Field(description="changes of a result, to take back")] = None,
) -> ModifiedMail:
    """Label, archive, star, mark as read: mails, or a whole thread."""
    given = [it is not None for it in (message_ids, thread_id, undo)]
    if sum(given) != 1:
        raise BadInput("message_ids", "give exactly one of message_ids, thread_id and undo")
    labels = await call.api.labels()
    if undo is not None:
        wanted = {it.message_id: it.reverse for it in (read_change(one, "undo") for one in undo)}
        messages = await call.api.changes.messages(wanted)
    else:
        add = _ids(labels, add_labels or (), "add_labels")
        remove = _ids(labels, remove_labels or (), "remove_labels")
        if (not add and not remove) or set(add) & set(remove):
            raise BadInput("add_labels", "name labels to add or to remove, none in both")
        messages = (
            await call.api.changes.of_thread(thread_id)
            if thread_id is not None
            else await call.api.changes.messages(message_ids or ())
        )
        wanted = {it.id: Change(it.id, add, remove) for it in messages}
    changes = [needed(it, wanted[it.id].added, wanted[it.id].removed) for it in messages]
    changes = [it for it in changes if it.added or it.removed]
    await call.api.changes.apply(changes)
    return ModifiedMail(
        say=_say_modified(messages, changes, labels, call),
        changes=[it.text for it in changes],
    )


async def gmail_trash(call: Call[GmailApi], message_ids: list[str]) -> TrashedMail:
    """Move mails to the trash, which Gmail empties after 30 days."""
    messages = await call.api.changes.messages(message_ids)
    moved = [it for it in messages if TRASH not in it.label_ids]
    await call.api.changes.trash(it.id for it in moved)
    return TrashedMail(
        say=say_trashed([spoken(it) for it in moved], call.language),
        trashed=[it.id for it in moved],
        from_inbox=[it.id for it in moved if INBOX in it.label_ids],
    )


async def gmail_untrash(
    call: Call[GmailApi],
    message_ids: list[str],
    inbox_ids: Annotated[Texts, Field(description="Which of them go to the inbox")] = None,
) -> RestoredMail:
    """Take mails out of the trash."""
    messages = await call.api.changes.messages(message_ids)
    moved = [it for it in messages if TRASH in it.label_ids]
    now = await call.api.changes.untrash(it.id for it in moved)
    # Whether untrash puts a mail back into the inbox is not documented.
    await call.api.changes.apply(
        needed(it, [INBOX], []) for it in now if it.id in (inbox_ids or ())
    )
    return RestoredMail(
        say=say_restored([spoken(it) for it in moved], call.language),
        restored=[it.id for it in moved],
    )


def _ids(labels: Sequence[Label], wanted: Sequence[str], parameter: str) -> tuple[str, ...]:
    """The ids of labels that are given by name or id."""
    ids = {it.id: it.id for it in labels}
    names = {it.name.casefold(): it.id for it in labels}
    found: list[str] = []
    for one in wanted:
        label = ids.get(one) or names.get(one.strip().casefold())
        if label is None:
            known = ", ".join(sorted(it.name for it in labels if it.type == "user")[:20])
            raise BadInput(
                parameter, f"there is no label {one[:60]!r}; your own are {known or 'none'}"
            )
        if label in _FIXED or label == TRASH:
            raise BadInput(parameter, f"{label} can't be set; gmail_trash moves mail to the trash")
        found.append(label)
    return tuple(dict.fromkeys(found))


def _say_modified(
    messages: Sequence[Message],
    changes: Sequence[Change],
    labels: Sequence[Label],
    call: Call[GmailApi],
) -> str:
    names = {it.id: it.id if it.type == "system" else it.name for it in labels}
    changed = {it.message_id for it in changes}
    added = dict.fromkeys(names.get(label, label) for it in changes for label in it.added)
    removed = dict.fromkeys(names.get(label, label) for it in changes for label in it.removed)
    return say_modified(
        [spoken(it) for it in messages if it.id in changed],
        Relabelled(tuple(added), tuple(removed)),
        call.language,
    )
