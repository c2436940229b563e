"""Opens the vendors that there are keys for."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager

from arion_kakaomap.api import KakaoMapApi, local_options
from arion_kakaomap.navi import Navi, navi_options
from arion_kakaomap.odsay import Odsay, odsay_options
from arion_kakaomap.settings import KakaoMapSettings
from arion_kakaomap.tmap import Tmap, tmap_options
from arion_kakaomap.transit import Transit, TransitProvider
from arion_kakaomap.walking import Walking, WalkProvider
from arion_kit.clock import SYSTEM_CLOCK, Clock
from arion_kit.http import Upstream


@asynccontextmanager
async def open_api(
    settings: KakaoMapSettings, *, clock: Clock = SYSTEM_CLOCK
) -> AsyncGenerator[KakaoMapApi]:
    """The API with these settings, open until the end of the block."""
    async with AsyncExitStack() as stack:
        local = await stack.enter_async_context(Upstream(local_options(settings), clock=clock))
        navi = Navi(await stack.enter_async_context(Upstream(navi_options(settings), clock=clock)))
        riding: list[TransitProvider] = []
        walking: list[WalkProvider] = [navi]
        # A connection costs a TLS context; who has no key needs none.
        if settings.odsay_key:
            options = odsay_options(settings)
            riding.append(Odsay(await stack.enter_async_context(Upstream(options, clock=clock))))
        if settings.tmap_key:
            options = tmap_options(settings)
            tmap = Tmap(await stack.enter_async_context(Upstream(options, clock=clock)))
            riding.append(tmap)
            walking.append(tmap)
        yield KakaoMapApi(local, navi, Transit(riding), Walking(walking))
