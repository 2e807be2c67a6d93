"""What partners, and those of a group, send each other: passed on without who they are, not kept.

What would show who somebody is waits for their word. While it does it is in their own chat only:
the question answers it, and Telegram brings it along with the answer to the question.
"""

from __future__ import annotations

from dataclasses import replace

from bot import together, tongues
from bot.domain.parcels import LARGEST, WORDLESS, Parcel
from bot.domain.replies import (
    Command,
    Listed,
    Say,
    Text,
    _,
    button,
    in_rows,
    paragraphs,
    stacked,
)
from bot.domain.revealing import showing
from bot.participants.letters import Line, line_of, pass_on, rewritten, too_many
from bot.participants.others import keepers
from bot.participants.translated import erased, withdraw
from bot.router import Routes, Turn, too_old
from bot.store import forms, groups, pairings, relayed
from bot.store.relayed import Relayed

PASSED_ON = _("It is passed on.")
NOT_CHANGED = _(
    "I cannot pass this change on: what was passed on stays as it was. You can take it back with "
    "/delete and send it anew."
)
TOO_LATE = _("I cannot take this back. Telegram lets me do that for two days only.")
ELSEWHERE = _(
    "I have passed this on already, to somebody else. If it is meant for this one, too, please "
    "send it again."
)


async def write(turn: Turn, match_id: int) -> list[Say]:
    """From now on, for a while, what this person sends goes to their partner or group."""
    line = await line_of(turn, match_id)
    if isinstance(line, list):
        return line
    await relayed.talk(turn.db, turn.me.id, match_id, turn.now)
    tongues.wake()
    text = paragraphs(
        await _heading(turn, match_id),
        _(
            "What you send me now I pass on: words, pictures, voice, files, a place. I keep none "
            "of it. 🤝 on your message shows that it has arrived."
        ),
        _(
            "If something shows who you are, I ask you first. To take a message back, answer it "
            "with /delete."
        ),
        _("Open no link you are sent unless you trust who sent it: it can show where you are."),
    )
    return [turn.say(text, stacked(button(_("Stop writing"), "relay.stop", match_id)))]


async def _heading(turn: Turn, match_id: int) -> Text:
    pairing = await pairings.of(turn.db, turn.me.id, match_id)
    if pairing is None:
        return _("You are writing to your group.")
    return _("You are writing to <b>{name}</b>.", name=pairing.partner.shown)


async def stop(turn: Turn, match_id: int) -> list[Say]:
    """What they send goes to nobody any more."""
    await relayed.hush(turn.db, turn.me.id)
    again = button(_("Write again"), "relay.write", match_id)
    text = _("What you send me now stays between us.")
    return [turn.say(text, stacked(again, button(_("Show"), "match.all")), edit=True)]


async def heard(turn: Turn) -> list[Say] | None:
    """What somebody sends while they write to somebody, or could."""
    parcel = turn.event.parcel
    if parcel is None:
        return None
    if talk := await relayed.talk_of(turn.db, turn.me.id, turn.now):
        await relayed.talk(turn.db, turn.me.id, talk.match_id, turn.now)
        return await _send(turn, talk.match_id, parcel)
    return await _offered(turn, parcel)


async def _offered(turn: Turn, parcel: Parcel) -> list[Say] | None:
    """Whom it is meant for, where it can be for anybody."""
    mine = await pairings.active_of(turn.db, turn.me.id)
    here = await groups.active_of(turn.db, turn.me.id)
    if not mine and not here:
        return None
    to = [button(each.partner.shown, "relay.send", each.match.id) for each in mine]
    to += [together.way_to(each, "relay.send") for each in here]
    nobody = button(_("To nobody"), "relay.drop")
    text = _("Shall I pass this on? To whom?")
    return [turn.say(text, (*in_rows(to, 2), *stacked(nobody)), answers=parcel.id)]


async def answered(turn: Turn) -> list[Say] | None:
    """An answer to a message that was passed on, or a change of one's own."""
    parcel, at = turn.event.parcel, turn.event.replied_to
    if parcel is None:
        return None
    if turn.event.edited:
        return await _changed(turn, parcel)
    if at is None or await _fills_in(turn):
        return None
    origin = await _origin(turn, at)
    return None if origin is None else await _send(turn, origin.match_id, parcel, origin)


async def _fills_in(turn: Turn) -> bool:
    """Whether a question is open: what they send answers it, be it a report of what they answer."""
    form = await forms.of(turn.db, turn.me.id)
    return form is not None and not form.state["paused"]


async def _origin(turn: Turn, message_id: int) -> Relayed | None:
    if found := await relayed.of_copy(turn.db, turn.me.id, message_id):
        return found
    mine = await relayed.of_message(turn.db, turn.me.id, message_id)
    return mine[0] if mine else None


async def _send(
    turn: Turn, match_id: int, parcel: Parcel, origin: Relayed | None = None
) -> list[Say]:
    """Passes something on, or asks first where it shows who they are."""
    line = await line_of(turn, match_id)
    if isinstance(line, list):
        return line
    if why := _why_not(parcel):
        return [turn.say(why, answers=parcel.id)]
    if shown := showing(parcel):
        return [_ask(turn, parcel, shown, "relay.sure", match_id)]
    return await too_many(turn, line, parcel) or await pass_on(turn, line, parcel, origin)


def _why_not(parcel: Parcel) -> Text | None:
    if parcel.kind == "other":
        return _("I cannot pass this on. Words, pictures, voice, files and places I can.")
    if parcel.size > LARGEST:
        return _("This file is too large for me. Up to 20 megabytes I can pass on.")
    return None


def _ask(turn: Turn, parcel: Parcel, shown: list[Text], action: str, match_id: int) -> Say:
    text = _(
        "This could show who you are: I see {what}. Pass it on all the same?",
        what=Listed(tuple(shown)),
    )
    ways = stacked(button(_("Yes, pass it on"), action, match_id), button(_("No"), "relay.drop"))
    return turn.say(text, ways, answers=parcel.id)


async def send(turn: Turn, match_id: int) -> list[Say]:
    """Passes on what they sent before they said to whom."""
    return await _given(turn, match_id, sure=False)


async def sure(turn: Turn, match_id: int) -> list[Say]:
    """Passes on what shows who they are: they know, and want it."""
    return await _given(turn, match_id, sure=True)


async def _asked_about(turn: Turn, match_id: int) -> tuple[Parcel, Line] | list[Say]:
    """The message of theirs that a question answers, and whom it is for; else what to say."""
    parcel = turn.event.parcel
    if parcel is None or not parcel.own:
        return [too_old(turn)]
    line = await line_of(turn, match_id)
    return line if isinstance(line, list) else (parcel, line)


async def _given(turn: Turn, match_id: int, *, sure: bool) -> list[Say]:
    about = await _asked_about(turn, match_id)
    if isinstance(about, list):
        return about
    parcel, line = about
    if why := _why_not(parcel):
        return [turn.say(why, edit=True)]
    if not sure and (shown := showing(parcel)):
        asked = _ask(turn, parcel, shown, "relay.sure", match_id)
        return [turn.say(asked.text, asked.buttons, edit=True)]
    if copies := await relayed.of_message(turn.db, turn.me.id, parcel.id):
        here = any(each.match_id == match_id for each in copies)
        return [turn.say(PASSED_ON if here else ELSEWHERE, edit=True)]
    if slow := await too_many(turn, line, parcel):
        return slow
    await relayed.talk(turn.db, turn.me.id, match_id, turn.now)
    done = turn.say(
        PASSED_ON, stacked(button(_("Stop writing"), "relay.stop", match_id)), edit=True
    )
    return [done, *await pass_on(turn, line, parcel, None)]


async def change(turn: Turn, match_id: int) -> list[Say]:
    """Changes what was passed on, although it shows who they are now: they know, and want it."""
    about = await _asked_about(turn, match_id)
    if isinstance(about, list):
        return about
    parcel, line = about
    copies = await relayed.of_message(turn.db, turn.me.id, parcel.id, hold=True)
    here = [each for each in copies if each.match_id == match_id]
    if not here:
        return [too_old(turn)]
    changed = await rewritten(turn, line, parcel, here)
    text = NOT_CHANGED if changed is None else _("It is changed.")
    return [turn.say(text, edit=True), *(changed or [])]


async def drop(turn: Turn) -> list[Say]:
    """It stays with them."""
    return [turn.say(_("That is all right. It stays between us."), edit=True)]


async def _changed(turn: Turn, parcel: Parcel) -> list[Say]:
    """What somebody changed is changed for those who have it; else they hear that it is not.

    Telegram tells of a place that moves as of a change, again and again: that is not passed on.
    """
    copies = await relayed.of_message(turn.db, turn.me.id, parcel.id, hold=True)
    if not copies or parcel.kind in (*WORDLESS, "other"):
        return []
    line = await line_of(turn, copies[0].match_id)
    if isinstance(line, list):
        return [replace(each, answers=parcel.id) for each in line]
    if shown := showing(parcel):
        return [_ask(turn, parcel, shown, "relay.change", line.match_id)]
    changed = await rewritten(turn, line, parcel, copies)
    return [turn.say(NOT_CHANGED, answers=parcel.id)] if changed is None else changed


async def delete(turn: Turn) -> list[Say]:
    """/delete: takes back what was passed on, as far as Telegram lets a bot do that."""
    at = turn.event.replied_to
    mine = [] if at is None else await relayed.of_message(turn.db, turn.me.id, at, hold=True)
    if not mine:
        return [turn.say(_("To take a message back, answer that message with /delete."))]
    if not any(_fresh(turn, each) for each in mine):
        return [turn.say(TOO_LATE, answers=at)]
    keep = await keepers(turn, mine[0].match_id, [each.reader_id for each in mine])
    back = [each for each in mine if each.copy_id is None or each.reader_id not in keep]
    gone = [each for each in back if _fresh(turn, each)]
    said = [*erased(gone), *await withdraw(turn, turn.me.id, gone)]
    await relayed.take_back(turn.db, gone)
    text = _(
        "I take it back where I still can, for two days after it was sent. It may have been read "
        "before."
    )
    return [turn.say(text, answers=at), *said]


def _fresh(turn: Turn, each: Relayed) -> bool:
    """Whether Telegram still lets it be taken back."""
    return each.copy_id is None or turn.now - each.at < relayed.ERASABLE


MENU = (Command("delete", _("Take back a message that was passed on")),)
ROUTES = Routes(
    {"delete": delete},
    {
        "relay.write": write,
        "relay.stop": stop,
        "relay.send": send,
        "relay.sure": sure,
        "relay.change": change,
        "relay.drop": drop,
    },
    catch=(heard,),
    first=(answered,),
)
