"""Models behind OpenAI-compatible endpoints, over connections that are kept."""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack

from agents import Model, OpenAIChatCompletionsModel
from openai import AsyncOpenAI

from arion_host.agents.model.connected import Connected
from arion_host.agents.model.paid import PaidModel
from arion_host.agents.model.prices import FREE, load_prices
from arion_host.agents.model.settings import Endpoint, ModelSettings, Role
from arion_host.agents.model.wallet import Wallet

logger = logging.getLogger(__name__)

_OPENAI = "https://api.openai.com/"


class Models:
    """The models of the settings; use as an async context manager."""

    def __init__(self, settings: ModelSettings, wallet: Wallet | None = None) -> None:
        """Read the list of prices; `wallet` pays for what is asked.

        Raises:
            PartFailed: it cannot be read.
        """
        self._settings = settings
        self._wallet = wallet
        self._prices = load_prices(settings.prices)
        self._clients: dict[tuple[str, str], AsyncOpenAI] = {}
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Models:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    def connect(self, role: Role) -> Connected | None:
        """The model of a role; None when it has none."""
        endpoint = self._settings.endpoint(role)
        if endpoint is None:
            return None
        price = FREE if endpoint.is_free else self._prices.price(endpoint.model)
        model: Model = OpenAIChatCompletionsModel(
            model=endpoint.model, openai_client=self._client(endpoint)
        )
        if self._wallet is not None and not endpoint.is_free:
            model = PaidModel(model, price, self._wallet)
            if price is None:
                logger.warning(
                    "The price of the %s's model is not known, so it is not asked. "
                    "Name it in the file of ARION_MODEL_PRICES, or set ARION_MODEL_FREE=true "
                    "where nobody is paid.",
                    role.value,
                )
        return Connected(
            model=model,
            price=price,
            reasoning=self._settings.reasoning,
            retries=self._settings.retries,
            is_openai=endpoint.base_url.startswith(_OPENAI),
        )

    def _client(self, endpoint: Endpoint) -> AsyncOpenAI:
        # Without a key of its own the client would look for one in the environment.
        key = endpoint.key.get_secret_value() if endpoint.key else "none"
        client = self._clients.get((endpoint.base_url, key))
        if client is None:
            client = AsyncOpenAI(
                base_url=endpoint.base_url,
                api_key=key,
                timeout=self._settings.timeout_s,
                # Retried where the deadline is known.
                max_retries=0,
            )
            self._open.push_async_callback(client.close)
            self._clients[endpoint.base_url, key] = client
        return client
