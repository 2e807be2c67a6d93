"""How a story is read, and the number of what was read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.stories import as_read, mark_of
from bot.i18n import Tongue
from bot.sandbox.seen import plain

WORDS = st.text(min_size=1, max_size=40)
SIGNED = st.none() | WORDS


@given(WORDS, SIGNED, WORDS, SIGNED)
def test_only_what_reads_the_same_has_the_same_mark(
    words: str, signed: str | None, other: str, name: str | None
) -> None:
    same = (words, signed) == (other, name)
    assert (mark_of(words, signed) == mark_of(other, name)) is same
    assert 0 <= mark_of(words, signed) < 2**48


def test_the_name_does_not_run_into_the_words() -> None:
    assert mark_of("We met. — Ana", None) != mark_of("We met.", "Ana")
    assert mark_of("a", None) != mark_of("a", "")


def test_lines_are_kept_and_the_name_stands_under_them() -> None:
    tongue = Tongue("en")
    assert plain(tongue.say(as_read("We cooked.\nWe laughed.", "Ana"))) == (
        "We cooked.\nWe laughed.\n\n— Ana"
    )
    assert plain(tongue.say(as_read("<b>We</b> cooked.", None))) == "&lt;b&gt;We&lt;/b&gt; cooked."
