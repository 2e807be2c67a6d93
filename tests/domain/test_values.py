"""What is stored as JSON comes back as it was."""

from __future__ import annotations

import json
from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Profile
from bot.domain.policy import Policy
from bot.domain.replies import Priority, Say, _

words = st.lists(st.text(max_size=20), max_size=4).map(tuple)
profiles = st.builds(
    Profile,
    languages=words,
    zone=st.text(max_size=20),
    formats=words,
    place=st.text(max_size=20),
    interests=words,
    opinions=st.dictionaries(st.text(max_size=2), st.integers(-2, 2), max_size=4),
    availability=words,
)


@given(profiles)
def test_a_profile_comes_back_as_it_was(profile: Profile) -> None:
    assert Profile.of(json.loads(json.dumps(profile.as_json()))) == profile


def test_nothing_stored_is_an_empty_profile() -> None:
    assert Profile.of(None) == Profile.of({}) == Profile()


OWN = {"own_days": st.lists(st.sampled_from(["2027-04-24", "--04-24"])).map(tuple)}
settings = {each.name: st.integers(0, 1000) for each in fields(Policy)} | OWN


@given(st.builds(Policy, **settings))
def test_a_policy_comes_back_as_it_was(policy: Policy) -> None:
    stored = json.loads(json.dumps(policy.as_json()))
    assert Policy.of(stored | {"of_another_version": 1}) == policy


def test_a_policy_keeps_its_default_for_what_is_not_stored() -> None:
    assert Policy.of({"silent_days": 3}) == Policy(silent_days=3)


def test_a_message_can_be_given_a_key_and_made_to_wait_its_turn() -> None:
    said = Say(1, _("Hello")).with_key("hello").as_reminder()
    assert said == Say(1, _("Hello"), key="hello", priority=Priority.REMINDER)
