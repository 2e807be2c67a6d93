"""The sides of a network: what each is called, speaks, and whose calendar and hours it keeps."""

from __future__ import annotations

from typing import Any

from bot.coordinators.desk import Desk, desk, refused
from bot.coordinators.network import VIEW, back, changes, described
from bot.coordinators.network_form import side_of, side_steps
from bot.domain.forms import Answers, Form
from bot.domain.replies import Say, Text, _, button, lines, paragraphs, stacked
from bot.domain.rights import Right
from bot.forms import Flow, start
from bot.router import Routes, Turn
from bot.store import network_settings, networks
from bot.store.networks import Side


async def sides(turn: Turn, network_id: int) -> list[Say]:
    """The sides there are."""
    at = await desk(turn, network_id, VIEW)
    return [refused(turn)] if at is None else [await _shown(turn, at)]


async def _shown(turn: Turn, at: Desk, news: Text | None = None) -> Say:
    found = await networks.sides_of(turn.db, at.network.id)
    ways = [button(each.name, "network.side", each.id) for each in found if changes(at)]
    text = paragraphs(news, _("<b>The sides</b>"), lines(*map(described, found)))
    return turn.say(text, stacked(*ways, back(at)), edit=True)


async def side(turn: Turn, side_id: int) -> list[Say]:
    """Opens the questions of a side with what it has now."""
    found = await networks.side(turn.db, side_id)
    at = None if found is None else await desk(turn, found.network_id, Right.NETWORK)
    if at is None or found is None:
        return [refused(turn)]
    every = await networks.sides_of(turn.db, found.network_id)
    return await start(turn, SIDE, {"side": side_id, **_told(every)})


def _told(every: list[Side]) -> dict[str, Any]:
    told: dict[str, Any] = {"sides": str(len(every))}
    for each in every:
        about = {"name": each.name, "language": each.language, "country": each.country}
        about["zone"] = each.zone
        told |= {f"{name}{each.position}": value for name, value in about.items()}
    return told


async def _form(turn: Turn, answers: Answers) -> Form:
    found = await networks.side(turn.db, int(answers["side"]))
    steps = side_steps(found.position if found else 0, answers)
    return Form("side", steps, intro=_("Please check the side."), send=_("Save"))


async def _changed(turn: Turn, answers: Answers) -> list[Say]:
    found = await networks.side(turn.db, int(answers["side"]))
    at = None if found is None else await desk(turn, found.network_id, Right.NETWORK)
    if at is None or found is None:
        return [refused(turn)]
    new = side_of(found.position, answers)
    values = (new.name, new.language, new.country, new.zone)
    if values != (found.name, found.language, found.country, found.zone):
        await network_settings.set_side(turn.db, found.id, *values)
        about = {"language": new.language, "country": new.country, "zone": new.zone}
        await at.note(turn, "network.side", side=found.position + 1, **about)
    now = await desk(turn, at.network.id, Right.NETWORK)
    return [await _shown(turn, now or at, _("Done."))]


SIDE = Flow("side", _form, _changed)
FLOWS = (SIDE,)
ROUTES = Routes(
    buttons={"network.sides": sides, "network.side": side},
    needs={"network.sides": VIEW, "network.side": Right.NETWORK},
)
