"""A brief in words: what an official or an observer is told, and what is left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from bot.domain.briefs import TOLD, Brief
from bot.domain.figures import Step
from bot.domain.replies import Listed, Text, Value, _, ngettext
from bot.domain.tracks import TRACKS, title
from bot.pictures.charts import said
from bot.pictures.page import Block, Heading, Page, Paragraph, Quote, Table

STEPS: dict[Step, Text] = {
    Step.INVITED: _("Opened an invitation"),
    Step.SIGNED_UP: _("Signed up"),
    Step.APPROVED: _("Were approved"),
    Step.ASKED: _("Were asked whether they would like to meet"),
    Step.INTRODUCED: _("Were introduced"),
    Step.MET: _("Met"),
    Step.TWICE: _("Met twice"),
    Step.THRICE: _("Met three times"),
}
"""How far people came, as it is said above a figure."""


def name_of(brief: Brief) -> Value:
    """What a brief is about: an activity, or all of a network."""
    return title(brief.name, brief.track, brief.shape) if brief.track else brief.network


def period_of(brief: Brief) -> Text:
    """The time a brief is about."""
    if brief.until is None or brief.since is None:
        return _("From the beginning to {until}", until=brief.until or _("now"))
    return _("From {since} to {until}", since=brief.since, until=brief.until)


def page_of(brief: Brief, quotes: Sequence[Quote]) -> Page:
    """All that the brief says, with stories that are published still."""
    parts = (_about(brief), _people(brief), _work(brief), _outcomes(brief), _stories(quotes))
    blocks = chain(*parts, _method(brief))
    return Page(_("A brief on {what}", what=name_of(brief)), tuple(blocks))


def _about(brief: Brief) -> list[Block]:
    names = Listed(tuple(each.name for each in brief.sides))
    told: list[Value] = [
        period_of(brief),
        _("In the network {network}, people of {sides} meet.", network=brief.network, sides=names),
    ]
    if brief.track in TRACKS:
        told.append(TRACKS[brief.track].about)
    elif brief.tracks:
        tracks = Listed(tuple(TRACKS[each].name for each in brief.tracks if each in TRACKS))
        told.append(_("They do so in these fields: {tracks}.", tracks=tracks))
    return [Paragraph(each) for each in told]


def _people(brief: Brief) -> list[Block]:
    if not brief.sides:
        return []
    head: tuple[Value, ...] = (_("People"), *(each.name for each in brief.sides))
    rows = tuple(
        (STEPS[step], *(said(each.counts[at], brief.fewest) for each in brief.sides))
        for at, step in enumerate(TOLD)
    )
    return [Heading(_("Who took part")), Table(head, rows)]


def _work(brief: Brief) -> list[Block]:
    met = brief.meetings
    if met is None:
        told = _("Too few people have met to tell how often.")
    else:
        told = ngettext("{n} meeting was held.", "{n} meetings were held.", met)
    hours = brief.hours
    more = (
        []
        if hours is None
        else [ngettext("They lasted {n} hour in all.", "They lasted {n} hours in all.", hours)]
    )
    return [Heading(_("What they did")), *map(Paragraph, (told, *more))]


def _outcomes(brief: Brief) -> list[Block]:
    labels = {
        (track.number, each.key): each.label for track in TRACKS.values() for each in track.outcomes
    }
    rows: list[tuple[Value, ...]] = [
        (labels[each.track, each.key], said(each.yes, brief.fewest), each.told)
        for each in brief.outcomes
        if (each.track, each.key) in labels
    ]
    if not rows:
        return []
    onward = brief.onward
    more = (
        []
        if onward is None
        else [
            ngettext(
                "{n} time, something was carried on to others.",
                "{n} times, something was carried on to others.",
                onward,
            )
        ]
    )
    head = (_("What people tell"), _("Yes"), _("Answers"))
    return [Heading(_("What came of it")), Table(head, tuple(rows)), *map(Paragraph, more)]


def _stories(quotes: Sequence[Quote]) -> list[Block]:
    return [Heading(_("In their own words")), *quotes] if quotes else []


def _method(brief: Brief) -> list[Block]:
    told = (
        _(
            "There are no names in this brief, and nothing by which a person could be made out. "
            "A figure of fewer than {n} people is not shown.",
            n=brief.fewest,
        ),
        _(
            "A meeting counts once those who met have said so. What came of it is what people told "
            "of their own accord; who did not answer is not counted."
        ),
        _(
            "Stories were published with the consent of those who tell them. What people write to "
            "each other, their notes and their answers in confidence are in no brief."
        ),
        _("The coordinators of every side agree before a brief is passed on."),
    )
    return [Heading(_("How this was made")), *map(Paragraph, told)]
