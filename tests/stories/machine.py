"""A translator to test with: LibreTranslate's API on a real socket, which can misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.play import free_address

KNOWN = {
    ("tr", "en"): {
        "Yarın görüşürüz, olur mu?": "See you tomorrow, all right?",
        "Salı günü buluşalım mı?": "Shall we meet on Tuesday?",
        "Bizim sokak, akşam": "Our street, in the evening",
    }
}


@dataclass
class Machine:
    """What it is asked, and how it answers: `mood` is one of `MOODS`, or "good"."""

    url: str
    mood: str = "good"
    detects: str = "tr"
    key: str | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def translate(self, request: web.Request) -> web.StreamResponse:
        """POST /translate."""
        given = await request.json()
        self.asked.append(given)
        if self.key is not None and given.get("api_key") != self.key:
            return web.json_response({"error": "Invalid API key"}, status=403)
        if self.mood == "slow":
            await self.go.wait()
        if self.mood in MOODS:
            return MOODS[self.mood](given)
        source = self.detects if given["source"] == "auto" else given["source"]
        words = KNOWN.get((source, given["target"]), {}).get(given["q"], f"({given['q']})")
        found: dict[str, Any] = {"translatedText": words}
        if given["source"] == "auto":
            found["detectedLanguage"] = {"language": source, "confidence": 90}
        return web.json_response(found)

    async def other(self, request: web.Request) -> web.StreamResponse:
        """Wherever else it is asked: nobody has a reason to."""
        self.elsewhere.append(request.path)
        return web.json_response({"translatedText": "Followed"})


def _redirect(_given: Any) -> web.Response:
    return web.Response(status=307, headers={"Location": "/elsewhere"})


MOODS: dict[str, Any] = {
    "500": lambda _: web.Response(status=500, text="Internal Server Error"),
    "html": lambda _: web.Response(text="<html>Welcome</html>", content_type="text/html"),
    "huge": lambda _: web.json_response({"translatedText": "x" * 3_000_000}),
    "long": lambda _: web.json_response({"translatedText": "x" * 5_000}),
    "empty": lambda _: web.json_response({"translatedText": " \u200b "}),
    "list": lambda _: web.json_response(["translatedText"]),
    "number": lambda _: web.json_response({"translatedText": 7}),
    "deep": lambda _: web.Response(text="[" * 100_000, content_type="application/json"),
    "redirect": _redirect,
    "same": lambda given: web.json_response({"translatedText": given["q"]}),
}


@asynccontextmanager
async def machine() -> AsyncIterator[Machine]:
    """A translator that is up."""
    address = free_address()
    up = Machine(f"http://{address}")
    app = web.Application()
    app.router.add_post("/translate", up.translate)
    app.router.add_route("*", "/{path:.*}", up.other)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    host, _, port = address.rpartition(":")
    await web.TCPSite(runner, host, int(port)).start()
    try:
        yield up
    finally:
        up.go.set()
        await runner.cleanup()
