"""What models cost. A model that is not in the list has no price, which is not the price zero."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path

from pydantic import Field, ValidationError

from arion_host.errors import PartFailed
from arion_kit.words import ErrorKind, Frozen

_PER = 1_000_000


class Price(Frozen):
    """US dollars for a million tokens."""

    input: float = Field(ge=0)
    cached: float = Field(ge=0)
    """Input tokens that the endpoint still had from an earlier request."""
    output: float = Field(ge=0)
    written: float | None = Field(default=None, ge=0)
    """Input tokens that the endpoint keeps for later requests; None: as any other."""

    def cost(
        self,
        *,
        input_tokens: int,
        output_tokens: int,
        cached_tokens: int = 0,
        written_tokens: int = 0,
    ) -> float:
        """US dollars for a request; cached and written tokens are part of the input tokens."""
        written = self.input if self.written is None else self.written
        fresh = max(input_tokens - cached_tokens - written_tokens, 0)
        total = fresh * self.input + cached_tokens * self.cached + written_tokens * written
        return (total + output_tokens * self.output) / _PER

    def most(self, *, input_tokens: int, output_tokens: int) -> float:
        """US dollars that a request may cost at most."""
        dearest = max(self.input, self.written or 0)
        return (input_tokens * dearest + output_tokens * self.output) / _PER


FREE = Price(input=0, cached=0, output=0)
"""Of a model on one's own machine."""


class PriceList(Frozen):
    """Prices of models as of a day."""

    as_of: date
    source: str
    usd_per_million_tokens: Mapping[str, Price]

    def price(self, model: str) -> Price | None:
        """The price of a model, by its exact name."""
        return self.usd_per_million_tokens.get(model)


def load_prices(path: Path | None = None) -> PriceList:
    """Read a price list, or Arion's own.

    Raises:
        PartFailed: the file cannot be read or is no price list.
    """
    try:
        if path is None:
            text = files("arion_host").joinpath("agents/model/prices.json").read_text("utf-8")
        else:
            text = path.read_text("utf-8")
        return PriceList.model_validate_json(text)
    except (OSError, ValidationError) as error:
        raise PartFailed(
            ErrorKind.BAD_INPUT,
            f"{path} is no list of prices: {error}",
            next_step="Correct the file that ARION_MODEL_PRICES names.",
        ) from error
