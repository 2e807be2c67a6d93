"""Known weaknesses in what we depend on, as the lock files have it: `python -m tests.audit`.

What is found fails the check. Where nothing can be found out, because the service that knows of
weaknesses can't be reached, it says so and fails only with PROXENY_REQUIRE_AUDIT set, as the
regular job in `.github/workflows/audit.yml` has it: a check must not be red for want of a network,
and "nothing found" must never stand for "nobody looked".
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
REQUIRED = "PROXENY_REQUIRE_AUDIT"


@dataclass(frozen=True)
class Audit:
    """How many packages were looked at, which were not, and what was found."""

    looked_at: int
    unseen: Sequence[str]
    found: Sequence[str]

    @classmethod
    def of(cls, printed: str) -> Audit:
        """What pip-audit's JSON says; where it is none, nothing was looked at."""
        try:
            packages = json.loads(printed)["dependencies"]
        except (ValueError, KeyError, TypeError):
            return cls(0, ["all of them"], [])
        unseen = [each["name"] for each in packages if "skip_reason" in each]
        found = [line for each in packages for line in _lines(each)]
        return cls(len(packages) - len(unseen), unseen, found)

    def says(self) -> str:
        """In plain words."""
        if self.found:
            return "\n".join(["Known weaknesses:", *self.found])
        if not self.unseen:
            return f"{self.looked_at} packages audited, no known weakness."
        which = self.unseen[0] if len(self.unseen) == 1 else f"{len(self.unseen)} packages"
        return f"NOT audited: {which}: the service that knows of weaknesses was not reached."

    def status(self, *, required: bool) -> int:
        """The exit status: findings always fail, what was not looked at does where it must be."""
        return int(bool(self.found) or (required and bool(self.unseen)))


def _lines(package: dict[str, Any]) -> list[str]:
    return [
        f"{package['name']} {package['version']}: {each['id']}, "
        f"mended in {', '.join(each['fix_versions']) or 'no version yet'}"
        for each in package.get("vulns", ())
    ]


def printed() -> str:
    """What pip-audit prints of the lock files; it installs nothing and resolves nothing."""
    locks = [part for lock in LOCKS for part in ("-r", lock)]
    quiet = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "-f", "json")
    command = [sys.executable, "-m", "pip_audit", *quiet, *locks]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout


def main() -> int:
    """Looks, and says what came of it."""
    audit = Audit.of(printed())
    print(audit.says())
    return audit.status(required=bool(os.environ.get(REQUIRED)))


if __name__ == "__main__":
    sys.exit(main())
