"""What a coordinator does about an introduction: remind of it, end it, or never have it again."""

from __future__ import annotations

from collections.abc import Collection

from bot.coordinators.desk import Desk
from bot.coordinators.pairs import Seen, opened
from bot.domain.calendar import local_day
from bot.domain.replies import Rows, Say, Text, _, button, paragraphs, stacked
from bot.domain.rights import Right
from bot.partners import NOTHING_ELSE, came_of_it
from bot.router import Routes, Turn
from bot.store import forbidden, pairings, reminders
from bot.store.pairings import Half, Pairing

ON_ITS_WAY = _(
    "A gentle reminder is on its way to whoever is there. Where it is night now, it comes in the "
    "morning."
)


async def remind(turn: Turn, match_id: int) -> list[Say]:
    """Has those whose move it is reminded once a day, at an hour that suits them."""
    seen = await opened(turn, match_id, hold=True)
    if isinstance(seen, Say):
        return [seen]
    back = stacked(button(_("Back"), "pairs.show", match_id))
    kind, whom, nobody = _whose_move(turn, seen)
    if not whom and nobody is not ON_ITS_WAY:
        return [turn.say(nobody, back, edit=True)]
    tag = f"by-hand-{local_day(turn.now, 'UTC'):%Y%m%d}"
    for half in whom:
        await reminders.schedule(turn.db, kind, match_id, turn.now, half.person.id, tag)
    await seen.at.note(turn, "pairs.reminded", _code(seen))
    return [turn.say(ON_ITS_WAY, back, edit=True)]


def _whose_move(turn: Turn, seen: Seen) -> tuple[str, list[Half], Text]:
    """The reminder, to whom it goes, and what to say if to nobody.

    Whether the other side has answered stays there, so they are not reminded from here.
    """
    pair = seen.pair
    if pair.match.state == "proposed":
        asked = [pair.me] if pair.me.present and not pair.me.said.answer else []
        return "proposal_nudge", asked, _("Nobody of your side has to answer at the moment.")
    if any(each.state == "agreed" and each.starts_at > turn.now for each in seen.planned):
        return (
            "next_meeting",
            [],
            _("They have agreed on a meeting: there is nothing to remind of."),
        )
    both = list(pair.halves) if all(half.present for half in pair.halves) else []
    return "next_meeting", both, ON_ITS_WAY  # that one is away, and who, stays on their side


def _code(seen: Seen) -> str:
    return seen.pair.me.member.code or ""


async def end(turn: Turn, match_id: int) -> list[Say]:
    """Asks whether to end an introduction, and how the two are to wait then."""
    seen = await opened(turn, match_id)
    if isinstance(seen, Say):
        return [seen]
    text = paragraphs(
        _(
            "End the introduction of {name}? Both are told kindly, wait for somebody new, "
            "and are not introduced to each other again.",
            name=seen.pair.me.name,
        ),
        _("Those who go first are among the first in the next round."),
    )
    ways = stacked(
        button(_("End it, and let both go first"), "pairs.ended", match_id),
        button(_("End it, and let both wait in line"), "pairs.parted", match_id),
        button(_("No, go back"), "pairs.show", match_id),
    )
    return [turn.say(text, ways, edit=True)]


async def ended(turn: Turn, match_id: int) -> list[Say]:
    """Ends an introduction; both go first next time, as neither chose it."""
    return await _ends(turn, match_id, "pairs.matched_again", first=True)


async def parted(turn: Turn, match_id: int) -> list[Say]:
    """Ends an introduction; both wait at the place they have."""
    return await _ends(turn, match_id, "pairs.ended", first=False)


async def _ends(turn: Turn, match_id: int, what: str, *, first: bool) -> list[Say]:
    seen = await opened(turn, match_id, hold=True)
    if isinstance(seen, Say):
        return [seen]
    return await _over(turn, seen, what, seen.pair.member_ids if first else ())


async def _over(turn: Turn, seen: Seen, what: str, first: Collection[int]) -> list[Say]:
    pair, at = seen.pair, seen.at
    await pairings.end(turn.db, pair, "closed", turn.now, "coordinator", first)
    await at.note(turn, what, _code(seen))
    others = [await _told(turn, pair, half, bool(first)) for half in pair.halves if half.present]
    done = turn.say(_("The introduction has ended. Both are told."), _back(at), edit=True)
    return [done, *others]


def _back(at: Desk) -> Rows:
    return stacked(button(_("Back"), "pairs.of", at.network.id))


async def _told(turn: Turn, pair: Pairing, half: Half, first: bool) -> Say:
    follows = _("You are in line for somebody new.")
    if first:
        follows = _("You are in line for somebody new, and will be among the first.")
    if await pairings.goes_on(turn.db, pair, half):
        follows = NOTHING_ELSE
    text = _("A coordinator has ended an introduction you were in. You need not do anything.")
    ways = stacked(await came_of_it(turn.db, pair.match.id))
    return Say(half.person.id, paragraphs(text, follows), ways)


async def forbid(turn: Turn, match_id: int) -> list[Say]:
    """Asks whether to end it and never to have these two in anything together again."""
    seen = await opened(turn, match_id)
    if isinstance(seen, Say):
        return [seen]
    text = paragraphs(
        _("End the introduction of {name}, for good?", name=seen.pair.me.name),
        _(
            "Both are told kindly that it has ended, and go first next time. They never come "
            "into the same pair, circle or team again, and are not told that."
        ),
    )
    ways = stacked(
        button(_("Yes, for good"), "pairs.forbidden", match_id),
        button(_("No, go back"), "pairs.show", match_id),
    )
    return [turn.say(text, ways, edit=True)]


async def forbidden_(turn: Turn, match_id: int) -> list[Say]:
    """Ends it and forbids the two."""
    seen = await opened(turn, match_id, hold=True)
    if isinstance(seen, Say):
        return [seen]
    both, at = seen.pair.member_ids, seen.at
    await forbidden.add(turn.db, both[0], both[1], at.me, turn.now)
    return await _over(turn, seen, "people.forbidden", both)


ROUTES = Routes(
    {},
    {
        "pairs.remind": remind,
        "pairs.end": end,
        "pairs.ended": ended,
        "pairs.parted": parted,
        "pairs.forbid": forbid,
        "pairs.forbidden": forbidden_,
    },
    right=Right.PAIRS,
)
