"""How figures are shown."""

from __future__ import annotations

from collections.abc import Sequence


def told(what: str, figure: str, goal: str, *, met: bool | None) -> None:
    """A line of the table."""
    verdict = {True: "met", False: "NOT MET", None: ""}[met]
    print(f"{what:<58} {figure:>16}   {goal:<22} {verdict}", flush=True)


def compared(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table of methods, a row each; the first column names them."""
    print(f"\n{title}")
    for row in (("", *columns), *rows):
        first, *rest = row
        print(f"  {first:<34}" + "".join(f"{each:>17}" for each in rest), flush=True)
    print(flush=True)
