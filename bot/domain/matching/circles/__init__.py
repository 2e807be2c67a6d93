"""Circles: groups of a few people from each side who meet together."""

from bot.domain.matching.circles.people import Shape
from bot.domain.matching.circles.seats import Circle, Circles, NoCircle, Unseated, circles

__all__ = ["Circle", "Circles", "NoCircle", "Shape", "Unseated", "circles"]
