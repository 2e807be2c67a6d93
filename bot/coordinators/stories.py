"""/stories: stories that await the coordinators of every side, and their way to the channel."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.coordinators.agreed import awaited
from bot.coordinators.agreed import missing as missing_
from bot.coordinators.desk import Desk, choose, desk, refused
from bot.domain.fields import Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import (
    Button,
    Command,
    Say,
    Text,
    Value,
    _,
    button,
    paragraphs,
    stacked,
)
from bot.domain.rights import Right
from bot.domain.stories import as_read
from bot.forms import Flow, start
from bot.router import Routes, Turn, go
from bot.store import agreements, exchanges, freezes, networks, rooms, stories
from bot.store.networks import Side
from bot.store.stories import AGREED, Story

PAGE, LONGEST = 8, 500
OVER = _("That story is no longer waiting. /stories shows those that are.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A story at somebody's desk, and the sides that have not agreed to it."""

    at: Desk
    story: Story
    missing: tuple[Side, ...]

    @property
    def mine(self) -> bool:
        """Whether one's own side has not agreed yet."""
        return any(each.id == self.at.side.id for each in self.missing)


async def show_all(turn: Turn) -> list[Say]:
    """/stories: of which network, then what awaits there."""
    return await choose(turn, _("Which network?"), "stories.of", _first, Right.PUBLISH)


async def of(turn: Turn, network_id: int) -> list[Say]:
    """What awaits in a network."""
    return await page(turn, network_id, 0)


async def page(turn: Turn, network_id: int, after: int) -> list[Say]:
    """What awaits, after one."""
    at = await desk(turn, network_id, Right.PUBLISH)
    return [refused(turn)] if at is None else await _page(turn, at, after)


async def _first(turn: Turn, at: Desk) -> list[Say]:
    return await _page(turn, at, 0)


async def _page(turn: Turn, at: Desk, after: int) -> list[Say]:
    found = await stories.awaiting(turn.db, at.network.id, after, PAGE + 1)
    text = paragraphs(
        _("<b>{network}</b>: stories to be read", network=at.network.name),
        _("A story is published once the coordinators of every side agree.")
        if found
        else _("None at the moment."),
    )
    ways: tuple[Button | None, ...] = (
        *(_named(each) for each in found[:PAGE]),
        button(_("Next page"), "stories.page", at.network.id, found[PAGE - 1].id)
        if len(found) > PAGE
        else None,
        button(_("First page"), "stories.of", at.network.id) if after else None,
    )
    return [turn.say(text, stacked(*ways), edit=True)]


def _named(each: Story) -> Button:
    when = each.created_at.date()
    label = _("A story of {when}", when=when)
    if each.state == "approved":
        label = _("{when}: approved, waits for a channel", when=when)
    return button(label, "stories.show", each.id)


async def _opened(turn: Turn, story_id: int, *states: str) -> Opened | Say:
    """The story, held, if it is in one of these states; else what to say."""
    found = await stories.by_id(turn.db, story_id, hold=True)
    exchange = None if found is None else await exchanges.by_id(turn.db, found.exchange_id)
    at = None if exchange is None else await desk(turn, exchange.network_id, Right.PUBLISH)
    if found is None or at is None:
        return refused(turn)
    if found.state not in states:
        return turn.say(OVER, edit=True)
    return Opened(at, found, tuple(await missing_(turn.db, at.network.id, AGREED, found.id)))


async def show(turn: Turn, story_id: int) -> list[Say]:
    """A story as it would appear, and whose agreement is awaited."""
    found = await _opened(turn, story_id, "consented", "approved")
    if isinstance(found, Say):
        return [found]
    as_it_is = as_read(found.story.words, found.story.signed)
    return [turn.say(as_it_is), replace(await _card(turn, found), edit=False)]


async def _card(turn: Turn, found: Opened, news: Text | None = None) -> Say:
    text = paragraphs(news, await _by(turn, found), await _awaited(turn, found))
    ready = found.story.state == "approved"
    ways = stacked(
        button(_("Agree that it is published"), "stories.yes", found.story.id, found.story.mark)
        if found.mine
        else None,
        button(_("Publish it now"), "stories.out", found.story.id) if ready else None,
        button(_("Decline it"), "stories.no", found.story.id, found.story.mark),
        button(_("Back"), "stories.of", found.at.network.id),
    )
    return turn.say(text, ways, edit=True)


async def _by(turn: Turn, found: Opened) -> Text:
    """Who told it: of another side nothing but the side is said."""
    author = await networks.member(turn.db, found.story.member_id)
    if author is not None and found.at.sees(author):
        return _("Told by {name}, of your side.", name=author.name or "—")
    side = await networks.side(turn.db, found.story.side_id)
    return _("Told by somebody of {side}.", side="—" if side is None else side.name)


async def _awaited(turn: Turn, found: Opened) -> Value:
    if found.missing:
        return await awaited(turn.db, found.missing)
    if await freezes.frozen(turn.db, found.at.network.id):
        return _("All sides agree. It waits, as everything rests at the moment: /thaw.")
    return _("All sides agree. It waits until there is a channel: /rooms links one.")


async def agree(turn: Turn, story_id: int, mark: int) -> list[Say]:
    """One's own side agrees to it as it was shown; once all have, it is published."""
    found = await _opened(turn, story_id, "consented", "approved")
    if isinstance(found, Say):
        return [found]
    if found.story.mark != mark:
        return await show(turn, story_id)
    if not found.mine:
        return [await _card(turn, found)]
    at = found.at
    await agreements.agree(turn.db, AGREED, story_id, at.side.id, at.me.id, turn.now)
    await at.note(turn, "campaign.story_agreed", str(story_id))
    missing = tuple(each for each in found.missing if each.id != at.side.id)
    found = replace(found, missing=missing)
    if missing:
        return [await _card(turn, found, _("Your side has agreed."))]
    return await _publish(turn, found)


async def publish(turn: Turn, story_id: int) -> list[Say]:
    """Publishes what all sides agreed to."""
    found = await _opened(turn, story_id, "approved")
    return [found] if isinstance(found, Say) else await _publish(turn, found)


async def _publish(turn: Turn, found: Opened) -> list[Say]:
    """Posts it, or has it wait for a channel; its author hears of it."""
    story = found.story
    channel = await rooms.channel_of(turn.db, found.at.network.id)
    if channel is None or await freezes.frozen(turn.db, found.at.network.id):
        first = story.state == "consented"
        await stories.set_state(turn.db, story.id, "approved")
        found = replace(found, story=replace(story, state="approved"))
        news = _("What you wrote is approved. It waits until it can be published: /story.")
        said = await _author(turn, story, news) if first else []
        return [await _card(turn, found), *said]
    await stories.publish(turn.db, story.id, turn.now)
    await found.at.note(turn, "campaign.story_published", str(story.id))
    text, key = as_read(story.words, story.signed), stories.key_of(story.id)
    post = Say(0, text, room=channel.id, key=key, about=story.id)
    news = _("What you wrote is in the channel now. You can take it back at any time: /story.")
    done = turn.say(
        _("All sides agree. It is in the channel now."),
        stacked(button(_("Back"), "stories.of", found.at.network.id)),
        edit=True,
    )
    return [done, post, *await _author(turn, story, news)]


async def _author(turn: Turn, story: Story, news: Value) -> list[Say]:
    author = await networks.member(turn.db, story.member_id)
    if author is None or author.state == "left":
        return []
    return [Say(author.person_id, news, stacked(go(_("Your stories"), "story")))]


async def decline(turn: Turn, story_id: int, mark: int) -> list[Say]:
    """Asks why it is not published."""
    found = await _opened(turn, story_id, "consented", "approved")
    if isinstance(found, Say):
        return [found]
    if found.story.mark != mark:
        return await show(turn, story_id)
    return await start(turn, NO, {"story": story_id, "mark": mark})


async def _form(_turn: Turn, _answers: Answers) -> Form:
    ask = _("What shall the person who told it hear? They read it as you write it, without a name.")
    return Form("story_no", (Step("why", ask, Words(LONGEST), _("Reason")),), review=False)


async def _declined(turn: Turn, answers: Answers) -> list[Say]:
    found = await _opened(turn, int(answers["story"]), "consented", "approved")
    if isinstance(found, Say):
        return [found]
    if found.story.mark != answers["mark"]:
        return await show(turn, found.story.id)
    await agreements.forget(turn.db, AGREED, found.story.id)
    await stories.set_state(turn.db, found.story.id, "declined")
    await found.at.note(turn, "campaign.story_declined", str(found.story.id))
    news = paragraphs(
        _("What you wrote is not published this time. You can change it: /story."),
        _("<tg-spoiler>{words}</tg-spoiler>", words=answers["why"]),
    )
    back = stacked(button(_("Back"), "stories.of", found.at.network.id))
    told = await _author(turn, found.story, news)
    return [turn.say(_("It is declined, and its author is told why."), back), *told]


NO = Flow("story_no", _form, _declined)
FLOWS = (NO,)
MENU = (Command("stories", _("Stories that wait to be published"), for_coordinators=True),)
ROUTES = Routes(
    {"stories": show_all},
    {
        "stories.of": of,
        "stories.page": page,
        "stories.show": show,
        "stories.yes": agree,
        "stories.out": publish,
        "stories.no": decline,
    },
    right=Right.PUBLISH,
)
