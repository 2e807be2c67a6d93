"""Who walks: people of two towns, those who run them, and a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FIRST_ID = 7_100_000_000


@dataclass(frozen=True, slots=True)
class Soul:
    """Somebody with a Telegram account. `side` is 0 or 1, None for who belongs to neither."""

    place: int
    name: str
    side: int | None
    role: str
    language: str

    @property
    def telegram_id(self) -> int:
        """Their account number."""
        return FIRST_ID + self.place

    @property
    def shown(self) -> str:
        """The name they choose for others to see: found in no other text."""
        return f"Qx{self.name}"

    @property
    def hidden(self) -> tuple[str, ...]:
        """What nobody else must ever read."""
        return (f"Tg{self.name}", f"user_{self.name}", str(self.telegram_id))

    @property
    def account(self) -> dict[str, Any]:
        """Telegram's user, with a name that means trouble."""
        return {
            "id": self.telegram_id,
            "is_bot": False,
            "first_name": f"Tg{self.name}<b>&\u202e\x07{{",
            "username": f"user_{self.name}",
            "language_code": self.language,
        }


SOULS = {
    name: Soul(place, name, side, role, language)
    for place, (name, side, role, language) in enumerate(
        (
            ("olga", 0, "owner", "en"),
            ("omer", 1, "coordinator", "he"),
            ("sofia", 0, "safeguarding", "es"),
            ("eleni", 0, "participant", "el"),
            ("maria", 0, "participant", "en"),
            ("yannis", 0, "participant", "es"),
            ("deniz", 1, "participant", "tr"),
            ("jan", 1, "participant", "ar"),
            ("selin", 1, "participant", "he"),
            ("zed", None, "", "xx"),
        )
    )
}
NAMES = tuple(SOULS)
STAFF = ("owner", "coordinator", "safeguarding")
AT_HOME = ("olga", "omer", "sofia", "eleni", "maria", "deniz", "jan")
"""Who is a member from the start; the others may come by a link."""
