"""Which language models Arion uses, from the environment and from `.env`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from arion_host.agents.model.seam import Budget, Limits
from arion_host.errors import PartFailed
from arion_host.settings import ENV_FILE, ENV_PREFIX
from arion_kit.words import ErrorKind

Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]

MODEL_PREFIX = f"{ENV_PREFIX}MODEL_"


class Role(StrEnum):
    """What a model is used for."""

    ROUTER = "router"
    EXECUTOR = "executor"
    DESCRIBER = "describer"
    VALIDATOR = "validator"
    SECOND_VALIDATOR = "second_validator"


@dataclass(frozen=True)
class Endpoint:
    """A model, and where it answers."""

    model: str
    base_url: str
    key: SecretStr | None
    is_free: bool = False
    """Nobody is paid for it."""


class ModelSettings(BaseSettings):
    """The models of one host; a role without one is done the simpler way."""

    model_config = SettingsConfigDict(
        env_prefix=MODEL_PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        use_attribute_docstrings=True,
    )

    base_url: HttpUrl = HttpUrl("https://api.openai.com/v1")
    """Where the models answer: OpenAI, or whatever speaks its Chat Completions (Ollama, vLLM,
    llama.cpp, …)."""

    key: SecretStr | None = None
    """API key for it; none where the endpoint wants none."""

    free: bool = False
    """Nobody is paid for what answers there, such as a model on your own machine. False: a model
    without a known price is not asked."""

    router: str | None = None
    """Model that picks the tools a request needs before the executor is asked; a small one will
    do. None: the executor gets the eight that fit best."""

    executor: str | None = None
    """Model that does what no sentence of a server fits. None: Arion says what it could do."""

    describer: str | None = None
    """Model that puts what tools have found into words; it can call none, so its answer is
    spoken while it writes. None: the executor answers in its own words, when it is done."""

    validator: str | None = None
    """Model that compares a write with what was said. None: code alone checks, and you are
    asked more often."""

    second_validator: str | None = None
    """Model of another family that looks at what the first one doubts. None: you are asked."""

    second_base_url: HttpUrl | None = None
    """Where the second validator answers, if elsewhere."""

    second_key: SecretStr | None = None
    """API key for it. The first key goes only to the first address."""

    second_free: bool = False
    """Nobody is paid for what answers at the second address."""

    timeout_s: float = Field(default=15.0, gt=0)
    """Longest wait for one answer of a model, in seconds."""

    retries: int = Field(default=1, ge=0, le=5)
    """How often a request that a busy or broken endpoint did not answer is sent again."""

    deadline_s: float = Field(default=20.0, gt=0)
    """Longest work of the models on one turn, in seconds."""

    requests: int = Field(default=8, ge=1, le=30)
    """Most requests to the executor in one turn."""

    output_tokens: int = Field(default=1_000, ge=50)
    """Longest answer to one request, in tokens."""

    reasoning: Effort | None = None
    """How long the models think before they answer, for those that do. None: as they are."""

    turn_usd: float | None = Field(default=None, gt=0)
    """Most that all models may cost in one turn, in US dollars. None: the day and the week
    count."""

    day_usd: float = Field(default=15.0, ge=0)
    """Most that all models may cost in a day, in US dollars. At 80 % the log warns; then Arion
    goes on without models."""

    week_usd: float = Field(default=70.0, ge=0)
    """Most that all models may cost from Monday to Sunday, in US dollars."""

    prices: Path | None = None
    """JSON file with prices of models, in the form of Arion's own list, which it replaces."""

    def endpoint(self, role: Role) -> Endpoint | None:
        """The model of a role; None when it has none."""
        model = {
            Role.ROUTER: self.router,
            Role.EXECUTOR: self.executor,
            Role.DESCRIBER: self.describer,
            Role.VALIDATOR: self.validator,
            Role.SECOND_VALIDATOR: self.second_validator,
        }[role]
        if model is None:
            return None
        if role is Role.SECOND_VALIDATOR and self.second_base_url is not None:
            return Endpoint(model, str(self.second_base_url), self.second_key, self.second_free)
        key = self.second_key if role is Role.SECOND_VALIDATOR and self.second_key else self.key
        return Endpoint(model, str(self.base_url), key, self.free)

    @property
    def budget(self) -> Budget:
        """What all models together may cost."""
        return Budget(self.day_usd, self.week_usd, self.turn_usd)

    @property
    def limits(self) -> Limits:
        """How far one run may go."""
        return Limits(
            deadline_s=self.deadline_s,
            requests=self.requests,
            output_tokens=self.output_tokens,
        )


def load_model_settings() -> ModelSettings:
    """Read the settings.

    Raises:
        PartFailed: one of them is wrong; the message names it.
    """
    try:
        return ModelSettings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        name = f"{MODEL_PREFIX}{first['loc'][0]}".upper()
        raise PartFailed(
            ErrorKind.BAD_INPUT,
            f"{name} is wrong: {first['msg']}.",
            next_step=f"Correct {name} in the environment or in {ENV_FILE}.",
        ) from error
