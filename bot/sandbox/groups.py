"""Who is in a group or channel: founding, joining, asking to join, leaving."""

from bot.sandbox.shapes import CannotError, Json
from bot.sandbox.telegram import message_json, push_member_change
from bot.sandbox.world import Account, Chat, Message, World

PLACES = frozenset({"member", "administrator", "kicked"})
KINDS = frozenset({"group", "supergroup", "channel"})


def found_group(
    world: World, kind: str, title: str, members: list[int], *, ask: bool, bot: bool = True
) -> Chat:
    """Found a chat with these members, the first its owner; the `bot` as administrator, or not."""
    if kind not in KINDS:
        raise CannotError(400, f"type must be one of {', '.join(sorted(KINDS))}")
    if not members or not all(member in world.people for member in members):
        raise CannotError(400, "members must be people of this sandbox, the owner first")
    chat = world.add_group(kind, title, join_by_request=ask)
    for member in members:
        chat.members[member] = "member"
        world.people[member].chats.add(chat.id)
    chat.members[members[0]] = "creator"
    owner = world.people[members[0]]
    if bot:
        push_member_change(world, chat, world.bot_id, ("left", "administrator"), owner.user)
    else:
        chat.bot_status = "left"
    world.touch(chat)
    return chat


def place_bot(
    world: World, account: Account, chat: Chat, status: str, rights: frozenset[str] | None = None
) -> None:
    """The owner adds the bot, gives it other rights, or takes it out.

    `status` is member, administrator (with `rights`, None for all) or kicked.
    """
    if status not in PLACES or (chat.kind == "channel" and status == "member"):
        raise CannotError(400, f"the bot's status must be one of {', '.join(sorted(PLACES))}")
    if chat.members.get(account.id) != "creator":
        raise CannotError(403, f"{account.name} does not own this chat")
    old, chat.bot_status, chat.bot_rights = chat.bot_status, status, rights
    push_member_change(world, chat, world.bot_id, (old, status), account.user)
    world.touch(chat)


def migrate(world: World, chat: Chat) -> Chat:
    """A group becomes a supergroup, as Telegram does it by itself: with an id of its own."""
    if chat.kind != "group" or chat.moved_to is not None:
        raise CannotError(400, "only a group becomes a supergroup")
    new = world.add_group("supergroup", str(chat.public["title"]), join_by_request=False)
    new.members, new.banned = dict(chat.members), set(chat.banned)
    new.bot_status, new.bot_rights = chat.bot_status, chat.bot_rights
    chat.moved_to = new.id
    for member in new.members:
        world.people[member].chats.discard(chat.id)
        world.people[member].chats.add(new.id)
    for place, other, name in ((chat, new, "to"), (new, chat, "from")):
        message = world.add_message(place, world.bot, {f"migrate_{name}_chat_id": other.id})
        world.touch(place, message)
        tell_bot(world, message)
    return new


def tell_bot(world: World, message: Message) -> None:
    """Give the bot a message of a chat it is in; as no administrator it gets commands only."""
    chat = message.chat
    command = message.text.startswith("/") or "text" not in message.body
    if chat.bot_status == "administrator" or (
        chat.bot_status == "member" and (command or world.profile.reads_all)
    ):
        kind = "channel_post" if chat.kind == "channel" else "message"
        world.updates.push(kind, message_json(message))


def may(chat: Chat, right: str) -> bool:
    """Whether the bot has a right of administrators there."""
    return chat.bot_status == "administrator" and (
        chat.bot_rights is None or right in chat.bot_rights
    )


def find_link(chat: Chat, url: str | None, now: int) -> Json | None:
    """The invite link a person came by; None without one. Raises CannotError for one not valid."""
    if url is None:
        return None
    link = chat.links.get(url)
    if link is None or link["is_revoked"]:
        raise CannotError(404, "this invite link is not valid")
    if link.get("expire_date", now) < now:
        raise CannotError(410, "this invite link has expired")
    if "member_limit" in link and chat.link_uses[url] >= link["member_limit"]:
        raise CannotError(410, "this invite link is used up")
    return link


def join(world: World, account: Account, chat: Chat, url: str | None) -> str:
    """A person joins, or asks to. Returns "member" (already was), "requested" or "joined"."""
    if account.id in chat.members:
        return "member"
    if account.id in chat.banned:
        raise CannotError(403, f"{account.name} was banned")
    link = find_link(chat, url, world.clock.unix())
    if chat.join_by_request or (link is not None and link["creates_join_request"]):
        _ask(world, account, chat, link)
        return "requested"
    admit(world, account, chat, account.user, link)
    return "joined"


def _ask(world: World, account: Account, chat: Chat, link: Json | None) -> None:
    chat.requests[account.id] = link
    # Who asks to join may be written to by the bot, even when they never wrote to it.
    world.private_chat(account)
    request: Json = {
        "chat": chat.public,
        "from": account.user,
        "user_chat_id": account.id,
        "date": world.clock.unix(),
    }
    if link is not None:
        request["invite_link"] = link
    if may(chat, "invite_users"):
        world.updates.push("chat_join_request", request)
    world.tell(account)


def admit(world: World, account: Account, chat: Chat, by: Json, link: Json | None = None) -> None:
    """Make a person a member, and tell the bot in Telegram's two ways."""
    chat.requests.pop(account.id, None)
    chat.members[account.id] = "member"
    account.chats.add(chat.id)
    if link is not None:
        chat.link_uses[link["invite_link"]] += 1
    push_member_change(world, chat, account.id, ("left", "member"), by, link)
    if chat.kind != "channel":
        body = {"new_chat_members": [account.user]}
        message = world.add_message(chat, account.user, body)
        world.touch(chat, message)
        tell_bot(world, message)
    else:
        world.touch(chat)


def drop(world: World, account: Account, chat: Chat, status: str, by: Json) -> None:
    """Take a person out of a chat; `status` is "left" or "kicked"."""
    old = chat.members.get(account.id, "left")
    world.touch(chat)
    chat.members.pop(account.id, None)
    account.chats.discard(chat.id)
    if old != status:
        push_member_change(world, chat, account.id, (old, status), by)
    if chat.kind != "channel" and old != "left":
        body = {"left_chat_member": account.user}
        message = world.add_message(chat, by, body, by_bot=by["is_bot"])
        world.touch(chat, message)
        if not message.by_bot:
            tell_bot(world, message)
