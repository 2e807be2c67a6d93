"""What the owner of a network reads of a track, once a story is over."""

from __future__ import annotations

from bot.domain.policy import Policy
from bot.domain.tracks import TRACKS
from bot.i18n import Tongue
from bot.store.tables import networks
from tests.play import Actor, Stage


async def reported(stage: Stage, olga: Actor, network_id: int, track: int) -> list[str]:
    """The lines /ledger has of a track; few people are in a story, so they are shown as well."""
    async with stage.app.store.begin() as db:
        await db.change(networks, network_id, policy=Policy(fewest=1).as_json())
    await olga.says("/ledger")
    ledger = await olga.sees("the tracks beside each other")
    name = Tongue("en").label(TRACKS[track].name)
    (found,) = [each for each in ledger.text.split("\n\n") if each.startswith(f"{name}: ")]
    return found.split("\n")
