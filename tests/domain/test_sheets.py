"""CSV that any spreadsheet reads as it was meant, and runs nothing of."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sheets import FORMULA, as_csv, harmless

cells = st.none() | st.integers() | st.text(st.characters(exclude_categories=["Cs", "Cc"]))


@given(st.lists(st.fixed_dictionaries({"a": cells, "b": cells})))
def test_no_cell_is_a_formula_and_none_is_lost(rows: list[dict[str, object]]) -> None:
    data = as_csv(("a", "b"), rows)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *read = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert head == ["a", "b"]
    for line, row in zip(read, rows, strict=True):
        for cell, value in zip(line, (row["a"], row["b"]), strict=True):
            text = "" if value is None else str(value)
            assert cell.removeprefix("'") == text.removeprefix("'")
            assert isinstance(value, int) or not cell.startswith(FORMULA)


def test_formulas_are_defused() -> None:
    told = [harmless(each) for each in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "Ana", -1, None)]
    assert told == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "Ana", -1, None]
