"""People and related pages by the names that people use for them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from pydantic import JsonValue

from arion_kit.errors import BadInput, ToolFailure
from arion_kit.words import ErrorKind
from arion_notion.api import NotionApi
from arion_notion.ids import find_id
from arion_notion.reading import mentioned, related
from arion_notion.schema import Property, Schema, fold
from arion_notion.wire import Comment, Item, User

_MOST_TITLES = 20
"""Related pages whose titles are read for one result; each takes a request."""
_SHOWN = 8


class Lookups:
    """What one call has looked up; nothing is asked for twice."""

    def __init__(self, api: NotionApi) -> None:
        self._api = api
        self._users: tuple[User, ...] | None = None

    async def person(self, text: str, parameter: str) -> str:
        """The id of a person, by name, mail address or id.

        Raises:
            BadInput: Nobody is called that, or several are.
        """
        if found := find_id(text):
            return found
        people = [user for user in await self.users() if user.type != "bot" and user.name]
        wanted = fold(text)
        for alike in (
            [
                it
                for it in people
                if wanted in (fold(it.name or ""), (it.person.email or "").lower())
            ],
            [it for it in people if wanted in fold(it.name or "")],
        ):
            if len(alike) == 1:
                return alike[0].id
            if alike:
                raise BadInput(parameter, f"'{text}' could be one of {_names(alike)}")
        raise BadInput(parameter, f"nobody is called '{text}'; there are {_names(people)}")

    async def related_page(self, prop: Property, text: str, parameter: str) -> str:
        """The id of a page that `prop` may lead to, by title, address or id.

        Raises:
            BadInput: None is called that, or several are.
        """
        if found := find_id(text):
            return found
        if prop.target is None:
            raise BadInput(parameter, f"'{text}' must be the address of a page")
        source = await self._api.data_source(prop.target)
        title = Schema.of(source).title
        body: dict[str, JsonValue] = {
            "filter": {"property": title.name, "title": {"contains": text}},
            "page_size": 50,
        }
        rows = (await self._api.query(prop.target, body, (title.id,))).results
        same = [row for row in rows if fold(row.name) == fold(text)] or list(rows)
        if len(same) == 1:
            return same[0].id
        if same:
            names = ", ".join(row.name for row in same[:_SHOWN])
            raise BadInput(parameter, f"'{text}' could be one of {names}")
        raise BadInput(parameter, f"'{source.name}' has no page called '{text}'")

    async def users(self) -> tuple[User, ...]:
        """Everybody in the workspace."""
        if self._users is None:
            self._users = await self._api.users()
        return self._users

    async def titles(self, items: Iterable[Item]) -> dict[str, str]:
        """Titles of related pages and names of people that `items` give by id alone.

        Past the first 20 pages, and where reading is not allowed, ids stay ids.
        """
        kept = list(items)
        ids = dict.fromkeys(it for item in kept for it in related(item.properties))
        titles = self._api.titles.known(ids)
        wanted = [it for it in ids if it not in titles][:_MOST_TITLES]
        pages = await asyncio.gather(*(self._page(page_id) for page_id in wanted))
        titles |= {page.id: page.name for page in pages if page and page.name}
        if any(True for item in kept for _ in mentioned(item.properties)):
            titles |= await self._people()
        return titles

    async def authors(self, comments: Iterable[Comment]) -> Mapping[str, str]:
        """Names of people by id, where one of the comments does not bring its author's."""
        named = all(it.display_name.resolved_name or not it.created_by for it in comments)
        return {} if named else await self._people()

    async def _page(self, page_id: str) -> Item | None:
        try:
            return await self._api.page(page_id)
        except ToolFailure as failure:
            if failure.kind not in (ErrorKind.NOT_FOUND, ErrorKind.FORBIDDEN, ErrorKind.BAD_INPUT):
                raise
            return None

    async def _people(self) -> Mapping[str, str]:
        try:
            users = await self.users()
        except ToolFailure as failure:
            # A connection without the user capability may read pages all the same.
            if failure.kind is not ErrorKind.FORBIDDEN:
                raise
            return {}
        return {user.id: user.name for user in users if user.name}


def _names(people: Iterable[User]) -> str:
    names = [user.name or "" for user in people]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
