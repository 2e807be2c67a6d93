"""The bot itself: who it is, its names, descriptions and command menus."""

import re

from bot.sandbox.params import Call
from bot.sandbox.shapes import Json, bad
from bot.sandbox.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MAX_COMMANDS = 100
MAX_DESCRIPTION = 256
LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def get_me(world: World, _call: Call) -> Json:
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": world.profile.reads_all,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def done(_world: World, _call: Call) -> bool:
    return True


def scope_key(call: Call) -> str:
    """The command scope of a call as one string, as `profile.scopes_seen` writes it."""
    scope = call.object("scope")
    kind = str(scope.get("type", "default"))
    if kind == "chat_member":
        return f"chat_member:{scope.get('chat_id')}:{scope.get('user_id')}"
    if kind in {"chat", "chat_administrators"}:
        return f"{kind}:{scope.get('chat_id')}"
    if kind not in {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
    }:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    return kind


def checked_command(given: Json) -> Json:
    command = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", "")).strip()
    if not _COMMAND.fullmatch(command):
        raise bad("BOT_COMMAND_INVALID")
    if not description or len(description) > MAX_DESCRIPTION:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def set_commands(world: World, call: Call) -> bool:
    commands = [checked_command(given) for given in call.array("commands")]
    if len(commands) > MAX_COMMANDS:
        raise bad("too many commands specified")
    world.profile.menus[scope_key(call), call.text("language_code")] = commands
    world.changed()
    return True


def get_commands(world: World, call: Call) -> list[Json]:
    return world.profile.menus.get((scope_key(call), call.text("language_code")), [])


def delete_commands(world: World, call: Call) -> bool:
    world.profile.menus.pop((scope_key(call), call.text("language_code")), None)
    world.changed()
    return True


def set_text(world: World, call: Call) -> bool:
    kind = re.sub(r"(?<!^)(?=[A-Z])", "_", call.method.removeprefix("setMy")).lower()
    text = call.text(kind)
    if len(text) > LENGTHS[kind]:
        raise bad(f"{kind.replace('_', ' ')} is too long")
    world.profile.texts[kind, call.text("language_code")] = text
    world.changed()
    return True


def get_name(world: World, call: Call) -> Json:
    return {"name": world.profile.name(call.text("language_code"))}


def get_description(world: World, call: Call) -> Json:
    return {"description": world.profile.text("description", call.text("language_code"))}


def get_short_description(world: World, call: Call) -> Json:
    language = call.text("language_code")
    return {"short_description": world.profile.text("short_description", language)}


def set_menu_button(world: World, call: Call) -> bool:
    button = call.object("menu_button") or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad("MenuButton has unsupported type specified")
    world.profile.buttons[call.integer("chat_id")] = button
    return True


def get_menu_button(world: World, call: Call) -> Json:
    buttons = world.profile.buttons
    found = buttons.get(call.integer("chat_id")) or buttons.get(0)
    return found or {"type": "commands"}


def set_rights(world: World, call: Call) -> bool:
    world.profile.rights[call.flag("for_channels")] = call.object("rights")
    return True


METHODS = {
    "getMe": get_me,
    "logOut": done,
    "close": done,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": set_text,
    "getMyName": get_name,
    "setMyDescription": set_text,
    "getMyDescription": get_description,
    "setMyShortDescription": set_text,
    "getMyShortDescription": get_short_description,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
    "setMyDefaultAdministratorRights": set_rights,
}
