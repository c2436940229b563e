"""What waits for a yes, on the command line: shown as a card, answered by its id."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import typer
from pydantic import JsonValue

from arion_host.cli.output import note, run, show
from arion_host.exchange import DEFAULT_SESSION, CallStatus, Confirmation, ShownCall, TurnRequest
from arion_kit.words import Language

WIDEST_VALUE = 44
"""Columns of the terminal; where a value is wider, its origin stands on a line below."""

# The last is the key y on a Korean keyboard.
_YES = frozenset({"y", "yes", "네", "예", "응", "ㅛ"})

_REVERSIBLE: dict[Language, tuple[str, str]] = {
    "ko": ("되돌릴 수 없어요.", "나중에 되돌릴 수 있어요."),
    "en": ("It can't be undone.", "It can be undone later."),
}
_YES_IN: dict[Language, str] = {"ko": "응", "en": "yes"}
_HOW: dict[Language, str] = {
    "ko": "답하려면: {spoken}, 또는 {command}",
    "en": "To answer: {spoken}, or {command}",
}


def converse(request: TurnRequest, *, as_json: bool, here: bool) -> dict[str, JsonValue]:
    """Run a turn and print its answer; return the last result.

    With `here`, what waits for a yes is asked at the terminal and answered at once.
    """
    while True:
        result = _say(request, as_json=as_json)
        asked, language = _asked(result), _language(result)
        show(result, "\n".join(_lines(result, asked, language)), as_json=as_json)
        if asked is None or as_json:
            return result
        reply = _reply_here() if here and at_a_terminal() else None
        if reply is None:
            note(_how_to_answer(request.session, language))
            return result
        request = TurnRequest(
            session=request.session, language=language, confirm=reply, question=asked.id
        )


def at_a_terminal() -> bool:
    """Whether a person can be asked right here."""
    return sys.stdin.isatty()


def all_done(result: Mapping[str, JsonValue]) -> bool:
    """Whether every call of a turn that was to be made went through."""
    calls = cast("list[dict[str, str]]", result["calls"])
    return all(call["status"] == CallStatus.OK for call in calls)


def _say(request: TurnRequest, *, as_json: bool) -> dict[str, JsonValue]:
    from arion_host.cli.ask import ask

    return run(lambda settings: ask(settings, request), as_json=as_json)


def _asked(result: Mapping[str, JsonValue]) -> Confirmation | None:
    confirmation = result.get("confirmation")
    return None if confirmation is None else Confirmation.model_validate(confirmation)


def _language(result: Mapping[str, JsonValue]) -> Language:
    return "en" if result.get("language") == "en" else "ko"


def _reply_here() -> bool | None:
    """Ask at the terminal; None where the person leaves the question open."""
    try:
        text = typer.prompt("[y/N]", default="", show_default=False, err=True)
    except typer.Abort:
        note("")
        return None
    return str(text).strip().casefold() in _YES


def _how_to_answer(session: str, language: Language) -> str:
    named = "" if session == DEFAULT_SESSION else f" --session {session}"
    return _HOW[language].format(
        spoken=f'arion ask "{_YES_IN[language]}"{named}', command=f"arion confirm yes|no{named}"
    )


def _lines(
    result: Mapping[str, JsonValue], asked: Confirmation | None, language: Language
) -> Iterator[str]:
    yield _printable(str(result["answer"]))
    calls = asked.calls if asked else []
    for number, call in enumerate(calls, start=1):
        yield ""
        yield f"{number}. {_printable(call.title)}" if len(calls) > 1 else _printable(call.title)
        yield from _call(call, language)


def _call(call: ShownCall, language: Language) -> Iterator[str]:
    rows = [(it.label, _text(it.value), it.source) for it in call.arguments]
    yield from _table(rows)
    if call.preview:
        yield ""
        yield from _table([(name, _text(value), "") for name, value in call.preview.items()])
    yield f"  {call.reason} {_REVERSIBLE[language][call.reversible]}"


def _table(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """Print rows of a name, a value and where it comes from, in columns."""
    names = max((_width(name) for name, _, _ in rows), default=0)
    fitting = [
        w for _, value, _ in rows if "\n" not in value and (w := _width(value)) <= WIDEST_VALUE
    ]
    values = max(fitting, default=0)
    indent = " " * (names + 4)
    for name, value, source in rows:
        first, *rest = value.split("\n")
        beside = not rest and _width(first) <= values
        row = f"  {_padded(name, names)}  {_padded(first, values)}"
        yield f"{row}  {source if beside else ''}".rstrip()
        yield from (f"{indent}{line}" for line in rest)
        if source and not beside:
            yield f"{indent}({source})"


def _text(value: JsonValue) -> str:
    if isinstance(value, str):
        return _printable(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(_printable(str(item)) for item in value)
    return _printable(json.dumps(value, ensure_ascii=False))


def _printable(text: str) -> str:
    """Spell out what a terminal would obey or not show; others may have written it."""
    return "".join(
        character if character == "\n" or not _is_unseen(character) else ascii(character)[1:-1]
        for character in text.replace("\r\n", "\n").replace("\t", " ")
    )


def _is_unseen(character: str) -> bool:
    # The zero-width joiner builds emoji.
    return unicodedata.category(character) in {"Cc", "Cf"} and character != "\u200d"


def _width(text: str) -> int:
    """Columns a text takes; a Korean syllable takes two."""
    return sum(2 if unicodedata.east_asian_width(it) in "WF" else 1 for it in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
