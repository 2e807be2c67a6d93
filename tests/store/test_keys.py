"""Secrets at rest: what opens, what doesn't, and what lies in the file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from bot.store import people, queues, schema
from bot.store.db import Secret, Store, open_store
from bot.store.keys import ID_SIZE, NONCE_SIZE, Keys, WrongKey, new_secret
from bot.store.tables import metadata
from bot.store.tables import people as people_table

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEYS = Keys.of(new_secret())
PLACE = "people|7|telegram_id"


@given(st.binary(max_size=5000), st.text(max_size=80))
def test_what_is_sealed_opens_in_its_place(data: bytes, place: str) -> None:
    place = place.encode("utf-8", "ignore").decode()
    assert KEYS.open(KEYS.seal(data, place), place) == data


@given(st.binary(min_size=1, max_size=200), st.integers(0), st.integers(1, 255))
def test_a_changed_byte_is_noticed(data: bytes, at: int, change: int) -> None:
    sealed = bytearray(KEYS.seal(data, PLACE))
    sealed[at % len(sealed)] ^= change
    with pytest.raises(WrongKey):
        KEYS.open(bytes(sealed), PLACE)


@given(st.integers(0, 60))
def test_what_is_cut_off_is_noticed(length: int) -> None:
    sealed = KEYS.seal(b"a name that is somewhat longer than that", PLACE)
    with pytest.raises(WrongKey):
        KEYS.open(sealed[:length], PLACE)


@pytest.mark.parametrize(
    "place", ["people|8|telegram_id", "people|7|name", "members|7|telegram_id"]
)
def test_another_place_does_not_open(place: str) -> None:
    with pytest.raises(WrongKey):
        KEYS.open(KEYS.seal(b"Ana", PLACE), place)


def test_another_key_does_not_open() -> None:
    other = Keys.of(new_secret())
    with pytest.raises(WrongKey):
        other.open(KEYS.seal(b"Ana", PLACE), PLACE)
    assert other.id != KEYS.id


def test_the_same_is_sealed_differently_each_time() -> None:
    first, second = KEYS.seal(b"Ana", PLACE), KEYS.seal(b"Ana", PLACE)
    assert first != second
    assert len(first) == ID_SIZE + NONCE_SIZE + 3 + 16
    assert first.startswith(KEYS.id)


def test_a_blind_index_is_the_same_for_the_same_and_tells_nothing() -> None:
    other = Keys.of(new_secret())
    assert KEYS.blind(471) == KEYS.blind("471")
    assert len({KEYS.blind(471), KEYS.blind(472), other.blind(471)}) == 3
    assert "471" not in KEYS.blind(471)


def test_one_secret_makes_the_same_keys_and_shows_none() -> None:
    secret = new_secret()
    one, two = Keys.of(secret), Keys.of(f"  {secret}\n")
    assert two.open(one.seal(b"Ana", PLACE), PLACE) == b"Ana"
    assert secret not in repr(one)
    assert repr(one) == f"Keys(id={one.id!r})"


@pytest.mark.parametrize("secret", ["", "short", "é" * 44, "A" * 40, "not base64!" * 5])
def test_a_bad_secret_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="secret key"):
        Keys.of(secret)


async def test_a_value_moved_to_another_row_does_not_open(store: Store) -> None:
    async with store.begin() as db:
        ana = await people.met(db, 471_000_111, "en", NOW)
        bob = await people.met(db, 471_000_222, "en", NOW)
        column = people_table.c.telegram_id
        sealed = await db.scalar(select(column).where(people_table.c.id == ana.id))
        await db.run(
            update(people_table).where(people_table.c.id == bob.id).values(telegram_id=sealed)
        )
    with pytest.raises(WrongKey):
        async with store.begin() as db:
            await people.by_id(db, bob.id)


def secret_columns() -> set[str]:
    """All columns that are sealed, as `table.column`."""
    return {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Secret)
    }


def test_what_must_be_secret_is() -> None:
    must = {
        *("inbox.payload", "outbox.payload", "people.telegram_id", "forms.state"),
        *("members.name", "members.profile", "matched.reason", "logs.note", "logs.risk"),
        *("matches.reasons", "networks.name", "sides.name", "rounds.result"),
    }
    assert must <= secret_columns()


async def test_secrets_are_not_in_the_file(tmp_path: Path) -> None:
    """Every secret column of every table is filled, and none of it is found in the raw bytes."""
    store = open_store(f"sqlite:///{tmp_path}/test.db", KEYS)
    await schema.migrate(store)
    marker = "Scheherazade"
    async with store.begin() as db:
        person = await people.met(db, 471_234_567_890, "en", NOW)
        call = {"chat": "c", "person_id": person.id, "priority": 0, "key": ""}
        await queues.put(db, [call | {"payload": {"params": {"text": marker}}}], NOW)
        await queues.take_in(db, [(1, 5, {"message": {"text": marker}})], NOW)
        sealed = db.sealed(
            metadata.tables["members"], 5, {"name": marker, "profile": {"a": marker}}
        )
    assert all(marker.encode() not in value for value in sealed.values())
    await store.close()
    raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert raw.startswith(b"SQLite format 3")
    for secret in (marker, "471234567890", "471_234"):
        assert secret.encode() not in raw
    assert (tmp_path / "test.db").stat().st_size > 4096
