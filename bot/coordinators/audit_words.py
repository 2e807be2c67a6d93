"""What those who run a network can do, in words that follow who did it: "Ana approved…"."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.replies import Text, _

BY: Mapping[str, Text] = {
    "owner": _("An owner, of {side},"),
    "coordinator": _("A coordinator of {side}"),
    "facilitator": _("A facilitator of {side}"),
    "safeguarding": _("A safeguarding contact of {side}"),
    "": _("Somebody of {side}"),
}
"""Who did it, by role, where their name is not for the reader."""

ITSELF = ("retention.erased",)
"""What nobody does, but the bot by itself."""

AREAS: Mapping[str, Text] = {
    "people": _("People"),
    "invites": _("Invitations"),
    "rounds": _("Rounds"),
    "pairs": _("Introductions"),
    "groups": _("Circles and teams"),
    "rooms": _("Rooms"),
    "exchanges": _("Activities"),
    "network": _("The network"),
    "wording": _("Wording"),
    "broadcast": _("Messages to many"),
    "checkin": _("Check-ins"),
    "export": _("Exports"),
    "brief": _("Briefs"),
    "campaign": _("Pulses and stories"),
    "funding": _("Needs and pledges"),
    "safeguard": _("Reports of risk"),
    "retention": _("What was too old"),
}
"""The kinds of what can be done: what its names begin with."""

WHAT: Mapping[str, Text] = {
    "people.approved": _("approved somebody's sign-up"),
    "people.declined": _("declined somebody's sign-up"),
    "people.allowed": _("let somebody sign up again"),
    "people.paused": _("put somebody on a pause"),
    "people.resumed": _("ended somebody's pause"),
    "people.removed": _("removed somebody"),
    "people.role_changed": _("changed somebody's role"),
    "people.forbidden": _("asked never to introduce two people"),
    "people.allowed_again": _("allowed two people to be introduced again"),
    "invites.made": _("made an invitation"),
    "invites.revoked": _("took an invitation back"),
    "rounds.planned": _("planned a round"),
    "rounds.unplanned": _("took back the plan of a round"),
    "rounds.asked": _("asked for a round"),
    "rounds.approved": _("approved a round"),
    "rounds.cancelled": _("cancelled a round"),
    "pairs.reminded": _("reminded people of an introduction"),
    "pairs.ended": _("ended an introduction"),
    "pairs.matched_again": _("ended an introduction and let both go first"),
    "pairs.group_ended": _("ended a circle or team"),
    "rooms.linked": _("linked a room"),
    "rooms.closed": _("closed a room"),
    "network.founded": _("began the network"),
    "network.set": _("changed how the network works"),
    "network.side": _("changed a side"),
    "network.statements": _("changed the statements"),
    "network.day_added": _("added a day of rest"),
    "network.day_removed": _("took a day of rest away"),
    "network.frozen": _("held everything for a while"),
    "network.thaw_agreed": _("agreed to go on again"),
    "network.thawed": _("let the network go on again"),
    "exchanges.opened": _("opened an activity"),
    "exchanges.told": _("told people of an activity"),
    "exchanges.renamed": _("renamed an activity"),
    "exchanges.set": _("changed how an activity works"),
    "exchanges.weighed": _("changed what counts in the matching"),
    "exchanges.closed": _("closed an activity"),
    "exchanges.reopened": _("opened an activity again"),
    "wording.changed": _("changed the words of a message"),
    "wording.undone": _("took back other words for a message"),
    "checkin.planned": _("planned a check-in"),
    "checkin.seen": _("looked after an answer to a check-in"),
    "checkin.stopped": _("stopped a check-in"),
    "broadcast.sent": _("sent a message to many"),
    "broadcast.stopped": _("stopped a message to many"),
    "export.people": _("took along the list of their side, without names"),
    "export.names": _("took along the list of their side, with names"),
    "export.figures": _("took along the figures"),
    "export.all": _("took along the list of their side, without names, and the figures"),
    "campaign.pulse_agreed": _("agreed to a question to all sides"),
    "campaign.pulse_opened": _("put a question to all sides"),
    "campaign.pulse_closed": _("closed a question to all sides"),
    "campaign.story_agreed": _("agreed that a story is published"),
    "campaign.story_published": _("published a story"),
    "campaign.story_declined": _("declined a story"),
    "funding.closed": _("closed a need"),
    "brief.made": _("made a draft of a brief"),
    "brief.agreed": _("agreed that observers read a brief"),
    "brief.sent": _("let observers read a brief"),
    "brief.dropped": _("threw a draft of a brief away"),
    "safeguard.taken": _("took a report of risk"),
    "safeguard.closed": _("closed a report of risk"),
    "retention.erased": _("erased what was too old"),
}
"""What was done, by its name in the log."""
