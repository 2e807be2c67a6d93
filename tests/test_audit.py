"""A finding is told from silence: "no known weakness" is said only where somebody looked."""

from __future__ import annotations

import json

import pytest

from tests.audit import Audit

WEAK = {
    "name": "left",
    "version": "1.0",
    "vulns": [{"id": "X-1", "fix_versions": ["1.1"]}, {"id": "X-2", "fix_versions": []}],
}
SOUND = {"name": "right", "version": "2.0", "vulns": []}
UNSEEN = {"name": "up", "skip_reason": "could not be audited"}


def audit(*packages: object) -> Audit:
    return Audit.of(json.dumps({"dependencies": packages, "fixes": []}))


def test_what_is_found_fails_always() -> None:
    for found in (audit(WEAK), audit(WEAK, SOUND, UNSEEN)):
        assert [found.status(required=each) for each in (False, True)] == [1, 1]
        assert "left 1.0: X-1, mended in 1.1" in found.says()
        assert "left 1.0: X-2, mended in no version yet" in found.says()


@pytest.mark.parametrize("printed", ["", "Traceback", "[]", "{}", "null"])
def test_what_says_nothing_was_not_audited(printed: str) -> None:
    found = Audit.of(printed)
    assert found.says().startswith("NOT audited: all of them:")
    assert [found.status(required=each) for each in (False, True)] == [0, 1]


def test_what_was_skipped_was_not_audited() -> None:
    found = audit(SOUND, UNSEEN, UNSEEN)
    assert found.says().startswith("NOT audited: 2 packages:")
    assert [found.status(required=each) for each in (False, True)] == [0, 1]


def test_where_all_was_looked_at_it_is_said() -> None:
    found = audit(SOUND, SOUND)
    assert found.says() == "2 packages audited, no known weakness."
    assert [found.status(required=each) for each in (False, True)] == [0, 0]
