"""A model that is paid for from a wallet: before each request, and what it did cost after it."""

from __future__ import annotations

from collections.abc import AsyncIterator

from agents import Model, ModelResponse
from agents.items import TResponseStreamEvent
from agents.usage import Usage as SdkUsage
from openai import APIConnectionError, APIStatusError, APITimeoutError
from openai.types.responses import ResponseCompletedEvent

from arion_host.agents.model.meter import BYTES_PER_TOKEN, Halt
from arion_host.agents.model.prices import Price
from arion_host.agents.model.request import Request, RequestModel
from arion_host.agents.model.usage import counted, streamed
from arion_host.agents.model.wallet import Reservation, Wallet


class PaidModel(RequestModel):
    """A model of the SDK. Raises `Halt` where there is no money for a request."""

    def __init__(self, inner: Model, price: Price | None, wallet: Wallet) -> None:
        """Without a `price` nothing is ever sent: it may cost anything."""
        self._inner = inner
        self._price = price
        self._wallet = wallet

    async def answer(self, request: Request) -> ModelResponse:
        """Ask the model, if there is money for it."""
        price, reserved = await self._reserve(request)
        try:
            response = await request.send(self._inner)
        except (APIStatusError, APIConnectionError) as error:
            await self._give_back(reserved, error)
            raise
        await self._settle(price, reserved, response.usage)
        return response

    async def pieces(self, request: Request) -> AsyncIterator[TResponseStreamEvent]:
        """Ask the model for its answer in pieces, if there is money for it."""
        price, reserved = await self._reserve(request)
        begun = False
        try:
            async for event in request.stream(self._inner):
                begun = True
                if isinstance(event, ResponseCompletedEvent):
                    await self._settle(price, reserved, streamed(event.response.usage))
                yield event
        except (APIStatusError, APIConnectionError) as error:
            if not begun:
                await self._give_back(reserved, error)
            raise

    async def _reserve(self, request: Request) -> tuple[Price, Reservation]:
        if self._price is None:
            raise Halt("unpriced", "Nobody knows what this model costs, so it is not asked.")
        most = self._price.most(
            input_tokens=request.size // BYTES_PER_TOKEN, output_tokens=request.output_tokens
        )
        return self._price, await self._wallet.reserve(most)

    async def _give_back(self, reserved: Reservation, error: Exception) -> None:
        # After a timeout the endpoint may go on writing, and bill it.
        if not isinstance(error, APITimeoutError):
            await self._wallet.settle(reserved, 0.0)

    async def _settle(self, price: Price, reserved: Reservation, usage: SdkUsage) -> None:
        took = counted(usage)
        # An endpoint that counts no tokens has taken all that was set aside, as far as we know.
        if took.input_tokens or took.output_tokens:
            cost = price.cost(
                input_tokens=took.input_tokens,
                output_tokens=took.output_tokens,
                cached_tokens=took.cached_tokens,
                written_tokens=took.written_tokens,
            )
            await self._wallet.settle(reserved, cost)
