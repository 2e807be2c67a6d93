"""The nine tracks of multi-track diplomacy (Diamond & McDonald), as data.

Nothing outside asks which track it is: what a track needs, `schema` can say.
"""

from bot.domain.replies import Value
from bot.domain.tracks.activism import ACTIVISM
from bot.domain.tracks.business import BUSINESS
from bot.domain.tracks.citizens import CITIZENS as OF_CITIZENS
from bot.domain.tracks.education import EDUCATION
from bot.domain.tracks.funding import FUNDING
from bot.domain.tracks.government import GOVERNMENT
from bot.domain.tracks.opinion import OPINION
from bot.domain.tracks.religion import RELIGION
from bot.domain.tracks.resolution import RESOLUTION
from bot.domain.tracks.schema import Track

__all__ = ["CITIZENS", "TRACKS", "Track", "title"]

CITIZENS = OF_CITIZENS.number
"""The track a new network begins with."""

TRACKS: dict[int, Track] = {
    each.number: each
    for each in (
        GOVERNMENT,
        RESOLUTION,
        BUSINESS,
        OF_CITIZENS,
        EDUCATION,
        ACTIVISM,
        RELIGION,
        FUNDING,
        OPINION,
    )
}
"""All tracks by their number."""


def title(name: str | None, track: int, shape: str) -> Value:
    """What an exchange is called: the name its coordinators gave it, or its template's."""
    return name or TRACKS[track].template(shape).name
