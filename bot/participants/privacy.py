"""/privacy and /forget: what is stored and why, and forgetting all of it."""

from __future__ import annotations

from datetime import timedelta

from bot.away import takes_along
from bot.domain.replies import Command, Say, _, button, lines, paragraphs, stacked
from bot.participants.swept import swept
from bot.partners import parted
from bot.router import Routes, Turn, go
from bot.seats import given_up
from bot.store import erase, networks, pairings, roster

SOON = timedelta(minutes=1)


STORED = (
    _("<b>What is stored, and why</b>"),
    _("• Your Telegram account number and language, to write to you."),
    _("• Your answers, to find people you have something in common with."),
    _("• Whom you were introduced to and when you meet, so that you meet somebody new each time."),
    _("• What you say about your meetings, to make them better and safer."),
    _("• What you send each other I pass on and do not keep."),
)
TRANSLATED = _(
    "• Where you and your partner speak different languages, a machine chosen by those who run "
    "this bot reads your messages, to translate them."
)
SEEN = (
    _("<b>Who sees it</b>"),
    _("• The coordinators of your side see your name and answers. Those of the other side do not."),
    _(
        "• Your partner knows you by a pseudonym until you show your chosen name. In some networks "
        "names are shown once you have both said yes."
    ),
    _("• Only the safeguarding contact of your side sees what you say about risks."),
)
KEPT = (
    _("<b>How it is kept</b>"),
    _("• Names, texts and account numbers are encrypted. A shared location is not kept."),
    _(
        "• Chats with bots are not end-to-end encrypted. Telegram, and whoever runs this bot, are "
        "able to read them."
    ),
)
YOURS = (
    _("/mydata gives you everything that is stored about you."),
    _("/forget deletes everything about you."),
    _("/discreet covers what I write to you, and says how you can hide this chat."),
)


async def privacy(turn: Turn) -> list[Say]:
    """Says what is stored, why, and who sees it."""
    stored = (*STORED, TRANSLATED) if turn.here.translates else STORED
    text = paragraphs(*(lines(*each) for each in (stored, SEEN, KEPT, YOURS)))
    ways = stacked(
        go(_("Give me everything about me"), "mydata"),
        go(_("Delete everything about me"), "forget"),
    )
    return [turn.say(text, ways)]


async def forget(turn: Turn) -> list[Say]:
    """Asks once."""
    text = paragraphs(
        _("Delete everything about you? This cannot be undone."),
        _(
            "Your answers, introductions and notes are deleted at once. Anybody you are introduced "
            "to at the moment is told only that the introduction has ended."
        ),
        _(
            "What we wrote here in the last two days I delete, too. What is older Telegram lets "
            "only you delete, in the menu of this chat."
        ),
    )
    ways = stacked(
        button(_("Yes, delete everything"), "forget.sure"), button(_("No, go back"), "forget.no")
    )
    return [turn.say(text, ways, edit=True)]


async def keep(turn: Turn) -> list[Say]:
    """Changes nothing."""
    return [turn.say(_("Good, everything stays as it is."), edit=True)]


async def sure(turn: Turn) -> list[Say]:
    """Forgets, ending what was going on first. Partners go first next time."""
    told = await parted(turn, await pairings.open_of(turn.db, turn.me.id))
    told += await given_up(turn.db, turn.me.id, turn.now)
    for member in await networks.memberships(turn.db, turn.me.id):
        told += await takes_along(turn, member)
    menu = turn.plain_menu() if await roster.is_staff(turn.db, turn.me.id) else []
    gone = await swept(turn)
    await erase.forget(turn.db, turn.me, turn.now)
    await erase.later(turn.db, turn.me.id, turn.now + SOON)
    text = _("It is done: everything about you is deleted. Take care. /start begins anew.")
    return [*gone, turn.say(text), *menu, *told]


MENU = (
    Command("privacy", _("What is stored, and why")),
    Command("forget", _("Delete everything about you")),
)
ROUTES = Routes({"privacy": privacy, "forget": forget}, {"forget.sure": sure, "forget.no": keep})
