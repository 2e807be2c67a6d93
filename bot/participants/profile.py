"""/profile: what a member has told, and changing any of it."""

from __future__ import annotations

from bot.domain.forms import Answers, Form, One, Step
from bot.domain.replies import Command, Say, _, button, paragraphs, stacked
from bot.forms import Flow, start
from bot.participants.answers import answers_of, profile_of, steps
from bot.router import Routes, Turn, too_old
from bot.store import networks
from bot.store.networks import Member, Network, Side


async def profile(turn: Turn) -> list[Say]:
    """Shows the answers, after asking in which network if there are several."""
    mine = [each for each in await networks.memberships(turn.db, turn.me.id) if _here(each)]
    if not mine:
        return [turn.say(_("You have not signed up anywhere yet. /join shows how."))]
    if len(mine) == 1:
        return await _show(turn, mine[0])
    found = [(each, await networks.by_id(turn.db, each.network_id)) for each in mine]
    ways = (button(at.name, "profile.of", each.id) for each, at in found if at is not None)
    return [turn.say(_("Your answers in which network?"), stacked(*ways), edit=True)]


async def chosen(turn: Turn, member_id: int) -> list[Say]:
    """Shows the answers in one network."""
    member = await networks.own(turn.db, turn.me.id, member_id)
    return [too_old(turn)] if member is None or not _here(member) else await _show(turn, member)


def _here(member: Member) -> bool:
    """Whether anything is kept of what they told: not of who was removed, or not accepted."""
    return member.state not in networks.GONE


async def _show(turn: Turn, member: Member) -> list[Say]:
    told: Answers = {**answers_of(member), "member": member.id}
    form = await _form(turn, told)
    skipped = {step.key: None for step in form.steps if step.optional}
    return await start(turn, PROFILE, {**skipped, **told})


async def _form(turn: Turn, answers: Answers) -> Form:
    found = await _found(turn, answers)
    if found is None:
        gone = _("You are no longer a member there.")
        return Form("profile", (Step("gone", gone, One(()), _("Network")),))
    member, side, network = found
    sides = await networks.sides_of(turn.db, network.id)
    intro = paragraphs(_("<b>{network}</b>", network=network.name), _("These are your answers."))
    asked = steps(network, sides, side, member.role)
    return Form("profile", asked, intro=intro, send=_("Save"))


async def _found(turn: Turn, answers: Answers) -> tuple[Member, Side, Network] | None:
    member = await networks.own(turn.db, turn.me.id, int(answers["member"]))
    side = None if member is None else await networks.side(turn.db, member.side_id)
    network = None if member is None else await networks.by_id(turn.db, member.network_id)
    return None if member is None or side is None or network is None else (member, side, network)


async def _done(turn: Turn, answers: Answers) -> list[Say]:
    member = await networks.own(turn.db, turn.me.id, int(answers["member"]))
    if member is None or not _here(member):
        return [too_old(turn)]
    told = profile_of(answers, turn.me.language)
    await networks.set_told(turn.db, member.id, str(answers["name"]), told)
    await networks.lives_in(turn.db, turn.me.id, told.zone)
    return [turn.say(_("Your answers are saved."), edit=True)]


async def _closed(turn: Turn, _answers: Answers) -> list[Say]:
    return [turn.say(_("Nothing was changed."), edit=True)]


PROFILE = Flow("profile", _form, _done, _closed)
FLOWS = (PROFILE,)
MENU = (Command("profile", _("See and change your answers")),)
ROUTES = Routes({"profile": profile}, {"profile.of": chosen})
