"""What can be changed in an activity: its cadence and shape, what counts, whether it is open."""

from __future__ import annotations

from datetime import timedelta

from bot.coordinators.desk import Desk, refused
from bot.coordinators.exchange_knobs import LEVELS, knobs, term_named, terms
from bot.coordinators.exchanges import card, found_at, tell_others
from bot.coordinators.how import chosen
from bot.domain import exchange as rules_of
from bot.domain.exchange import MATCHED
from bot.domain.replies import (
    Button,
    Say,
    Text,
    Value,
    _,
    button,
    in_rows,
    lines,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.router import Routes, Turn, too_old
from bot.store import enrolments, exchange_settings, reminders, rounds
from bot.store.exchanges import Exchange

DONE = _("Done. The coordinators of the other sides have been told.")
OPINIONS = "opinions"
THEY_DO_NOT = _("In this network opinions do not count. Its owner can change that: /network.")
BEING_HELD = _("A round is being held at the moment. Please try again in a few minutes.")


async def _open(turn: Turn, exchange_id: int) -> tuple[Desk, Exchange] | list[Say]:
    """The open activity, held, and the desk; else what to say instead."""
    found = await found_at(turn, exchange_id)
    if found is None:
        return [refused(turn)]
    if found[1].state != "open":
        text = _("Something has changed meanwhile. This is how it stands:")
        return [await card(turn, *found, text)]
    return found


async def _changed(turn: Turn, at: Desk, exchange: Exchange, news: Value = DONE) -> list[Say]:
    return [await card(turn, at, exchange, news), *await tell_others(turn, at, exchange)]


def _ticked(words: Value, *, on: bool) -> Value:
    return _("✓ {option}", option=words) if on else words


def _back(exchange: Exchange, action: str = "exchanges.show") -> Button:
    return button(_("Back"), action, exchange.id)


async def knob(turn: Turn, exchange_id: int, name: str) -> list[Say]:
    """One question, its values as buttons."""
    found = await _open(turn, exchange_id)
    if isinstance(found, list):
        return found
    exchange = found[1]
    if name not in knobs(exchange.format):
        return [too_old(turn)]
    one, now = knobs(exchange.format)[name], int(exchange.settled.as_json()[name])
    ways = (
        button(_ticked(words, on=value == now), "exchanges.set", exchange_id, name, value)
        for value, words in one.values.items()
    )
    return [turn.say(one.ask, stacked(*ways, _back(exchange)), edit=True)]


async def set_knob(turn: Turn, exchange_id: int, name: str, value: int) -> list[Say]:
    """Sets one of them; another cadence moves the next round."""
    found = await _open(turn, exchange_id)
    if isinstance(found, list):
        return found
    at, exchange = found
    if await rounds.latest(turn.db, exchange_id, "approved"):
        return [await card(turn, at, exchange, BEING_HELD)]
    one = knobs(exchange.format).get(name)
    if one is None or value not in one.values:
        return [too_old(turn)]
    settled = exchange.settled.as_json()
    before = settled[name]
    if before == value:
        return [await card(turn, at, exchange)]
    given = bool(value) if isinstance(before, bool) else value
    await exchange_settings.set_settings(turn.db, exchange_id, settled | {name: given})
    if name == "round_days":
        next_at = rules_of.moved(exchange.next_round_at, int(before), value, turn.now)
        await rounds.set_next(turn.db, exchange_id, next_at)
    await at.note(turn, "exchanges.set", str(exchange_id), setting=name, before=before, after=given)
    return await _changed(turn, at, exchange)


async def weights(turn: Turn, exchange_id: int) -> list[Say]:
    """What must hold of a match, and what counts for how well it fits."""
    found = await _open(turn, exchange_id)
    return found if isinstance(found, list) else [_weights(turn, found[1])]


def _weights(turn: Turn, exchange: Exchange) -> Say:
    told = (
        _("• {what}: {level}", what=term_named(exchange, each), level=_level(weight))
        for each, weight in terms(exchange).items()
    )
    text = paragraphs(
        chosen(exchange.asks) if exchange.format in MATCHED else None,
        lines(_("<b>What counts, and how much</b>"), *told),
    )
    ways = (
        button(term_named(exchange, each), "exchanges.weight", exchange.id, n)
        for n, each in enumerate(terms(exchange))
    )
    return turn.say(text, stacked(*ways, _back(exchange)), edit=True)


def _level(weight: float) -> Text:
    return LEVELS[rules_of.level(weight)]


async def weight(turn: Turn, exchange_id: int, place: int) -> list[Say]:
    """How much one term counts."""
    found = await _open(turn, exchange_id)
    if isinstance(found, list):
        return found
    exchange = found[1]
    named = list(terms(exchange))
    if place >= len(named):
        return [too_old(turn)]
    now = rules_of.level(terms(exchange)[named[place]])
    text = _("How much should this count: {what}?", what=term_named(exchange, named[place]))
    ways = [
        button(_ticked(words, on=each == now), "exchanges.weigh", exchange_id, place, each)
        for each, words in LEVELS.items()
    ]
    back = stacked(_back(exchange, "exchanges.weights"))
    return [turn.say(text, (*in_rows(ways, 2), *back), edit=True)]


async def weigh(turn: Turn, exchange_id: int, place: int, level: str) -> list[Say]:
    """Has a term count that much from the next round on."""
    found = await _open(turn, exchange_id)
    if isinstance(found, list):
        return found
    at, exchange = found
    named = list(terms(exchange))
    if place >= len(named) or level not in LEVELS:
        return [too_old(turn)]
    if named[place] == OPINIONS and not at.network.settled.opinions:
        return [await card(turn, at, exchange, THEY_DO_NOT)]
    before = rules_of.level(terms(exchange)[named[place]])
    if before == level:
        return [_weights(turn, exchange)]
    rules = rules_of.weighed(exchange.asks, named[place], rules_of.LEVELS[level])
    await exchange_settings.set_rules(turn.db, exchange_id, rules)
    about = {"term": named[place], "before": before, "after": level}
    await at.note(turn, "exchanges.weighed", str(exchange_id), **about)
    return await _changed(turn, at, exchange)


async def tell(turn: Turn, exchange_id: int) -> list[Say]:
    """Who could take part is told of it, once each, in the hours that suit them."""
    found = await _open(turn, exchange_id)
    if isinstance(found, list):
        return found
    at, exchange = found
    await enrolments.opened(turn.db, exchange_id, turn.now)
    await at.note(turn, "exchanges.told", str(exchange_id))
    text = _("I tell everybody who could take part, each by day and once.")
    return [await card(turn, at, exchange, text)]


async def close(turn: Turn, exchange_id: int) -> list[Say]:
    """Asks whether to close it."""
    found = await _open(turn, exchange_id)
    if isinstance(found, list):
        return found
    text = paragraphs(
        _("Close this activity?"),
        _(
            "Those who have been introduced go on as they are. Nobody new is introduced, and who "
            "is waiting is told so, kindly. You can open it again."
        ),
    )
    ways = stacked(
        button(_("Yes, close it"), "exchanges.closed", exchange_id),
        _back(found[1]),
    )
    return [turn.say(text, ways, edit=True)]


async def closed(turn: Turn, exchange_id: int) -> list[Say]:
    """Closes it: no more rounds, and who waits is told, a page at a time."""
    found = await _open(turn, exchange_id)
    if isinstance(found, list):
        return found
    at, exchange = found
    if await rounds.latest(turn.db, exchange_id, "approved"):
        return [await card(turn, at, exchange, BEING_HELD)]
    if asked := await rounds.latest(turn.db, exchange_id, "matching", "draft"):
        await rounds.set_state(turn.db, asked.id, "cancelled")
    await exchange_settings.set_open(turn.db, exchange_id, turn.now, is_open=False)
    await rounds.set_next(turn.db, exchange_id, None)
    tag = f"{turn.now:%Y%m%d%H%M%S}:0"
    await reminders.schedule(turn.db, "exchange_closed", exchange_id, turn.now, tag=tag)
    await at.note(turn, "exchanges.closed", str(exchange_id))
    return await _changed(turn, at, exchange)


async def reopen(turn: Turn, exchange_id: int) -> list[Say]:
    """Opens it again: who waited is in line as before."""
    found = await found_at(turn, exchange_id)
    if found is None:
        return [refused(turn)]
    at, exchange = found
    if exchange.state == "open":
        return [await card(turn, at, exchange)]
    await exchange_settings.set_open(turn.db, exchange_id, turn.now, is_open=True)
    if not at.network.settled.opinions:
        rules = rules_of.weighed(exchange.asks, OPINIONS, 0)
        await exchange_settings.set_rules(turn.db, exchange_id, rules)
    await reminders.cancel(turn.db, exchange_id, "exchange_closed", "activity_closed")
    if exchange.format in MATCHED:
        next_at = turn.now + timedelta(days=exchange.settled.round_days)
        await rounds.set_next(turn.db, exchange_id, next_at)
    await at.note(turn, "exchanges.reopened", str(exchange_id))
    return await _changed(turn, at, exchange)


ROUTES = Routes(
    buttons={
        "exchanges.knob": knob,
        "exchanges.set": set_knob,
        "exchanges.weights": weights,
        "exchanges.weight": weight,
        "exchanges.weigh": weigh,
        "exchanges.tell": tell,
        "exchanges.close": close,
        "exchanges.closed": closed,
        "exchanges.reopen": reopen,
    },
    right=Right.EXCHANGES,
)
