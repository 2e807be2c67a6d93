"""Secrets at rest: AES-256-GCM for what is read back, HMAC-SHA256 for what is looked up.

A sealed value is `key id (4 bytes) | nonce (12) | ciphertext and tag`. Its associated data names
the place it belongs to, `table|row|column`, so that a value moved to another row doesn't open.

A blind index is `key id (8 hex digits) | HMAC (24)`. When the secret is replaced, each is hashed
once more with the new key: nobody has to know what was looked up, and who has the old secret alone
can do nothing with it. So the index keys of all former secrets belong to a database, sealed with
its present one, in the fact `bot.store.schema.INDEX_FACT`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ID_SIZE = 4
NONCE_SIZE = 12
INDEX_SIZE = 24

Link: TypeAlias = tuple[bytes, bytes]
"""A key's id and the index key that was derived with it."""


class WrongKey(Exception):
    """A sealed value does not open: another key, another place, or damaged bytes."""


def new_secret() -> str:
    """A fresh secret key: 32 random bytes, base64."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"proxeny " + purpose).derive(secret)


def _raw(secret: str) -> bytes:
    try:
        raw = base64.b64decode(secret, altchars=b"-_", validate=True)
    except ValueError as error:
        raise ValueError("the secret key is not base64") from error
    if len(raw) < 32:
        raise ValueError("the secret key is shorter than 32 bytes")
    return raw


def _hashed(key: bytes, value: str) -> str:
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys derived from one secret, or from two while the new one replaces the old.

    `id` is the newest key's: it seals; each opens what it sealed. `links` has the index key of
    every secret this database ever had, oldest first. `repr` shows no key.
    """

    id: bytes
    _ciphers: Mapping[bytes, AESGCM] = field(repr=False)
    links: tuple[Link, ...] = field(repr=False)
    queue: bytes = field(repr=False)

    @classmethod
    def of(cls, secrets: str) -> Keys:
        """The keys of a secret (32 or more bytes, base64), or of a new and an old one after it.

        Raises ValueError for anything else.
        """
        raw = [_raw(each) for each in secrets.split()]
        if not 1 <= len(raw) <= 2:
            raise ValueError("there must be one secret key, or a new one and the old one after it")
        ids = [hashlib.sha256(_derive(each, b"id")).digest()[:ID_SIZE] for each in raw]
        if len(set(ids)) < len(ids):
            raise ValueError("the new secret key and the old one are the same")
        ciphers = [AESGCM(_derive(each, b"seal")) for each in raw]
        indexes = [_derive(each, b"index") for each in raw]
        oldest_first = tuple(zip(ids, indexes, strict=True))[::-1]
        return cls(ids[0], dict(zip(ids, ciphers, strict=True)), oldest_first, indexes[-1])

    @property
    def ids(self) -> tuple[bytes, ...]:
        """The ids of the keys that open, the newest first."""
        return tuple(self._ciphers)

    @property
    def former(self) -> tuple[Link, ...]:
        """The links of all secrets but the newest."""
        return self.links[:-1]

    def after(self, former: Sequence[Link], queue: bytes) -> Keys:
        """The same for a database that had other secrets before, and has this `queue` key."""
        own = [each for each in self.links if each[0] not in dict(former)]
        return replace(self, links=(*former, *own), queue=queue)

    def seal(self, data: bytes, place: str) -> bytes:
        """The sealed form of `data` for the place `table|row|column`."""
        nonce = os.urandom(NONCE_SIZE)
        return self.id + nonce + self._ciphers[self.id].encrypt(nonce, data, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """What `seal` was given; raises WrongKey."""
        cipher, rest = self._ciphers.get(bytes(sealed[:ID_SIZE])), sealed[ID_SIZE:]
        if cipher is None:
            raise WrongKey(f"{place} was sealed with another key")
        try:
            return cipher.decrypt(rest[:NONCE_SIZE], rest[NONCE_SIZE:], place.encode())
        except (InvalidTag, ValueError) as error:  # ValueError: it was cut off
            raise WrongKey(f"{place} does not open") from error

    def blind(self, value: str | int) -> str:
        """A blind index of `value`: the same for the same value, telling nothing of it."""
        return self.blinds(value)[0]

    def blinds(self, value: str | int) -> list[str]:
        """All blind indexes that `value` may have now: two while a secret is being replaced."""
        found = [f"|{value}"]
        for link in self.links:
            found.append(_linked(link, found[-1]))
        return found[: -1 - len(self._ciphers) : -1]

    def renewed(self, index: str) -> str:
        """What a blind index that the key before the newest made becomes."""
        return _linked(self.links[-1], index)

    def queued(self, chat: int) -> str:
        """By what the messages of a chat find each other while they wait: see `queue`."""
        return _hashed(self.queue, f"|{chat}")[:32]


def _linked(link: Link, index: str) -> str:
    id_, key = link
    return id_.hex() + _hashed(key, index)[:INDEX_SIZE]
