"""The Gmail tools, and what is true of each of them."""

from __future__ import annotations

from arion_gmail.tools_changes import gmail_modify, gmail_trash, gmail_untrash
from arion_gmail.tools_outbox import (
    gmail_create_draft,
    gmail_delete_draft,
    gmail_list_drafts,
    gmail_send,
    gmail_send_draft,
    gmail_update_draft,
)
from arion_gmail.tools_reading import (
    gmail_current,
    gmail_find_people,
    gmail_get_attachment,
    gmail_list_labels,
    gmail_read,
    gmail_read_thread,
    gmail_search,
)
from arion_kit.spec import Tool, reads, writes
from arion_kit.words import Effect, EffectClass, Inverse

READ = "https://www.googleapis.com/auth/gmail.readonly"
COMPOSE = "https://www.googleapis.com/auth/gmail.compose"
MODIFY = "https://www.googleapis.com/auth/gmail.modify"

_EXTRA = "extra"
"""Toolset of what people seldom ask for, and of what serves other calls."""

_CREATE = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(tool="gmail_delete_draft", arguments={"draft_id": "result.draft_id"}),
)
_UPDATE = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="gmail_update_draft",
        arguments={
            "draft_id": "result.draft_id",
            "to": "result.previous.to",
            "cc": "result.previous.cc",
            "bcc": "result.previous.bcc",
            "subject": "result.previous.subject",
            "body": "result.previous.body",
            "body_format": "result.previous.body_format",
        },
    ),
)
"""Files that were taken out of a draft are not put back."""
_FINAL = Effect(effect_class=EffectClass.PROBE, previews=True)
"""Looks first whether it has happened; what was sent or deleted can't be taken back."""
_MODIFY = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(tool="gmail_modify", arguments={"undo": "result.changes"}),
)
_TRASH = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="gmail_untrash",
        arguments={"message_ids": "result.trashed", "inbox_ids": "result.from_inbox"},
    ),
)
_UNTRASH = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(tool="gmail_trash", arguments={"message_ids": "result.restored"}),
)

TOOLS: tuple[Tool, ...] = (
    reads(
        gmail_search, "Search mail", open_world=False, scopes=(READ,), untrusted=True, brief=True
    ),
    reads(gmail_read, "Read mail", open_world=False, scopes=(READ,), untrusted=True, brief=True),
    reads(
        gmail_read_thread,
        "Read a conversation",
        open_world=False,
        scopes=(READ,),
        untrusted=True,
        brief=True,
    ),
    reads(gmail_list_labels, "List labels", open_world=False, scopes=(READ,), brief=True),
    reads(
        gmail_get_attachment,
        "Get an attachment",
        open_world=False,
        scopes=(READ,),
        untrusted=True,
        brief=True,
    ),
    reads(
        gmail_list_drafts,
        "List drafts",
        open_world=False,
        untrusted=True,
        scopes=(READ,),
        brief=True,
        toolset=_EXTRA,
    ),
    reads(
        gmail_find_people,
        "Find people",
        open_world=False,
        scopes=(READ,),
        untrusted=True,
        toolset=_EXTRA,
    ),
    reads(
        gmail_current,
        "That mail",
        open_world=False,
        scopes=(READ,),
        untrusted=True,
        brief=True,
        toolset=_EXTRA,
    ),
    writes(
        gmail_create_draft,
        "Save a draft",
        effect=_CREATE,
        destructive=False,
        idempotent=False,
        open_world=False,
        scopes=(COMPOSE, READ),
        brief=True,
    ),
    writes(
        gmail_update_draft,
        "Change a draft",
        effect=_UPDATE,
        destructive=False,
        idempotent=True,
        open_world=False,
        scopes=(COMPOSE,),
        brief=True,
        toolset=_EXTRA,
    ),
    writes(
        gmail_delete_draft,
        "Delete a draft",
        effect=_FINAL,
        destructive=True,
        idempotent=True,
        open_world=False,
        scopes=(COMPOSE,),
        asks=True,
        toolset=_EXTRA,
    ),
    writes(
        gmail_send_draft,
        "Send a draft",
        effect=_FINAL,
        destructive=True,
        idempotent=False,
        scopes=(COMPOSE,),
        asks=True,
        brief=True,
    ),
    writes(
        gmail_send,
        "Send mail",
        effect=_FINAL,
        destructive=True,
        idempotent=False,
        scopes=(COMPOSE, READ),
        asks=True,
        brief=True,
    ),
    writes(
        gmail_modify,
        "Label or archive mail",
        effect=_MODIFY,
        destructive=False,
        idempotent=True,
        open_world=False,
        scopes=(MODIFY,),
        brief=True,
    ),
    writes(
        gmail_trash,
        "Move to trash",
        effect=_TRASH,
        destructive=True,
        idempotent=True,
        open_world=False,
        scopes=(MODIFY,),
        brief=True,
    ),
    writes(
        gmail_untrash,
        "Restore from trash",
        effect=_UNTRASH,
        destructive=False,
        idempotent=True,
        open_world=False,
        scopes=(MODIFY,),
        toolset=_EXTRA,
        brief=True,
    ),
)
