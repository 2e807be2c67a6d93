"""Secrets at rest: AES-256-GCM for what is read back, HMAC-SHA256 for what is looked up.

A sealed value is `key id (4 bytes) | nonce (12) | ciphertext and tag`. Its associated data names
the place it belongs to, `table|row|column`, so that a value moved to another row doesn't open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ID_SIZE = 4
NONCE_SIZE = 12


class WrongKey(Exception):
    """A sealed value does not open: another key, another place, or damaged bytes."""


def new_secret() -> str:
    """A fresh secret key: 32 random bytes, base64."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"proxeny " + purpose).derive(secret)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys derived from one secret. `repr` shows none of them."""

    id: bytes
    _cipher: AESGCM = field(repr=False)
    _index: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: str) -> Keys:
        """The keys of a secret of 32 or more bytes in base64; ValueError for any other."""
        try:
            raw = base64.b64decode(secret.strip(), altchars=b"-_", validate=True)
        except ValueError as error:
            raise ValueError("the secret key is not base64") from error
        if len(raw) < 32:
            raise ValueError("the secret key is shorter than 32 bytes")
        id_ = hashlib.sha256(_derive(raw, b"id")).digest()[:ID_SIZE]
        return cls(id_, AESGCM(_derive(raw, b"seal")), _derive(raw, b"index"))

    def seal(self, data: bytes, place: str) -> bytes:
        """The sealed form of `data` for the place `table|row|column`."""
        nonce = os.urandom(NONCE_SIZE)
        return self.id + nonce + self._cipher.encrypt(nonce, data, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """What `seal` was given; raises WrongKey."""
        id_, rest = sealed[:ID_SIZE], sealed[ID_SIZE:]
        if id_ != self.id:
            raise WrongKey(f"{place} was sealed with another key")
        try:
            return self._cipher.decrypt(rest[:NONCE_SIZE], rest[NONCE_SIZE:], place.encode())
        except (InvalidTag, ValueError) as error:  # ValueError: it was cut off
            raise WrongKey(f"{place} does not open") from error

    def blind(self, value: str | int, purpose: str = "") -> str:
        """A blind index of `value`: the same for the same value, telling nothing of it."""
        message = f"{purpose}|{value}".encode()
        return hmac.new(self._index, message, hashlib.sha256).hexdigest()[:32]
