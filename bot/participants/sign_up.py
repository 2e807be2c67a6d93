"""Signing up: consent, the questions, and what comes of them."""

from __future__ import annotations

from datetime import timedelta

from bot import forms
from bot.domain.forms import Answers, Form, One, Option, Step
from bot.domain.replies import Say, Value, _, paragraphs, stacked
from bot.forms import Flow, start
from bot.participants.answers import answers_of, profile_of, steps
from bot.participants.standing import standing
from bot.router import Turn, go
from bot.store import erase, exchanges, invites, networks, people, roster
from bot.store.networks import Member, Network, Side

CLOSED = _("That network is no longer there. /join shows where you could go instead.")


async def begin(turn: Turn, side: Side, role: str, invite_id: int | None) -> list[Say]:
    """Asks for consent where it isn't given yet, then signs up for a side in a role."""
    carried = {"side": side.id, "role": role, "invite": invite_id}
    if turn.me.consented_at is None:
        await erase.later(turn.db, turn.me.id, turn.now + erase.UNDECIDED)
        return await start(turn, CONSENT, carried)
    return await _ask(turn, carried)


async def _consent_form(turn: Turn, answers: Answers) -> Form:
    side = await networks.side(turn.db, int(answers["side"]))
    network = None if side is None else await networks.by_id(turn.db, side.network_id)
    options = (Option("yes", _("Yes, I agree")), Option("no", _("No, thank you")))
    ask = _("That network is no longer there.") if network is None else _explained(network)
    step = Step("agreed", ask, One(options), _("Consent"))
    return Form("consent", (step,), review=False, stoppable=False)


def _explained(network: Network) -> Value:
    return paragraphs(
        _("<b>Welcome to {network}.</b>", network=network.name),
        _(
            "People from different sides get to know each other here. "
            "I introduce two people to each other, and they talk or meet."
        ),
        _(
            "<b>What is stored:</b> your Telegram account number, your answers to a few questions, "
            "whom you were introduced to, and what you say about your meetings. "
            "Names, texts and the account number are encrypted."
        ),
        _(
            "<b>Who sees it:</b> the coordinators of your side. The person you are introduced to "
            "first sees only what you have in common, and your chosen name once you have both "
            "said yes."
        ),
        _(
            "<b>Good to know:</b> chats with bots are not end-to-end encrypted. Telegram, and "
            "whoever runs this bot, are able to read them."
        ),
        _("<b>Leaving:</b> /forget deletes everything about you, at any time."),
        _("Do you agree? Until you do, none of your answers is stored."),
    )


async def _consented(turn: Turn, answers: Answers) -> list[Say]:
    if answers["agreed"] == "no":
        return await _refused(turn)
    carried = {key: value for key, value in answers.items() if key != "agreed"}
    await people.set_consent(turn.db, turn.me.id, turn.now)
    return await _ask(turn, carried)


async def _refused(turn: Turn) -> list[Say]:
    if not turn.me.is_owner:
        await erase.forget(turn.db, turn.me)
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
    known: Answers = {key: told[key] for key in ("languages", "zone") if key in told}
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
        return Form("sign_up", (Step("gone", CLOSED, One(()), _("Network")),))
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
    member = await _joined(turn, network, side, answers)
    return [*await _welcome(turn, member), *await _told(turn, member)]


async def _joined(turn: Turn, network: Network, side: Side, answers: Answers) -> Member:
    role = str(answers["role"])
    state = "pending" if network.approval and role == "participant" else "active"
    profile = profile_of(answers)
    name = str(answers["name"])
    member_id = await networks.add_member(
        turn.db, turn.me.id, side, role, state, name, profile, turn.now
    )
    await people.set_zone(turn.db, turn.me.id, profile.zone)
    member = await networks.member(turn.db, member_id)
    if member is None:
        raise LookupError(f"member {member_id} was just stored")
    if state == "active":
        await exchanges.enrol_in_open(turn.db, member, turn.now)
    return member


async def _welcome(turn: Turn, member: Member) -> list[Say]:
    if member.role != "participant":
        text = _("Thank you. You are in. /help shows what you can do here.")
        return [turn.say(text, edit=True), *_staff_menu(turn, member)]
    return [turn.say(_("Thank you. Your answers are stored."), edit=True), *await standing(turn)]


def _staff_menu(turn: Turn, member: Member) -> list[Say]:
    return [turn.full_menu()] if member.role in {"coordinator", "owner"} else []


async def _told(turn: Turn, member: Member) -> list[Say]:
    """A discreet word to who can approve; the owners where the side has no coordinator yet."""
    if member.state != "pending":
        return []
    staff = await roster.coordinators(turn.db, member.side_id)
    to = [each.person_id for each in staff] or [each.id for each in await people.owners(turn.db)]
    text = _("Somebody has signed up and waits for approval.")
    return [Say(each, text, stacked(go(_("Show"), "people"))) for each in to]


CONSENT = Flow("consent", _consent_form, _consented)
SIGN_UP = Flow("sign_up", _form, _done, _stopped, keep=True)
FLOWS = (CONSENT, SIGN_UP)
