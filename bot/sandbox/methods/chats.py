"""Groups and channels: who is in them, who may come in, and by which link."""

import secrets

from bot.sandbox.delivery import find_chat, find_open_chat
from bot.sandbox.groups import admit, drop, may
from bot.sandbox.params import Call
from bot.sandbox.shapes import Json, bad
from bot.sandbox.telegram import member_json, message_json, push_member_change
from bot.sandbox.world import Account, Chat, World

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)
MAX_LINK_NAME = 32
MAX_LINK_MEMBERS = 99_999


def find_group(world: World, call: Call) -> Chat:
    """The group or channel a call names, with the bot in it."""
    chat = find_open_chat(world, call)
    if chat.kind == "private":
        raise bad("method is available only for supergroups and channels")
    return chat


def find_led(world: World, call: Call, right: str, purpose: str = "") -> Chat:
    """The group a call names, where the bot has this right."""
    chat = find_group(world, call)
    if not may(chat, right):
        raise bad(f"not enough rights{purpose}")
    return chat


def find_person(world: World, call: Call) -> Account:
    """The person a call names."""
    account = world.people.get(call.integer("user_id"))
    if account is None:
        raise bad("user not found" if call.text("user_id") else "invalid user_id specified")
    return account


def get_chat(world: World, call: Call) -> Json:
    chat = find_chat(world, call)
    full = chat.public | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.pinned and chat.pinned[-1] in chat.messages:
        message = chat.messages[chat.pinned[-1]]
        full["pinned_message"] = message_json(message)
    if chat.kind in {"supergroup", "channel"}:
        full["join_by_request"] = chat.join_by_request
    return full


def get_member(world: World, call: Call) -> Json:
    chat = find_chat(world, call)
    user_id = call.integer("user_id")
    if user_id == world.bot_id:
        return member_json(world, chat, user_id)
    account = find_person(world, call)
    status = "kicked" if account.id in chat.banned else ""
    return member_json(world, chat, account.id, status)


def get_administrators(world: World, call: Call) -> list[Json]:
    chat = find_group(world, call)
    leading = [
        person_id
        for person_id, status in chat.members.items()
        if status in {"creator", "administrator"}
    ]
    return [member_json(world, chat, user_id) for user_id in [*leading, world.bot_id]]


def count_members(world: World, call: Call) -> int:
    return len(find_chat(world, call).members) + 1


def new_link(world: World, chat: Chat, call: Call, *, primary: bool = False) -> Json:
    link = {
        "invite_link": f"https://t.me/+{secrets.token_urlsafe(12)}",
        "creator": world.bot,
        "is_primary": primary,
        "is_revoked": False,
        **link_terms(call),
    }
    chat.links[link["invite_link"]] = link
    return link


def link_terms(call: Call) -> Json:
    """What may be asked of those who come by a link."""
    terms: Json = {"creates_join_request": call.flag("creates_join_request")}
    if name := call.text("name"):
        if len(name) > MAX_LINK_NAME:
            raise bad("INVITE_LINK_NAME_INVALID")
        terms["name"] = name
    if expires := call.integer("expire_date"):
        terms["expire_date"] = expires
    if limit := call.integer("member_limit"):
        if terms["creates_join_request"]:
            raise bad("member limit can't be specified for links requiring administrator approval")
        if not 0 < limit <= MAX_LINK_MEMBERS:
            raise bad("USAGE_LIMIT_INVALID")
        terms["member_limit"] = limit
    return terms


def find_inviting(world: World, call: Call) -> Chat:
    """The group a call names, where the bot may invite people."""
    return find_led(world, call, "invite_users", " to manage chat invite link")


def create_link(world: World, call: Call) -> Json:
    return new_link(world, find_inviting(world, call), call)


def export_link(world: World, call: Call) -> str:
    chat = find_inviting(world, call)
    for link in chat.links.values():
        if link["is_primary"]:
            link["is_revoked"] = True
    return str(new_link(world, chat, call, primary=True)["invite_link"])


def find_own_link(world: World, call: Call) -> Json:
    link = find_inviting(world, call).links.get(call.text("invite_link"))
    if link is None:
        raise bad("INVITE_HASH_EXPIRED")
    return link


def edit_link(world: World, call: Call) -> Json:
    link = find_own_link(world, call)
    if link["is_primary"]:
        raise bad("CHAT_INVITE_PERMANENT")
    link.update(link_terms(call))
    return link


def revoke_link(world: World, call: Call) -> Json:
    link = find_own_link(world, call)
    link["is_revoked"] = True
    return link


def find_request(world: World, call: Call) -> tuple[Chat, Account]:
    chat, account = find_led(world, call, "invite_users"), find_person(world, call)
    if account.id in chat.members:
        raise bad("USER_ALREADY_PARTICIPANT")
    if account.id not in chat.requests:
        raise bad("HIDE_REQUESTER_MISSING")
    return chat, account


def approve_request(world: World, call: Call) -> bool:
    chat, account = find_request(world, call)
    admit(world, account, chat, world.bot, chat.requests[account.id])
    return True


def decline_request(world: World, call: Call) -> bool:
    chat, account = find_request(world, call)
    del chat.requests[account.id]
    world.tell(account)
    return True


def find_other_member(world: World, call: Call) -> tuple[Chat, Account]:
    """A chat and a person in it that the bot has power over."""
    purpose = " to restrict/unrestrict chat member"
    chat = find_led(world, call, "restrict_members", purpose)
    account = find_person(world, call)
    if chat.members.get(account.id) == "creator":
        raise bad("can't remove chat owner")
    return chat, account


def ban(world: World, call: Call) -> bool:
    chat, account = find_other_member(world, call)
    chat.banned.add(account.id)
    drop(world, account, chat, "kicked", world.bot)
    return True


def unban(world: World, call: Call) -> bool:
    chat, account = find_other_member(world, call)
    present = account.id in chat.members
    if present and not call.flag("only_if_banned"):
        drop(world, account, chat, "left", world.bot)
    elif account.id in chat.banned:
        chat.banned.discard(account.id)
        push_member_change(world, chat, account.id, ("kicked", "left"), world.bot)
    return True


def restrict(world: World, call: Call) -> bool:
    chat, account = find_other_member(world, call)
    if chat.kind != "supergroup":
        raise bad("method is available only for supergroups")
    if account.id not in chat.members:
        raise bad("user not found")
    allowed = call.object("permissions")
    old = chat.members[account.id]
    new = "member" if allowed.get("can_send_messages") else "restricted"
    chat.members[account.id] = new
    if new != old:
        push_member_change(world, chat, account.id, (old, new), world.bot)
        world.touch(chat)
    return True


def leave(world: World, call: Call) -> bool:
    chat = find_open_chat(world, call)
    if chat.kind == "private":
        raise bad("chat member status can't be changed in private chats")
    push_member_change(world, chat, world.bot_id, (chat.bot_status, "left"), world.bot)
    chat.bot_status = "left"
    world.touch(chat)
    return True


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": count_members,
    "createChatInviteLink": create_link,
    "editChatInviteLink": edit_link,
    "revokeChatInviteLink": revoke_link,
    "exportChatInviteLink": export_link,
    "approveChatJoinRequest": approve_request,
    "declineChatJoinRequest": decline_request,
    "banChatMember": ban,
    "unbanChatMember": unban,
    "restrictChatMember": restrict,
    "leaveChat": leave,
}
