"""/story: a story of one's own, seen as it would appear, and taken back at any time."""

from __future__ import annotations

from bot.domain.fields import One, Option, Words
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import Button, Command, Say, Text, _, button, paragraphs, stacked
from bot.domain.shown_name import LONGEST as LONGEST_NAME
from bot.domain.shown_name import checked_participants_name
from bot.domain.stories import LONGEST, PROMPTS, as_read
from bot.domain.tracks import title
from bot.forms import Flow, start
from bot.router import Routes, Turn, go, too_old
from bot.store import enrolments, exchanges, networks, roster, stories
from bot.store.exchanges import Exchange
from bot.store.networks import Member
from bot.store.stories import Story

SHOWN = 10
NOBODY, FIRST, SHOWN_NAME = "nobody", "first", "shown"

STATES: dict[str, Text] = {
    "draft": _("Not sent yet"),
    "consented": _("Is being read by the coordinators"),
    "approved": _("Approved, waits for a channel"),
    "declined": _("Was not published"),
    "published": _("Is in the channel"),
}
"""How far a story is."""


async def _places(turn: Turn) -> list[tuple[Exchange, Member]]:
    """The activities in which this person can tell a story."""
    return [
        (exchange, member)
        for member in await networks.memberships(turn.db, turn.me.id)
        if member.state == "active"
        for each in await enrolments.of_member(turn.db, member.id)
        if each.state != "out"
        and (exchange := await exchanges.by_id(turn.db, each.exchange_id)) is not None
        and exchange.state == "open"
        and exchange.template.stories
    ]


async def story(turn: Turn) -> list[Say]:
    """/story: one's own stories, and a new one."""
    places = await _places(turn)
    ids = [each.id for each in await networks.memberships(turn.db, turn.me.id)]
    mine = await stories.of_members(turn.db, ids, SHOWN)
    if not places and not mine:
        text = _("You can tell a story once you take part in an activity for stories.")
        return [turn.say(text, stacked(go(_("Choose what to take part in"), "activities")))]
    ways = (
        *(_new(exchange, alone=len(places) == 1) for exchange, _member in places),
        *(_named(each) for each in mine),
    )
    text = _("A true story can reach people on all sides. Nothing is published unless you agree.")
    return [turn.say(text, stacked(*ways), edit=True)]


def _new(exchange: Exchange, *, alone: bool) -> Button:
    name = title(exchange.name, exchange.track, exchange.format)
    label = _("Tell a story") if alone else _("Tell a story: {activity}", activity=name)
    return button(label, "story.new", exchange.id)


def _named(each: Story) -> Button:
    when, state = each.created_at.date(), STATES[each.state]
    return button(_("{when}: {state}", when=when, state=state), "story.show", each.id)


async def new(turn: Turn, exchange_id: int) -> list[Say]:
    """Asks for a new story."""
    here = [member for exchange, member in await _places(turn) if exchange.id == exchange_id]
    if not here:
        return [too_old(turn)]
    return await start(turn, TELL, {"exchange": exchange_id, "member": here[0].id, "story": 0})


async def _form(turn: Turn, answers: Answers) -> Form:
    member = await networks.own(turn.db, turn.me.id, int(answers["member"]))
    shown = "" if member is None else member.name or ""
    prompts = tuple(Option(key, text) for key, text in PROMPTS.items())
    names = (
        Option(NOBODY, _("No name")),
        Option(FIRST, _("A first name that I write")),
        *((Option(SHOWN_NAME, _("The name others see: {name}", name=shown)),) if shown else ()),
    )
    steps = (
        Step("about", _("What is it about?"), One(prompts), _("About")),
        Step("words", _ask_words, Words(LONGEST, paragraphs=True), _("Story")),
        Step("sign", _("Which name should be under it?"), One(names), _("Name"), renews=("first",)),
        Step(
            "first",
            _("Which first name? It need not be your own."),
            Words(LONGEST_NAME, checked_participants_name),
            _("First name"),
            when=lambda told: told.get("sign") == FIRST,
        ),
    )
    return Form("story", steps, review=False)


def _ask_words(answers: Answers) -> Text:
    return _(
        "Please write it, in your own language: <b>{about}</b>. Name nobody who has not agreed, "
        "and no place by which somebody could be found.",
        about=PROMPTS.get(answers.get("about") or "", PROMPTS["other"]),
    )


async def _told(turn: Turn, answers: Answers) -> list[Say]:
    member = await networks.own(turn.db, turn.me.id, int(answers["member"]))
    if member is None or member.state != "active":
        return [too_old(turn)]
    names = {FIRST: answers.get("first"), SHOWN_NAME: member.name}
    words, signed = str(answers["words"]), names.get(str(answers["sign"]))
    known = await _mine(turn, int(answers["story"])) if answers["story"] else None
    if known is not None and known.state not in ("draft", "declined"):
        return [too_old(turn)]
    if known is not None:
        await stories.rewrite(turn.db, known.id, words, signed)
        return await show(turn, known.id)
    of_it = int(answers["exchange"]), member, words, signed, turn.me.language
    return await show(turn, await stories.draft(turn.db, *of_it, turn.now))


async def _mine(turn: Turn, story_id: int) -> Story | None:
    """One's own story, held, unless it was taken back."""
    found = await stories.by_id(turn.db, story_id, hold=True)
    whose = None if found is None else await networks.own(turn.db, turn.me.id, found.member_id)
    return None if found is None or whose is None or found.state == "withdrawn" else found


async def show(turn: Turn, story_id: int) -> list[Say]:
    """A story as it is read, and what can be done with it."""
    found = await _mine(turn, story_id)
    if found is None:
        return [too_old(turn)]
    return [turn.say(as_read(found.words, found.signed)), _card(turn, found)]


def _card(turn: Turn, found: Story) -> Say:
    draft = found.state == "draft"
    text = paragraphs(
        _("This is how it would appear.") if draft else STATES[found.state],
        _(
            "It will be published in a channel anybody can read. It can be taken out of the "
            "channel later, but copies may remain. Before that, coordinators of every side read "
            "it; those of your side know that it is from you."
        )
        if draft
        else None,
    )
    ways = stacked(
        _agree(found) if draft else None,
        button(_("Change it"), "story.change", found.id) if _may_change(found) else None,
        button(_("Throw it away") if draft else _("Take it back"), "story.back", found.id),
        go(_("Back"), "story"),
    )
    return turn.say(text, ways)


def _agree(found: Story) -> Button:
    return button(_("Yes, publish it like this"), "story.yes", found.id, found.mark)


def _may_change(found: Story) -> bool:
    return found.state in ("draft", "declined")


async def change(turn: Turn, story_id: int) -> list[Say]:
    """Asks for its words and its name anew."""
    found = await _mine(turn, story_id)
    if found is None or not _may_change(found):
        return [too_old(turn)]
    carried = {"exchange": found.exchange_id, "member": found.member_id, "story": found.id}
    return await start(turn, TELL, {**carried, "about": "other"})


async def consent(turn: Turn, story_id: int, mark: int) -> list[Say]:
    """The author wants it published like this: the coordinators of every side are to read it."""
    found = await _mine(turn, story_id)
    if found is None or found.state != "draft":
        return [too_old(turn)]
    if found.mark != mark:
        return await show(turn, story_id)
    member = await networks.own(turn.db, turn.me.id, found.member_id)
    if member is None or member.state != "active":
        return [too_old(turn)]
    await stories.set_state(turn.db, found.id, "consented")
    ways = stacked(button(_("Show"), "stories.show", found.id))
    told = [
        Say(each.person_id, _("A story awaits your reading."), ways)
        for side in await networks.sides_of(turn.db, member.network_id)
        for each in await roster.coordinators(turn.db, side.id)
    ]
    text = _("Thank you. It is being read now, and I tell you what comes of it.")
    return [turn.say(text, stacked(go(_("Your stories"), "story")), edit=True), *told]


async def back(turn: Turn, story_id: int) -> list[Say]:
    """Asks whether to take it back."""
    found = await _mine(turn, story_id)
    if found is None:
        return [too_old(turn)]
    text = _("Its words are deleted here and, if they are there, in the channel. Go on?")
    ways = stacked(
        button(_("Yes, delete it"), "story.gone", found.id),
        button(_("No, keep it"), "story.show", found.id),
    )
    return [turn.say(text, ways, edit=True)]


async def gone(turn: Turn, story_id: int) -> list[Say]:
    """Takes it back."""
    found = await _mine(turn, story_id)
    if found is None:
        return [too_old(turn)]
    await stories.take_back(turn.db, found.id, turn.now)
    text = paragraphs(
        _("It is deleted."),
        _("Should you still see it in the channel, please tell the coordinators: /help.")
        if found.state == "published"
        else None,
    )
    return [turn.say(text, stacked(go(_("Your stories"), "story")), edit=True)]


TELL = Flow("story", _form, _told)
FLOWS = (TELL,)
MENU = (Command("story", _("Tell a story of your own")),)
ROUTES = Routes(
    {"story": story},
    {
        "story.new": new,
        "story.show": show,
        "story.change": change,
        "story.yes": consent,
        "story.back": back,
        "story.gone": gone,
    },
)
