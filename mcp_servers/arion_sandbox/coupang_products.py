"""What the stand-in for Coupang sells, and how it is found by words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

CATEGORIES: Mapping[str, str] = {
    "1001": "여성패션",
    "1002": "남성패션",
    "1010": "뷰티",
    "1011": "출산/유아동",
    "1012": "식품",
    "1013": "주방용품",
    "1014": "생활용품",
    "1015": "홈인테리어",
    "1016": "가전디지털",
    "1017": "스포츠/레저",
    "1018": "자동차용품",
    "1019": "도서/음반/DVD",
    "1020": "완구/취미",
    "1021": "문구/오피스",
    "1024": "헬스/건강식품",
    "1025": "국내여행",
    "1026": "해외여행",
    "1029": "반려동물용품",
    "1030": "유아동패션",
}


@dataclass(frozen=True)
class Product:
    """Something that is sold."""

    id: int
    name: str
    prices: tuple[int, ...]
    """In won; one after the other, a day each."""
    category: int
    rocket: bool
    free: bool
    gold: bool
    words: tuple[str, ...]


@cache
def all_products() -> tuple[Product, ...]:
    """Everything there is, in the order of the file."""
    text = (files("arion_sandbox") / "data" / "coupang.toml").read_text("utf-8")
    return tuple(_product(item) for item in tomllib.loads(text)["product"])


def matching(keyword: str) -> list[Product]:
    """What has all the words of `keyword` in its name or among its other words."""
    words = keyword.casefold().split()
    return [product for product in all_products() if all(w in _letters(product) for w in words)]


def _product(item: Mapping[str, Any]) -> Product:
    return Product(
        id=item["id"],
        name=item["name"],
        prices=tuple(item["price"]),
        category=item["category"],
        rocket=item.get("rocket", False),
        free=item.get("free", False),
        gold=item.get("gold", False),
        words=tuple(item["words"]),
    )


@cache
def _letters(product: Product) -> str:
    texts = (product.name, CATEGORIES[str(product.category)], *product.words)
    both = (*texts, *(text.replace(" ", "") for text in texts))
    return "\n".join(both).casefold()
