"""A page of the sandbox to drive, and the small scripted bot at its other end."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import Any

import aiohttp
import segno
from playwright.async_api import ConsoleMessage, FloatRect, Locator, Page, expect

from bot.sandbox import Person, Sandbox

DESKTOP, PHONE = (1440, 900), (390, 844)
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
FORMATTED = (
    "<b>Welcome</b> to <i>Two</i> <u>Shores</u>, <s>not</s> <code>here</code>.\n"
    '<a href="https://example.org/">More</a>, /help, <tg-spoiler>hidden</tg-spoiler>'
)
BUTTONS = [
    [("Toast", "toast"), ("Alert", "alert")],
    [("Change", "change"), ("Wait", "wait"), ("Read", "https://example.org/")],
]


def inline(rows: list[list[tuple[str, str]]]) -> dict[str, Any]:
    """An inline keyboard of labels, each with its address or its data."""
    kind = {True: "url", False: "callback_data"}
    return {
        "inline_keyboard": [
            [{"text": label, kind[does.startswith("https:")]: does} for label, does in row]
            for row in rows
        ]
    }


class Script:
    """A bot that knows a few answers. It holds back the one to *Wait* until `go` is set."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self.base = f"{sandbox.url}/bot{sandbox.token}"
        self.username = sandbox.username
        self.http = http
        self.go = asyncio.Event()

    async def call(self, method: str, **params: Any) -> Any:
        """Calls the Bot API; bytes among the parameters go as a file."""
        form = {name: value for name, value in params.items() if isinstance(value, bytes)}
        if form:
            data = aiohttp.FormData({k: str(v) for k, v in params.items() if k not in form})
            for name, value in form.items():
                filename = "meeting.ics" if name == "document" else "code.png"
                data.add_field(name, value, filename=filename)
            request = self.http.post(f"{self.base}/{method}", data=data)
        else:
            request = self.http.post(f"{self.base}/{method}", json=params)
        async with request as response:
            answer = await response.json()
        assert answer["ok"], (method, answer)
        return answer["result"]

    async def run(self) -> None:
        """Answers until cancelled."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                if "message" in update:
                    await self.hear(update["message"])
                elif "callback_query" in update:
                    await self.answer(update["callback_query"])

    async def hear(self, message: dict[str, Any]) -> None:
        """Answers a message."""
        chat, text = message["chat"]["id"], message.get("text", "")
        match text.partition(" ")[0]:
            case "/start":
                keys = inline(BUTTONS)
                await self.say(chat, FORMATTED, parse_mode="HTML", reply_markup=keys)
            case "/picture":
                code = BytesIO()
                segno.make("https://example.org/").save(code, kind="png", scale=6)
                await self.call("sendPhoto", chat_id=chat, photo=code.getvalue())
            case "/file":
                await self.call("sendDocument", chat_id=chat, document=CALENDAR)
            case "/where":
                keys = {"keyboard": [[{"text": "Here", "request_location": True}], ["There"]]}
                await self.say(chat, "Where?", reply_markup=keys)
            case "/long":
                for number in range(30):
                    await self.say(chat, f"Line {number}\nof many")
            case "/invite":
                await self.say(chat, f"https://t.me/{self.username}?start=guest42")
            case _:
                await self.say(chat, f"You said: {text or 'something else'}")

    async def say(self, chat: int, text: str, **more: Any) -> None:
        """Sends a text."""
        await self.call("sendMessage", chat_id=chat, text=text, **more)

    async def answer(self, query: dict[str, Any]) -> None:
        """Answers a tap."""
        if query["data"] == "wait":
            await self.go.wait()
        if query["data"] == "change":
            place = {
                "chat_id": query["from"]["id"],
                "message_id": query["message"]["message_id"],
            }
            await self.call(
                "editMessageText",
                text="Changed",
                reply_markup=inline([[("Done", "toast")]]),
                **place,
            )
        text = {"toast": "Noted", "alert": "Look here"}.get(query["data"], "")
        alert = query["data"] == "alert"
        await self.call(
            "answerCallbackQuery", callback_query_id=query["id"], text=text, show_alert=alert
        )


class Window:
    """A browser's page on the sandbox, and what must not happen in it."""

    def __init__(self, page: Page, sandbox: Sandbox) -> None:
        self.page = page
        self.sandbox = sandbox
        self.trouble: list[str] = []
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", self._hears)
        page.on("request", lambda request: self._leaves(request.url))

    def _hears(self, line: ConsoleMessage) -> None:
        if line.type == "error":
            self.trouble.append(line.text)

    def _leaves(self, address: str) -> None:
        if not address.startswith((self.sandbox.url, "data:", "blob:")):
            self.trouble.append(f"a request to {address}")

    def chat(self, name: str) -> Locator:
        """One person's chat."""
        return self.page.get_by_role("region", name=name, exact=True)

    async def writes(self, name: str, text: str) -> None:
        """Types a text into a person's chat and sends it."""
        field = self.chat(name).get_by_role("combobox")
        await field.fill(text)
        await field.press("Enter")


async def box(of: Locator) -> FloatRect:
    """Where something is drawn: x, y, width, height in pixels."""
    found = await of.bounding_box()
    assert found is not None
    return found


async def opened(window: Window, *names: str, language: str = "en", start: bool = True) -> None:
    """The page with these people's chats on it, each with the bot's first answer."""
    for name in names:
        person = await Person.create(window.sandbox.url, name, language)
        if start:
            await person.says("/start")
            await person.sees("Welcome")
    await window.page.goto(window.sandbox.url)
    for name in names:
        await expect(window.chat(name)).to_be_visible()
        if start:
            await expect(window.chat(name).get_by_role("button", name="Toast")).to_be_visible()
