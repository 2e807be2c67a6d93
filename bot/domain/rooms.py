"""Telegram groups and channels the bot is in: what it hears of them, and the links that add it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

GROUP_RIGHTS = ("invite_users", "restrict_members")
"""What the bot needs in a group: to let people in, and to see those out who left."""

CHANNEL_RIGHTS = ("post_messages", "invite_users")
"""What the bot needs in a channel."""

Kind = Literal["group", "channel"]
What = Literal["token", "asked", "bot", "moved"]


@dataclass(frozen=True, slots=True)
class News:
    """What the bot hears of a group or channel; never what people write to each other there.

    `what`: `token` (somebody came with a link's token), `asked` (somebody asks to be let in), `bot`
    (the bot's own part has changed: `here` is whether it is in, `can` its rights) or `moved` (to
    the chat `moved_to`). `chat` is Telegram's id, below 0; `by` that of the person who did it.
    """

    what: What
    chat: int
    kind: Kind
    by: int = 0
    title: str = ""
    token: str = ""
    here: bool = True
    can: frozenset[str] = frozenset()
    moved_to: int = 0

    @property
    def suffices(self) -> bool:
        """Whether the bot may do all it needs."""
        needed = CHANNEL_RIGHTS if self.kind == "channel" else GROUP_RIGHTS
        return self.can.issuperset(needed)


def adding_link(username: str, kind: Kind, token: str = "") -> str:  # nosec B107
    """A link that adds the bot with the rights it needs to a group or channel one chooses.

    Source: core.telegram.org/api/links, "Group/channel bot links". Only groups are told a token.
    """
    rights = CHANNEL_RIGHTS if kind == "channel" else GROUP_RIGHTS
    query = urlencode({f"start{kind}": token, "admin": "+".join(rights)}, safe="+")
    return f"https://t.me/{username}?{query}"
