from __future__ import annotations

from pathlib import Path

import pytest
from tests.toy import LANGUAGE, TOOLS

from arion_kit.errors import SpecError
from arion_kit.packs import load_pack, served_part
from arion_kit.signatures import read_signature
from arion_kit.words import LanguagePack

SIGNATURES = {tool.name: read_signature(tool) for tool in TOOLS}
READING = frozenset({"notes_list"})


def loaded(folder: Path, text: str) -> LanguagePack:
    path = folder / "language.yaml"
    path.write_text(text, "utf-8")
    return load_pack(path, SIGNATURES, READING)


def test_a_right_pack_is_loaded_whole(tmp_path: Path):
    pack = loaded(tmp_path, LANGUAGE)
    assert [intent.name for intent in pack.intents] == ["list", "add", "delete"]
    assert pack.intents[2].readback["en"] == "Delete the note '{note.title}'?"
    assert set(pack.slots) == {"title", "note"}


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("tool: notes_add", "tool: notes_ad", "intent add: there is no tool notes_ad"),
        ('{title: "{title}"}', "{}", "intent add: notes_add needs title"),
        ("{note_id: ", "{note: ", "intent delete: notes_delete has no parameter note"),
        (
            'ko: ["{title} 메모해줘"]',
            'ko: ["{titel} 메모해줘"]',
            "intent add: there is no slot titel",
        ),
        ('{title: "{title}"}', '{title: "{what}"}', "intent add: there is no slot what"),
        ("{note.title}", "{note.colour}", "intent delete: slot note has no field colour"),
        ("{note.title}", "{nothing}", "intent delete: there is no slot nothing"),
        ('{title: "{title}"}', '{title: "{title.x}"}', "intent add: slot title has no field x"),
        ("<please> show", "<pleas> show", "intent list: there is no rule pleas"),
        ('please: "[please]"', 'please: "[{who}]"', "intent list: there is no slot who"),
        ('please: "[please]"', 'please: "<polite>"', "intent list: there is no rule polite"),
        (
            "    tool: notes_list\n    arg",
            "    tool: notes_lst\n    arg",
            "slot note: there is no tool",
        ),
        ("tool: notes_list\n    arg", "tool: notes_add\n    arg", "slot note: notes_add writes"),
        ('{query: "{text}"}', '{text: "{text}"}', "slot note: notes_list has no parameter text"),
        ("items: notes", "items: note", "slot note: notes_list gives no list of rows note"),
        ("value: note_id", "value: id", "slot note: the rows of notes_list have no field id"),
        ("label: title", "label: name", "slot note: the rows of notes_list have no field name"),
        (
            "label: title",
            "label: title\n    issued: [note_id, number]",
            "slot note: the rows of notes_list have no field number",
        ),
        ("name: delete", "name: add", "intent add appears twice"),
        ("type: text", "type: words", "slots.title: Input tag 'words'"),
        ("    readback:", "    read_back:", "intents.2.read_back: Extra inputs are not permitted"),
        ("intents:", "intents: [", "did not find expected|while parsing"),
    ],
)
def test_a_wrong_pack_is_refused_with_the_reason(
    right: str, wrong: str, complaint: str, tmp_path: Path
):
    assert right in LANGUAGE
    with pytest.raises(SpecError, match=complaint) as refused:
        loaded(tmp_path, LANGUAGE.replace(right, wrong, 1))
    assert "language.yaml" in str(refused.value)


RENDERINGS = """
renderings:
  notes_add:
    title: {ko: "메모하기", en: "Add a note"}
    sentence:
      ko: ["{'title':을를} 메모할까요?"]
      en: ["Note '{title}'?"]
    said: [title]
labels:
  title: {ko: "제목", en: "title"}
values:
  title:
    today: {ko: "오늘", en: "today"}
"""


def test_renderings_may_live_in_a_file_of_their_own(tmp_path: Path):
    (tmp_path / "renderings.yaml").write_text(RENDERINGS, "utf-8")
    pack = loaded(tmp_path, LANGUAGE)
    assert pack.renderings["notes_add"].sentence["ko"] == ("{'title':을를} 메모할까요?",)
    assert pack.labels == {"title": {"ko": "제목", "en": "title"}}
    assert [intent.name for intent in pack.intents] == ["list", "add", "delete"]
    assert served_part(pack, frozenset({"notes_list"})).renderings == {}


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ("  notes_add:", "  notes_ad:", "rendering: there is no tool notes_ad"),
        ("Note '{title}'", "Note '{titel}'", "notes_add: there is no parameter titel"),
        ("said: [title]", "said: [key]", "notes_add: there is no parameter key"),
        ("을를", "을은", "notes_add: there is no particle 을은"),
        ("{'title':을를}", "{'title:을를}", "notes_add: {'title:을를} is no place for a value"),
        ('      en: ["Note', '      xx: ["Note', "renderings.notes_add.sentence.xx"),
        ("      en: [\"Note '{title}'?\"]\n", "", "notes_add, sentence: nothing in en"),
        (', en: "Add a note"', "", "rendering notes_add, title: nothing in en"),
        ('  title: {ko: "제목"', '  name: {ko: "제목"', "no tool has a parameter name"),
        (', en: "title"', "", "label title: nothing in en"),
        ('ko: "오늘", ', "", "value title today: nothing in ko"),
        ("values:\n  title:", "values:\n  colour:", "no tool has a parameter colour"),
        ("labels:", "labels: [", "renderings.yaml"),
    ],
)
def test_wrong_renderings_are_refused_with_the_reason(
    right: str, wrong: str, complaint: str, tmp_path: Path
):
    assert right in RENDERINGS
    (tmp_path / "renderings.yaml").write_text(RENDERINGS.replace(right, wrong, 1), "utf-8")
    with pytest.raises(SpecError) as refused:
        loaded(tmp_path, LANGUAGE)
    assert complaint in str(refused.value)


@pytest.mark.parametrize("text", ["", "[]", "just words", "version: 2"])
def test_a_file_that_is_no_pack_is_refused(text: str, tmp_path: Path):
    with pytest.raises(SpecError, match=r"language\.yaml"):
        loaded(tmp_path, text)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(SpecError, match=r"nowhere\.yaml"):
        load_pack(tmp_path / "nowhere.yaml", SIGNATURES, READING)


def test_intents_of_tools_that_are_not_served_are_left_out_with_their_slots(tmp_path: Path):
    pack = loaded(tmp_path, LANGUAGE)
    reading = served_part(pack, frozenset({"notes_list"}))
    assert [intent.name for intent in reading.intents] == ["list"]
    assert reading.slots == {}
    assert served_part(pack, frozenset(SIGNATURES)) == pack


def test_an_intent_whose_reference_cannot_be_looked_up_is_left_out(tmp_path: Path):
    pack = served_part(loaded(tmp_path, LANGUAGE), frozenset({"notes_add", "notes_delete"}))
    assert [intent.name for intent in pack.intents] == ["add"]
