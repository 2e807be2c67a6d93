"""Everything there is in the sandbox: people, chats, messages, files, and the one bot."""

import itertools
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.bell import Bell
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.journal import Journal
from bot.sandbox.limits import Flood
from bot.sandbox.profile import Profile
from bot.sandbox.shapes import Json
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook

# Over 32 bits on purpose: Telegram's ids are, and a bot that keeps them in 32 bits should find out.
FIRST_PERSON_ID = 5_100_000_001
FIRST_GROUP_ID = -4_100_000_001
FIRST_SUPERGROUP_ID = -1_002_100_000_001
MAX_TOASTS = 50
COLORS = ("#c0504d", "#4f81bd", "#6a8f2e", "#8064a2", "#2f8f9d", "#c77a1f", "#b0467f", "#5b6b7b")


@dataclass(frozen=True, slots=True)
class Door:
    """A way in that the page offers a new person: a label, and the payload of `/start`."""

    label: str
    payload: str


@dataclass(slots=True)
class Account:
    """A person: what Telegram knows of them, and what they see."""

    id: int
    name: str
    language: str
    username: str | None
    color: str
    user: Json
    blocked: bool = False
    pinned: bool = True
    toasts: list[Json] = field(default_factory=list)
    pending: set[str] = field(default_factory=set)
    chats: set[int] = field(default_factory=set)
    bell: Bell = field(default_factory=Bell)

    def public(self) -> Json:
        """The person as the control API shows them."""
        return {
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "username": self.username,
            "blocked": self.blocked,
            "color": self.color,
            "pinned": self.pinned,
        }


@dataclass(slots=True)
class Message:
    """One message: `body` holds the Bot API's own fields of its content."""

    id: int
    chat: "Chat"
    sender: Json
    date: int
    body: Json
    version: int = 0
    markup: Json | None = None
    reply_to: int | None = None
    edited: int | None = None
    by_bot: bool = False
    reactions: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text or caption."""
        text = self.body.get("text")
        return str(text if text is not None else self.body.get("caption", ""))

    @property
    def entities(self) -> list[Json]:
        """The entities of its text or caption."""
        given = self.body.get("entities") or self.body.get("caption_entities")
        return given or []


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's), a group, a supergroup or a channel."""

    id: int
    kind: str
    public: Json
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    banned: set[int] = field(default_factory=set)
    join_by_request: bool = False
    requests: dict[int, Json | None] = field(default_factory=dict)
    links: dict[str, Json] = field(default_factory=dict)
    link_uses: Counter[str] = field(default_factory=Counter)
    bot_status: str = "administrator"
    # What the bot may do as an administrator: rights' names without "can_"; None is everything.
    bot_rights: frozenset[str] | None = None
    moved_to: int | None = None
    pinned: list[int] = field(default_factory=list)
    keyboard: Json | None = None
    typing_until: float = 0
    ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))


class World:
    """The state of one sandbox, and the one number that grows with every change to it."""

    def __init__(self, token: str, *, limits: bool = True, paid: bool = False) -> None:
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.clock = Clock()
        self.flood = Flood(enabled=limits, paid=paid)
        self.faults = Faults()
        self.updates = Updates()
        self.webhook = Webhook(self.updates, self.faults, self.clock)
        self.profile = Profile()
        self.files = Files()
        self.journal = Journal()
        self.bell = Bell()
        self.people: dict[int, Account] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, tuple[int, float]] = {}
        self.doors: list[Door] = []
        self.next_due: Callable[[], Awaitable[datetime | None]] | None = None
        self.on_clock: Callable[[], Awaitable[None]] | None = None
        self.version = 0
        self._person_ids = itertools.count(FIRST_PERSON_ID)
        self._group_ids = itertools.count(FIRST_GROUP_ID, -1)
        self._supergroup_ids = itertools.count(FIRST_SUPERGROUP_ID, -1)
        # Telegram numbers the messages of all private chats and basic groups together.
        self._message_ids = itertools.count(1)
        self.clock.subscribe(self.changed)

    @property
    def bot(self) -> Json:
        """The bot as a Telegram user."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.profile.name(""),
            "username": self.profile.username,
        }

    def _count(self) -> None:
        self.version += 1
        self.bell.ring(self.version)

    def changed(self) -> None:
        """Count a change that everybody can see."""
        self._count()
        for account in self.people.values():
            account.bell.ring(self.version)

    def touch(self, chat: Chat, message: Message | None = None) -> None:
        """Count a change that the members of a chat can see."""
        self._count()
        if message is not None:
            message.version = self.version
        for person_id in chat.members:
            if account := self.people.get(person_id):
                account.bell.ring(self.version)

    def tell(self, account: Account) -> None:
        """Count a change that one person can see."""
        self._count()
        account.bell.ring(self.version)

    def add_person(self, name: str, language: str, username: str | None = None) -> Account:
        """Let a person into the world. They are unknown to the bot until they write to it."""
        person_id = next(self._person_ids)
        user: Json = {"id": person_id, "is_bot": False, "first_name": name}
        if username:
            user["username"] = username
        if language:
            user["language_code"] = language
        color = COLORS[len(self.people) % len(COLORS)]
        account = Account(person_id, name, language, username, color, user)
        self.people[person_id] = account
        self._count()
        return account

    def private_chat(self, account: Account) -> Chat:
        """The person's chat with the bot, opened when there is none yet."""
        chat = self.chats.get(account.id)
        if chat is None:
            public: Json = {"id": account.id, "first_name": account.name, "type": "private"}
            if account.username:
                public["username"] = account.username
            members = {account.id: "member"}
            chat = Chat(account.id, "private", public, members, ids=self._message_ids)
            self.chats[account.id] = chat
            account.chats.add(account.id)
        return chat

    def add_group(self, kind: str, title: str, *, join_by_request: bool) -> Chat:
        """Found a group, a supergroup or a channel; the bot is its administrator."""
        if kind == "group":
            chat_id, ids = next(self._group_ids), self._message_ids
        else:
            chat_id, ids = next(self._supergroup_ids), itertools.count(1)
        public: Json = {"id": chat_id, "title": title, "type": kind}
        chat = Chat(chat_id, kind, public, join_by_request=join_by_request, ids=ids)
        self.chats[chat_id] = chat
        return chat

    def add_message(self, chat: Chat, sender: Json, body: Json, *, by_bot: bool = False) -> Message:
        """Put a message into a chat and show it to its members."""
        message = Message(next(chat.ids), chat, sender, self.clock.unix(), body, by_bot=by_bot)
        chat.messages[message.id] = message
        return message

    def bot_knows(self, person_id: int) -> bool:
        """Whether the bot has met a person in a group."""
        return any(person_id in chat.members for chat in self.chats.values())
