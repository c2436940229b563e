"""The one error tree of the voice channel.

VoiceError
├── ProtocolError   the client sent what the protocol does not allow
├── SpeechError     an engine is absent, refused us, failed, or its worker died
└── ModelsError     model files cannot be fetched, verified or stored
"""

from __future__ import annotations

from enum import StrEnum


class VoiceErrorKind(StrEnum):
    """What went wrong, for machines. `messages` holds the words for people."""

    BAD_FRAME = "bad_frame"
    """A frame that is no event and no audio of the protocol."""
    BAD_STATE = "bad_state"
    """An event that is not allowed now."""
    BUSY = "busy"
    """More utterances are waiting than are taken."""
    TOO_LARGE = "too_large"
    """A frame or an utterance over the limit."""
    TAKEN_OVER = "taken_over"
    """Another connection goes on with the session."""
    UNSUPPORTED = "unsupported"
    """A protocol version or codec that is not spoken here."""
    NO_MODELS = "no_models"
    """The model files are not here and could not be fetched."""
    NO_NETWORK = "no_network"
    """Nothing could be reached to fetch model files from."""
    NO_SPACE = "no_space"
    """The disk is full."""
    NOT_WRITABLE = "not_writable"
    """The folder for model files cannot be written to."""
    CORRUPT = "corrupt"
    """A file is not what its checksum says."""
    ENGINE_FAILED = "engine_failed"
    """A speech engine failed or its worker died."""
    NOT_ALLOWED = "not_allowed"
    """A cloud speech service refuses the key, or there is none."""
    QUOTA = "quota"
    """The credit at a cloud speech service is used up."""
    RESPONDER_FAILED = "responder_failed"
    """The answer could not be made."""


class VoiceError(Exception):
    """A failure that a person can be told about."""

    def __init__(self, kind: VoiceErrorKind, message: str) -> None:
        super().__init__(kind, message)
        self.kind = kind
        self.message = message
        """What happened, with its particulars, for logs and the command line."""

    def __str__(self) -> str:
        return self.message


class ProtocolError(VoiceError):
    """The client sent what the protocol does not allow."""


class SpeechError(VoiceError):
    """An engine is absent, refused us, failed, or its worker died."""


class ModelsError(VoiceError):
    """Model files cannot be fetched, verified or stored."""
