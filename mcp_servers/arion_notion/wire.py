"""What Notion's API sends, as far as this server reads it.

Source: the published types of Notion's own client (@notionhq/client 5.26.0).
"""

from __future__ import annotations

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, JsonValue

RawValue = dict[str, JsonValue]
"""One property of a page, or its definition in a data source: `{"id", "type", <type>: …}`."""


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True)


class RichText(_Wire):
    """A piece of text."""

    plain_text: str = ""


class Person(_Wire):
    """What is known of a person."""

    email: str | None = None


class Bot(_Wire):
    """What is known of a connection."""

    workspace_name: str | None = None


class User(_Wire):
    """A person or a connection; where it is only mentioned, its id alone."""

    id: str
    name: str | None = None
    type: str | None = None
    person: Person = Person()
    bot: Bot = Bot()


class Parent(_Wire):
    """Where something lies."""

    type: str = ""
    page_id: str | None = None
    data_source_id: str | None = None
    database_id: str | None = None
    block_id: str | None = None

    @property
    def id(self) -> str | None:
        """What it lies in; None for the workspace itself."""
        return self.page_id or self.data_source_id or self.block_id or self.database_id


class Item(_Wire):
    """A page or a data source; one that may not be seen has its id alone."""

    object: str
    id: str
    url: str = ""
    title: tuple[RichText, ...] = ()
    """Of a data source; that of a page is among its properties."""
    properties: dict[str, RawValue] = {}
    """A page's values or a data source's schema, by name."""
    parent: Parent = Parent()
    in_trash: bool = Field(default=False, validation_alias=AliasChoices("in_trash", "archived"))
    created_time: str = ""
    last_edited_time: str = ""
    created_by: User | None = None

    @property
    def is_data_source(self) -> bool:
        """Whether it holds rows."""
        return self.object == "data_source"

    @property
    def name(self) -> str:
        """Its title."""
        if self.is_data_source:
            return plain(self.title)
        for value in self.properties.values():
            texts = value.get("title")
            if value.get("type") == "title" and isinstance(texts, list):
                return plain(tuple(RichText.model_validate(text) for text in texts))
        return ""


class ItemList(_Wire):
    """A page of a list of pages and data sources."""

    results: tuple[Item, ...] = ()
    next_cursor: str | None = None
    has_more: bool = False


class SourceName(_Wire):
    """A data source of a database."""

    id: str
    name: str = ""


class Database(_Wire):
    """What holds data sources."""

    id: str
    title: tuple[RichText, ...] = ()
    url: str = ""
    data_sources: tuple[SourceName, ...] = ()
    in_trash: bool = Field(default=False, validation_alias=AliasChoices("in_trash", "archived"))

    @property
    def name(self) -> str:
        """Its title."""
        return plain(self.title)


class Markdown(_Wire):
    """The content of a page, or of a block of it."""

    markdown: str = ""
    truncated: bool = False
    unknown_block_ids: tuple[str, ...] = ()


class PropertyItems(_Wire):
    """A page of the items of one long property, or a short one."""

    results: tuple[RawValue, ...] = ()
    next_cursor: str | None = None
    has_more: bool = False


class DisplayName(_Wire):
    """Whose name stands over a comment."""

    resolved_name: str | None = None


class Comment(_Wire):
    """A remark on a page."""

    id: str
    discussion_id: str = ""
    created_time: str = ""
    created_by: User | None = None
    rich_text: tuple[RichText, ...] = ()
    display_name: DisplayName = DisplayName()


class CommentList(_Wire):
    """A page of comments."""

    results: tuple[Comment, ...] = ()
    next_cursor: str | None = None
    has_more: bool = False


class UserList(_Wire):
    """A page of users."""

    results: tuple[User, ...] = ()
    next_cursor: str | None = None
    has_more: bool = False


def plain(texts: tuple[RichText, ...]) -> str:
    """Rich text as plain text."""
    return "".join(text.plain_text for text in texts)
