"""The Bot API over real HTTP: what a client sends arrives, and what Telegram refuses is refused."""

import asyncio
from typing import Any

import aiohttp
import pytest
import telegram

from bot.sandbox import Person, Sandbox

Answer = dict[str, Any]


def keyboard(*buttons: Answer) -> Answer:
    return {"inline_keyboard": [list(buttons)]}


async def test_who_the_bot_is(bot: telegram.Bot, sandbox: Sandbox) -> None:
    me = await bot.get_me()
    assert (me.username, me.is_bot) == (sandbox.username, True)
    assert str(me.id) == sandbox.token.partition(":")[0]


async def test_tokens_and_methods(
    sandbox: Sandbox, http: aiohttp.ClientSession, capfd: pytest.CaptureFixture[str]
) -> None:
    async def status(token: str, method: str) -> tuple[int, str]:
        async with http.get(f"{sandbox.url}/bot{token}/{method}") as response:
            return response.status, (await response.json())["description"]

    assert await status("123:wrong", "getMe") == (401, "Unauthorized")
    assert await status("nonsense", "getMe") == (404, "Not Found")
    assert await status(sandbox.token, "sendNothing") == (404, "Not Found")
    assert "sendNothing" in capfd.readouterr().err


async def test_every_way_to_send_parameters(
    sandbox: Sandbox, http: aiohttp.ClientSession, ana: Person
) -> None:
    address = f"{sandbox.url}/bot{sandbox.token}/SENDMESSAGE"
    params = {"chat_id": ana.id, "text": "häß & co"}
    form = {name: str(value) for name, value in params.items()}
    with aiohttp.MultipartWriter("form-data") as parts:
        for name, value in form.items():
            parts.append(value).set_content_disposition("form-data", name=name)
    ways: list[dict[str, Any]] = [{"json": params}, {"data": form}, {"params": form}]
    for way in [*ways, {"data": parts}]:
        async with http.post(address, **way) as response:
            assert (await response.json())["result"]["text"] == params["text"]


class TestUpdates:
    """getUpdates: nothing is lost before it is acknowledged, nothing comes back after."""

    async def test_unacknowledged_updates_come_again(
        self, sandbox: Sandbox, bot: telegram.Bot
    ) -> None:
        ana = await Person.create(sandbox.url, "Ana", language="el")
        for text in ("one", "two", "three"):
            await ana.says(text)
        first = await bot.get_updates()
        assert [u.message and u.message.text for u in first] == ["one", "two", "three"]
        assert [u.update_id for u in await bot.get_updates()] == [u.update_id for u in first]
        rest = await bot.get_updates(offset=first[1].update_id)
        assert [u.message and u.message.text for u in rest] == ["two", "three"]
        assert len(await bot.get_updates(limit=1)) == 1
        [last] = await bot.get_updates(offset=-1)
        assert last.message
        assert last.message.text == "three"
        assert await bot.get_updates(offset=last.update_id + 1) == ()

    async def test_a_long_poll_answers_at_once(self, sandbox: Sandbox, bot: telegram.Bot) -> None:
        ana = await Person.create(sandbox.url, "Ana", language="pt-BR", username="ana")
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.1)
        await ana.says("/start abc")
        [update] = await asyncio.wait_for(poll, 2)
        message = update.message
        assert message is not None
        assert message.from_user is not None
        assert message.from_user.language_code == "pt-BR"
        assert message.chat.id == message.from_user.id == ana.id
        assert message.parse_entities() == {message.entities[0]: "/start"}

    async def test_a_second_poll_ends_the_first(self, bot: telegram.Bot, api: Any) -> None:
        first = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.1)
        assert (await api("getUpdates", timeout=0))["result"] == []
        with pytest.raises(telegram.error.Conflict, match="terminated by other getUpdates"):
            await first

    async def test_a_poll_that_was_cut_loses_nothing(
        self, sandbox: Sandbox, bot: telegram.Bot
    ) -> None:
        ana = await Person.create(sandbox.url, "Ana")
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.1)
        poll.cancel()
        await asyncio.sleep(0.1)
        await ana.says("still here")
        [update] = await bot.get_updates(timeout=5)
        assert update.message
        assert update.message.text == "still here"

    async def test_kinds_the_bot_does_not_want(self, sandbox: Sandbox, bot: telegram.Bot) -> None:
        ana = await Person.create(sandbox.url, "Ana")
        await bot.get_updates(allowed_updates=["callback_query"])
        await ana.says("unwanted")
        assert await bot.get_updates(allowed_updates=[]) == ()
        await ana.says("wanted")
        assert len(await bot.get_updates()) == 1

    async def test_not_while_a_webhook_is_set(self, bot: telegram.Bot) -> None:
        await bot.set_webhook("http://127.0.0.1:9/hook")
        with pytest.raises(telegram.error.Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert await bot.get_updates() == ()


class TestRefusals:
    """Telegram's own words for each mistake."""

    @pytest.mark.parametrize(
        ("params", "description"),
        [
            ({"text": ""}, "message text is empty"),
            ({"text": " \n\u200b"}, "message text is empty"),
            ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
            ({"text": "x" * 4097}, "message is too long"),
            ({"text": "🏟" * 2049}, "message is too long"),
            (
                {"text": "<b>x", "parse_mode": "HTML"},
                "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
            ),
            ({"text": "\ud800"}, "strings must be encoded in UTF-8"),
            (
                {"text": "x", "entities": [{"type": "bold", "length": 1}]},
                "can't parse MessageEntity: Can't find field \"offset\"",
            ),
            ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
            ({"text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
            (
                {"text": "x", "reply_parameters": {"message_id": 99}},
                "message to be replied not found",
            ),
        ],
    )
    async def test_texts(self, refusal: Any, ana: Person, params: Answer, description: str) -> None:
        found = await refusal("sendMessage", chat_id=ana.id, **params)
        assert found == f"Bad Request: {description}"

    @pytest.mark.parametrize(
        ("button", "description"),
        [
            ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
            (
                {"text": "x", "callback_data": ""},
                (
                    "can't parse inline keyboard button: "
                    "Text buttons are unallowed in the inline keyboard"
                ),
            ),
            ({"text": "", "callback_data": "x"}, "inline keyboard button text must be non-empty"),
            (
                {"callback_data": "x"},
                "can't parse inline keyboard button: Can't find field \"text\"",
            ),
            (
                {"text": "x", "url": "http://localhost:8080/a"},
                "inline keyboard button URL 'http://localhost:8080/a' is invalid: Wrong HTTP URL",
            ),
            (
                {"text": "x", "url": "ftp://example.org"},
                (
                    "inline keyboard button URL 'ftp://example.org' is invalid: "
                    "Unsupported URL protocol"
                ),
            ),
        ],
    )
    async def test_buttons(
        self, refusal: Any, ana: Person, button: Answer, description: str
    ) -> None:
        params = {"chat_id": ana.id, "text": "x", "reply_markup": keyboard(button)}
        assert await refusal("sendMessage", **params) == f"Bad Request: {description}"

    async def test_length_counts_after_the_markup_is_gone(self, api: Any, ana: Person) -> None:
        text = "<b>" + "&lt;" * 4096 + "</b>"
        answer = await api("sendMessage", chat_id=ana.id, text=text, parse_mode="HTML")
        assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]

    async def test_chats(self, sandbox: Sandbox, refusal: Any, ana: Person) -> None:
        stranger = await Person.create(sandbox.url, "Stranger")
        not_found = "Bad Request: chat not found"
        assert await refusal("sendMessage", text="x") == "Bad Request: chat_id is empty"
        assert await refusal("sendMessage", chat_id=1, text="x") == not_found
        assert await refusal("sendMessage", chat_id="@nobody", text="x") == not_found
        assert await refusal("sendMessage", chat_id=stranger.id, text="x") == not_found
        sandbox.world.add_group("group", "G", join_by_request=False).members[stranger.id] = "member"
        assert (
            await refusal("sendMessage", chat_id=stranger.id, text="x")
            == "Forbidden: bot can't initiate conversation with a user"
        )
        await ana.blocks()
        blocked = await refusal("sendMessage", chat_id=ana.id, text="x")
        assert blocked == "Forbidden: bot was blocked by the user"

    async def test_edits(self, bot: telegram.Bot, refusal: Any, api: Any, ana: Person) -> None:
        sent = await bot.send_message(ana.id, "one")
        of = {"chat_id": ana.id, "message_id": sent.message_id}
        not_modified = (
            "Bad Request: message is not modified: specified new message content and reply markup "
            "are exactly the same as a current content and reply markup of the message"
        )
        assert await refusal("editMessageText", **of, text="one") == not_modified
        assert await refusal("editMessageReplyMarkup", **of) == not_modified
        assert await refusal("editMessageText", **{**of, "message_id": 999}, text="two") == (
            "Bad Request: message to edit not found"
        )
        theirs = await ana.says("mine")
        assert await refusal("editMessageText", **{**of, "message_id": theirs}, text="two") == (
            "Bad Request: message can't be edited"
        )
        assert await refusal("editMessageCaption", **of, caption="two") == (
            "Bad Request: there is no caption in the message to edit"
        )
        edited = await api("editMessageText", **of, text="two")
        assert (edited["result"]["text"], "edit_date" in edited["result"]) == ("two", True)

    async def test_deletes(self, sandbox: Sandbox, api: Any, refusal: Any, ana: Person) -> None:
        first = (await api("sendMessage", chat_id=ana.id, text="x"))["result"]["message_id"]
        old = (await api("sendMessage", chat_id=ana.id, text="y"))["result"]["message_id"]
        assert (await api("deleteMessage", chat_id=ana.id, message_id=first))["result"] is True
        gone = await refusal("deleteMessage", chat_id=ana.id, message_id=first)
        assert gone == "Bad Request: message to delete not found"
        sandbox.world.chats[ana.id].messages[old].date -= 49 * 3600
        too_old = await refusal("deleteMessage", chat_id=ana.id, message_id=old)
        assert too_old == "Bad Request: message can't be deleted for everyone"

    async def test_an_unknown_query(self, refusal: Any) -> None:
        assert await refusal("answerCallbackQuery", callback_query_id="5") == (
            "Bad Request: query is too old and response timeout expired or query ID is invalid"
        )

    async def test_a_caption_that_is_too_long(self, bot: telegram.Bot, ana: Person) -> None:
        with pytest.raises(telegram.error.BadRequest, match="Message caption is too long"):
            await bot.send_document(ana.id, b"x", caption="x" * 1025)
