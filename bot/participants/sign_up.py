"""Signing up: consent, the questions, and what comes of them."""

from __future__ import annotations

from datetime import timedelta

from bot import forms
from bot.contacts import joined_by
from bot.domain.consent import AGREED, consent
from bot.domain.forms import Answers, Form, One, Step
from bot.domain.replies import Say, _, stacked
from bot.forms import Flow, start
from bot.participants.answers import answers_of, profile_of, steps
from bot.participants.standing import standing
from bot.router import Turn, go
from bot.store import enrolments, erase, invites, networks, people, roster
from bot.store.networks import Member, Network, Side

CLOSED = _("That network is no longer there. /join shows where you could go instead.")


async def begin(turn: Turn, side: Side, role: str, invite_id: int | None) -> list[Say]:
    """Asks for consent, in each network anew, then signs up for a side in a role."""
    if turn.me.consented_at is None:
        await erase.later(turn.db, turn.me.id, turn.now + erase.UNDECIDED)
    network = await networks.by_id(turn.db, side.network_id)
    if network is not None and network.settled.sensitive:
        await people.cover(turn.db, turn.me.id)
    return await start(turn, CONSENT, {"side": side.id, "role": role, "invite": invite_id})


async def _consent_form(turn: Turn, answers: Answers) -> Form:
    side = await networks.side(turn.db, int(answers["side"]))
    network = None if side is None else await networks.by_id(turn.db, side.network_id)
    if network is None:
        return Form("consent", (_gone(),))
    return consent("consent", _("<b>Welcome to {network}.</b>", network=network.name))


def _gone() -> Step:
    """In place of all questions, where there is no network to ask them."""
    return Step("gone", CLOSED, One(()), _("Network"))


async def _consented(turn: Turn, answers: Answers) -> list[Say]:
    if answers.get(AGREED) != "yes":
        return await _refused(turn)
    carried = {key: value for key, value in answers.items() if key != AGREED}
    await people.set_consent(turn.db, turn.me.id, turn.now)
    return await _ask(turn, carried)


async def _refused(turn: Turn) -> list[Say]:
    if turn.me.consented_at is not None or turn.is_owner:
        return [turn.say(_("Nothing was changed."), edit=True)]
    await erase.forget(turn.db, turn.me, turn.now)
    await erase.later(turn.db, turn.me.id, turn.now + timedelta(minutes=1))
    text = _("That is fine. Nothing about you is kept. Should you change your mind, send /start.")
    return [turn.say(text, edit=True)]


async def _ask(turn: Turn, carried: Answers) -> list[Say]:
    """The questions, with what was told in another network filled in. It takes the invitation."""
    await _give_back(turn, await forms.carried(turn, SIGN_UP))
    invite_id = carried["invite"]
    if invite_id is not None and not await invites.use_one(turn.db, int(invite_id), turn.now):
        text = _("This invitation can no longer be used. Please ask for a new one.")
        return [turn.say(text, edit=True)]
    earlier = await networks.memberships(turn.db, turn.me.id)
    told = answers_of(earlier[0]) if earlier else {}
    known: Answers = {key: told[key] for key in ("languages", "little", "zone") if key in told}
    return await start(turn, SIGN_UP, {**known, **carried})


async def _give_back(turn: Turn, answers: Answers) -> None:
    """Frees the invitation of a sign-up that is given up, or left for another one."""
    if answers.get("invite") is not None:
        await invites.give_back(turn.db, int(answers["invite"]))


async def _stopped(turn: Turn, answers: Answers) -> list[Say]:
    await _give_back(turn, answers)
    return [turn.say(_("Your answers are deleted. /start begins again."), edit=True)]


async def _form(turn: Turn, answers: Answers) -> Form:
    side = await networks.side(turn.db, int(answers["side"]))
    network = None if side is None else await networks.by_id(turn.db, side.network_id)
    if side is None or network is None:
        return Form("sign_up", (_gone(),))
    sides = await networks.sides_of(turn.db, network.id)
    asked = steps(network, sides, side, str(answers["role"]))
    hours = network.settled.form_nudge_hours
    return Form(f"sign_up:{network.id}", asked, nudge_hours=hours)


async def _done(turn: Turn, answers: Answers) -> list[Say]:
    side = await networks.side(turn.db, int(answers["side"]))
    network = None if side is None else await networks.by_id(turn.db, side.network_id)
    if side is None or network is None:
        return [turn.say(CLOSED, edit=True)]
    known = await networks.membership(turn.db, turn.me.id, network.id)
    if known is not None and known.state != "left":
        return [turn.say(_("You are already a member."), edit=True), *await standing(turn)]
    if not await _welcome_still(turn, network, answers):
        return [turn.say(CLOSED, edit=True)]
    member = await _joined(turn, network, side, answers)
    care = [turn.say(_HIDE)] if network.settled.sensitive else []
    return [*await _welcome(turn, member), *care, *await _told(turn, member)]


_HIDE = _("Could somebody look at your phone? /discreet shows how you hide this chat at once.")


async def _welcome_still(turn: Turn, network: Network, answers: Answers) -> bool:
    """Whether they may still join: by a link that was not taken back, or where anybody may."""
    if answers.get("invite") is None:
        return network.open
    found = await invites.by_id(turn.db, int(answers["invite"]))
    return found is not None and not found.revoked


async def _joined(turn: Turn, network: Network, side: Side, answers: Answers) -> Member:
    role = str(answers["role"])
    state = "pending" if network.approval and role == "participant" else "active"
    profile = profile_of(answers, turn.me.language)
    name = str(answers["name"])
    member_id = await networks.add_member(
        turn.db, turn.me.id, side, role, state, name, profile, turn.now
    )
    await networks.lives_in(turn.db, turn.me.id, profile.zone)
    member = await networks.member(turn.db, member_id)
    if member is None:
        raise LookupError(f"member {member_id} was just stored")
    if state == "active":
        await enrolments.enrol_in_open(turn.db, member, turn.now)
    return member


async def _welcome(turn: Turn, member: Member) -> list[Say]:
    menu = turn.plain_menu() if turn.here.discreet else []
    if member.role not in enrolments.TAKE_PART:
        text = _("Thank you. You are in. /help shows what you can do here.")
        return [turn.say(text, edit=True), *([turn.full_menu()] if member.runs else menu)]
    thanks = turn.say(_("Thank you. Your answers are stored."), edit=True)
    return [thanks, *menu, *await standing(turn)]


async def _told(turn: Turn, member: Member) -> list[Say]:
    """A discreet word to who can approve; to who can invite them where nobody on the side can."""
    if member.state != "pending":
        return await joined_by(turn.db, member)
    if staff := await roster.coordinators(turn.db, member.side_id):
        text = _("Somebody has signed up and waits for approval.")
        return [Say(each.person_id, text, stacked(go(_("Show"), "people"))) for each in staff]
    text = _("Somebody waits for approval on a side that has no coordinator yet.")
    ways = stacked(go(_("Invite people"), "invite"))
    owners = await roster.owners(turn.db, member.network_id)
    return [Say(each.person_id, text, ways) for each in owners]


CONSENT = Flow("consent", _consent_form, _consented)
SIGN_UP = Flow("sign_up", _form, _done, _stopped, keep=True)
FLOWS = (CONSENT, SIGN_UP)
