"""Opens the shops and the file with the list."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

from arion_kit.settings import load
from arion_kit.store import data_dir
from arion_shopping.api import ShoppingApi
from arion_shopping.database import Database
from arion_shopping.malls import OPENERS, Opener
from arion_shopping.settings import ShoppingSettings
from arion_shopping.shelf import Shelf

FILE = "shopping.sqlite3"


@asynccontextmanager
async def open_shopping(
    openers: Sequence[Opener] = OPENERS,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncGenerator[ShoppingApi]:
    """The shops that `openers` open, while the server runs.

    Raises:
        SettingsError: A setting is wrong.
    """
    settings = load(ShoppingSettings)
    database = Database(data_dir() / FILE)
    async with AsyncExitStack() as stack:
        stack.callback(database.close)
        providers = [await stack.enter_async_context(opener(settings)) for opener in openers]
        yield ShoppingApi([Shelf(it, database, now) for it in providers], database, now)
