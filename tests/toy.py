"""A small server for the kit's own tests: a notebook that has no vendor behind it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field, JsonValue

from arion_kit.confirm import Preview
from arion_kit.errors import BadInput, ToolFailure, UpstreamFailure
from arion_kit.settings import ServerSettings, server_config
from arion_kit.spec import Account, Call, Said, ServerSpec, Tool, reads, writes
from arion_kit.words import Effect, EffectClass, ErrorKind, Inverse

LANGUAGE = """
rules:
  please: "[please]"
slots:
  title: {type: text}
  note:
    type: reference
    tool: notes_list
    arguments: {query: "{text}"}
    items: notes
    value: note_id
    label: title
intents:
  - name: list
    tool: notes_list
    sentences:
      ko: ["메모 보여줘"]
      en: ["<please> show my notes"]
    examples:
      ko: ["메모 보여줘"]
      en: ["show my notes"]
  - name: add
    tool: notes_add
    arguments: {title: "{title}"}
    sentences:
      ko: ["{title} 메모해줘"]
      en: ["note {title}"]
    examples:
      ko: ["우유 사기 메모해줘"]
      en: ["note buy milk"]
  - name: delete
    tool: notes_delete
    arguments: {note_id: "{note}"}
    sentences:
      ko: ["{note} 메모 지워줘"]
      en: ["delete the note {note}"]
    examples:
      ko: ["우유 사기 메모 지워줘"]
      en: ["delete the note buy milk"]
    readback:
      ko: "'{note.label}' 메모를 지울까요?"
      en: "Delete the note '{note.title}'?"
"""


@dataclass
class Notebook:
    """The toy's upstream. `trouble` is raised by every call."""

    notes: dict[str, str] = field(default_factory=dict)
    calls: list[Call[Notebook]] = field(default_factory=list)
    trouble: Exception | None = None
    open: bool = False
    shared: dict[str, str] = field(default_factory=dict)
    """What the neighbours wrote."""
    posted: list[str] = field(default_factory=list)


class Note(BaseModel):
    note_id: str
    title: str
    due: str | None = None


class Notes(Said):
    """Notes, oldest first."""

    notes: list[Note]
    next_page: str | None = None


class Added(Said):
    note: Note


async def notes_list(
    call: Call[Notebook],
    query: Annotated[str | None, Field(description="Part of a title")] = None,
    limit: Annotated[int, Field(ge=1, le=50)] = 10,
    order: Literal["old", "new"] = "old",
    tags: list[str] | None = None,
) -> Notes:
    """Lists the notes whose title holds the query."""
    call.api.calls.append(call)
    if call.api.trouble:
        raise call.api.trouble
    found = [
        Note(note_id=key, title=title)
        for key, title in call.api.notes.items()
        if (query or "") in title
    ]
    say = f"메모가 {len(found)}개 있어요." if call.language == "ko" else f"{len(found)} notes."
    return Notes(say=say, notes=found[:limit])


async def notes_add(call: Call[Notebook], title: str, action_id: str | None = None) -> Added:
    """Adds a note."""
    if call.api.trouble:
        raise call.api.trouble
    if not title.strip():
        raise BadInput("title", "must not be blank")
    note = Note(note_id=action_id or f"n{len(call.api.notes) + 1}", title=title)
    call.api.notes[note.note_id] = title
    return Added(say="적어 뒀어요." if call.language == "ko" else "Noted.", note=note)


async def notes_delete(call: Call[Notebook], note_id: str) -> Said:
    """Deletes a note."""
    if call.api.notes.pop(note_id, None) is None:
        raise ToolFailure(ErrorKind.NOT_FOUND, "그런 메모는 없어요.")
    return Said(say="지웠어요." if call.language == "ko" else "Deleted.")


async def notes_clear(call: Call[Notebook], keep: dict[str, JsonValue] | None = None) -> Said:
    """Deletes all notes but those to keep."""
    doomed = [key for key in call.api.notes if key not in (keep or {})]
    details: dict[str, JsonValue] = {"titles": [call.api.notes[key] for key in doomed]}
    await call.confirm(Preview(say=f"{len(doomed)}개를 지울까요?", details=details))
    for key in doomed:
        del call.api.notes[key]
    return Said(say="다 지웠어요." if call.language == "ko" else "All gone.")


class NotesSettings(ServerSettings):
    model_config = server_config("notes")

    base_url: str = Field(default="http://127.0.0.1:1", description="Where notes are")


async def whose_notes(notebook: Notebook) -> Account:
    if notebook.trouble:
        raise notebook.trouble
    return Account("하나", frozenset({"notes.read"}))


TOOLS = (
    reads(notes_list, "List notes", open_world=False),
    writes(
        notes_delete,
        "Delete a note",
        effect=Effect(effect_class=EffectClass.ASK),
        destructive=True,
        idempotent=True,
        toolset="extra",
    ),
    writes(
        notes_add,
        "Add a note",
        effect=Effect(
            effect_class=EffectClass.KEYED,
            key_parameter="action_id",
            inverse=Inverse(tool="notes_delete", arguments={"note_id": "result.note.note_id"}),
        ),
        destructive=False,
        idempotent=True,
    ),
)

CLEAR = writes(
    notes_clear,
    "Delete all notes",
    effect=Effect(effect_class=EffectClass.ASK),
    destructive=True,
    idempotent=True,
    scopes=("notes.delete",),
    toolset="extra",
    asks=True,
)
"""A tool that asks, for the tests of asking."""


async def notes_lend(call: Call[Notebook], note_id: str) -> Said:
    """Lends a note to the neighbours."""
    title = call.api.notes[note_id]
    await call.confirm(
        Preview(say=f"이웃에게 '{title}' 메모를 빌려줄까요?", details={"title": title})
    )
    call.api.calls.append(call)
    return Said(say="빌려줬어요.")


LEND = writes(
    notes_lend,
    "Lend a note",
    effect=Effect(effect_class=EffectClass.ASK),
    destructive=False,
    idempotent=False,
    asks=True,
)
"""A tool that destroys nothing and asks all the same."""


async def notes_shared(call: Call[Notebook]) -> Notes:
    """Lists notes that the neighbours wrote."""
    shared = [Note(note_id=key, title=text) for key, text in call.api.shared.items()]
    return Notes(say=f"이웃 메모가 {len(shared)}개 있어요.", notes=shared)


SHARED = reads(notes_shared, "List the neighbours' notes", open_world=False, untrusted=True)
"""A tool that returns what others wrote."""


async def notes_post(call: Call[Notebook], note_id: str) -> Said:
    """Puts a note on the notice board, for good."""
    title = call.api.notes[note_id]
    preview = Preview(say=f"게시판에 '{title}' 메모를 붙일까요?", details={"title": title})
    await call.confirm(preview)
    call.api.posted.append(title)
    return Said(say="붙였어요.")


POST = writes(
    notes_post,
    "Post a note",
    effect=Effect(effect_class=EffectClass.ASK, previews=True),
    destructive=True,
    idempotent=False,
    asks=True,
)
"""A tool that always asks, and shows what it would do."""

POST_INTENT = """
  - name: post
    tool: notes_post
    arguments: {note_id: "{note}"}
    sentences: {ko: ["{note} 메모 붙여줘"]}
"""

LEND_INTENT = """
  - name: lend
    tool: notes_lend
    arguments: {note_id: "{note}"}
    sentences: {ko: ["{note} 메모 빌려줘"]}
"""


def toy_spec(
    folder: Path, notebook: Notebook, language: str = LANGUAGE, *, more: tuple[Tool, ...] = ()
) -> ServerSpec:
    """The notes server over `notebook`; its language file is written to `folder`."""
    path = folder / "language.yaml"
    path.write_text(language, "utf-8")

    @asynccontextmanager
    async def opened() -> AsyncGenerator[Notebook]:
        notebook.open = True
        try:
            yield notebook
        finally:
            notebook.open = False

    return ServerSpec(
        name="notes",
        title="Notes",
        instructions="Keeps short notes. Use it for lists of things to remember.",
        tools=(*TOOLS, *more),
        open=opened,
        language=path,
        settings=lambda: NotesSettings,
        check=whose_notes,
    )


def unreachable(service: str = "Notebook") -> UpstreamFailure:
    return UpstreamFailure(
        ErrorKind.UNAVAILABLE, "No connection.", retry_after_s=3.0, service=service
    )
