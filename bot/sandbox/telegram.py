"""Messages and members in the shapes of the Bot API."""

from bot.sandbox.shapes import Json
from bot.sandbox.world import Chat, Message, World

ADMINISTRATOR_RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
}
CHANNEL_RIGHTS = {"can_post_messages": True, "can_edit_messages": True}
RESTRICTED_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def message_json(message: Message, *, with_reply: bool = True) -> Json:
    """A message as the Bot API gives it."""
    chat = message.chat
    result: Json = {"message_id": message.id, "chat": chat.public, "date": message.date}
    if chat.kind == "channel":
        result["sender_chat"] = chat.public
    else:
        result["from"] = message.sender
    if message.edited is not None:
        result["edit_date"] = message.edited
    if with_reply and message.reply_to is not None:
        replied = chat.messages.get(message.reply_to)
        if replied is not None:
            result["reply_to_message"] = message_json(replied, with_reply=False)
    result.update(message.body)
    if message.markup is not None and "inline_keyboard" in message.markup:
        result["reply_markup"] = message.markup
    return result


def member_json(world: World, chat: Chat, user_id: int, status: str = "") -> Json:
    """A ChatMember: of the bot or of a person, in a given status or the present one."""
    if user_id == world.bot_id:
        user, present = world.bot, chat.bot_status
    else:
        account = world.people[user_id]
        user, present = account.user, chat.members.get(user_id, "left")
    status = status or present
    member: Json = {"user": user, "status": status}
    if status == "administrator":
        member |= _rights(chat, bot=user_id == world.bot_id)
    elif status == "creator":
        member["is_anonymous"] = False
    elif status == "kicked":
        member["until_date"] = 0
    elif status == "restricted":
        member |= dict.fromkeys(RESTRICTED_RIGHTS, False) | {"is_member": True, "until_date": 0}
    return member


def _rights(chat: Chat, *, bot: bool) -> Json:
    rights = ADMINISTRATOR_RIGHTS | (CHANNEL_RIGHTS if chat.kind == "channel" else {})
    if not bot or chat.bot_rights is None:
        return rights
    given = {"can_manage_chat", *(f"can_{name}" for name in chat.bot_rights)}
    return {name: has and name in given for name, has in rights.items()}


def push_member_change(
    world: World,
    chat: Chat,
    user_id: int,
    change: tuple[str, str],
    by: Json,
    link: Json | None = None,
) -> None:
    """Tell the bot that someone (or itself) went from one status to another in a chat."""
    old, new = change
    kind = "my_chat_member" if user_id == world.bot_id else "chat_member"
    payload: Json = {
        "chat": chat.public,
        "from": by,
        "date": world.clock.unix(),
        "old_chat_member": member_json(world, chat, user_id, old),
        "new_chat_member": member_json(world, chat, user_id, new),
    }
    if link is not None:
        payload["invite_link"] = link
    world.updates.push(kind, payload)
