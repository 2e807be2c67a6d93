"""The questions of an exchange's track, asked of who takes part."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.fields import Find, Kind, Many, One, Option, Words, Wrong
from bot.domain.forms import Answers, Form, Step
from bot.domain.replies import Say, Value, _, button, paragraphs, stacked
from bot.domain.tracks import title
from bot.domain.tracks.schema import Ask, Question
from bot.forms import Flow, start
from bot.participants.sure import asked_first
from bot.router import Turn, too_old
from bot.store import enrolments, exchanges, networks
from bot.store.exchanges import Exchange
from bot.store.networks import PRESENT, Member

MAY_ENROL = PRESENT
USUAL = (*range(1, 7), 8, 10, 12, 15, 20, 25, 30)
"""The numbers that needn't be typed."""

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Place:
    """An exchange as one of those who could take part sees it."""

    exchange: Exchange
    member: Member

    @property
    def name(self) -> Value:
        """What the exchange is called."""
        return title(self.exchange.name, self.exchange.track, self.exchange.format)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What they are asked."""
        return enrolments.asked(self.member.role, self.exchange)


async def place(turn: Turn, exchange_id: int) -> Place | None:
    """The open exchange, if it is open to the person whose turn it is."""
    exchange = await exchanges.by_id(turn.db, exchange_id)
    if exchange is None or exchange.state != "open":
        return None
    member = await networks.membership(turn.db, turn.me.id, exchange.network_id)
    if member is None or member.state not in MAY_ENROL:
        return None
    return Place(exchange, member) if enrolments.open_to(member.role, exchange) else None


async def ask(turn: Turn, at: Place) -> list[Say]:
    """Enrols at once where nothing is asked; else asks, with earlier answers for a review."""
    if not at.questions:
        return await _enrolled(turn, at, {})
    known = await enrolments.of(turn.db, at.member.id, at.exchange.id)
    told = {} if known is None else known.answers or {}
    skipped = {each.key: None for each in at.questions if told and each.optional}
    return await start(turn, ENROL, {**skipped, **told, "exchange": at.exchange.id})


async def _form(turn: Turn, answers: Answers) -> Form:
    at = await place(turn, int(answers["exchange"]))
    if at is None or not at.questions:
        gone = _("This activity is no longer open to you. /activities shows what is.")
        return Form("enrol", (Step("gone", gone, One(()), _("Activity")),))
    intro = paragraphs(_("<b>{activity}</b>", activity=at.name), _("These are your answers."))
    steps = (each for question in at.questions for each in _steps(question))
    return Form("enrol", tuple(steps), intro=intro, send=_("Take part"))


def _steps(question: Question) -> tuple[Step, ...]:
    """A question, and the one after it where a partner reads words that show who wrote them."""
    read = question.told and question.kind is Ask.WORDS
    return asked_first(step(question)) if read else (step(question),)


def step(question: Question) -> Step:
    """A question of a track as a step of a form; its answers are kept under its key."""
    kind = _kind(question)
    skips = question.optional and not (isinstance(kind, Many) and kind.none)
    asked = (question.key, question.ask, kind, question.label)
    return Step(*asked, optional=skips, when=question.applies)


def _kind(question: Question) -> Kind:
    options = tuple(Option(value, text) for value, text in (question.options or {}).items())
    match question.kind:
        case Ask.ONE:
            return One(options)
        case Ask.MANY:
            return Many(options, none=_("None of these") if question.optional else None)
        case Ask.NUMBER:
            usual = tuple(Option(str(n), str(n)) for n in USUAL if n <= question.most)
            return One(usual, width=4, find=_number(question.most))
        case Ask.WORDS:
            return Words(LONGEST)


def _number(most: int) -> Find:
    def find(text: str) -> tuple[str, ...]:
        if text.isdecimal() and 1 <= int(text[:9]) <= most:
            return (str(int(text)),)
        raise Wrong(_("Please write a number from 1 to {most}.", most=most))

    return find


async def _done(turn: Turn, answers: Answers) -> list[Say]:
    at = await place(turn, int(answers["exchange"]))
    if at is None:
        return [too_old(turn)]
    told = {each.key: answers[each.key] for each in at.questions if each.key in answers}
    return await _enrolled(turn, at, told)


async def _enrolled(turn: Turn, at: Place, told: Answers) -> list[Say]:
    await enrolments.take_part(turn.db, at.member.id, at.exchange.id, told, turn.now)
    text = _("You take part in <b>{activity}</b>.", activity=at.name)
    ways = stacked(
        button(_("Show"), "activities.show", at.exchange.id),
        button(_("Other activities"), "activities.all"),
    )
    return [turn.say(text, ways, edit=True)]


ENROL = Flow("enrol", _form, _done)
