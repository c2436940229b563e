"""read_url over TLS: the connection goes to an address, the certificate has to be the name's."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from arion_kit.errors import UpstreamFailure
from arion_search import addresses, fetching
from arion_search.fetching import Fetcher

pytestmark = pytest.mark.thorough

NAME = "secure.example.com"
SAID = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nsecret"


def certificate(folder: Path) -> Path:
    """A certificate for `NAME`, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "site.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
async def fetcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Fetcher]:
    """Reaches a site with that certificate on loopback, whatever name is asked for."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(SAID)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async def here(_host: str, _port: int) -> tuple[str, ...]:
        return ("127.0.0.1",)

    pem = certificate(tmp_path)
    own = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    own.load_cert_chain(pem)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=own)
    port = server.sockets[0].getsockname()[1]
    for module in (addresses, fetching):
        monkeypatch.setattr(module, "PORTS", {"https": port})
    monkeypatch.setattr(addresses, "is_public", lambda _address: True)
    trusted = ssl.create_default_context(cafile=str(pem))
    transport = httpx2.AsyncHTTPTransport(verify=trusted, trust_env=False)
    async with server:
        yield Fetcher(resolve=here, transport=transport)
        await transport.aclose()


async def test_a_site_with_its_own_certificate_is_read(fetcher: Fetcher) -> None:
    port = addresses.PORTS["https"]
    fetched = await fetcher.fetch(f"https://{NAME}:{port}/")
    assert fetched.content == b"secret"


async def test_a_certificate_of_another_name_is_not_accepted(fetcher: Fetcher) -> None:
    port = addresses.PORTS["https"]
    with pytest.raises(UpstreamFailure) as caught:
        await fetcher.fetch(f"https://other.example.com:{port}/")
    assert caught.value.kind == "unavailable"
    assert "CERTIFICATE_VERIFY_FAILED" in str(caught.value)
