"""What the tools return."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, Field, JsonValue

from arion_kit.spec import Said
from arion_notion.schema import Property
from arion_notion.wire import Comment, Item, User, plain

_MOST_OPTIONS = 50
_LONGEST_COMMENT = 2_000


class FoundRow(BaseModel):
    """A page or data source in short."""

    id: str
    type: str
    title: str
    url: str
    edited: str
    """When it was last edited, in UTC."""


class Found(Said):
    """What a search found."""

    results: list[FoundRow]
    next_cursor: str | None = None


class PageText(Said):
    """The content of a page, or a part of it."""

    id: str
    title: str
    url: str
    markdown: str
    properties: dict[str, JsonValue] | None = None
    next_offset: int | None = Field(default=None, description="Offset of the rest")
    truncated: bool | None = None
    """Notion left something out."""
    in_trash: bool | None = None


class PropertyRow(BaseModel):
    """A property of a data source in short."""

    name: str
    type: str
    options: list[str] | None = None


class DataSource(Said):
    """A data source and its schema."""

    id: str
    title: str
    url: str
    properties: list[PropertyRow]
    left_out: list[str] | None = None
    """Names of properties for which there was no room."""


class Row(BaseModel):
    """A row of a data source."""

    id: str
    title: str
    url: str
    properties: dict[str, JsonValue]


class Rows(Said):
    """Rows of a data source."""

    rows: list[Row]
    next_cursor: str | None = None


class MadePage(Said):
    """A page that is there now."""

    id: str
    url: str
    title: str
    already_existed: bool
    """An earlier attempt of the same call had made it."""


class MadeDatabase(Said):
    """A database that is there now."""

    id: str
    """Of its data source, which holds the rows."""
    database_id: str
    url: str
    title: str
    already_existed: bool


class Changed(Said):
    """A change of a page's content. Replacing `now` by `before` takes it back."""

    id: str
    diff: str
    changed: bool
    now: str | None = None
    before: str | None = None


class Replaced(Said):
    """A page with other content."""

    id: str
    diff: str
    changed: bool
    previous: str | None = None
    """The content it had; left out where it is too long for the result or not wholly known."""


class Updated(Said):
    """A page with other properties."""

    id: str
    title: str
    properties: dict[str, JsonValue]
    before: dict[str, JsonValue]
    """The values it had, as they can be set again."""


class Binned(Said):
    """A page and whether it is in the trash."""

    id: str
    title: str
    in_trash: bool
    changed: bool


class Moved(Said):
    """A page in another place."""

    id: str
    previous_parent_id: str | None = None


class CommentRow(BaseModel):
    """A comment in short."""

    id: str
    discussion_id: str
    author: str | None = None
    created: str
    text: str


class Comments(Said):
    """Comments on a page."""

    comments: list[CommentRow]
    next_cursor: str | None = None


class MadeComment(Said):
    """A comment that is there now."""

    id: str
    already_existed: bool


class Deleted(Said):
    """Something that is gone."""

    id: str


class UserRow(BaseModel):
    """A user in short."""

    id: str
    name: str
    type: str
    email: str | None = None


class Users(Said):
    """Users of the workspace."""

    users: list[UserRow]
    next_cursor: str | None = None


def found_row(item: Item) -> FoundRow:
    """The row of something that was found."""
    return FoundRow(
        id=item.id, type=item.object, title=item.name, url=item.url, edited=item.last_edited_time
    )


def property_row(prop: Property) -> PropertyRow:
    """The row of a property."""
    options = list(prop.option_names[:_MOST_OPTIONS])
    return PropertyRow(name=prop.name, type=prop.type, options=options or None)


def comment_row(comment: Comment, names: Mapping[str, str]) -> CommentRow:
    """The row of a comment; `names` are people's by id."""
    author = comment.created_by
    return CommentRow(
        id=comment.id,
        discussion_id=comment.discussion_id,
        author=comment.display_name.resolved_name or (names.get(author.id) if author else None),
        created=comment.created_time,
        text=plain(comment.rich_text)[:_LONGEST_COMMENT],
    )


def user_row(user: User) -> UserRow:
    """The row of a user."""
    return UserRow(id=user.id, name=user.name or "", type=user.type or "", email=user.person.email)
