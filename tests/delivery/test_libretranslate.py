"""What the translator is asked, and what of its answers is not believed."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.delivery.libretranslate import LibreTranslate, Untranslated
from tests.play import free_address


@asynccontextmanager
async def answering(
    answer: Any, secure: ssl.SSLContext | None = None
) -> AsyncIterator[LibreTranslate]:
    """A server that answers so, and what asks it."""

    async def post(request: web.Request) -> web.StreamResponse:
        return await answer(request) if callable(answer) else answer

    app = web.Application()
    app.router.add_post("/translate", post)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    host, _, port = free_address().rpartition(":")
    await web.TCPSite(runner, host, int(port), ssl_context=secure).start()
    asks = LibreTranslate(f"http{'s' if secure else ''}://{host}:{port}", seconds=0.5)
    try:
        yield asks
    finally:
        await asks.close()
        await runner.cleanup()


async def why(answer: Any, secure: ssl.SSLContext | None = None, source: str = "tr") -> str:
    """Why there is no translation."""
    async with answering(answer, secure) as asks:
        with pytest.raises(Untranslated) as raised:
            await asks.translate("Merhaba", source, "en")
    return raised.value.why


async def test_it_says_what_it_found_out() -> None:
    found = {"language": "pt-BR", "confidence": 90}
    said = {"translatedText": "Hello\u202e <b>you</b>", "detectedLanguage": found}
    async with answering(web.json_response(said)) as asks:
        translated = await asks.translate("Olá", "", "en")
    assert (translated.text, translated.source) == ("Hello <b>you</b>", "pt")


@pytest.mark.parametrize("found", [None, "tr", {"confidence": 3}, {"language": ""}, []])
async def test_what_may_be_the_readers_own_language_is_not_taken(found: Any) -> None:
    answer = web.json_response({"translatedText": "Hello", "detectedLanguage": found})
    assert await why(answer, source="") == "no language"


async def test_what_is_packed_is_not_unpacked() -> None:
    packed = gzip.compress(b" " * 50_000_000 + b'{"translatedText": "Hello"}')
    answer = web.Response(body=packed, headers={"Content-Encoding": "gzip"})
    assert await why(answer) == "no JSON"


async def test_one_that_drips_is_too_slow() -> None:
    async def drips(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(100):
            await response.write(b" ")
            await asyncio.sleep(0.05)
        return response

    assert await why(drips) in ("TimeoutError", "SocketTimeoutError")


async def test_a_certificate_of_nobody_is_not_believed(tmp_path: Path) -> None:
    asked = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(await request.json())
        return web.json_response({"translatedText": "Hello"})

    assert "Certificate" in await why(answer, self_signed(tmp_path))
    assert asked == []


def self_signed(folder: Path) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that nobody vouches for."""
    address = x509.IPAddress(IPv4Address("127.0.0.1"))
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    held = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    (folder / "both.pem").write_bytes(held + made.public_bytes(pem))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "both.pem")
    return context
