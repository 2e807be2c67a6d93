"""From a checked content to a message in a chat: who may be written to, replies, flood limits."""

from bot.sandbox.groups import may
from bot.sandbox.markup import reply_markup
from bot.sandbox.params import Call
from bot.sandbox.shapes import Json, RefusedError, bad, forbidden
from bot.sandbox.telegram import message_json
from bot.sandbox.world import Chat, Message, World


def find_chat(world: World, call: Call, name: str = "chat_id") -> Chat:
    """The chat a call names. Raises Telegram's refusals when the bot doesn't know it."""
    raw = call.text(name)
    if not raw:
        raise bad(f"{name} is empty")
    try:
        chat_id = int(raw)
    except ValueError:
        raise bad("chat not found") from None
    chat = world.chats.get(chat_id)
    if chat is None:
        if chat_id in world.people and world.bot_knows(chat_id):
            raise forbidden("bot can't initiate conversation with a user")
        raise bad("chat not found")
    return chat


def find_open_chat(world: World, call: Call) -> Chat:
    """The chat a call names, if the bot may write there. Raises Telegram's refusals otherwise."""
    chat = find_chat(world, call)
    if chat.kind == "private":
        if world.people[chat.id].blocked:
            raise forbidden("bot was blocked by the user")
    elif chat.moved_to is not None:
        moved = {"migrate_to_chat_id": chat.moved_to}
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        raise RefusedError(400, text, moved)
    elif chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    elif chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


def find_message(chat: Chat, call: Call, purpose: str, name: str = "message_id") -> Message:
    """The message a call names. `purpose` ends the refusal, as in "message to edit not found"."""
    message = chat.messages.get(call.integer(name))
    if message is None:
        raise bad(f"message to {purpose} not found")
    return message


def replied(call: Call, chat: Chat) -> int | None:
    """The id of the message a call answers to, in either of the two ways to say so."""
    parameters = call.object("reply_parameters")
    answer = Call(call.method, parameters)
    message_id = answer.integer("message_id") or call.integer("reply_to_message_id")
    if not message_id:
        return None
    if message_id in chat.messages:
        return message_id
    lenient = "allow_sending_without_reply"
    if answer.flag(lenient) or call.flag(lenient):
        return None
    raise bad("message to be replied not found")


def post(world: World, call: Call, body: Json) -> Message:
    """Send a checked content to the chat the call names.

    Raises Telegram's refusals for the chat, the reply, the keyboard and the flood limits.
    """
    markup = reply_markup(call) if "reply_markup" in call.params else None
    chat = find_open_chat(world, call)
    if chat.kind == "channel" and not may(chat, "post_messages"):
        raise bad("need administrator rights in the channel chat")
    reply_to = replied(call, chat)
    world.flood.spend(chat.id, paid=call.flag("allow_paid_broadcast"))
    if call.flag("protect_content"):
        body["has_protected_content"] = True
    return place(world, chat, body, markup, reply_to)


def place(
    world: World, chat: Chat, body: Json, markup: Json | None = None, reply_to: int | None = None
) -> Message:
    """Put the bot's message into a chat, with nothing left to refuse."""
    message = world.add_message(chat, world.bot, body, by_bot=True)
    message.markup, message.reply_to = markup, reply_to
    if markup is not None and "inline_keyboard" not in markup:
        chat.keyboard = None if "remove_keyboard" in markup else markup
    chat.typing_until = 0
    world.touch(chat, message)
    return message


def send(world: World, call: Call, body: Json) -> Json:
    """`post`, answered with the message in the Bot API's shape."""
    return message_json(post(world, call, body))
