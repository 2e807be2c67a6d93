"""/join: asking to become part of a network that is open to all."""

from __future__ import annotations

from bot.domain.limits import SIGN_UPS
from bot.domain.replies import Command, Say, Text, _, button, paragraphs, stacked
from bot.participants.sign_up import begin
from bot.router import Routes, Turn
from bot.store import networks
from bot.store.networks import Network

GONE = _("That network is not open any more. /join shows those that are.")


async def join(turn: Turn) -> list[Say]:
    """Shows the open networks this person is not in yet."""
    mine = {each.network_id for each in await networks.memberships(turn.db, turn.me.id)}
    found = [each for each in await networks.open_ones(turn.db) if each.id not in mine]
    if not found:
        return [turn.say(_none(bool(mine)))]
    ways = (button(each.name, "join.network", each.id) for each in found)
    return [turn.say(_("Which network would you like to join?"), stacked(*ways), edit=True)]


def _none(member: bool) -> Text:
    if member:
        return _("There is no other open network. To join one that is not open, use its link.")
    return _("No network is open to all at the moment. To take part, use an invitation link.")


async def _open(turn: Turn, network_id: int) -> Network | list[Say]:
    """The network, if this person may ask to join it now; else what to say instead."""
    network = await networks.by_id(turn.db, network_id)
    if network is None or not network.open:
        return [turn.say(GONE)]
    member = await networks.membership(turn.db, turn.me.id, network_id)
    if member is not None and member.state != "left":
        return [turn.say(_("You are already a member there. /start shows where you stand."))]
    return network


async def network(turn: Turn, network_id: int) -> list[Say]:
    """Asks for the side."""
    found = await _open(turn, network_id)
    if isinstance(found, list):
        return found
    sides = await networks.sides_of(turn.db, network_id)
    ways = (button(side.name, "join.side", side.id) for side in sides)
    back = button(_("Back"), "join.again")
    text = paragraphs(
        _("<b>{network}</b>", network=found.name),
        _("Which side do you belong to?"),
    )
    return [turn.say(text, stacked(*ways, back), edit=True)]


async def side(turn: Turn, side_id: int) -> list[Say]:
    """Goes on to consent and sign-up."""
    chosen = await networks.side(turn.db, side_id)
    found = [turn.say(GONE)] if chosen is None else await _open(turn, chosen.network_id)
    if chosen is None or isinstance(found, list):
        return found if isinstance(found, list) else []
    return await begin(turn, chosen, "participant", None)


MENU = (Command("join", _("Join a network")),)
ROUTES = Routes(
    {"join": join},
    {"join.network": network, "join.side": side, "join.again": join},
    limits={"join.side": SIGN_UPS},
)
