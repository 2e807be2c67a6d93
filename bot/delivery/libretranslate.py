"""LibreTranslate's API: `POST /translate`. What answers there is trusted with nothing.

What it answers is read up to a limit, as it is, and taken only where it has the right shape. An
error says what was wrong and never holds any words.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.domain.tidy import tidy

SECONDS = 10.0
LARGEST = 256 * 1024
"""Bytes of an answer: a message has 4,096 characters at the most."""

LONGER = 4
"""How many times as long as the text a translation may be."""

SHORT = 200
AUTO = "auto"


class Untranslated(Exception):
    """There is no translation; `why` in a word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation, and the language it is from, as it was said or found."""

    text: str
    source: str


@dataclass(slots=True)
class LibreTranslate:
    """A server at an address; `key` is what it may ask for."""

    url: str
    key: str | None = field(default=None, repr=False)
    seconds: float = SECONDS
    _session: aiohttp.ClientSession | None = None

    async def translate(self, text: str, source: str, into: str) -> Translated:
        """The text in another language (ISO 639 codes; "" where the source is not known)."""
        given = {"q": text, "source": source or AUTO, "target": into, "format": "text"}
        answer = await self._post(given | ({"api_key": self.key} if self.key else {}))
        words = answer.get("translatedText")
        found = tidy(words, paragraphs=True) if isinstance(words, str) else ""
        if not found or len(found) > LONGER * len(text) + SHORT:
            raise Untranslated("shape")
        if found.casefold() == text.casefold():
            raise Untranslated("same")
        return Translated(found, source or _detected(answer))

    async def close(self) -> None:
        """Closes its connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post(self, given: dict[str, str]) -> dict[str, Any]:
        if self._session is None:  # what comes is not unpacked, and sets no cookies
            jar, timeout = aiohttp.DummyCookieJar(), aiohttp.ClientTimeout(total=self.seconds)
            self._session = aiohttp.ClientSession(
                cookie_jar=jar, timeout=timeout, auto_decompress=False
            )
        try:
            async with self._session.post(
                f"{self.url}/translate",
                json=given,
                allow_redirects=False,
                headers={"Accept-Encoding": "identity"},
            ) as response:
                if response.status != HTTPStatus.OK:
                    raise Untranslated(f"HTTP {response.status}")
                return _read(await _body(response.content))
        except (aiohttp.ClientError, OSError) as error:
            # not its own words, which may hold the address
            raise Untranslated(type(error).__name__) from None


async def _body(content: aiohttp.StreamReader) -> bytes:
    found = bytearray()
    async for chunk in content.iter_any():
        found += chunk
        if len(found) > LARGEST:
            raise Untranslated("too large")
    return bytes(found)


def _read(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Untranslated("no JSON") from None
    if not isinstance(found, dict):
        raise Untranslated("shape")
    return found


def _detected(answer: dict[str, Any]) -> str:
    """The language it says a text is in: without it nobody knows whether its reader needs it."""
    found = answer.get("detectedLanguage")
    code = found.get("language") if isinstance(found, dict) else None
    if not isinstance(code, str) or not code:
        raise Untranslated("no language")
    return code.partition("-")[0].lower()
