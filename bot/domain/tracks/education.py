"""Track 5: mentors and learners, classes, joint study."""

from __future__ import annotations

from bot.domain.exchange import Settled
from bot.domain.matching import Rules
from bot.domain.replies import Text, _
from bot.domain.tracks.common import BROUGHT, LEAD, TOLD
from bot.domain.tracks.schema import Ask, Outcome, Question, Template, Track, Use

PAIR = Template(
    "pair",
    _("Mentors and learners"),
    _("Somebody who knows a subject accompanies one or two who learn it."),
    Rules(same=("level",), fit=True, interests=10, opinions=0, hours=30, needs=60),
    Settled(round_days=14, checkin_days=30),
)

DELEGATION = Template(
    "delegation",
    _("Class with class"),
    _("A class meets a class, online or on a visit. One teacher signs up for all."),
    Rules(
        least_hours=1,
        same=("level",),
        interests=0,
        opinions=0,
        hours=20,
        alike={"subject": 50, "size": 30},
    ),
    Settled(round_days=28, checkin_days=30),
    visits=True,
)

TEAM = Template(
    "team",
    _("Joint study"),
    _("A small group with people of each side looks into one question together."),
    Rules(same=("subject",), interests=30, opinions=20, hours=30, alike={"level": 20}),
    Settled(round_days=28, size=2, leads=True, sessions=4, session_days=14, checkin_days=30),
    agenda=(
        (_("Who are we, and what does each of us bring?"), _("Choose one question.")),
        (_("What has each of us found?"), _("What do our sources say differently, and why?")),
        (_("What do we now think?"), _("Who writes or shows what?")),
        (_("Look at what you have made."), _("Whom will you show it to on each side?")),
    ),
    tasks=(
        _("Write the question down in one sentence"),
        _("Find two sources from each side"),
        _("Write or draw what you have found"),
        _("Show it to people of each side"),
    ),
)

SUBJECTS: dict[str, Text] = {
    "languages": _("Languages"),
    "mathematics": _("Mathematics"),
    "science": _("Natural science"),
    "computing": _("Computing"),
    "history": _("History"),
    "society": _("Society and economy"),
    "arts": _("Art and music"),
    "sports": _("Sports"),
    "crafts": _("Crafts and trades"),
    "health": _("Health"),
    "teaching": _("Teaching"),
}

EDUCATION = Track(
    5,
    _("Research, training and education"),
    _("People learn with and from each other: as mentor and learner, as classes, in joint study."),
    (PAIR, DELEGATION, TEAM),
    prompts=(
        (
            _("Which teacher do you remember, and what for?"),
            _("What did you learn outside school that you would not want to be without?"),
        ),
        (_("What was hard for you to learn, and what helped?"),),
        (_("What did you learn at school about the people on the other side?"),),
        (_("What would you like the next class to learn about both of you?"),),
    ),
    questions=(
        Question(
            "role",
            _("Would you like to teach something, or to learn something?"),
            _("Teach or learn"),
            Ask.ONE,
            options={"mentor": _("I would like to teach"), "learner": _("I would like to learn")},
            formats=("pair",),
        ),
        Question(
            "teach",
            _("What could you teach?"),
            _("Teaches"),
            Ask.MANY,
            Use.OFFERS,
            SUBJECTS,
            formats=("pair",),
            after=("role", ("mentor",)),
            told=True,
        ),
        Question(
            "learn",
            _("What would you like to learn?"),
            _("Learns"),
            Ask.MANY,
            Use.NEEDS,
            SUBJECTS,
            formats=("pair",),
            after=("role", ("learner",)),
            told=True,
        ),
        Question(
            "capacity",
            _("How many learners could you accompany at a time, if there are few mentors?"),
            _("Learners at a time"),
            Ask.ONE,
            Use.CAPACITY,
            {"1": _("One"), "2": _("Two"), "3": _("Three")},
            formats=("pair",),
            after=("role", ("mentor",)),
        ),
        Question(
            "subject",
            _("Which subject is it about?"),
            _("Subject"),
            Ask.ONE,
            Use.ANSWER,
            SUBJECTS,
            formats=("delegation", "team"),
            told=True,
        ),
        Question(
            "level",
            _("At which level?"),
            _("Level"),
            Ask.ONE,
            Use.ANSWER,
            {
                "primary": _("Primary school"),
                "secondary": _("Secondary school"),
                "university": _("University or college"),
                "work": _("Working life"),
            },
            told=True,
        ),
        Question(
            "size",
            _("How many are in your class?"),
            _("Class size"),
            Ask.NUMBER,
            Use.SIZE,
            most=60,
            formats=("delegation",),
            told=True,
        ),
        LEAD,
    ),
    outcomes=(
        Outcome(
            "learned",
            _("Did you learn something you have used since?"),
            _("Learned something useful"),
        ),
        Outcome(
            "joint",
            _("Have you made something together: a lesson, a text, a project?"),
            _("Made something together"),
            onward=True,
        ),
        TOLD,
        BROUGHT,
    ),
)
