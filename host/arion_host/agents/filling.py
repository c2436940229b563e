"""Slots put into the templates of a pack: arguments, queries and questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from pydantic import JsonValue

from arion_host.agents.understood import Evidence, Provenance, Resolved, SlotValue
from arion_host.language.money import Price
from arion_host.language.spans import TimeSpan

_PLACEHOLDER = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*\{\w+(?:\.\w+)?\}[^\[\]]*)\] ?")
"""A part of a text that is left out where one of its slots was not said."""
_SPACES = re.compile(r" {2,}")


@dataclass(frozen=True)
class Filled:
    """A value with every placeholder filled in."""

    value: JsonValue
    evidence: Evidence


@dataclass(frozen=True)
class Filler:
    """Fills templates from the slots that were said and the references that were found."""

    slots: Mapping[str, SlotValue]
    resolved: Mapping[str, Resolved]

    def fill_all(self, templates: Mapping[str, JsonValue]) -> dict[str, Filled]:
        """Every template that can be filled; one whose slot was not said is left out."""
        filled = {name: self.fill(template) for name, template in templates.items()}
        return {name: value for name, value in filled.items() if value is not None}

    def fill(self, template: JsonValue) -> Filled | None:
        """The template with its placeholders filled; None if a slot it needs was not said.

        A string that is one placeholder takes the value's own type; otherwise it is formatted.
        """
        if isinstance(template, str):
            return self._fill_text(template)
        if isinstance(template, dict):
            members = self.fill_all(template)
            value: JsonValue = {name: member.value for name, member in members.items()}
            return Filled(value, _joined(member.evidence for member in members.values()))
        if isinstance(template, list):
            items = [filled for item in template if (filled := self.fill(item)) is not None]
            if template and not items:
                return None
            values: list[JsonValue] = []
            for item in items:
                # A slot may hold several things: all the mails that were shown.
                values += item.value if isinstance(item.value, list) else [item.value]
            evidence = _joined(item.evidence for item in items)
            if evidence.provenance is Provenance.SAID:
                # A list is nobody's words as they stand.
                evidence = replace(evidence, provenance=Provenance.COMPUTED)
            return Filled(values, evidence)
        return Filled(template, Evidence(Provenance.LITERAL))

    def _fill_text(self, template: str) -> Filled | None:
        if _OPTIONAL.search(template):
            # What is left out takes no space with it that parts the words around it.
            template = _SPACES.sub(" ", _OPTIONAL.sub(self._optional, template)).strip()
        names = list(placeholders(template))
        if not names:
            return Filled(template, Evidence(Provenance.LITERAL))
        values = [self._value(slot, field) for slot, field in names]
        if any(value is None for value in values):
            return None
        evidence = _joined(self._evidence(slot, field) for slot, field in names)
        if _PLACEHOLDER.fullmatch(template):
            return Filled(values[0], evidence)
        if evidence.provenance is Provenance.SAID:
            evidence = replace(evidence, provenance=Provenance.COMPUTED)
        remaining = iter(values)
        text = _PLACEHOLDER.sub(lambda _: str(next(remaining)), template)
        return Filled(text, evidence)

    def _optional(self, part: re.Match[str]) -> str:
        values = [self._value(slot, field) for slot, field in placeholders(part[1])]
        if any(value is None for value in values):
            return part[0][len(part[1]) + 2 :]
        return part[1] + part[0][len(part[1]) + 2 :]

    def _value(self, slot: str, field: str) -> JsonValue:
        if slot in self.resolved:
            found = self.resolved[slot]
            return {"": found.value, "label": found.label}.get(field) or found.row.get(field)
        said = self.slots.get(slot)
        if said is None:
            return None
        if isinstance(said.value, TimeSpan):
            return _time_field(said.value, field)
        if isinstance(said.value, Price):
            return {"least": said.value.least, "most": said.value.most}.get(field, said.text)
        return said.text if field else said.value

    def _evidence(self, slot: str, field: str) -> Evidence:
        said = self.slots[slot]
        found = self.resolved.get(slot)
        if found is None:
            return Evidence(said.provenance, (said.text,))
        untrusted = found.untrusted and field not in found.issued
        sources = (found.source,) if found.source else ()
        return Evidence(Provenance.RESOLVED, (said.text,), untrusted, sources)


def placeholders(template: JsonValue) -> Iterator[tuple[str, str]]:
    """Slot and field (or "") of every placeholder anywhere in a template."""
    if isinstance(template, str):
        for match in _PLACEHOLDER.finditer(template):
            yield match[1], match[2] or ""
    elif isinstance(template, dict):
        for member in template.values():
            yield from placeholders(member)
    elif isinstance(template, list):
        for item in template:
            yield from placeholders(item)


def _time_field(span: TimeSpan, field: str) -> str | None:
    return {
        "": span.at,
        "at": span.at,
        "to": span.to,
        "to_spoken": span.to_spoken,
        "until": span.until,
        "start": span.start.isoformat(timespec="seconds"),
        "end": span.end.isoformat(timespec="seconds"),
        "start_date": span.start.date().isoformat(),
        "end_date": _end_date(span).isoformat(),
        "spoken": span.spoken,
        "recurrence": span.recurrence,
    }.get(field)


def _end_date(span: TimeSpan) -> date:
    """The first day that the span does not touch."""
    day = span.end.date()
    return day if span.end.time() == time() else day + timedelta(days=1)


_STRENGTH = (Provenance.LITERAL, Provenance.SAID, Provenance.COMPUTED, Provenance.RESOLVED)


def _joined(evidence: Iterator[Evidence]) -> Evidence:
    """The evidence of a value that was made from several."""
    parts = list(evidence)
    provenance = max((part.provenance for part in parts), key=_STRENGTH.index, default=None)
    said = tuple(dict.fromkeys(words for part in parts for words in part.said))
    untrusted = any(part.untrusted for part in parts)
    sources = tuple(dict.fromkeys(source for part in parts for source in part.sources))
    return Evidence(provenance or Provenance.LITERAL, said, untrusted, sources)
