"""How the pairs or groups of a round are chosen: what must hold, what is sought, what counts."""

from __future__ import annotations

from bot.domain.exchange import Settled
from bot.domain.groups import shape_of
from bot.domain.matching import Rules
from bot.domain.replies import Rows, Text, Value, _, button, lines, ngettext, paragraphs, stacked

WEIGHTS: dict[str, Text] = {
    "interests": _("interests in common"),
    "opinions": _("opinions that differ"),
    "hours": _("hours in common"),
    "needs": _("one offers what the other needs"),
    "level": _("both speak a common language well"),
    "distance": _("they live near each other"),
}
"""What makes a pair a good one, by the name of its weight."""


def chosen(rules: Rules) -> Value:
    """How pairs are chosen, in plain words."""
    return paragraphs(
        _("<b>How pairs are chosen</b>"),
        _musts(rules),
        _("Of all rounds that are possible, I take the best one, in this order:"),
        lines(
            _("1. As many people as possible get a partner."),
            _("2. Whose introduction came to nothing goes first, then who has waited longest."),
            _("3. Nobody gets a second partner unless that helps somebody to a first."),
            _("4. The pairs fit as well as they can, all together."),
        ),
        _weights(rules),
        _("Nobody is chosen by hand: the same answers always lead to the same pairs."),
    )


def groups_chosen(rules: Rules, settled: Settled) -> Value:
    """How circles or teams are chosen, in plain words."""
    shape = shape_of(settled)
    hours, fits = shape.least_hours, rules.same or rules.fit
    return paragraphs(
        _("<b>How groups are chosen</b>"),
        lines(
            _("For each group, all of this holds:"),
            _(
                "• it has {size} people of each side, one more or one fewer if need be",
                size=shape.size,
            ),
            _("• one of each side would lead it") if shape.leads else None,
            _("• all of them speak a common language and can meet in the same way"),
            ngettext(
                "• all of them have at least {n} hour a week in common",
                "• all of them have at least {n} hours a week in common",
                hours,
            ),
            _("• their answers fit in what this exchange asks for") if fits else None,
        ),
        _("Of all rounds that are possible, I look for the best one, in this order:"),
        lines(
            _("1. As many people as possible have a place."),
            _("2. Whose group came to nothing goes first, then who has waited longest."),
            _("3. The groups are as even as possible."),
            _("4. The people of each group fit as well as they can, new faces first."),
        ),
        _weights(rules),
        _("Nobody is chosen by hand."),
    )


def _musts(rules: Rules) -> Value:
    fits = rules.same or rules.fit
    return lines(
        _("For each pair, all of this holds:"),
        _("• they are on different sides and were never introduced to each other"),
        _("• they speak a common language and can meet in the same way"),
        ngettext(
            "• they have at least {n} hour a week in common",
            "• they have at least {n} hours a week in common",
            rules.least_hours,
        ),
        _("• their answers fit in what this exchange asks for") if fits else None,
    )


def _weights(rules: Rules) -> Value | None:
    told = [
        _("• {what}: {percent}%", what=_term(name, rules), percent=percent)
        for name, percent in rules.shares().items()
    ]
    return lines(_("What counts for how well people fit:"), *told) if told else None


def _term(name: str, rules: Rules) -> Value:
    if name == "opinions" and rules.agree:
        return _("opinions that agree")
    kind, _colon, question = name.partition(": ")
    if kind == "alike":
        return _("the same answer to “{question}”", question=question)
    if kind == "mixed":
        return _("different answers to “{question}”", question=question)
    return WEIGHTS[name]


def back(round_id: int) -> Rows:
    """The way back to the preview."""
    return stacked(button(_("Back to the preview"), "round.show", round_id))
