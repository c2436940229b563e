from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from tests.sandbox import sandbox
from tests.unit.arion_voice.cloud.vendor import Answer, Vendor

__all__ = ["sandbox"]


@pytest.fixture
async def vendor() -> AsyncIterator[Vendor]:
    made = Vendor([Answer({"text": "네"})])
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield made
    server.close()
