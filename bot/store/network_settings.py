"""What a network has settled, and how it is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot.store.db import Db
from bot.store.networks import Network
from bot.store.tables import networks, sides


async def held(db: Db, network_id: int) -> Network | None:
    """The network, held until the end of the transaction: changes to it come one by one."""
    query = select(networks).where(networks.c.id == network_id).with_for_update()
    return await db.one(Network, query)


async def set_policy(db: Db, network: Network, **changes: Any) -> None:
    """Changes fields of a network's policy; the network must be held."""
    policy = replace(network.settled, **changes).as_json()
    await db.change(networks, network.id, policy=network.policy | policy)


async def set_rule(db: Db, network_id: int, rule: str, *, on: bool) -> None:
    """Whether it is `open`, asks for `approval`, has `joint_rounds`."""
    await db.change(networks, network_id, **{rule: on})


async def set_statements(db: Db, network_id: int, statements: Sequence[str]) -> None:
    """What people are asked to agree or disagree with; "" where one was taken out."""
    await db.change(networks, network_id, statements=list(statements) or None)


async def set_side(db: Db, side_id: int, name: str, language: str, country: str, zone: str) -> None:
    """What a side is called, speaks, and whose days and hours it keeps."""
    values = {"name": name, "language": language, "country": country, "zone": zone}
    await db.change(sides, side_id, **values)
