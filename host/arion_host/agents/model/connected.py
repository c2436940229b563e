"""A model that can be asked, with what has to be known to ask it."""

from __future__ import annotations

from dataclasses import dataclass

from agents import Model, ModelRetrySettings, ModelSettings
from openai.types.shared import Reasoning

from arion_host.agents.model.prices import Price
from arion_host.agents.model.settings import Effort


@dataclass(frozen=True)
class Connected:
    """A model, its price and its ways."""

    model: Model
    price: Price | None = None
    """None where nobody knows it."""
    reasoning: Effort | None = None
    retries: int = 0
    """How often a request is sent again that a busy or broken endpoint did not answer."""
    is_openai: bool = False
    """It answers at OpenAI itself, which calls the longest answer otherwise than all the others."""

    def settings(self, output_tokens: int) -> ModelSettings:
        """What to send with each request; `output_tokens` bounds the answer."""
        return ModelSettings(
            max_tokens=None if self.is_openai else output_tokens,
            extra_args={"max_completion_tokens": output_tokens} if self.is_openai else None,
            reasoning=Reasoning(effort=self.reasoning) if self.reasoning else None,
            retry=ModelRetrySettings(max_retries=self.retries),
            include_usage=True,
        )
