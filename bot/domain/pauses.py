"""A pause: the choice of one, and what is said about it in more than one place."""

from __future__ import annotations

from bot.domain.replies import Rows, Text, _, button, in_rows, stacked

LENGTHS: dict[int, Text] = {
    7: _("A week"),
    30: _("A month"),
    90: _("Three months"),
    0: _("Until I come back"),
}
"""Days a pause can last; 0 has no end."""


def lengths() -> Rows:
    """A button for each length."""
    return in_rows((button(text, "pause.for", days) for days, text in LENGTHS.items()), 2)


def pause_or_stay() -> Rows:
    """For who went quiet: pause, or stay in line."""
    return stacked(
        button(_("Pause for a while"), "pause.menu"), button(_("No, keep my place"), "pause.no")
    )
