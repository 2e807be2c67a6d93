"""Where somebody stands, and what they can do next, as buttons."""

from __future__ import annotations

from bot import forms
from bot.domain.replies import Button, Say, _, paragraphs, stacked
from bot.domain.rights import Right
from bot.participants.standing import standing
from bot.router import Turn, go
from bot.store import erase, networks, pairings
from bot.store.enrolments import TAKE_PART
from bot.store.networks import Member


async def home(turn: Turn) -> list[Say]:
    """Where a member stands in each network, and what they can do; a greeting for others."""
    mine = await networks.memberships(turn.db, turn.me.id)
    if not mine:
        return [await _owner(turn) if turn.is_owner else await _newcomer(turn)]
    ways = [await forms.go_on(turn), *await _ways(turn, mine)]
    told = await standing(turn) if any(each.role in TAKE_PART for each in mine) else []
    return [*told, turn.say(_("What would you like to do?"), stacked(*ways))]


def runs(mine: list[Member]) -> bool:
    """Whether any of these members runs their network."""
    return any(each.runs for each in mine)


async def _ways(turn: Turn, mine: list[Member]) -> list[Button]:
    ways = []
    if found := await pairings.open_of(turn.db, turn.me.id):
        one, several = _("See your introduction"), _("See your introductions")
        ways.append(go(one if len(found) == 1 else several, "match"))
    if runs(mine):
        ways += [go(_("See who signed up"), "people"), go(_("Invite people"), "invite")]
    if any(each.may(Right.SAFEGUARD) for each in mine):
        ways.append(go(_("What your side told about risks"), "safeguard"))
    return [*ways, go(_("See your answers"), "profile"), go(_("More"), "help")]


async def _owner(turn: Turn) -> Say:
    ways = stacked(await forms.go_on(turn), go(_("Set up a network"), "newnetwork"))
    return turn.say(_("This bot is yours. The next step is to set up a network."), ways)


async def _newcomer(turn: Turn) -> Say:
    if turn.me.consented_at is None:
        await erase.later(turn.db, turn.me.id, turn.now + erase.UNDECIDED)
    is_open = await networks.open_ones(turn.db)
    text = paragraphs(
        _("Hello. I help people from different sides to get to know each other."),
        _("To take part, open the invitation link you were given.")
        if not is_open
        else _("To take part, open the invitation link you were given, or choose a network here."),
        _("You have no link? Whoever told you about this bot can ask a coordinator for one."),
    )
    ways = stacked(
        await forms.go_on(turn),
        go(_("Choose a network"), "join") if is_open else None,
        go(_("Change the language"), "language"),
        go(_("What is stored about me?"), "privacy"),
    )
    return turn.say(text, ways)
