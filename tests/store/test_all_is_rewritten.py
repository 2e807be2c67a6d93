"""Nothing that hangs on a key is forgotten when it is replaced, whatever is added later."""

from __future__ import annotations

import ast
from pathlib import Path

from sqlalchemy import Integer, String

from bot.store.db import Secret
from bot.store.rotation import BLOCKS, CHATS, SEALED
from bot.store.tables import metadata

ROOT = Path(__file__).parents[2] / "bot"
AN_INDEX = 32
"""So much room a blind index takes."""

NO_INDEXES = {
    *("inbox.chat", "outbox.chat"),  # Keys.queued, blanked before the key behind it could matter
    *("facts.name", "facts.value"),  # names of ours; `index` is sealed anew by ring.finish
    *("forms.form", "reminders.kind", "reminders.key", "outbox.key"),  # names, and row ids
    *("audit.what", "audit.subject", "wordings.message"),  # names of ours, and row ids
    *("people.zone", "sides.zone", "freezes.region"),  # what everybody's calendar has
    "invites.token",  # random
}
"""Text with room for a blind index that is none, by what it is."""


def test_every_column_that_could_be_an_index_is_rewritten_or_known_to_be_none() -> None:
    """Whoever adds one has to say here or in `bot.store.rotation` which it is."""
    roomy = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, String)
        if column.type.length is None or column.type.length >= AN_INDEX
    }
    rewritten = {f"{column.table.name}.{column.name}" for column in (*CHATS, *BLOCKS)}
    assert rewritten | NO_INDEXES == roomy
    assert not rewritten & NO_INDEXES


def test_every_sealed_column_is_rewritten() -> None:
    """Each is found by its type, and its row by an id that is a number and part of its place."""
    for table in metadata.sorted_tables:
        secret = [column for column in table.c if isinstance(column.type, Secret)]
        assert SEALED.get(table, []) == secret
        if secret:
            (key,) = table.primary_key
            assert (key.name, isinstance(key.type, Integer)) == ("id", True), table.name


def called(name: str) -> set[str]:
    """In which modules something of this name is called."""
    return {
        str(file.relative_to(ROOT))
        for file in ROOT.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        if isinstance(node.func, ast.Attribute) and node.func.attr == name
    }


def test_whoever_seals_or_hashes_is_known() -> None:
    """Outside of these, nothing gets a key's mark; who looks something up asks for all `blinds`."""
    assert called("seal") == {"store/db.py", "store/ring.py", "store/rotation.py"}
    assert called("blind") == {"store/people.py", "store/rooms.py"}
