"""What a Realtime client has set."""

from __future__ import annotations

from pydantic import JsonValue

from arion_voice.engines import Language, VoiceName
from arion_voice.realtime.incoming import Session
from arion_voice.realtime.items import new_id
from arion_voice.realtime.sound import RATE


class Settings:
    """The settings of one session."""

    def __init__(self) -> None:
        self.id = new_id("sess")
        self.finds_turns = True
        """Whether utterances are found by their silences; else the client commits them."""
        self.language: Language | None = None
        """Of the speech; None: it is found out."""
        self.voice: VoiceName = "best"

    def take(self, session: Session) -> None:
        """Take what a client sets. Names of other voices and languages change nothing."""
        heard = session.audio.input if session.audio else None
        if heard is not None:
            if "turn_detection" in heard.model_fields_set:
                self.finds_turns = heard.turn_detection is not None
            language = heard.transcription.language if heard.transcription else None
            match language:
                case "ko" | "en":
                    self.language = language
                case _:
                    pass
        voice = session.audio.output.voice if session.audio and session.audio.output else None
        match voice:
            case "best" | "natural" | "fast":
                self.voice = voice
            case _:
                pass

    def as_json(self) -> dict[str, JsonValue]:
        """The session, as clients get it."""
        sound: JsonValue = {"type": "audio/pcm", "rate": RATE}
        detection: JsonValue = {
            "type": "server_vad",
            "create_response": True,
            "interrupt_response": True,
        }
        return {
            "type": "realtime",
            "object": "realtime.session",
            "id": self.id,
            "model": "arion",
            "output_modalities": ["audio"],
            "instructions": "",
            "tools": [],
            "tool_choice": "auto",
            "audio": {
                "input": {
                    "format": sound,
                    "turn_detection": detection if self.finds_turns else None,
                    "transcription": {"model": "arion", "language": self.language},
                },
                "output": {"format": sound, "voice": self.voice, "speed": 1.0},
            },
        }
