"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import inspect
import json
import re
import sys
from collections.abc import Callable, Mapping
from typing import Final

from aiohttp import web

from bot.sandbox.faults import Fate
from bot.sandbox.methods import chats, files, messages, profile, updates
from bot.sandbox.params import Call, read_call
from bot.sandbox.shapes import Json, RefusedError, flooded
from bot.sandbox.world import World

WORLD: Final = web.AppKey("world", World)
Method = Callable[[World, Call], object]

_TABLES: tuple[Mapping[str, Method], ...] = (
    updates.METHODS,
    messages.METHODS,
    files.METHODS,
    chats.METHODS,
    profile.METHODS,
)
_METHODS = {name.lower(): (name, method) for table in _TABLES for name, method in table.items()}
_TOKEN = re.compile(r"\d+:[\w-]+")
_NOT_FOUND = RefusedError(404, "Not Found")
_UNAUTHORIZED = RefusedError(401, "Unauthorized")
_BROKEN = RefusedError(502, "Bad Gateway")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_HEADERS = {"Content-Type": "application/json"}


class _CutError(Exception):
    """The fault of a connection that is cut instead of an answer."""


async def handle(request: web.Request) -> web.StreamResponse:
    """Answer one call, with whatever trouble was asked for."""
    world = request.app[WORLD]
    token, wanted = request.match_info["token"], request.match_info["method"]
    if token != world.token:
        return _refuse(_UNAUTHORIZED if _TOKEN.fullmatch(token) else _NOT_FOUND)
    name, method = _METHODS.get(wanted.lower(), ("", _unknown))
    if delay := world.faults.delay():
        await asyncio.sleep(delay)
    call = Call(name or wanted, {})
    try:
        call = await read_call(request, name or wanted)
        response = await _run(world, method, call)
    except RefusedError as refusal:
        response = _refuse(refusal)
    except _CutError:
        response = web.Response(status=0)
        if request.transport is not None:
            request.transport.abort()
    world.journal.add(call.method, call.params, response.status, world.clock.unix())
    return response


async def _run(world: World, method: Method, call: Call) -> web.Response:
    """The answer to a call. Raises RefusedError, and _CutError when the bot gets no answer."""
    fate = world.faults.fate()
    if fate is Fate.FLOODED:
        raise flooded(world.faults.plan.retry_after)
    if fate is Fate.BROKEN_BEFORE:
        raise _BROKEN
    if fate is Fate.CUT_BEFORE:
        raise _CutError
    result = method(world, call)
    if inspect.iscoroutine(result):
        result = await result
    if fate is Fate.BROKEN_AFTER:
        raise _BROKEN
    if fate is Fate.CUT_AFTER:
        raise _CutError
    body = _encode({"ok": True, "result": result}).encode("utf-8", "surrogatepass")
    return web.Response(body=body, headers=_HEADERS)


def _refuse(refusal: RefusedError) -> web.Response:
    body = _encode(refusal.answer()).encode("utf-8", "surrogatepass")
    return web.Response(body=body, status=refusal.code, headers=_HEADERS)


def _unknown(_world: World, call: Call) -> Json:
    sys.stderr.write(f"sandbox: the bot called {call.method!r}, which is no method known here\n")
    raise _NOT_FOUND


async def download(request: web.Request) -> web.StreamResponse:
    """Give the bot a file."""
    world = request.app[WORLD]
    if request.match_info["token"] != world.token:
        return _refuse(_UNAUTHORIZED)
    file = world.files.by_path.get(request.match_info["path"])
    if file is None:
        return _refuse(_NOT_FOUND)
    return web.Response(body=file.data, content_type="application/octet-stream")


def routes() -> list[web.RouteDef]:
    """The Bot API's routes."""
    return [
        web.get("/file/bot{token}/{path:.+}", download),
        web.get("/bot{token}/{method}", handle),
        web.post("/bot{token}/{method}", handle),
    ]
