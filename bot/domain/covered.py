"""What Telegram cannot cover until it is tapped, said in words, which it can."""

from __future__ import annotations

from bot.domain.parcels import Parcel
from bot.domain.replies import Text, _


def in_words(parcel: Parcel) -> Text | None:
    """A place, or a contact card, as words; None for what is sent on as it is."""
    if parcel.place is not None:
        latitude, longitude = (f"{each:.5f}" for each in parcel.place)
        return _("a place, {latitude}, {longitude}", latitude=latitude, longitude=longitude)
    if parcel.card is not None:
        number, name = parcel.card
        return _("a contact, {name}, {number}", name=name, number=number)
    return None
