"""Track 5: one who can teach accompanies two who learn, each for themselves."""

from __future__ import annotations

from tests.play import Stage
from tests.stories.report import reported
from tests.stories.venue import venue

ACTIVITY = "Mentors and learners"


async def test_a_mentor_has_two_learners_of_the_subject_and_the_level(stage: Stage) -> None:
    at = await venue(stage, 5, "pair", [["Maya"], ["Nour", "Omar", "Rana"]])
    teaches = ("I would like to teach", "Mathematics", "Done", "Two", "Secondary school")
    maya = await at.takes_part("Maya", ACTIVITY, *teaches)
    learners = {"Nour": "Secondary school", "Omar": "Secondary school", "Rana": "Primary school"}
    for name, level in learners.items():
        await at.takes_part(name, ACTIVITY, "I would like to learn", "Mathematics", "Done", level)
    await at.holds_a_round()
    for name in ("Nour", "Omar"):
        await at.people[name].chooses(
            "There is somebody you could meet.", "Yes, I would like to meet"
        )
    await at.people["Rana"].sees("I could not find anybody for you yet.")
    proposal = await maya.sees("There is somebody you could meet.")
    assert "What one of you offers is what the other looks for." in proposal.text
    assert "You said that you could meet more than one person at a time" in proposal.text
    for _each in range(2):
        await maya.taps("Yes, I would like to meet")
        await maya.person.waits()
    for name in ("Nour", "Omar"):
        learner = at.people[name]
        await learner.chooses("There is good news about your introduction", "Show")
        card = await learner.meets_partner()
        assert "Teaches: Mathematics" in card.text
    await maya.says("/meet")
    choice = await maya.sees("Whom would you like to meet?")
    assert len(set(choice.labels)) == 2, "each has a pseudonym of their own"
    assert not {"Nour", "Omar"} & set(choice.labels)
    lines = await reported(stage, at.olga, at.sides[0].network_id, 5)
    assert lines[1] == "Took part: 4"
