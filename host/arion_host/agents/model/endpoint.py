"""Models behind OpenAI-compatible endpoints, over connections that are kept."""

from __future__ import annotations

from contextlib import AsyncExitStack

from agents import OpenAIChatCompletionsModel
from openai import AsyncOpenAI

from arion_host.agents.model.connected import Connected
from arion_host.agents.model.prices import load_prices
from arion_host.agents.model.settings import Endpoint, ModelSettings, Role

_OPENAI = "https://api.openai.com/"


class Models:
    """The models of the settings; use as an async context manager."""

    def __init__(self, settings: ModelSettings) -> None:
        """Read the list of prices.

        Raises:
            PartFailed: it cannot be read.
        """
        self._settings = settings
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
        return Connected(
            model=OpenAIChatCompletionsModel(
                model=endpoint.model, openai_client=self._client(endpoint)
            ),
            price=self._prices.price(endpoint.model),
            reasoning=self._settings.reasoning,
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
                max_retries=self._settings.retries,
            )
            self._open.push_async_callback(client.close)
            self._clients[endpoint.base_url, key] = client
        return client
