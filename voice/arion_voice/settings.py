"""Settings of the voice channel: environment and `.env`, prefix `ARION_VOICE_`."""

from __future__ import annotations

from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from arion_voice.engines import Language, VoiceName


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
    voice: VoiceName = "natural"
    """Voice of a client that names none."""
    silence_s: float = Field(default=0.6, ge=0.2, le=5)
    """Silence that ends an utterance whose words don't tell whether it is over. Complete sentences
    end sooner, others later."""
    filler_s: float = Field(default=0.7, ge=0, le=10)
    """Silence before an answer after which Arion says that it takes a moment; 0: it never does."""
    max_utterance_s: float = Field(default=60, ge=5, le=300)
    """Longest utterance that is taken."""
    stt_workers: int = Field(default=1, ge=1, le=16)
    """Utterances that are recognised at the same time; each takes 250 MB of memory."""
    stt_threads: int = Field(default=0, ge=0, le=64)
    """Threads of each recognition; 0 shares all cores."""

    korean_voice: str = "jf_nezumi"
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
