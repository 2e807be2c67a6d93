"""A member's code: how coordinators of two sides speak of somebody without a name."""

from __future__ import annotations

import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""None of them is taken for another, read or heard."""

LENGTH = 6


def new_code() -> str:
    """A random code: 32^6, about a thousand million."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def code_of(text: str) -> str:
    """What somebody typed as a code: capitals, without spaces and dashes."""
    return "".join(letter for letter in text.upper() if letter in LETTERS)
