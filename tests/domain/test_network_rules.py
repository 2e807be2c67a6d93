"""A network's own days, an exchange's cadence and weights, and words in place of the usual ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import own_days
from bot.domain.exchange import LEVELS, SOONEST, level, moved, weighed
from bot.domain.fields import Wrong
from bot.domain.matching import Rules
from bot.domain.policy import Policy, yearly
from bot.domain.replies import ngettext
from bot.domain.wording import FOUND, TAGS, Message, checked, found, placeholders, preview
from bot.i18n import LANGUAGES, Tongue, messages

TODAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAYS = st.dates(date(2026, 3, 4), date(2090, 1, 1))


@given(DAYS, st.booleans(), st.sampled_from([".", "/", " ", "-"]))
def test_a_day_that_is_written_is_that_day(day: date, every_year: bool, by: str) -> None:
    numbers = [f"{day.day}", f"{day.month}", f"{day.year}"]
    for order in (numbers, numbers[::-1]):
        said = own_days.written(by.join(order), TODAY, every_year=every_year)
        assert said == (yearly(day) if every_year else day.isoformat())
        assert said is not None
        assert Policy(own_days=(said,)).rests(day)
        assert own_days.next_on(said, day) == day


@given(DAYS)
def test_without_a_year_it_is_the_next_one(day: date) -> None:
    said = own_days.written(f"{day.day}.{day.month}.", TODAY, every_year=False)
    assert said is not None
    ahead = date.fromisoformat(said)
    assert (ahead.month, ahead.day) == (day.month, day.day)
    assert TODAY <= ahead <= day


@given(st.text(max_size=12))
def test_whatever_is_written_is_a_day_or_none(text: str) -> None:
    for every_year in (True, False):
        said = own_days.written(text, TODAY, every_year=every_year)
        assert said is None or own_days.next_on(said, TODAY) is not None


def test_past_days_are_left_out_and_the_next_comes_first() -> None:
    kept = ("2020-01-01", "--03-03", "2026-03-05", "--02-29")
    assert own_days.ahead(kept, TODAY) == [
        (date(2026, 3, 5), "2026-03-05"),
        (date(2027, 3, 3), "--03-03"),
        (date(2028, 2, 29), "--02-29"),
    ]
    assert own_days.written("3.3.2026", TODAY, every_year=False) is None
    assert own_days.written("31.2.", TODAY, every_year=True) is None
    assert own_days.written("5", TODAY, every_year=True) is None


@given(st.builds(Policy, own_days=st.lists(DAYS.map(yearly)).map(tuple), opinions=st.booleans()))
def test_a_policy_comes_back_as_it_was_stored(policy: Policy) -> None:
    assert Policy.of(policy.as_json()) == policy
    assert not Policy().rests(TODAY)


@given(
    st.none() | st.integers(-100, 300).map(lambda days: NOW + timedelta(days=days)),
    st.integers(1, 60),
    st.integers(1, 60),
)
def test_a_round_moves_with_its_cadence_and_never_surprises(
    next_at: datetime | None, before: int, after: int
) -> None:
    at = moved(next_at, before, after, NOW)
    assert at >= NOW + SOONEST
    last = NOW if next_at is None else next_at - timedelta(days=before)
    assert at in {NOW + SOONEST, last + timedelta(days=after)}


@given(st.sampled_from(list(LEVELS)), st.sampled_from(["hours", "alike: size", "mixed: sector"]))
def test_a_level_is_kept_and_read_again(name: str, term: str) -> None:
    before = Rules(alike={"size": 60}, mixed={"sector": 5})
    rules = weighed(before, term, LEVELS[name])
    assert level(rules.named_weights()[term]) == name
    others = {each: w for each, w in before.named_weights().items() if each != term}
    assert {each: w for each, w in rules.named_weights().items() if each != term} == others


def test_a_weight_of_a_template_has_a_level() -> None:
    assert [level(weight) for weight in (-1, 0, 1, 20, 40, 46, 500)] == [
        *("none", "none", "little", "little", "some", "much", "much"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_kept_as_it_is_and_previewed(language: str) -> None:
    for message in messages(language).values():
        for form in message.forms:
            if "<a " not in form:
                assert checked(form, form) == form
                assert Tongue(language).say(preview(form))


@pytest.mark.parametrize(
    ("words", "usual"),
    [
        ("{name", "{name}"),
        ("{name:>9}", "{name}"),
        ("{name!r}", "{name}"),
        ("{name.id}", "{name}"),
        ("{}", "{name}"),
        ("Hello", "Hello {name}"),
        ("Hello {name}", "Hello"),
        ("{name}", "<tg-spoiler>{name}</tg-spoiler>"),
        ("{name} <tg-spoiler>{name}</tg-spoiler>", "<tg-spoiler>{name}</tg-spoiler>"),
        ("<b>Hello</b>", "Hello"),
        ("<b>Hello", "<b>Hello</b>"),
        ("Hello</b>", "<b>Hello</b>"),
        ("<b><i>Hello</b></i>", "<b>Hello</b>"),
        ("<h1>Hello</h1>", "<b>Hello</b>"),
        ("1 < 2", "Hello"),
        ("You & me", "Hello"),
        ("x" * 201, "Hello"),
        (" ", "Hello"),
    ],
)
def test_words_that_would_break_or_betray_something_are_refused(words: str, usual: str) -> None:
    with pytest.raises(Wrong):
        checked(words, usual)


@given(st.text(max_size=80), st.sampled_from(["{n} of <b>{name}</b>", "{n}", "<i>Hi</i>"]))
def test_what_passes_can_be_said(words: str, usual: str) -> None:
    try:
        told = checked(words, usual)
    except Wrong:
        return
    assert placeholders(told) == placeholders(usual)
    said = Tongue("en", words={usual: (told,)}).say(preview(usual))
    assert said == Tongue("en").say(preview(told))


@given(st.lists(st.sampled_from([f"<{s}{name}>" for name in TAGS for s in ("", "/")]), max_size=6))
def test_tags_that_pass_are_closed(tags: list[str]) -> None:
    words = "".join(tags)
    try:
        checked(words, "<b>Hello</b>")
    except Wrong:
        return
    assert all(words.count(f"<{name}>") == words.count(f"</{name}>") for name in TAGS)


def test_messages_are_found_by_words_in_any_order_the_shortest_first() -> None:
    those = [Message(f"Good {'very ' * n}day", (f"Guten {n}",)) for n in range(FOUND + 4)]
    assert found(those, "DAY good") == those[:FOUND]
    assert found(those, "guten 11") == [those[11]]
    assert found(those, "night") == []
    assert found([Message("<b>Bold</b>", ("x",))], "b>") == []


def test_a_plural_has_its_words_form_by_form() -> None:
    words = {"{n} day": ("just {n}", "as many as {n}")}
    tongue = Tongue("en", words=words)
    assert [tongue.say(ngettext("{n} day", "{n} days", n)) for n in (1, 4)] == [
        *("just 1", "as many as 4"),
    ]
    fewer = Tongue("en", words={"{n} day": ("just {n}",)})
    assert fewer.say(ngettext("{n} day", "{n} days", 4)) == "4 days"
