"""The bot's own page: name, descriptions and command menus, by language and scope."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sandbox.shapes import Json

NAME = "Sandbox bot"
USERNAME = "proxeny_sandbox_bot"


@dataclass(slots=True)
class Profile:
    """What each person sees of the bot. The language "" is for everyone without their own."""

    username: str = USERNAME
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menus: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    buttons: dict[int, Json] = field(default_factory=dict)
    rights: dict[bool, Json] = field(default_factory=dict)
    reads_all: bool = False
    """Whether privacy mode is off: in groups the bot is sent all that is written."""

    def text(self, kind: str, language: str) -> str:
        """A `name`, `description` or `short_description` in a language, or else the default."""
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")

    def name(self, language: str) -> str:
        """The bot's name as a speaker of `language` sees it."""
        return self.text("name", language) or NAME

    def menu(self, scopes: Sequence[str], language: str) -> list[Json]:
        """The commands in force: the first scope that has any, its language before its default.

        https://core.telegram.org/bots/api#determining-list-of-commands
        """
        for scope in scopes:
            for tongue in (language, ""):
                if commands := self.menus.get((scope, tongue)):
                    return commands
        return []


def scopes_seen(chat_id: int, person_id: int, *, private: bool, administrator: bool) -> list[str]:
    """The command scopes that apply to a person in a chat, the narrowest first."""
    if private:
        return [f"chat:{chat_id}", "all_private_chats", "default"]
    scopes = [f"chat_member:{chat_id}:{person_id}"]
    if administrator:
        scopes.append(f"chat_administrators:{chat_id}")
    scopes.append(f"chat:{chat_id}")
    if administrator:
        scopes.append("all_chat_administrators")
    return [*scopes, "all_group_chats", "default"]
