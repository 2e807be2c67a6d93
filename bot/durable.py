"""Small files that must not be lost or seen: whole or not at all, and there after a power cut."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def create(file: Path, text: str) -> None:
    """A file that only its owner may read; raises FileExistsError, or OSError and leaves none."""
    _fill(file, text, None)
    _settle(file.parent)


def rewrite(file: Path, text: str) -> None:
    """Puts other words into a file, for the same people to read; raises OSError.

    It is replaced where it really is: a link to it stays one.
    """
    file = file.resolve()
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)  # somebody was killed; and whoever may read that would read ours
    _fill(new, text, file.stat())
    try:
        new.replace(file)
    except BaseException:
        _discard(new)
        raise
    _settle(file.parent)


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Nobody else who asks is at the files of this folder; raises BlockingIOError.

    The lock is on the folder, as a file that is replaced takes its own along.
    """
    folder = os.open(file.resolve().parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(folder)


def _fill(file: Path, text: str, like: os.stat_result | None) -> None:
    """Makes a file, with the owner and rights of another: until they are set nobody else reads."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(file, flags, 0o600), "w") as made:
        try:
            if like is not None:
                os.fchown(made.fileno(), like.st_uid, like.st_gid)
                os.fchmod(made.fileno(), stat.S_IMODE(like.st_mode))
            made.write(text)
            made.flush()
            os.fsync(made.fileno())
        except BaseException:
            _discard(file)
            raise


def _discard(file: Path) -> None:
    with suppress(OSError):
        file.unlink()


def _settle(folder: Path) -> None:
    """Has the names in a folder outlive a power cut, as far as its file system can."""
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(at)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(at)
