"""A data source's schema in short, and properties by the names people use for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from arion_kit.errors import BadInput
from arion_notion.wire import Item, RawValue

READ_ONLY = frozenset(
    {
        "formula",
        "rollup",
        "created_time",
        "created_by",
        "last_edited_time",
        "last_edited_by",
        "unique_id",
        "button",
        "verification",
    }
)
"""Types whose values Notion makes itself."""

DONE_WORDS = frozenset(
    {"완료", "끝", "끝남", "완료됨", "다했음", "done", "complete", "completed", "finished"}
)
_STAGES = (
    frozenset({"할일", "시작전", "예정", "대기", "todo", "to-do", "notstarted", "open"}),
    frozenset({"진행중", "진행", "하는중", "inprogress", "doing", "started"}),
    DONE_WORDS,
)
"""Words for the three groups that every status property has, in the order of progress."""


@dataclass(frozen=True)
class Option:
    """A choice of a select, multi-select or status."""

    id: str
    name: str


@dataclass(frozen=True)
class Property:
    """One property of a data source."""

    id: str
    name: str
    type: str
    options: tuple[Option, ...] = ()
    stages: tuple[str | None, ...] = ()
    """Of a status: the first choice of what is to do, in progress and complete."""
    target: str | None = None
    """Of a relation: the data source it leads to."""

    @property
    def option_names(self) -> tuple[str, ...]:
        """Its choices."""
        return tuple(option.name for option in self.options)

    def choice(self, text: str) -> str | None:
        """The choice that is called `text`; of a status also by common words for its stage."""
        found = named(self.option_names, text)
        if found is None:
            stages = zip(self.stages, _STAGES, strict=False)
            found = next((stage for stage, words in stages if stage and fold(text) in words), None)
        return found


@dataclass(frozen=True)
class _Concept:
    """Something that every list of things has, whatever it is called there."""

    types: tuple[str, ...]
    names: frozenset[str]


_CONCEPTS = (
    _Concept(("title",), frozenset({"제목", "이름", "title", "name"})),
    _Concept(
        ("status", "select", "checkbox"),
        frozenset({"상태", "진행상태", "진행상황", "진행", "단계", "status", "state", "stage"}),
    ),
    _Concept(
        ("date",),
        frozenset(
            {"마감", "마감일", "기한", "날짜", "일정", "due", "duedate", "deadline", "date", "when"}
        ),
    ),
    _Concept(
        ("people",),
        frozenset({"담당", "담당자", "책임자", "assignee", "assign", "owner", "person"}),
    ),
    _Concept(("checkbox", "status"), frozenset({"완료", "done", "checkbox", "complete"})),
    _Concept(
        ("select", "number", "status"), frozenset({"우선순위", "중요도", "priority", "importance"})
    ),
    _Concept(("multi_select", "select"), frozenset({"태그", "분류", "tag", "tags", "labels"})),
    _Concept(("url",), frozenset({"링크", "주소", "url", "link"})),
)


@dataclass(frozen=True)
class Schema:
    """The properties of a data source."""

    properties: tuple[Property, ...]

    @classmethod
    def of(cls, source: Item) -> Schema:
        """The schema of a data source."""
        return cls(tuple(_property(name, raw) for name, raw in source.properties.items()))

    @property
    def title(self) -> Property:
        """The one property that every data source has."""
        for prop in self.properties:
            if prop.type == "title":
                return prop
        return Property("title", "title", "title")

    def find(self, name: str, parameter: str) -> Property:
        """The property that is called `name`, or is what people mean by it.

        Raises:
            BadInput: There is none, or it could be several.
        """
        for prop in self.properties:
            if name in (prop.name, prop.id):
                return prop
        alike = [prop for prop in self.properties if fold(prop.name) == fold(name)]
        nothing: list[Property] = []
        found = alike or next((them for them in self._meant(name) if them), nothing)
        if len(found) == 1:
            return found[0]
        names = ", ".join(prop.name for prop in found or self.properties)
        which = "could be one of" if found else "is no property here; there are"
        raise BadInput(parameter, f"'{name}' {which} {names}")

    def _meant(self, name: str) -> Iterator[list[Property]]:
        for concept in _CONCEPTS:
            if fold(name) not in concept.names:
                continue
            for kind in concept.types:
                fitting = [prop for prop in self.properties if prop.type == kind]
                yield [prop for prop in fitting if fold(prop.name) in concept.names] or fitting


def fold(text: str) -> str:
    """Text without what people are careless about: case, spaces."""
    return "".join(text.casefold().split())


def named(options: Sequence[str], wanted: str) -> str | None:
    """The one of `options` that is meant by `wanted`; None where it is none of them."""
    if wanted in options:
        return wanted
    alike = [option for option in options if fold(option) == fold(wanted)]
    return alike[0] if len(alike) == 1 else None


def _property(name: str, raw: RawValue) -> Property:
    kind = str(raw.get("type") or "")
    kept = raw.get(kind)
    settings = kept if isinstance(kept, dict) else {}
    listed = settings.get("options")
    options = tuple(
        Option(str(option.get("id") or ""), str(option["name"]))
        for option in (listed if isinstance(listed, list) else [])
        if isinstance(option, dict) and "name" in option
    )
    target = settings.get("data_source_id")
    return Property(
        id=str(raw.get("id") or name),
        name=name,
        type=kind,
        options=options,
        stages=_stages(settings, options),
        target=str(target) if target else None,
    )


def _stages(settings: Mapping[str, JsonValue], options: Sequence[Option]) -> tuple[str | None, ...]:
    groups = settings.get("groups")
    # Notion keeps three groups, in the order of progress; their names can be changed.
    listed = groups if isinstance(groups, list) else []
    return tuple(_first(group, options) for group in listed)


def _first(group: JsonValue, options: Sequence[Option]) -> str | None:
    ids = group.get("option_ids") if isinstance(group, dict) else None
    if not isinstance(ids, list):
        return None
    return next((option.name for option in options if option.id in ids), None)
