"""What is said where a provider cannot be asked. Pure."""

from __future__ import annotations

import math
from datetime import timedelta

from arion_kit.words import Language


def say_span(span: timedelta, language: Language) -> str:
    """A length of time as people say it, rounded up: "23분", "2시간"; "23 minutes"."""
    minutes = max(1, math.ceil(span.total_seconds() / 60))
    if minutes < 60:
        unit, count = ("분", " minute"), minutes
    elif minutes < 48 * 60:
        unit, count = ("시간", " hour"), round(minutes / 60)
    else:
        unit, count = ("일", " day"), round(minutes / 1_440)
    if language == "ko":
        return f"{count}{unit[0]}"
    return f"{count}{unit[1]}{'' if count == 1 else 's'}"


def say_limited(title: str, wait: timedelta, language: Language) -> tuple[str, str]:
    """That no search is left for now, and when there will be one."""
    span = say_span(wait, language)
    if language == "ko":
        return (
            f"{title}에서 한 시간에 할 수 있는 검색을 다 썼어요.",
            f"{span} 뒤에 다시 찾을 수 있어요.",
        )
    return (
        f"All the searches that {title} allows in an hour are used up.",
        f"You can search again in {span}.",
    )


def say_no_deals(coupang: str, language: Language) -> tuple[str, str]:
    """That nobody tells what is on sale, and what to do about it."""
    if language == "ko":
        return (
            "특가는 쿠팡이 연결되어 있어야 볼 수 있어요.",
            f"쿠팡 파트너스 키를 {coupang} 설정에 넣어 주세요.",
        )
    return (
        "Deals can only be shown when Coupang is connected.",
        f"Please put your Coupang Partners keys into {coupang}.",
    )


def say_no_key(coupang: str, web: str, language: Language) -> tuple[str, str]:
    """That there is nobody to ask, and the two ways to change that."""
    if language == "ko":
        return (
            "상품을 찾을 곳이 아직 연결되어 있지 않아요.",
            f"쿠팡 파트너스 키를 {coupang} 설정에 넣거나, "
            f"웹에서 찾도록 검색 엔진 키를 {web} 설정에 넣어 주세요.",
        )
    return (
        "No shop is connected yet.",
        f"Please put your Coupang Partners keys into {coupang}, "
        f"or a search engine's key into {web} to search shops on the web.",
    )
