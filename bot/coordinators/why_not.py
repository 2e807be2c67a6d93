"""Why somebody has not been introduced to anybody: as the last round said, or as they stand."""

from __future__ import annotations

from bot.coordinators.desk import refused
from bot.coordinators.people import named
from bot.coordinators.person import seen
from bot.domain.exchange import MATCHED
from bot.domain.replies import Say, Text, Value, When, _, button, lines, paragraphs, stacked
from bot.domain.rights import Right
from bot.domain.rounds import helps, why_left
from bot.domain.tracks import title
from bot.router import Routes, Turn
from bot.store import drafts, enrolments, exchanges, people, rounds
from bot.store.enrolments import Enrolment
from bot.store.exchanges import Exchange
from bot.store.networks import Member

OF_STATE: dict[str, Text] = {
    "pending": _("They are waiting for approval."),
    "paused": _("They are on a pause, as they wished."),
    "held": _("They are on a pause, by a coordinator."),
}
OF_ENROLMENT: dict[str, Text] = {
    "skipping": _("They skip the next round, as they wished."),
    "matched": _("They are asked or introduced already: /pairs shows how it stands."),
    "out": _("They have stopped taking part in it."),
}


async def show(turn: Turn, member_id: int) -> list[Say]:
    """The reasons, activity by activity."""
    found = await seen(turn, member_id)
    if found is None:
        return [refused(turn)]
    member = found[1]
    told = [_head(member), *await _told(turn, member)]
    ways = stacked(button(_("Back"), "people.show", member_id))
    return [turn.say(paragraphs(*told), ways, edit=True)]


def _head(member: Member) -> Text:
    return _("<b>Why {name} has no introduction</b>", name=named(member))


async def _told(turn: Turn, member: Member) -> list[Value]:
    person = await people.by_id(turn.db, member.person_id)
    if member.state != "active":
        return [OF_STATE.get(member.state, _("They do not take part at the moment."))]
    if person is None or person.state != "here":
        return [_("Telegram does not deliver to them: they may have blocked the bot.")]
    found = [await _within(turn, each) for each in await enrolments.of_member(turn.db, member.id)]
    reasons = [each for each in found if each is not None]
    return reasons or [_("They have not chosen anything to take part in yet.")]


async def _within(turn: Turn, enrolment: Enrolment) -> Value | None:
    exchange = await exchanges.by_id(turn.db, enrolment.exchange_id)
    if exchange is None or exchange.state != "open" or exchange.format not in MATCHED:
        return None
    name = title(exchange.name, exchange.track, exchange.format)
    reason = OF_ENROLMENT.get(enrolment.state)
    if reason is not None:
        return lines(_("<b>{activity}</b>", activity=name), reason)
    waits = _("They wait since {when}.", when=When(enrolment.waiting_since))
    return lines(
        _("<b>{activity}</b>", activity=name), waits, *await _waiting(turn, exchange, enrolment)
    )


async def _waiting(turn: Turn, exchange: Exchange, enrolment: Enrolment) -> list[Text]:
    """What the last round said of somebody who waits."""
    coming = exchange.next_round_at
    following = _("The next round is planned for {when}.", when=When(coming)) if coming else None
    last = await rounds.latest(turn.db, exchange.id, "approved", "done")
    if last is None or last.approved_at is None or last.approved_at < enrolment.waiting_since:
        told: list[Text | None] = [_("No round has taken place since then."), following]
        return [each for each in told if each is not None]
    left = (await drafts.left(turn.db, last.id, [enrolment.member_id])).get(enrolment.member_id)
    when = When(last.approved_at)
    if left is None:
        told = [_("What the round of {when} said of them is no longer kept.", when=when)]
    else:
        why = why_left(left.told)
        told = [_("In the round of {when}: {why}.", when=when, why=why), helps(left.told)]
    return [each for each in (*told, following) if each is not None]


ROUTES = Routes({}, {"why.show": show}, right=Right.PEOPLE)
