"""`arion up`: a whole host, until it is told to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arion_host.background import beside
from arion_host.cli.output import note, show
from arion_host.host import Host, open_host
from arion_host.listening import bind
from arion_host.settings import HostSettings

if TYPE_CHECKING:
    from arion_host.app import Server


async def up(settings: HostSettings, *, as_json: bool) -> None:
    """Run a host; say where it is once every part is ready, or known not to be.

    Raises:
        PartFailed: the port is taken or a part did not start.
        StorageFailed: the database cannot be opened.
    """
    with bind(settings.host, settings.port) as bound:
        note("Starting …")
        async with open_host(settings, with_speech=True) as host:
            # Takes long to import, and by now most of it has been, beside the children's start.
            from arion_host.app import Server, build_app

            server = Server(build_app(host), bound)
            async with beside(_announce(host, server, as_json=as_json)):
                await server.run_until_told()


async def _announce(host: Host, server: Server, *, as_json: bool) -> None:
    await server.listening.wait()
    readiness = await host.settled()
    for connection in host.connections.all:
        if connection.problem:
            note(f"{connection.endpoint.name} is not connected: {connection.problem}")
    for sentence in host.speech.missing:
        note(f"Without speech for now. {sentence}")
    text = f"Arion is ready: {host.settings.url}"
    note(text)
    if as_json:
        show({"url": host.settings.url, "ready": readiness.ready}, text, as_json=True)
