"""How people ask for the tools of the toy server, for the tests of what goes on from before."""

from __future__ import annotations

LANGUAGE = """
things:
  - fields: [notes, note]
    names: {ko: [메모], en: [note]}
slots:
  title: {type: text}
  board: {type: text, points: title}
  when: {type: time}
  count: {type: number}
  note:
    type: reference
    tool: notes_list
    arguments: {query: "{text}"}
    items: notes
    value: note_id
    label: title
  old:
    type: reference
    tool: notes_list
    arguments: {query: "{text}"}
    items: notes
    value: note_id
    label: title
    pick: first
    words: {ko: [그, 마지막], en: [that, last]}
intents:
  - name: list
    tool: notes_list
    sentences: {ko: ["메모 보여줘"], en: ["show my notes"]}
  - name: few
    tool: notes_list
    arguments: {limit: "{count}"}
    sentences: {ko: ["메모 {count}개 보여줘"], en: ["show {count} notes"]}
  - name: find
    tool: notes_list
    arguments: {query: "{title}"}
    sentences: {ko: ["{title} 메모 찾아줘"], en: ["find the {title} note"]}
  - name: about
    tool: notes_list
    arguments: {query: "{board}"}
    sentences: {ko: ["{board}에 관한 거 찾아줘"], en: ["look up {board}"]}
  - name: shared
    tool: notes_shared
    sentences: {ko: ["이웃 메모 보여줘"], en: ["show the shared notes"]}
  - name: add
    tool: notes_add
    arguments: {title: "{title}"}
    asks: {title: {ko: "무엇을 메모할까요?", en: "What should I note?"}}
    sentences: {ko: ["메모해줘"], en: ["take a note"]}
    frames:
      ko: [{act: [메모하다], parts: ["{title}"], needs: [title]}]
      en: [{act: [note], parts: ["{title}"], needs: [title]}]
  - name: remind
    tool: notes_add
    arguments: {title: "{when.at} {title}"}
    asks:
      when: {ko: "몇 시에 알려 드릴까요?", en: "What time?"}
      title: {ko: "무엇을 알려 드릴까요?"}
    sentences: {ko: ["{when}에 알림 맞춰줘"]}
    frames:
      ko:
        - act: [맞추다]
          about: [알림]
          parts: ["{when}", "{title}"]
          needs: ["when:hour", title]
  - name: delete
    tool: notes_delete
    arguments: {note_id: "{note}"}
    asks: {note: {ko: "어느 메모를 지울까요?", en: "Which note should I delete?"}}
    sentences: {ko: ["{note} 메모 지워줘"], en: ["delete the {note} note", "delete {note} note"]}
    frames:
      ko: [{act: [지우다], about: [메모], parts: ["{note} 메모"], needs: [note]}]
      en: [{act: [delete], about: [note], parts: ["{note} note"], needs: [note]}]
    readback: {ko: "'{note.label}' 메모를 지울까요?", en: "Delete the note '{note.label}'?"}
  - name: tagged
    tool: notes_list
    arguments: {tags: ["{note}"]}
    sentences: {ko: ["{note} 이름표로 찾아줘"]}
  - name: hide
    tool: notes_delete
    arguments: {note_id: "{old}"}
    sentences: {ko: ["{old} 메모 치워줘"]}
    readback: {ko: "'{old.label}' 메모를 치울까요?"}
"""
