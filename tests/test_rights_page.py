"""The page of rights is what the code does."""

from __future__ import annotations

from tests.rights_table import PAGE, table


def test_the_page_of_rights_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == table(), "run `python -m tests.rights_table`"
