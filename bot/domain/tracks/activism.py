"""Track 6: mixed teams that do something for one cause."""

from __future__ import annotations

from bot.domain.exchange import Settled
from bot.domain.matching import Rules
from bot.domain.replies import _
from bot.domain.tracks.common import BROUGHT, LEAD, TOLD
from bot.domain.tracks.schema import Ask, Outcome, Question, Template, Track, Use

TEAM = Template(
    "team",
    _("Joint action"),
    _("A small team with people of each side does something for one cause."),
    Rules(same=("cause",), interests=20, opinions=20, hours=30, mixed={"skill": 30}),
    Settled(round_days=28, size=3, leads=True, sessions=4, session_days=10, checkin_days=21),
    agenda=(
        (_("Who are we, and why this cause?"), _("What would be different in half a year?")),
        (_("Choose one action that is safe for all of you."), _("Who takes which task?")),
        (_("What is done, and what is stuck?"), _("Who could help from outside the team?")),
        (_("What came of it?"), _("Thank those who helped. Do you go on together?")),
    ),
    tasks=(
        _("Write down in two sentences what you want to reach"),
        _("Ask five people of each side what they think of it"),
        _("Check that the plan puts nobody at risk"),
        _("Find a day and a place that suit everybody"),
        _("Tell others what came of it"),
    ),
)

ACTIVISM = Track(
    6,
    _("Activism"),
    _("People of all sides work together for one cause, task by task."),
    (TEAM,),
    prompts=(
        (
            _("When did you first do something for others, and who asked you to?"),
            _("What small change near you made you glad last year?"),
        ),
        (_("Why does this cause matter to you, and how does it touch people on your side?"),),
        (_("What could go wrong for whom, and how do you look after each other?"),),
        (_("What did you learn about working together that others should know?"),),
    ),
    questions=(
        Question(
            "cause",
            _("Which cause would you like to work for?"),
            _("Cause"),
            Ask.ONE,
            Use.ANSWER,
            {
                "nature": _("Nature and climate"),
                "youth": _("Children and young people"),
                "women": _("Equal chances for women and men"),
                "access": _("People with disabilities"),
                "health": _("Health"),
                "heritage": _("Old buildings and heritage"),
                "neighbours": _("Life in the neighbourhood"),
                "rights": _("Rights and justice"),
            },
            told=True,
        ),
        Question(
            "skill",
            _("What could you contribute most?"),
            _("Contributes"),
            Ask.ONE,
            Use.ANSWER,
            {
                "plan": _("Planning and organising"),
                "write": _("Writing and translating"),
                "show": _("Pictures, film or music"),
                "talk": _("Talking to people"),
                "make": _("Working with my hands"),
                "know": _("Knowledge of the matter"),
            },
            told=True,
        ),
        LEAD,
    ),
    outcomes=(
        Outcome(
            "done",
            _("Did the team do what it had planned?"),
            _("Did what was planned"),
            onward=True,
        ),
        Outcome("next", _("Have you planned something else together?"), _("Goes on together")),
        TOLD,
        BROUGHT,
    ),
)
