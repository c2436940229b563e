"""The tools of the server, and what is true of each of them."""

from __future__ import annotations

from arion_kit.spec import Tool, reads, writes
from arion_kit.words import Effect, EffectClass, Inverse
from arion_notion.comment_tools import notion_comment, notion_delete_comment, notion_list_comments
from arion_notion.content_tools import notion_append, notion_edit_page, notion_replace_page
from arion_notion.database_tools import notion_create_database
from arion_notion.page_tools import (
    notion_create_page,
    notion_move_page,
    notion_read_page,
    notion_restore_page,
    notion_trash_page,
    notion_update_properties,
)
from arion_notion.search_tools import (
    notion_get_data_source,
    notion_list_users,
    notion_query,
    notion_search,
)

READ = ("read_content",)
UPDATE = ("read_content", "update_content")
INSERT = ("read_content", "insert_content")
USERS = ("read_user_information",)
READ_COMMENTS = ("read_content", "read_comments")
COMMENT = ("read_content", "insert_comments")


def _probed(tool: str, **arguments: str) -> Effect:
    """A write that the tool itself looks for before it does it again, and how to take it back."""
    return Effect(effect_class=EffectClass.PROBE, inverse=Inverse(tool=tool, arguments=arguments))


_REPLACE = Effect(
    effect_class=EffectClass.PROBE,
    inverse=Inverse(
        tool="notion_replace_page",
        arguments={"page_id": "result.id", "markdown": "result.previous"},
    ),
    previews=True,
)
_SWAP = _probed("notion_edit_page", page_id="result.id", old="result.now", new="result.before")

# Writes reach an open world: a page may be one of a workspace that the person shares, where
# others read it at once, and the API does not tell.
TOOLS: tuple[Tool, ...] = (
    reads(
        notion_search, "Search Notion", open_world=False, scopes=READ, untrusted=True, brief=True
    ),
    reads(notion_read_page, "Read page", open_world=False, scopes=READ, untrusted=True, brief=True),
    reads(
        notion_get_data_source,
        "Read schema",
        open_world=False,
        untrusted=True,
        scopes=READ,
        brief=True,
    ),
    reads(
        notion_query, "Query data source", open_world=False, scopes=READ, untrusted=True, brief=True
    ),
    reads(
        notion_list_comments,
        "List comments",
        open_world=False,
        scopes=READ_COMMENTS,
        untrusted=True,
        brief=True,
        toolset="extra",
    ),
    reads(
        notion_list_users,
        "List users",
        open_world=False,
        untrusted=True,
        scopes=USERS,
        brief=True,
        toolset="extra",
    ),
    writes(
        notion_create_page,
        "Create page",
        effect=_probed("notion_trash_page", page_id="result.id"),
        destructive=False,
        idempotent=False,
        scopes=INSERT,
        brief=True,
    ),
    writes(
        notion_create_database,
        "Create database",
        effect=_probed("notion_trash_page", page_id="result.database_id"),
        destructive=False,
        idempotent=False,
        scopes=INSERT,
        brief=True,
        toolset="extra",
    ),
    writes(
        notion_append,
        "Append to page",
        effect=_SWAP,
        destructive=False,
        idempotent=False,
        scopes=INSERT,
        brief=True,
    ),
    writes(
        notion_edit_page,
        "Edit page",
        effect=_SWAP,
        destructive=True,
        idempotent=False,
        scopes=UPDATE,
        brief=True,
    ),
    writes(
        notion_replace_page,
        "Replace page",
        effect=_REPLACE,
        destructive=True,
        idempotent=True,
        scopes=UPDATE,
        asks=True,
        brief=True,
        toolset="extra",
    ),
    writes(
        notion_update_properties,
        "Set properties",
        effect=_probed("notion_update_properties", page_id="result.id", properties="result.before"),
        destructive=True,
        idempotent=True,
        scopes=UPDATE,
        brief=True,
    ),
    writes(
        notion_trash_page,
        "Trash page",
        effect=_probed("notion_restore_page", page_id="result.id"),
        destructive=True,
        idempotent=True,
        scopes=UPDATE,
        brief=True,
    ),
    writes(
        notion_restore_page,
        "Restore page",
        effect=_probed("notion_trash_page", page_id="result.id"),
        destructive=False,
        idempotent=True,
        scopes=UPDATE,
        brief=True,
        toolset="extra",
    ),
    writes(
        notion_move_page,
        "Move page",
        effect=_probed(
            "notion_move_page", page_id="result.id", parent_id="result.previous_parent_id"
        ),
        destructive=False,
        idempotent=True,
        scopes=UPDATE,
        brief=True,
        toolset="extra",
    ),
    writes(
        notion_comment,
        "Comment",
        effect=_probed("notion_delete_comment", comment_id="result.id"),
        destructive=False,
        idempotent=False,
        scopes=COMMENT,
        brief=True,
        toolset="extra",
    ),
    writes(
        notion_delete_comment,
        "Delete comment",
        effect=Effect(effect_class=EffectClass.PROBE),
        destructive=True,
        idempotent=True,
        scopes=COMMENT,
        brief=True,
        toolset="extra",
    ),
)
