"""Links of Telegram: to the bot, to add it somewhere, and into a group or channel."""

from urllib.parse import parse_qs, urlsplit

from bot.sandbox import acting, groups
from bot.sandbox.shapes import CannotError, Json
from bot.sandbox.world import Account, Chat, World

ADDING = {"startgroup": ("group", "supergroup"), "startchannel": ("channel",)}


def open_link(world: World, account: Account, url: str, chat: Chat | None = None) -> Json:
    """Follow a link; what came of it, as `state`, and in which `chat`.

    `chat` is the group or channel chosen for a link that adds the bot. Raises CannotError.
    """
    parts = urlsplit(url)
    if parts.hostname not in {"t.me", "telegram.me"}:
        raise CannotError(404, "this is no link of Telegram")
    if parts.path.startswith("/+"):
        return _join(world, account, url)
    query = parse_qs(parts.query, keep_blank_values=True)
    if parts.path.strip("/").lower() != world.profile.username.lower():
        raise CannotError(404, "this link leads to nobody here")
    for name, kinds in ADDING.items():
        if name in query:
            return _add(world, account, chat, kinds, query[name][0], query.get("admin", [""])[0])
    payload = query.get("start", [""])[0]
    acting.say(world, account, world.private_chat(account), acting.text_body(f"/start {payload}"))
    return {"state": "started", "chat": account.id}


def _join(world: World, account: Account, url: str) -> Json:
    found = next((chat for chat in world.chats.values() if url in chat.links), None)
    if found is None:
        raise CannotError(404, "this invite link is not valid")
    return {"state": groups.join(world, account, found, url), "chat": found.id}


def _add(
    world: World,
    account: Account,
    chat: Chat | None,
    kinds: tuple[str, ...],
    token: str,
    admin: str,
) -> Json:
    if chat is None or chat.kind not in kinds:
        raise CannotError(400, f"choose a {kinds[0]} to add the bot to")
    rights = frozenset(admin.split()) if admin else None
    status = "administrator" if admin else "member"
    groups.place_bot(world, account, chat, status, rights)
    if token:
        body = acting.text_body(f"/start@{world.profile.username} {token}")
        acting.say(world, account, chat, body)
    return {"state": "added", "chat": chat.id}
