"""Distances, times on the way and money, as people say them. Pure."""

from __future__ import annotations

from arion_kit.speech import counted
from arion_kit.words import Language


def spoken_distance(metres: int, language: Language) -> str:
    """To ten metres, to a tenth of a kilometre, and from ten kilometres on to a kilometre."""
    if metres < 995:
        rounded = metres if metres < 100 else round(metres, -1)
        return f"{rounded}미터" if language == "ko" else f"{rounded} meters"
    tenths = f"{metres / 1_000:.1f}".removesuffix(".0")
    kilometres = tenths if metres < 10_000 else f"{metres / 1_000:.0f}"
    unit = "킬로미터" if language == "ko" else " kilometer" + ("" if kilometres == "1" else "s")
    return f"{kilometres}{unit}"


def spoken_minutes(minutes: int, language: Language) -> str:
    """A time on the way: "한 시간 20분", "1 hour and 20 minutes"."""
    hours, rest = divmod(max(1, minutes), 60)
    if language == "ko":
        parts = [counted(hours, "시간")] if hours else []
        return " ".join([*parts, *([f"{rest}분"] if rest else [])])
    told = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    if rest:
        told.append(f"{rest} minute{'' if rest == 1 else 's'}")
    return " and ".join(told)


def spoken_won(won: int, language: Language) -> str:
    """Money: "1,600원", "1,600 won"."""
    return f"{won:,}원" if language == "ko" else f"{won:,} won"
