"""/thaw: what rests begins again, in three steps that the coordinators of every side agree to."""

from __future__ import annotations

from dataclasses import replace

from bot.coordinators.agreed import awaited
from bot.coordinators.agreed import missing as missing_
from bot.coordinators.desk import Desk, choose, desk, refused
from bot.coordinators.freeze import place_of, told_staff
from bot.domain.replies import (
    Command,
    Say,
    Text,
    When,
    _,
    button,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.router import Routes, Turn
from bot.store import agreements, broadcasts, freezes, reminders
from bot.store.freezes import Freeze
from bot.store.tables import reminders as reminder_rows

STEPS: dict[int, Text] = {
    1: _("People are told gently that it can begin again, and choose whether to."),
    2: _("Reminders come again, and introductions can be answered for as long as before."),
    3: _("Rounds and messages to many take place again. Then it is over."),
}


async def thaw(turn: Turn) -> list[Say]:
    """/thaw: of which network, then what rests."""
    return await choose(turn, _("Which network?"), "thaw.of", _first, Right.FREEZE)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """What rests in this network."""
    at = await desk(turn, network_id, Right.FREEZE)
    return [refused(turn)] if at is None else await _first(turn, at)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    found = await freezes.open_in(turn.db, at.network.id)
    if not found:
        return [
            turn.say(_("Nothing rests at the moment. /freeze lets everything rest."), edit=True)
        ]
    if len(found) == 1:
        return [await _card(turn, at, found[0])]
    ways = (button(place_of(each.region), "thaw.show", each.id) for each in found)
    return [turn.say(_("Where should it begin again?"), stacked(*ways), edit=True)]


async def _held(turn: Turn, freeze_id: int) -> tuple[Desk, Freeze] | None:
    found = await freezes.held(turn.db, freeze_id)
    at = None if found is None else await desk(turn, found.network_id, Right.FREEZE)
    return None if found is None or at is None else (at, found)


async def show(turn: Turn, freeze_id: int) -> list[Say]:
    """How far a freeze is thawed, and what comes next."""
    found = await _held(turn, freeze_id)
    return [refused(turn)] if found is None else [await _card(turn, *found)]


async def _card(turn: Turn, at: Desk, found: Freeze, news: Text | None = None) -> Say:
    place = place_of(found.region)
    if found.state == "over":
        over = _("It has begun again in: <b>{place}</b>.", place=place)
        return turn.say(paragraphs(news, over), edit=True)
    missing = await missing_(turn.db, at.network.id, "thaw", _subject(found))
    mine = any(each.id == at.side.id for each in missing)
    done = [STEPS[step] for step in STEPS if step <= found.step]
    text = paragraphs(
        news,
        _(
            "Everything rests in <b>{place}</b> since {when}.",
            place=place,
            when=When(found.began_at),
        ),
        *(_("✓ {step}", step=each) for each in done),
        _("The next step: {step}", step=STEPS[found.step + 1]),
        await awaited(turn.db, missing),
    )
    ways = stacked(
        button(_("Agree to this step"), "thaw.agree", found.id, found.step + 1) if mine else None,
        button(_("Back"), "thaw.of", at.network.id),
    )
    return turn.say(text, ways, edit=True)


def _subject(found: Freeze) -> int:
    """What is agreed to: the next step of this freeze."""
    return found.id * 10 + found.step + 1


async def agree(turn: Turn, freeze_id: int, step: int) -> list[Say]:
    """One's own side agrees to the next step, which begins once all have."""
    both = await _held(turn, freeze_id)
    if both is None:
        return [refused(turn)]
    at, found = both
    if found.state == "over" or step != found.step + 1:
        return [await _card(turn, at, found)]
    before = await missing_(turn.db, at.network.id, "thaw", _subject(found))
    await agreements.agree(turn.db, "thaw", _subject(found), at.side.id, at.me.id, turn.now)
    missing = [each for each in before if each.id != at.side.id]
    if len(missing) < len(before):
        await at.note(turn, "network.thaw_agreed", str(step))
    if missing:
        ask = _("Your agreement to a next step is awaited: /thaw.")
        said = await _card(turn, at, found, _("Your side has agreed."))
        return [said, *(await told_staff(turn, at, ask) if len(missing) < len(before) else [])]
    return await _begins(turn, at, found, step)


async def _begins(turn: Turn, at: Desk, found: Freeze, step: int) -> list[Say]:
    await freezes.went_to(turn.db, found, step, turn.now)
    await at.note(turn, "network.thawed", str(step))
    state = "over" if step == freezes.LAST else "thawing"
    now = replace(found, step=step, state=state)
    if step == 1:
        await reminders.schedule(turn.db, "thaw_word", found.id, turn.now)
    elif step == freezes.RESUMED:
        await reminders.schedule(turn.db, "thaw_proposals", found.id, turn.now)
    else:
        await broadcasts.resume(turn.db, now)
        of_rounds = reminder_rows.c.subject_id.in_(freezes.exchanges_of(found))
        await reminders.release(turn.db, of_rounds, turn.now)
    news = _("The sides have agreed to a next step. /thaw shows it.")
    said = await _card(turn, at, now, _("All sides have agreed, and this step begins now."))
    return [said, *await told_staff(turn, at, news)]


MENU = (Command("thaw", _("Begin again, step by step"), for_coordinators=True),)
ROUTES = Routes(
    {"thaw": thaw},
    {"thaw.of": of, "thaw.show": show, "thaw.agree": agree},
    right=Right.FREEZE,
)
