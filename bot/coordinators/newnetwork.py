"""/newnetwork: an owner begins a network, side by side."""

from __future__ import annotations

from bot.coordinators.network_form import form_of, network_of
from bot.domain.consent import AGREED, consent
from bot.domain.forms import Answers, Form
from bot.domain.replies import Command, Say, _, button, paragraphs, stacked
from bot.forms import Flow, start
from bot.router import Routes, Turn
from bot.store import audit, founding, networks, people


async def newnetwork(turn: Turn) -> list[Say]:
    """Begins the form, for owners of the bot: first of all with their consent."""
    if not turn.is_owner:
        return [_not_owner(turn)]
    return await start(turn, NEW_NETWORK if turn.me.consented_at else CONSENT)


def _not_owner(turn: Turn) -> Say:
    return turn.say(
        _("Only the owner of this bot can begin a network. /help shows what you can do.")
    )


async def _consent_form(_turn: Turn, _answers: Answers) -> Form:
    return consent("newnetwork_consent", None)


async def _consented(turn: Turn, answers: Answers) -> list[Say]:
    if answers[AGREED] != "yes":
        return [turn.say(_("Nothing was changed."), edit=True)]
    await people.set_consent(turn.db, turn.me.id, turn.now)
    return await start(turn, NEW_NETWORK)


async def _form(_turn: Turn, answers: Answers) -> Form:
    return form_of(answers)


async def _done(turn: Turn, answers: Answers) -> list[Say]:
    if not turn.is_owner:
        return [_not_owner(turn)]
    new, mine = network_of(answers), int(answers["mine"])
    if mine >= len(new.sides):
        kept = {key: value for key, value in answers.items() if key != "mine"}
        return await start(turn, NEW_NETWORK, kept)
    name, zone = str(answers["own_name"]), turn.me.zone or new.sides[mine].zone
    network_id = await founding.found(turn.db, new, turn.me.id, mine, turn.now, name=name)
    await networks.lives_in(turn.db, turn.me.id, zone)
    await audit.note(turn.db, network_id, "network.founded", turn.now)
    text = paragraphs(
        _("The network {network} is ready.", network=new.name),
        _(
            "Next, invite a coordinator for each side. They invite the people of their side, "
            "and together you start the first round when enough have signed up."
        ),
    )
    ways = stacked(button(_("Invite a coordinator"), "invite.side", network_id, "coordinator"))
    return [turn.say(text, ways), turn.full_menu()]


CONSENT = Flow("newnetwork_consent", _consent_form, _consented)
NEW_NETWORK = Flow("newnetwork", _form, _done)
FLOWS = (CONSENT, NEW_NETWORK)
MENU = (Command("newnetwork", _("Begin a network"), for_coordinators=True),)
ROUTES = Routes({"newnetwork": newnetwork})
