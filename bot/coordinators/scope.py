"""What a screen of figures is about: a network, or one of its exchanges."""

from __future__ import annotations

from dataclasses import dataclass

from bot.coordinators.desk import Desk, desk
from bot.domain.figures import shown
from bot.domain.replies import Button, Value, _, button
from bot.domain.rights import Right
from bot.domain.tracks import title
from bot.pictures.charts import said
from bot.router import Turn
from bot.store import exchange_settings, exchanges, networks
from bot.store.exchanges import Exchange
from bot.store.networks import Side
from bot.store.stats import Scope


@dataclass(frozen=True, slots=True)
class View:
    """A desk, what is looked at there, and the network's sides."""

    at: Desk
    sides: list[Side]
    exchange: Exchange | None = None

    @property
    def name(self) -> Value:
        """What is looked at."""
        each = self.exchange
        return self.at.network.name if each is None else title(each.name, each.track, each.format)

    @property
    def scope(self) -> Scope:
        """The same, for counting."""
        return Scope(self.at.network.id, 0 if self.exchange is None else self.exchange.id)

    @property
    def ids(self) -> tuple[int, int]:
        """The same, for a button."""
        return self.scope.network_id, self.scope.exchange_id

    @property
    def fewest(self) -> int:
        """Nothing is shown of fewer people than that."""
        return self.at.network.settled.fewest

    def counted(self, many: int, people: int | None = None) -> Value:
        """A figure, unless it is of too few people."""
        return said(shown(many, self.fewest, people), self.fewest)


async def view(turn: Turn, network_id: int, exchange_id: int, right: Right) -> View | None:
    """The network, or the exchange of it if one is named; None where they lack the right."""
    at = await desk(turn, network_id, right)
    exchange = await exchanges.by_id(turn.db, exchange_id) if exchange_id else None
    wrong = exchange_id and (exchange is None or exchange.network_id != network_id)
    return None if at is None or wrong else await view_of(turn, at, exchange)


async def view_of(turn: Turn, at: Desk, exchange: Exchange | None = None) -> View:
    """The network of a desk, or an exchange of it."""
    return View(at, await networks.sides_of(turn.db, at.network.id), exchange)


async def activities(
    turn: Turn, network_id: int, after: int, action: str, page: str
) -> tuple[Button | None, ...]:
    """A page of a network's activities: buttons of `action`, and on to those after by `page`.

    `action` gets the network and the activity, `page` the network and the last activity shown.
    """
    found = await exchange_settings.page(turn.db, network_id, after)
    some = found[: exchange_settings.PAGE]
    more = len(found) > len(some)
    return (
        *(
            button(title(each.name, each.track, each.format), action, network_id, each.id)
            for each in some
        ),
        button(_("Next page"), page, network_id, some[-1].id) if more else None,
    )
