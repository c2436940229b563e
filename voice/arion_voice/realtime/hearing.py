"""The events of what the person says, as a Realtime client gets them."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import JsonValue

from arion_voice.realtime.items import Items, Message, new_id

Event = dict[str, JsonValue]


@dataclass
class Speech:
    """An utterance that is going on, or is being recognised.

    Clients stop playing when they are told of one. While Arion speaks they are told only once it
    is known to interrupt.
    """

    items: Items
    start_ms: int
    message: Message = field(
        default_factory=lambda: Message(new_id("item"), "user", "input_audio", status="completed")
    )
    end_ms: int | None = None
    is_told: bool = False
    is_committed: bool = False
    shown: str = ""
    """The beginning of its words that was sent already."""

    def told(self) -> list[Event]:
        """What a client is to know by now of the utterance."""
        events: list[Event] = []
        if not self.is_told:
            self.is_told = True
            begun: Event = {
                "type": "input_audio_buffer.speech_started",
                "audio_start_ms": self.start_ms,
                "item_id": self.message.id,
            }
            events.append(begun)
        if self.end_ms is not None and not self.is_committed:
            self.is_committed = True
            events += self._committed(self.end_ms)
        return events

    def guessed(self, text: str) -> list[Event]:
        """So much of its words is unlikely to change.

        What was sent can't be taken back: where it turns out otherwise nothing more is sent, and
        `recognised` brings the words as they are.
        """
        if not self.is_told or not text.startswith(self.shown) or text == self.shown:
            return []
        more, self.shown = text[len(self.shown) :], text
        return [{**self._of("delta"), "delta": more}]

    def recognised(self, text: str) -> list[Event]:
        """Its words are known."""
        self.message.text = text
        usage: JsonValue = {"type": "duration", "seconds": self._length_s}
        done: Event = {**self._of("completed"), "transcript": text, "usage": usage}
        rest = self.guessed(text) if self.shown else []
        return [*self.told(), *rest, done]

    def _of(self, step: str) -> Event:
        return {
            "type": f"conversation.item.input_audio_transcription.{step}",
            "item_id": self.message.id,
            "content_index": 0,
        }

    @property
    def _length_s(self) -> float:
        return max(0, (self.end_ms or self.start_ms) - self.start_ms) / 1000

    def _committed(self, end_ms: int) -> list[Event]:
        before = self.items.add(self.message)
        item = self.message.as_json()
        return [
            {
                "type": "input_audio_buffer.speech_stopped",
                "audio_end_ms": end_ms,
                "item_id": self.message.id,
            },
            {
                "type": "input_audio_buffer.committed",
                "item_id": self.message.id,
                "previous_item_id": before,
            },
            {"type": "conversation.item.added", "item": item, "previous_item_id": before},
            {"type": "conversation.item.done", "item": item, "previous_item_id": before},
        ]
