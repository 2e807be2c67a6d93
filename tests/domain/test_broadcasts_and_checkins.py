"""Which language somebody reads, how far a broadcast is, and what came of a question."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.broadcasts import Counts, language_for, letter
from bot.domain.check_buttons import question_say
from bot.domain.checkins import INSTRUMENTS, KINDS, PAIR, asked, tally
from bot.i18n import Tongue

WORDS = st.dictionaries(st.sampled_from(["en", "ar", "he", "tr"]), st.text(), min_size=1)
MANY = st.integers(0, 10**6)


@given(WORDS, st.sampled_from(["en", "ar", "he", "el", "tr", "es"]))
def test_everybody_reads_their_own_language_or_the_first(words: dict[str, str], own: str) -> None:
    found = language_for(words, own)
    assert found == (own if own in words else next(iter(words)))


@given(st.text())
def test_a_letter_is_escaped_and_keeps_its_lines(text: str) -> None:
    read = Tongue("en").say(letter({"en": text}, "tr"))
    assert "<" not in read.partition("</b>")[2]
    assert read.count("\n") == text.count("\n") + 2


@given(MANY, MANY, MANY, MANY)
def test_what_is_settled_never_exceeds_all(
    sent: int, blocked: int, failed: int, total: int
) -> None:
    counts = Counts(sent, blocked, failed)
    assert 0 <= counts.percent(total) <= 100
    assert counts.never_sent(total) >= 0
    assert counts.never_sent(counts.settled) == 0


@given(st.lists(st.integers(0, 100)), st.integers(0, 20))
def test_nothing_is_told_of_too_few(answers: list[int], fewest: int) -> None:
    found = tally(answers, fewest)
    assert (found is None) == (len(answers) < max(1, fewest))
    if found is not None:
        assert sum(found.counts.values()) == found.people == len(answers)
        assert min(answers) <= found.mean <= max(answers)


def test_every_kind_can_be_asked_in_a_message() -> None:
    for kind, of in KINDS.items():
        said = question_say(1, 2**63 - 1, kind, asked(kind, {"en": "How\nnow?"}, "el"))
        assert all(len(each.data.encode()) <= 64 for row in said.buttons for each in row)
        assert of.urgent <= set(of.options)
        assert Tongue("en").say(said.text)
    assert asked("words", {"en": "Why?"}, "el") != asked("words", {}, "el")
    assert asked(PAIR, {}, "en") == KINDS[PAIR].name
    assert asked("warmth", {}, "en") == INSTRUMENTS["warmth"].question
