"""The matching in a process of its own, because a solver holds up whatever else its process does.

`python -m bot.matching_process` reads frames from standard input and writes frames to standard
output: a length (four bytes, big-endian), then a pickled tuple that begins with its kind.

In: ("people", [Candidate…])…, ("met", [(id, id)…])…, ("apart", [(id, id)…])…, then
("match", rules as stored, seed) for pairs, or ("circles", rules, seed, size, leads) for groups.
Out: ("progress", 0 to 1)…, then ("pairs" or "groups", [dict…])…, ("left", [dict…])…,
("done", {"certificate", "what_if"}), of groups ("done", {"seated", "waited"}); or ("bad", the field
that makes no sense); or ("broke", kind, place of an error).

It knows no key and no database. When standard input ends, its parent is gone, and so is it.
"""

from __future__ import annotations

import os
import pickle  # only between our own processes # nosec B403
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, TypeAlias, TypeVar

from bot.domain.matching import BadInput, Candidate, LeftOut, Pair, Rules, match, what_if
from bot.domain.matching.circles import Circle, Shape, Unseated, circles
from bot.logs import described

LENGTH = struct.Struct(">I")
CHUNK = 200
GENTLE = 10
"""How much it gives way to other processes, as `nice` counts."""

ORDERS = ("match", "circles")
"""The messages that end what is told: pairs are wanted, or groups."""

_T = TypeVar("_T")
Tell: TypeAlias = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Told:
    """What came in before the order: who waits, who met before, and who is kept apart."""

    people: dict[int, Candidate] = field(default_factory=dict)
    met: set[frozenset[int]] = field(default_factory=set)
    apart: set[frozenset[int]] = field(default_factory=set)

    @property
    def who(self) -> list[Candidate]:
        """Those who wait, in the order in which they were told."""
        return list(self.people.values())

    def add(self, kind: str, some: Sequence[Any]) -> None:
        """One more message."""
        if kind == "people":
            self.people.update({each.id: each for each in some})
        else:
            pairs = self.met if kind == "met" else self.apart
            pairs.update(frozenset(pair) for pair in some)


def framed(message: tuple[Any, ...]) -> bytes:
    """A message as it goes through a pipe."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(content)) + content


def opened(content: bytes) -> tuple[Any, ...]:
    """The message of a frame, its length taken off."""
    found: tuple[Any, ...] = pickle.loads(content)  # noqa: S301 - from our own process # nosec B301
    return found


def _messages(source: BinaryIO) -> Iterator[tuple[Any, ...]]:
    """What comes in, up to the order to match; from then on somebody listens for the end."""
    kind = ""
    while kind not in ORDERS:
        head = source.read(LENGTH.size)
        if len(head) < LENGTH.size:
            sys.exit(1)
        message = opened(source.read(LENGTH.unpack(head)[0]))
        kind = message[0]
        if kind in ORDERS:
            threading.Thread(target=_until_alone, args=(source,), daemon=True).start()
        yield message


def _chunks(found: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for at in range(0, len(found), CHUNK):
        yield found[at : at + CHUNK]


def pair_as_json(pair: Pair) -> dict[str, Any]:
    """A pair as a round stores it."""
    return {"one": pair.one, "other": pair.other, "reasons": pair.reasons.as_json()}


def left_as_json(left: LeftOut) -> dict[str, Any]:
    """Somebody left out as a round stores them."""
    would = left.help
    told = would and {"kind": would.kind.value, "what": would.what, "partners": would.partners}
    return {"member": left.id, "why": left.why.value, "help": told}


def group_as_json(circle: Circle) -> dict[str, Any]:
    """A circle or team as a round stores it."""
    leads = set(circle.leads.values())
    seats = [
        {"member": each, "side": side, "leads": each in leads}
        for side, members in circle.members.items()
        for each in members
    ]
    reasons = {
        "languages": [circle.language],
        "formats": list(circle.formats),
        "hours": len(circle.hours),
        "score": circle.score,
        "terms": dict(circle.terms),
    }
    return {"seats": seats, "reasons": reasons}


def unseated_as_json(left: Unseated) -> dict[str, Any]:
    """Somebody in no group as a round stores them."""
    return {"member": left.id, "why": left.why.value, "help": None, "grouped": True}


def matched(messages: Iterator[tuple[Any, ...]], tell: Tell) -> None:
    """Matches the people of whom the messages tell, and tells the result; raises BadInput."""
    told = Told()
    for kind, *some in messages:
        if kind == "match":
            _pairs(told, tell, *some)
        elif kind == "circles":
            _groups(told, tell, *some)
        else:
            told.add(kind, *some)


def _pairs(told: Told, tell: Tell, rules: dict[str, Any], seed: int) -> None:
    who, asks, known = told.who, Rules.of(rules), (told.met, told.apart)
    result = match(who, *known, asks, seed, progress=lambda now: tell("progress", now.done))
    for pairs in _chunks(result.pairs):
        tell("pairs", [pair_as_json(each) for each in pairs])
    for left in _chunks(result.left_out):
        tell("left", [left_as_json(each) for each in left])
    gains = [each.as_json() for each in what_if(who, *known, asks, seed)]
    tell("done", {"certificate": result.certificate.as_json(), "what_if": gains})


def _groups(
    told: Told, tell: Tell, rules: dict[str, Any], seed: int, size: int, leads: bool
) -> None:
    shape = Shape(size=size, leads=leads)
    result = circles(told.who, shape, told.met, told.apart, Rules.of(rules), seed)
    for some in _chunks(result.circles):
        tell("groups", [group_as_json(each) for each in some])
    for left in _chunks(result.left_out):
        tell("left", [unseated_as_json(each) for each in left])
    waited = len(told.people)
    tell("done", {"seated": waited - len(result.left_out), "waited": waited})


def _until_alone(source: BinaryIO) -> None:
    """Ends this process with its parent, whatever it is doing."""
    source.read(1)
    os._exit(1)


def main() -> None:
    """Matches one round."""
    os.nice(GENTLE)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library may print must not come between the frames

    def tell(*message: Any) -> None:
        out.write(framed(message))
        out.flush()

    try:
        matched(_messages(sys.stdin.buffer), tell)
    except BadInput as error:
        tell("bad", error.field)
    except Exception as error:  # noqa: BLE001 - its words may hold what people told; its kind is told
        tell("broke", *described(error).values())


if __name__ == "__main__":
    main()
