"""Coupang's categories, by the words people use for them.

Numbers: as partners publish them (second-hand).
"""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, tuple[str, ...]] = {
    "1001": ("여성패션", "여성 의류", "women's fashion"),
    "1002": ("남성패션", "남성 의류", "men's fashion"),
    "1010": ("뷰티", "화장품", "beauty", "cosmetics"),
    "1011": ("출산/유아동", "유아동", "육아", "육아용품", "아기용품", "baby"),
    "1012": ("식품", "먹거리", "음식", "food", "groceries", "grocery"),
    "1013": ("주방용품", "주방", "kitchen", "kitchenware"),
    "1014": ("생활용품", "생활", "생필품", "household", "household goods"),
    "1015": ("홈인테리어", "인테리어", "가구", "home", "interior", "furniture"),
    "1016": ("가전디지털", "가전", "전자제품", "디지털", "electronics", "appliances"),
    "1017": ("스포츠/레저", "스포츠", "레저", "운동용품", "캠핑", "sports", "outdoor"),
    "1018": ("자동차용품", "자동차", "car", "automotive"),
    "1019": ("도서/음반/dvd", "도서", "책", "음반", "books", "music"),
    "1020": ("완구/취미", "완구", "장난감", "취미", "toys", "hobbies"),
    "1021": ("문구/오피스", "문구", "사무용품", "stationery", "office"),
    "1024": ("헬스/건강식품", "건강식품", "영양제", "건강", "health", "supplements"),
    "1025": ("국내여행", "domestic travel"),
    "1026": ("해외여행", "overseas travel"),
    "1029": ("반려동물용품", "반려동물", "애완용품", "애견용품", "펫", "pets", "pet supplies"),
    "1030": ("유아동패션", "아동복", "아기 옷", "kids' fashion"),
}
NAMES = ", ".join(words[0] for words in _WORDS.values())
"""Every category by its own name."""


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


_NUMBERS = {_letters(word): number for number, words in _WORDS.items() for word in words}


def category_of(text: str) -> str | None:
    """The number of the category that is called so; a number stands for itself."""
    text = text.strip()
    return text if text in _WORDS else _NUMBERS.get(_letters(text))


def category_name(text: str) -> str | None:
    """Coupang's own name of the category that is called so."""
    number = category_of(text)
    return _WORDS[number][0] if number else None
