"""The control API of groups and channels: founding them, joining, and placing the bot in them."""

from aiohttp import web

from bot.sandbox import groups
from bot.sandbox.shapes import CannotError, Json
from bot.sandbox.world import Account, Chat, World


def found_group(world: World, _request: web.Request, given: Json) -> Json:
    members = [int(member) for member in given.get("members", [])]
    ask = bool(given.get("join_by_request"))
    kind, title = str(given.get("type", "group")), str(given["title"])
    bot = bool(given.get("bot", True))
    return {"id": groups.found_group(world, kind, title, members, ask=ask, bot=bot).id}


def _group_and_person(world: World, request: web.Request, given: Json) -> tuple[Chat, Account]:
    chat = world.chats.get(int(request.match_info["id"]))
    account = world.people.get(int(given["person"]))
    if chat is None or chat.kind == "private" or account is None:
        raise CannotError(404, "there is no such group or person")
    return chat, account


def join(world: World, request: web.Request, given: Json) -> Json:
    chat, account = _group_and_person(world, request, given)
    return {"state": groups.join(world, account, chat, given.get("invite_link"))}


def leave(world: World, request: web.Request, given: Json) -> Json:
    chat, account = _group_and_person(world, request, given)
    groups.drop(world, account, chat, "left", account.user)
    return {"ok": True}


def place_bot(world: World, request: web.Request, given: Json) -> Json:
    chat, account = _group_and_person(world, request, given)
    rights = given.get("rights")
    allowed = None if rights is None else frozenset(map(str, rights))
    groups.place_bot(world, account, chat, str(given["status"]), allowed)
    return {"ok": True}


def migrate(world: World, request: web.Request, _given: Json) -> Json:
    chat = world.chats.get(int(request.match_info["id"]))
    if chat is None:
        raise CannotError(404, "there is no such group")
    return {"id": groups.migrate(world, chat).id}
