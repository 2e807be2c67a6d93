"""Buttons, menus and what else a bot does in a chat."""

import json
from typing import Any

import aiohttp
import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox import Person, Sandbox

Answer = dict[str, Any]


async def test_a_button_is_tapped_and_answered(bot: telegram.Bot, ana: Person) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("✅ Yes", callback_data="y:1")]])
    sent = await bot.send_message(ana.id, "<b>Well?</b>", "HTML", reply_markup=markup)
    await ana.taps("Yes")
    [update] = await bot.get_updates(timeout=5)
    query = update.callback_query
    assert query is not None
    assert query.message is not None
    assert (query.data, query.message.message_id) == ("y:1", sent.message_id)
    await query.answer("Noted", show_alert=True)
    await query.edit_message_text("Thank you")
    await ana.sees("Thank you")
    assert [(t["text"], t["alert"]) for t in await ana.toasts()] == [("Noted", True)]


async def test_people_are_mentioned_by_link(bot: telegram.Bot, ana: Person) -> None:
    text = f'<a href="tg://user?id={ana.id}">You</a> and <a href="tg://user?id=5">nobody</a>'
    sent = await bot.send_message(ana.id, text, "HTML")
    [mention] = sent.entities
    assert mention.user is not None
    assert (mention.type, mention.user.id) == ("text_mention", ana.id)
    assert (await ana.last()).html == f'<a href="tg://user?id={ana.id}">You</a> and nobody'


async def test_menus_follow_scope_and_language(bot: telegram.Bot, sandbox: Sandbox) -> None:
    ana = await Person.create(sandbox.url, "Ana", language="el")
    bob = await Person.create(sandbox.url, "Bob", language="en")

    async def menu(person: Person) -> list[str]:
        return [command["description"] for command in (await person.view())["commands"]]

    await bot.set_my_commands([("help", "Help")])
    await bot.set_my_commands([("help", "Βοήθεια")], language_code="el")
    assert [await menu(ana), await menu(bob)] == [["Βοήθεια"], ["Help"]]
    scope = telegram.BotCommandScopeChat(bob.id)
    await bot.set_my_commands([("round", "Round")], scope=scope)
    assert [await menu(ana), await menu(bob)] == [["Βοήθεια"], ["Round"]]
    await bot.delete_my_commands(scope=scope)
    assert await menu(bob) == ["Help"]
    with pytest.raises(telegram.error.BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([("Not Good", "x")])


async def test_the_bot_describes_itself(bot: telegram.Bot, sandbox: Sandbox) -> None:
    ana = await Person.create(sandbox.url, "Ana", language="el")
    await bot.set_my_name("Proxeny")
    await bot.set_my_description("Long")
    await bot.set_my_short_description("Σύντομο", language_code="el")
    shown = (await ana.view())["bot"]
    assert (shown["name"], shown["description"], shown["short_description"]) == (
        "Proxeny",
        "Long",
        "Σύντομο",
    )
    assert (await bot.get_my_name()).name == (await bot.get_me()).first_name == "Proxeny"
    await bot.set_chat_menu_button(menu_button=telegram.MenuButtonDefault())
    assert isinstance(await bot.get_chat_menu_button(), telegram.MenuButtonDefault)


async def test_copies_forwards_pins_and_reactions(bot: telegram.Bot, ana: Person) -> None:
    theirs = await ana.says("from Ana")
    copy = await bot.copy_message(ana.id, ana.id, theirs)
    forward = await bot.forward_message(ana.id, ana.id, theirs)
    assert isinstance(forward.forward_origin, telegram.MessageOriginUser)
    assert forward.forward_origin.sender_user.id == ana.id
    await bot.pin_chat_message(ana.id, copy.message_id)
    await bot.set_message_reaction(ana.id, theirs, "👍")
    view = await ana.view()
    assert view["pinned"] == [copy.message_id]
    assert next(m for m in view["messages"] if m["id"] == theirs)["reactions"] == ["👍"]
    assert (await bot.get_chat(ana.id)).pinned_message is not None
    await bot.unpin_chat_message(ana.id)
    await bot.send_chat_action(ana.id, "typing")
    assert (await ana.view())["typing"] is True


async def test_requests_are_kept_for_tests(
    sandbox: Sandbox, http: aiohttp.ClientSession, bot: telegram.Bot, ana: Person
) -> None:
    await bot.send_message(ana.id, "x")
    async with http.get(f"{sandbox.url}/requests", params={"after": 1}) as response:
        last = (await response.json())[-1]
    assert (last["method"], last["status"]) == ("sendMessage", 200)
    assert json.loads(json.dumps(last["params"]))["text"] == "x"
    async with http.get(f"{sandbox.url}/stats") as response:
        assert (await response.json())["sendMessage"] == {"200": 1}
