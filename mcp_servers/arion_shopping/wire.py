"""What Coupang Partners sends, as far as this server reads it.

Fields are those that partners publish; Coupang shows its guide to partners only. Numbers may come
as text, and a product without an id, a name or a price is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, ValidationError


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


def _won(value: Any) -> Any:
    """A price: 12900, 12900.0 or "12,900"."""
    if isinstance(value, str) and re.fullmatch(r"[\d,]+(?:\.0+)?", value.strip()):
        return int(value.strip().partition(".")[0].replace(",", ""))
    return round(value) if isinstance(value, float) else value


def _text(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


class ProductWire(_Wire):
    """A product in any of the lists."""

    id: Annotated[str, Field(alias="productId", min_length=1)]
    name: Annotated[str, BeforeValidator(_text), Field(alias="productName", min_length=1)]
    price: Annotated[int, BeforeValidator(_won), Field(alias="productPrice", gt=0)]
    url: str = Field(default="", alias="productUrl")
    rocket: bool = Field(default=False, alias="isRocket")
    free_shipping: bool = Field(default=False, alias="isFreeShipping")
    category: str | None = Field(default=None, alias="categoryName")


class LinkWire(_Wire):
    """A page, and the partner's link to it."""

    original: str = Field(default="", alias="originalUrl")
    short: str = Field(default="", alias="shortenUrl")
    landing: str = Field(default="", alias="landingUrl")


class ListWire(_Wire):
    """What every call answers: `data` is a list, or an object with the list under a name."""

    data: list[JsonValue]


def listed(body: JsonValue) -> JsonValue:
    """The answer with its list where `ListWire` looks for it."""
    data = body.get("data") if isinstance(body, dict) else None
    if isinstance(data, dict):
        data = data.get("productData", [])
    # An empty result comes without a list.
    return {"data": [] if data is None and isinstance(body, dict) and "rCode" in body else data}


def products(rows: list[JsonValue]) -> Iterator[ProductWire]:
    """Those that can be read."""
    for row in rows:
        try:
            yield ProductWire.model_validate(cast("Any", row))
        except ValidationError:
            continue
