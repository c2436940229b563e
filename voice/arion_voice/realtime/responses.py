"""The events of one answer, as a Realtime client gets them."""

from __future__ import annotations

from pydantic import JsonValue

from arion_voice.realtime.items import Message, new_id

Event = dict[str, JsonValue]


class Response:
    """An answer that is being given."""

    def __init__(self, turn: int) -> None:
        self.id = new_id("resp")
        self.message = Message(new_id("item"), "assistant", "output_audio", turn=turn)
        self.cut = False
        """Whether it was interrupted."""
        self.sounded = False
        """Whether any of it was spoken."""

    def begun(self, before: str | None) -> list[Event]:
        """It begins; `before` is the id of the message it follows."""
        item: JsonValue = {**self.message.as_json(), "content": []}
        part: JsonValue = {"type": "audio", "transcript": ""}
        return [
            {"type": "response.created", "response": self._as_json("in_progress", [])},
            {**self._of("response.output_item.added"), "item": item},
            {"type": "conversation.item.added", "item": item, "previous_item_id": before},
            {**self._in("response.content_part.added"), "part": part},
        ]

    def written(self, text: str) -> Event:
        """More of it is written."""
        self.message.text += text
        return {**self._in("response.output_audio_transcript.delta"), "delta": text}

    def spoken(self, audio: str) -> Event:
        """More of it is spoken; base64."""
        self.sounded = True
        return {**self._in("response.output_audio.delta"), "delta": audio}

    def ended(self) -> list[Event]:
        """It is over."""
        status = "incomplete" if self.cut else "completed"
        self.message.status = status
        text = self.message.text
        item: JsonValue = {**self.message.as_json()}
        part: JsonValue = {"type": "audio", "transcript": text}
        return [
            *([self._in("response.output_audio.done")] if self.sounded else []),
            {**self._in("response.output_audio_transcript.done"), "transcript": text},
            {**self._in("response.content_part.done"), "part": part},
            {**self._of("response.output_item.done"), "item": item},
            {"type": "conversation.item.done", "item": item, "previous_item_id": None},
            {
                "type": "response.done",
                "response": self._as_json("cancelled" if self.cut else "completed", [item]),
            },
        ]

    def _of(self, kind: str) -> Event:
        return {"type": kind, "response_id": self.id, "output_index": 0}

    def _in(self, kind: str) -> Event:
        return {**self._of(kind), "item_id": self.message.id, "content_index": 0}

    def _as_json(self, status: str, output: list[JsonValue]) -> Event:
        reason: JsonValue = {"type": "cancelled", "reason": "turn_detected"} if self.cut else None
        return {
            "object": "realtime.response",
            "id": self.id,
            "status": status,
            "status_details": reason,
            "output": output,
            "output_modalities": ["audio"],
            "usage": None,
        }
