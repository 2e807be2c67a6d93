"""Keyboards under messages: what Telegram takes and what it refuses."""

from bot.sandbox.html import checked_url, has_surrogates
from bot.sandbox.params import Call
from bot.sandbox.shapes import Json, RefusedError, bad

MAX_DATA = 64
MAX_BUTTONS = 100
_OTHER_ACTIONS = (
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")


def reply_markup(call: Call) -> Json | None:
    """The checked `reply_markup` of a call; None when there is none.

    Raises Telegram's refusals for a malformed keyboard.
    """
    markup = call.object("reply_markup")
    if not markup:
        return None
    if not any(kind in markup for kind in _KINDS):
        return None
    if "inline_keyboard" in markup:
        rows = _rows(markup, "inline_keyboard", "InlineKeyboardButton")
        keyboard = [[_inline_button(button) for button in row] for row in rows if row]
        if sum(map(len, keyboard)) > MAX_BUTTONS:
            raise bad("reply markup is too long")
        return {"inline_keyboard": keyboard} if keyboard else None
    if "keyboard" in markup:
        rows = _rows(markup, "keyboard", "KeyboardButton")
        return {**markup, "keyboard": [[_key(button) for button in row] for row in rows]}
    return markup


def inline_keyboard(call: Call) -> Json | None:
    """As `reply_markup`, for edits, which take inline keyboards only."""
    markup = reply_markup(call)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    return markup


def _rows(markup: Json, name: str, kind: str) -> list[list[object]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad(f'field "{name}" of the {_owner(name)} must be an Array')
    for row in rows:
        if not isinstance(row, list):
            raise bad(f'field "{name}" of the {_owner(name)} must be an Array of Arrays')
        if not all(isinstance(button, dict | str) for button in row):
            raise bad(f"{kind} must be an Object")
    return rows


def _owner(name: str) -> str:
    return "InlineKeyboardMarkup" if name == "inline_keyboard" else "ReplyKeyboardMarkup"


def _cannot_parse(problem: str) -> RefusedError:
    return bad(f"can't parse inline keyboard button: {problem}")


def _inline_button(button: object) -> Json:
    if not isinstance(button, dict):
        raise _cannot_parse("InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise _cannot_parse('Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise _cannot_parse('Field "text" must be of type String')
    url, data = button.get("url"), button.get("callback_data")
    if not (url or data or any(action in button for action in _OTHER_ACTIONS)):
        raise _cannot_parse("Text buttons are unallowed in the inline keyboard")
    if not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    if has_surrogates(button["text"]):
        raise bad("inline keyboard button text must be encoded in UTF-8")
    if url:
        return {**button, "url": _button_url(str(url))}
    if data is not None and len(str(data).encode("utf-8", "surrogatepass")) > MAX_DATA:
        raise bad("BUTTON_DATA_INVALID")
    return button


def _button_url(url: str) -> str:
    scheme, separator, _ = url.partition("://")
    if separator and scheme.lower() not in {"http", "https", "tg", "ton"}:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    address = checked_url(url)
    if not address:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return address


def _key(button: object) -> Json:
    key: Json = button if isinstance(button, dict) else {"text": button}
    if not key.get("text"):
        raise bad("keyboard button text must be non-empty")
    return key
