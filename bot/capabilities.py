"""Everything the bot can do, gathered from the files of its rooms: adding a file adds to it."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from types import ModuleType
from typing import Any

from bot import coordinators, forms, participants, reminders
from bot.domain.replies import Command
from bot.reminders.kinds import Kind
from bot.router import Routes, join

MENU_ORDER = (
    *("start", "help", "join", "profile", "match", "activities", "meet", "log", "history"),
    *("story", "needs", "briefs", "pause", "resume", "language", "discreet", "privacy"),
    *("mydata", "forget", "quick", "cancel"),
    *("people", "invite", "round", "pairs", "checkins", "broadcast", "rooms", "exchanges"),
    *("stats", "ledger", "pulses", "stories", "funding", "brief", "export", "audit", "safeguard"),
    *("freeze", "thaw", "network", "wording", "newnetwork"),
)


def gathered(name: str, *packages: ModuleType) -> list[Any]:
    """What every module of the packages calls `name`: a capability is added by adding a file."""
    modules = [
        import_module(f"{package.__name__}.{found.name}")
        for package in packages
        for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name)
    ]
    return [getattr(module, name) for module in modules if hasattr(module, name)]


@dataclass(frozen=True, slots=True)
class Does:
    """What the bot does: what people can do, the menu of it in order, and what falls due."""

    routes: Routes
    commands: Sequence[Command] = ()
    kinds: Mapping[str, Kind] = field(default_factory=dict)


def everything() -> Does:
    """All capabilities there are."""
    return Does(routes(), commands(), {kind.name: kind for kind in gathered("KIND", reminders)})


def routes() -> Routes:
    """All that people can do; an open form hears first what is written."""
    flows = [flow for named in gathered("FLOWS", participants, coordinators) for flow in named]
    return join(forms.routes(*flows), *gathered("ROUTES", participants, coordinators))


def commands() -> list[Command]:
    """The command menu: the usual order first, whatever is new after it."""
    menus = [forms.MENU, *gathered("MENU", participants, coordinators)]
    needs = routes().needs
    found = [replace(command, right=needs.get(command.name)) for each in menus for command in each]
    usual = {name: place for place, name in enumerate(MENU_ORDER)}
    return sorted(found, key=lambda command: usual.get(command.name, len(usual)))
