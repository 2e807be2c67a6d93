"""The nine tracks: each is whole, and what is answered in it comes to the matching."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.domain.exchange import FORMATS, GROUPED, Settled
from bot.domain.replies import Joined, Listed, Text, Value
from bot.domain.tracks import CITIZENS, TRACKS, Track, title
from bot.domain.tracks.answers import matchable, onward, shown, told_of
from bot.domain.tracks.schema import Ask, Question, Use
from bot.i18n import LANGUAGES, Tongue
from bot.kept_times import KEPT

EACH = pytest.mark.parametrize("track", TRACKS.values(), ids=lambda track: f"track {track.number}")
DIVIDING = re.compile(r"(?i)\b(conflict|divid|war\b|peace|enem|side|border|politic)")
CARRIED = {"exchange", "member", "match"}
"""What a form carries beside the answers."""


def every_question() -> list[Question]:
    return [question for track in TRACKS.values() for question in track.questions]


def texts_of(track: Track) -> list[Text]:
    """All that people read of a track."""
    told = [track.name, track.about, *(each for choice in track.prompts for each in choice)]
    for shape in track.templates:
        told += [shape.name, shape.about, *shape.tasks, *(a for one in shape.agenda for a in one)]
    for question in track.questions:
        told += [question.ask, question.label, *(question.options or {}).values()]
    return told + [text for each in track.outcomes for text in (each.ask, each.label)]


def test_there_are_nine_by_their_number_and_citizens_meet_in_pairs() -> None:
    assert list(TRACKS) == [each.number for each in TRACKS.values()] == list(range(1, 10))
    assert "pair" in TRACKS[CITIZENS].formats
    assert TRACKS[CITIZENS].asked("pair", leads=False) == ()
    assert {each for track in TRACKS.values() for each in track.formats} == set(FORMATS)


@EACH
def test_every_shape_is_one_of_a_format_and_its_rules_hold(track: Track) -> None:
    assert track.templates
    assert len(set(track.formats)) == len(track.formats)
    for each in track.templates:
        assert each.format in FORMATS
        assert track.template(each.format) is each
        assert each.rules.checked() is each.rules
        assert Settled.of(each.settled.as_json()) == each.settled
        asked = {one.key: one for one in track.asked(each.format, leads=each.settled.leads)}
        compared = {*each.rules.same, *each.rules.alike, *each.rules.mixed}
        assert all(asked[key].use in (Use.ANSWER, Use.SIZE) for key in compared)
        gives = {one.use for one in asked.values()} & {Use.OFFERS, Use.ROOM}
        wants = {one.use for one in asked.values()} & {Use.NEEDS, Use.SIZE}
        assert each.rules.fit <= bool(gives and wants)
        if each.format in GROUPED:
            assert len(each.agenda) == each.settled.sessions
            assert all(each.agenda)
            assert each.settled.leads
            assert any(one.use is Use.LEADS for one in asked.values())
    bare = track.template("nothing")
    assert (bare.name, bare.gives, bare.pulses, bare.stories) == (track.name, False, False, False)


@EACH
def test_every_question_can_be_asked_and_answered(track: Track) -> None:
    keys = [each.key for each in track.questions]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & CARRIED
    for each in track.questions:
        assert set(each.formats) <= set(track.formats)
        assert (each.kind in (Ask.ONE, Ask.MANY)) == bool(each.options)
        assert (each.kind is Ask.NUMBER) == (each.most > 1)
        assert (each.kind is Ask.NUMBER) == (each.use in (Use.SIZE, Use.ROOM))
        assert all(len(value) <= 32 and value.isascii() for value in each.options or {})
        if each.after:
            before = {one.key: one for one in track.questions[: keys.index(each.key)]}
            assert set(each.after[1]) <= set(before[each.after[0]].options or {})
    for shape in track.formats:
        assert all(each.use is not Use.LEADS for each in track.asked(shape, leads=False))


@EACH
def test_prompts_are_several_meetings_deep_and_the_first_divides_nobody(track: Track) -> None:
    assert len(track.prompts) >= 4
    assert all(track.prompts)
    assert not any(DIVIDING.search(each.id) for each in track.prompts[0])
    assert len({track.prompt(1, n).id for n in range(100)}) == len(track.prompts[0]) > 1
    last = len(track.prompts)
    assert track.prompt(last, 7) == track.prompt(last + 5, 7)


@EACH
def test_what_came_of_it_is_asked_and_some_of_it_goes_further(track: Track) -> None:
    keys = [each.key for each in track.outcomes]
    assert 3 <= len(keys) == len(set(keys))
    further = [each.key for each in track.outcomes if each.onward]
    assert onward(track.outcomes, dict.fromkeys(keys, "yes")) == len(further) >= 2
    assert onward(track.outcomes, dict.fromkeys(keys, "no")) == onward(track.outcomes, {}) == 0


@EACH
def test_every_text_can_be_read_and_is_calm(track: Track) -> None:
    for text in texts_of(track):
        assert 0 < len(text.id) <= 200
        assert "!" not in text.id
        assert not re.search(r"n't|'re\b|'ve\b|'ll\b", text.id), text.id
        for language in LANGUAGES:
            assert Tongue(language).say(text)


def test_times_to_keep_free_are_those_the_calendar_knows() -> None:
    (question,) = [each for each in every_question() if each.key == "kept"]
    assert set(question.options or {}) == set(KEPT)


def test_an_exchange_has_its_own_name_or_that_of_its_shape() -> None:
    assert title("Bread", 3, "pair") == "Bread"
    assert title(None, 3, "pair") == TRACKS[3].template("pair").name
    assert title(None, 3, "team") == TRACKS[3].name


def answers_to(question: Question) -> some.SearchStrategy[Any]:
    """What somebody may answer to a question, None where they skip it."""
    values = list(question.options or {})
    kinds: dict[Ask, some.SearchStrategy[Any]] = {
        Ask.ONE: some.sampled_from(values or [""]),
        Ask.MANY: some.lists(some.sampled_from(values or [""]), unique=True),
        Ask.NUMBER: some.integers(1, max(1, question.most)).map(str),
        Ask.WORDS: some.text(min_size=1, max_size=20),
    }
    return some.none() | kinds[question.kind]


@some.composite
def enrolled(draw: some.DrawFn) -> tuple[tuple[Question, ...], dict[str, Any]]:
    """The questions of some exchange and what somebody answered."""
    track = draw(some.sampled_from(list(TRACKS.values())))
    asked = track.asked(draw(some.sampled_from(track.formats)), leads=draw(some.booleans()))
    return asked, {each.key: draw(answers_to(each)) for each in asked}


@given(enrolled())
def test_each_answer_is_put_to_its_use(
    told: tuple[tuple[Question, ...], dict[str, Any]],
) -> None:
    questions, answers = told
    found = matchable(questions, answers)
    counts = [each for each in questions if answers[each.key] is not None and each.applies(answers)]
    by_use = {use: [each for each in counts if each.use is use] for use in Use}
    assert set(found.answers) == {each.key for each in (*by_use[Use.ANSWER], *by_use[Use.SIZE])}
    offered = {one for each in by_use[Use.OFFERS] for one in answers[each.key]}
    assert offered <= found.offers
    room = max((int(answers[each.key]) for each in by_use[Use.ROOM]), default=0)
    assert len(found.offers) == len(offered) + room
    assert found.leads == any(answers[each.key] == "yes" for each in by_use[Use.LEADS])
    capacities = [int(answers[each.key]) for each in by_use[Use.CAPACITY]]
    assert found.capacity == (capacities[0] if capacities else None)


@given(enrolled())
def test_a_partner_reads_only_what_is_meant_for_them(
    told: tuple[tuple[Question, ...], dict[str, Any]],
) -> None:
    questions, answers = told
    lines = told_of(questions, answers)
    meant = [e for e in questions if e.told and answers[e.key] and e.applies(answers)]
    assert [line.values["label"] for line in lines] == [each.label for each in meant]


@given(some.integers(1, 60), some.integers(1, 60))
def test_a_group_fits_where_there_is_room_for_it(size: int, room: int) -> None:
    questions = TRACKS[CITIZENS].asked("delegation", leads=False)
    guests = matchable(questions, {"role": "visit", "size": str(size), "room": "60"})
    hosts = matchable(questions, {"role": "host", "room": str(room), "size": "1"})
    assert bool(guests.needs & hosts.offers) == (size <= room)
    assert not guests.offers
    assert not hosts.needs


def test_mentors_take_as_many_as_they_said_and_some_would_lead() -> None:
    told = {"role": "mentor", "teach": ["history"], "capacity": "3", "learn": ["arts"]}
    mentor = matchable(TRACKS[5].asked("pair", leads=False), told)
    assert (mentor.capacity, mentor.offers, mentor.needs) == (3, {"history"}, frozenset())
    circle = TRACKS[2].asked("circle", leads=True)
    assert [matchable(circle, {"lead": said}).leads for said in ("yes", "no", None)] == [
        *(True, False, False)
    ]


def test_classes_of_a_size_are_alike() -> None:
    questions = TRACKS[5].asked("delegation", leads=False)
    sizes = [matchable(questions, {"size": str(n)}).answers["size"] for n in (24, 22, 5, 46, 60)]
    assert sizes == ["to 30", "to 30", "to 5", "more", "more"]


def parts(value: Value) -> list[str]:
    if isinstance(value, Text):
        return [value.id]
    if isinstance(value, Joined | Listed):
        inside = value.parts if isinstance(value, Joined) else value.items
        return [one for each in inside for one in parts(each)]
    return [str(value)]


def test_an_answer_is_shown_as_it_was_chosen() -> None:
    sector, offers, _needs, line = TRACKS[3].questions
    assert parts(shown(sector, "food")) == ["Food and farming"]
    assert parts(shown(offers, ["law", "design"])) == ["Law and permits", "Design and media"]
    assert parts(shown(line, "We bake")) == ["We bake"]
