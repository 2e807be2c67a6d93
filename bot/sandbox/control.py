"""The control API: being a person, and moving the clock, over HTTP and JSON."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta

from aiohttp import web
from aiohttp.helpers import content_disposition_header

from bot.sandbox import acting, gathering, links
from bot.sandbox.api import WORLD
from bot.sandbox.attachments import person_body
from bot.sandbox.faults import Plan
from bot.sandbox.shapes import CannotError, Json
from bot.sandbox.view import chat_view
from bot.sandbox.world import Account, Chat, World

LONGEST_WAIT = 60.0
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Action = Callable[[World, web.Request, Json], object]


def answered(action: Action) -> Handler:
    """A handler that reads JSON, acts, and answers with JSON, problems as `{"error": ...}`."""

    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            result = action(request.app[WORLD], request, await _read_object(request))
            if isinstance(result, Awaitable):
                result = await result
        except CannotError as problem:
            return web.json_response({"error": problem.text}, status=problem.status)
        except (ValueError, KeyError, TypeError) as problem:
            text = f"{type(problem).__name__}: {problem}"
            return web.json_response({"error": text}, status=400)
        return web.json_response(result)

    return handler


async def _read_object(request: web.Request) -> Json:
    given = json.loads(await request.read()) if request.can_read_body else {}
    if not isinstance(given, dict):
        raise CannotError(400, "a JSON object is expected")
    return given


def account_of(world: World, request: web.Request) -> Account:
    """The person an address names."""
    account = world.people.get(int(request.match_info["id"]))
    if account is None:
        raise CannotError(404, "there is no such person")
    return account


def chat_of(world: World, account: Account, chat_id: object) -> Chat | None:
    """The chat a person means, by default the one with the bot, which may not exist yet (None)."""
    if chat_id in (None, "", account.id, str(account.id)):
        return world.chats.get(account.id)
    chat = world.chats.get(int(str(chat_id)))
    if chat is None or account.id not in chat.members:
        raise CannotError(404, f"{account.name} is not in such a chat")
    return chat


def existing_chat_of(world: World, account: Account, chat_id: object) -> Chat:
    """As `chat_of`; raises CannotError when nobody wrote there yet."""
    chat = chat_of(world, account, chat_id)
    if chat is None:
        raise CannotError(404, f"{account.name} has no chat with the bot yet")
    return chat


def create_person(world: World, _request: web.Request, given: Json) -> Json:
    name = str(given["name"]).strip()
    if not name:
        raise CannotError(400, "a person needs a name")
    username = given.get("username")
    account = world.add_person(name, str(given.get("language", "en")), username or None)
    account.pinned = bool(given.get("pinned", True))
    if door := given.get("door"):
        body = acting.text_body(f"/start {door}")
        acting.say(world, account, world.private_chat(account), body)
    return account.public()


def list_people(world: World, _request: web.Request, _given: Json) -> list[Json]:
    return [account.public() for account in world.people.values()]


def list_doors(world: World, _request: web.Request, _given: Json) -> list[Json]:
    return [{"label": door.label, "payload": door.payload} for door in world.doors]


async def read_chat(world: World, request: web.Request, _given: Json) -> Json:
    account = account_of(world, request)
    after, seconds = _waiting(request)
    await account.bell.wait_beyond(after, seconds)
    chat = chat_of(world, account, request.query.get("chat"))
    return chat_view(world, account, chat, newest=int(request.query.get("limit") or 0))


def _waiting(request: web.Request) -> tuple[int, float]:
    """The version a long poll waits to be passed, and how many seconds at most."""
    after = int(request.query.get("after") or -1)
    seconds = float(request.query.get("wait") or 0)
    return after, min(seconds, LONGEST_WAIT)


def send(world: World, request: web.Request, given: Json) -> Json:
    account = account_of(world, request)
    body = person_body(world, given)
    chat = chat_of(world, account, given.get("chat"))
    if chat is None:
        chat = world.private_chat(account)
    message = acting.say(world, account, chat, body, given.get("reply_to"))
    return {"id": message.id, "version": message.version}


def edit(world: World, request: web.Request, given: Json) -> Json:
    account = account_of(world, request)
    chat = existing_chat_of(world, account, given.get("chat"))
    text = str(given["text"])
    message = acting.edit(world, account, chat, int(given["message_id"]), text)
    return {"id": message.id, "version": message.version}


def delete(world: World, request: web.Request, given: Json) -> Json:
    account = account_of(world, request)
    chat = existing_chat_of(world, account, given.get("chat"))
    acting.delete(world, account, chat, int(given["message_id"]))
    return {"ok": True, "version": world.version}


def tap(world: World, request: web.Request, given: Json) -> Json:
    account = account_of(world, request)
    chat = existing_chat_of(world, account, given.get("chat"))
    message_id = int(given["message_id"]) if given.get("message_id") is not None else None
    data = str(given.get("data", ""))
    if given.get("forged"):
        message = chat.messages.get(message_id or 0)
        if message is None:
            raise CannotError(404, "there is no such message")
    else:
        label = str(given.get("label", ""))
        message, button = acting.find_button(chat, message_id, label, data)
        data = str(button.get("callback_data", ""))
        if not data:
            raise CannotError(404, f"{button['text']!r} is a link, which tells the bot nothing")
    version = world.version
    return {"ok": True, "query_id": acting.tap(world, account, message, data), "version": version}


def block(world: World, request: web.Request, given: Json) -> Json:
    account = account_of(world, request)
    acting.block(world, account, blocked=bool(given["blocked"]))
    return account.public() | {"version": world.version}


def open_link(world: World, request: web.Request, given: Json) -> Json:
    account = account_of(world, request)
    chat_id = given.get("chat")
    chat = None if chat_id is None else existing_chat_of(world, account, chat_id)
    return links.open_link(world, account, str(given["url"]), chat)


def read_faults(world: World, _request: web.Request, _given: Json) -> Json:
    return asdict(world.faults.plan)


def set_faults(world: World, _request: web.Request, given: Json) -> Json:
    unknown = given.keys() - {field.name for field in fields(Plan)}
    if unknown:
        raise CannotError(400, f"unknown: {', '.join(sorted(unknown))}")
    world.faults.follow(Plan(**given))
    return asdict(world.faults.plan)


async def read_clock(world: World, _request: web.Request, _given: Json) -> Json:
    due = await world.next_due() if world.next_due is not None else None
    return {
        "now": world.clock.now().isoformat(),
        "offset": world.clock.offset.total_seconds(),
        "next": due.isoformat() if due else None,
    }


async def move_clock(world: World, request: web.Request, given: Json) -> Json:
    if "advance" in given:
        world.clock.advance(timedelta(seconds=float(given["advance"])))
    elif "to" in given:
        moment = datetime.fromisoformat(str(given["to"]))
        world.clock.move_to(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    elif given.get("next"):
        due = await world.next_due() if world.next_due is not None else None
        if due is None:
            raise CannotError(409, "nothing is due")
        world.clock.move_to(max(due, world.clock.now()))
    if world.on_clock is not None:
        await world.on_clock()
    return await read_clock(world, request, given)


async def read_state(world: World, request: web.Request, given: Json) -> Json:
    after, seconds = _waiting(request)
    version = await world.bell.wait_beyond(after, seconds)
    return {
        "version": version,
        "people": list_people(world, request, given),
        "doors": list_doors(world, request, given),
        "clock": await read_clock(world, request, given),
        "chats": {account.id: account.bell.version for account in world.people.values()},
    }


def read_requests(world: World, request: web.Request, _given: Json) -> list[Json]:
    return world.journal.after(int(request.query.get("after") or 0))


def read_stats(world: World, _request: web.Request, _given: Json) -> Json:
    return world.journal.stats()


async def give_file(request: web.Request) -> web.StreamResponse:
    """A file as a person opens it, by its unique id."""
    file = request.app[WORLD].files.by_unique.get(request.match_info["unique"])
    if file is None:
        raise web.HTTPNotFound
    safe = file.mime.startswith(("image/", "audio/", "video/")) and "svg" not in file.mime
    disposition = "inline" if safe else "attachment"
    headers = {
        "Content-Type": file.mime,
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": content_disposition_header(disposition, filename=file.name),
    }
    return web.Response(body=file.data, headers=headers)


def routes() -> list[web.RouteDef]:
    """The control API's routes."""
    return [
        web.post("/people", answered(create_person)),
        web.get("/people", answered(list_people)),
        web.get("/doors", answered(list_doors)),
        web.get("/people/{id}/chat", answered(read_chat)),
        web.post("/people/{id}/messages", answered(send)),
        web.post("/people/{id}/edits", answered(edit)),
        web.post("/people/{id}/deletes", answered(delete)),
        web.post("/people/{id}/taps", answered(tap)),
        web.post("/people/{id}/blocks", answered(block)),
        web.post("/people/{id}/links", answered(open_link)),
        web.post("/groups", answered(gathering.found_group)),
        web.post("/groups/{id}/joins", answered(gathering.join)),
        web.post("/groups/{id}/leaves", answered(gathering.leave)),
        web.post("/groups/{id}/bots", answered(gathering.place_bot)),
        web.post("/groups/{id}/migrations", answered(gathering.migrate)),
        web.get("/faults", answered(read_faults)),
        web.post("/faults", answered(set_faults)),
        web.get("/clock", answered(read_clock)),
        web.post("/clock", answered(move_clock)),
        web.get("/state", answered(read_state)),
        web.get("/requests", answered(read_requests)),
        web.get("/stats", answered(read_stats)),
        web.get("/files/{unique}", give_file),
    ]
