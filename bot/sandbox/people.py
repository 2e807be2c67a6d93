"""Being a person from Python: a thin driver of the control API over real HTTP.

    ana = await Person.create(sandbox.url, "Ana", language="el")
    await ana.says("/start")
    await ana.taps("Yes")
    await ana.sees("Welcome")

What a person "sees" is what the bot wrote or edited since their own last action.
"""

import base64
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

import aiohttp

from bot.sandbox.seen import Message, transcript
from bot.sandbox.shapes import Json

TIMEOUT = 10.0
# How long `taps` waits for a button in a new message before it takes one in an older message.
PATIENCE = 2.0
_T = TypeVar("_T")


class Person:
    """One person of a sandbox. Works in the sandbox's process or in any other."""

    def __init__(
        self, url: str, public: Json, session: aiohttp.ClientSession | None = None
    ) -> None:
        self.url = url
        self.id: int = public["id"]
        self.name: str = public["name"]
        self.language: str = public["language"]
        self.username: str | None = public["username"]
        self._session = session
        self._mark = 0

    @classmethod
    async def create(
        cls,
        url: str,
        name: str,
        language: str = "en",
        username: str | None = None,
        door: str | None = None,
        session: aiohttp.ClientSession | None = None,
        *,
        pinned: bool = True,
    ) -> "Person":
        """A new person. `door` is the payload of the link they come by.

        The page opens the chats of those who are `pinned`; the others are played by somebody else.

        With a `session` connections are kept open, which pays under load; the caller closes it.
        """
        given = {"name": name, "language": language, "username": username, "door": door} | {
            "pinned": pinned
        }
        public = await _call(session, "POST", f"{url}/people", given)
        return cls(url, public, session)

    async def _acts(self, what: str, given: Json) -> Json:
        result = await _call(self._session, "POST", f"{self.url}/people/{self.id}/{what}", given)
        self._mark = result.get("version", self._mark)
        return result

    async def says(self, text: str, **more: Any) -> int:
        """Send a text; the message's id. `more`: `chat`, `reply_to`, `forward_from`."""
        return int((await self._acts("messages", {"text": text, **more}))["id"])

    async def sends(self, **content: Any) -> int:
        """Send anything the control API takes; the message's id."""
        return int((await self._acts("messages", content))["id"])

    async def sends_location(self, latitude: float, longitude: float) -> int:
        """Share a place, in degrees."""
        return await self.sends(location={"latitude": latitude, "longitude": longitude})

    async def sends_file(self, name: str, data: bytes, mime: str, caption: str = "") -> int:
        """Send a document."""
        file = {"name": name, "mime": mime, "base64": base64.b64encode(data).decode()}
        return await self.sends(file=file, caption=caption)

    async def sends_photo(self, data: bytes, caption: str = "") -> int:
        """Send a picture, PNG or JPEG."""
        return await self.sends(photo={"base64": base64.b64encode(data).decode()}, caption=caption)

    async def sends_voice(self, data: bytes) -> int:
        """Send a voice message."""
        return await self.sends(voice={"base64": base64.b64encode(data).decode()})

    async def sends_sticker(self) -> int:
        """Send a sticker."""
        return await self.sends(sticker=True)

    async def sends_contact(self, phone_number: str, first_name: str) -> int:
        """Share a contact."""
        return await self.sends(contact={"phone_number": phone_number, "first_name": first_name})

    async def edits(self, message_id: int, text: str) -> None:
        """Change a text of one's own."""
        await self._acts("edits", {"message_id": message_id, "text": text})

    async def deletes(self, message_id: int) -> None:
        """Delete a message; the bot is not told."""
        await self._acts("deletes", {"message_id": message_id})

    async def blocks(self) -> None:
        """Stop the bot."""
        await self._acts("blocks", {"blocked": True})

    async def unblocks(self) -> None:
        """Let the bot write again."""
        await self._acts("blocks", {"blocked": False})

    async def joins(self, chat: int, invite_link: str | None = None) -> str:
        """Join a group or ask to: "joined", "requested" or "member"."""
        given = {"person": self.id, "invite_link": invite_link}
        result = await _call(self._session, "POST", f"{self.url}/groups/{chat}/joins", given)
        return str(result["state"])

    async def leaves(self, chat: int) -> None:
        """Leave a group."""
        given = {"person": self.id}
        await _call(self._session, "POST", f"{self.url}/groups/{chat}/leaves", given)

    async def founds(self, title: str, *others: "Person", kind: str = "group") -> int:
        """Make a group, supergroup or channel with others, without the bot; its id."""
        members = [self.id, *(other.id for other in others)]
        given = {"type": kind, "title": title, "members": members, "bot": False}
        return int((await _call(self._session, "POST", f"{self.url}/groups", given))["id"])

    async def opens(self, url: str, chat: int | None = None) -> str:
        """Open a link of Telegram; what came of it: "started", "added" or as `joins` has it.

        `chat` is where a link that adds the bot adds it to.
        """
        address = f"{self.url}/people/{self.id}/links"
        given = {"url": url, "chat": chat}
        return str((await _call(self._session, "POST", address, given))["state"])

    async def places_bot(self, chat: int, status: str, *rights: str) -> None:
        """Make the bot a "member" or "administrator" (with rights) of one's group, or "kicked"."""
        given = {"person": self.id, "status": status, "rights": rights}
        await _call(self._session, "POST", f"{self.url}/groups/{chat}/bots", given)

    async def chats(self) -> list[int]:
        """The groups and channels one is in."""
        return [chat["id"] for chat in (await self.view())["chats"] if chat["id"] < 0]

    async def taps(self, label: str, timeout: float = TIMEOUT) -> str:
        """Tap the button with this label; the callback query's id, or "" for a reply keyboard.

        A new message's button is waited for; after a while one of an older message will do. The
        label may be a part of the button's. Raises AssertionError when there is no such button.
        """
        patient_until = time.monotonic() + min(PATIENCE, timeout / 2)

        def find(messages: list[Message]) -> Message | None:
            mark = self._mark if time.monotonic() < patient_until else -1
            new = [m for m in messages if m.from_bot and m.version > mark]
            return next((m for m in reversed(new) if m.button(label) or label in m.keys), None)

        message = await self._finds(find, timeout, f"a button {label!r}")
        button = message.button(label)
        if button is None:
            await self.says(label)
            return ""
        given = {"message_id": message.id, "data": button.get("data"), "label": button["text"]}
        return str((await self._acts("taps", given))["query_id"])

    async def taps_data(self, data: str, message: Message | None = None) -> str:
        """Tap the newest button with this callback data; on a given message even a forged one."""
        given: Json = {"data": data}
        if message is not None:
            given |= {"message_id": message.id, "forged": True}
        return str((await self._acts("taps", given))["query_id"])

    async def view(self, **query: str | int | float) -> Json:
        """The control API's view of the chat. Query: `chat`, `after`, `wait`."""
        address = f"{self.url}/people/{self.id}/chat"
        return await _call(self._session, "GET", address, query=query)

    async def chat(self, **query: str | int | float) -> list[Message]:
        """All messages, oldest first."""
        return [Message.of(raw) for raw in (await self.view(**query))["messages"]]

    async def last(self) -> Message:
        """The newest message of the bot. Raises AssertionError when it wrote none."""
        messages = await self.chat()
        written = [message for message in messages if message.from_bot]
        if not written:
            raise AssertionError(f"{self.name} sees no bot. The chat:\n{transcript(messages)}")
        return written[-1]

    async def sees(self, text: str, timeout: float = TIMEOUT) -> Message:
        """Wait for a message of the bot, new since the last action, that contains `text`.

        Raises AssertionError with the chat as readable text when none comes in `timeout` seconds.
        """

        def find(messages: list[Message]) -> Message | None:
            return next((m for m in reversed(self._new(messages)) if text in m.text), None)

        return await self._finds(find, timeout, repr(text))

    async def sees_not(self, text: str, seconds: float = 0.5) -> None:
        """Watch for `seconds`; AssertionError if a new message of the bot contains `text`."""
        try:
            await self.sees(text, timeout=seconds)
        except AssertionError:
            return
        raise AssertionError(f"{self.name} sees {text!r}:\n{transcript(await self.chat())}")

    async def waits(self, n: int = 1, timeout: float = TIMEOUT) -> list[Message]:
        """Wait until the bot wrote or edited `n` messages since the last action; these messages."""

        def find(messages: list[Message]) -> list[Message] | None:
            new = self._new(messages)
            return new if len(new) >= n else None

        return await self._finds(find, timeout, f"{n} new messages")

    async def toasts(self) -> list[Json]:
        """The answers to buttons that showed over the chat: `{id, text, alert}`."""
        return list((await self.view())["toasts"])

    def _new(self, messages: Sequence[Message]) -> list[Message]:
        return [m for m in messages if m.from_bot and m.version > self._mark]

    async def _finds(
        self, find: Callable[[list[Message]], _T | None], timeout: float, sought: str
    ) -> _T:
        end = time.monotonic() + timeout
        version = -1
        while True:
            left = end - time.monotonic()
            view = await self.view(after=version, wait=max(0.0, min(left, PATIENCE / 4)))
            version = view["version"]
            messages = [Message.of(raw) for raw in view["messages"]]
            found = find(messages)
            if found is not None:
                return found
            if left <= 0:
                raise AssertionError(
                    f"{self.name} does not see {sought}. The chat:\n{transcript(messages)}"
                )


async def _call(
    session: aiohttp.ClientSession | None,
    method: str,
    address: str,
    given: Json | None = None,
    query: Json | None = None,
) -> Json:
    """One call of the control API. Raises AssertionError with its words when it refuses."""
    ask = aiohttp.request if session is None else session.request
    async with ask(method, address, json=given, params=query) as response:
        result: Json = await response.json()
    if response.status != HTTPStatus.OK:
        raise AssertionError(result["error"])
    return result
