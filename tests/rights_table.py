"""docs/rights.md, from the table that drives the code: `python -m tests.rights_table`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.capabilities import routes
from bot.coordinators.desk import ROLES as NAMES
from bot.domain.rights import ROLES, Reach, Right, reach

PAGE = Path(__file__).parent.parent / "docs" / "rights.md"
REACHES = {
    Reach.NONE: "",
    Reach.OWN: "own groups",
    Reach.SIDE: "own side",
    Reach.NETWORK: "whole network",
}
HEAD = """\
# Who may do and see what

Made by `python -m tests.rights_table` from `bot/domain/rights.py`, the table by which the router
turns people away and by which every handler asks again for the network it is about.

Nobody, in any role, sees the names of another side's people: "whole network" is what may be done
and counted there. All of it is for members who are active: who is paused, held, pending, declined
or has left has none of these rights.
"""


def table() -> str:
    """The page in Markdown."""
    commands = routes()
    by_right = {
        right: [
            f"`/{each}`"
            for each, needed in sorted(commands.needs.items())
            if needed is right and each in commands.commands
        ]
        for right in Right
    }
    head = ("Right", *(NAMES[role].id for role in ROLES), "Commands")
    rows = [
        (
            right.value.replace("_", " "),
            *(REACHES[reach(role, right)] for role in ROLES),
            ", ".join(by_right[right]),
        )
        for right in Right
    ]
    return "\n".join((HEAD, _row(head), _row("---" for _each in head), *map(_row, rows), ""))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(table(), encoding="utf-8")
