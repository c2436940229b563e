"""Every provider there is. A further one is its module, and its line here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from arion_shopping.coupang import open_coupang
from arion_shopping.providers import Provider
from arion_shopping.settings import ShoppingSettings
from arion_shopping.web import open_web

Opener = Callable[[ShoppingSettings], AbstractAsyncContextManager[Provider]]

OPENERS: tuple[Opener, ...] = (
    open_coupang,
    open_web,
)
