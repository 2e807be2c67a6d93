"""The matching in a process of its own, because a solver holds up whatever else its process does.

`python -m bot.matching_process` reads frames from standard input and writes frames to standard
output: a length (four bytes, big-endian), then a pickled tuple that begins with its kind.

In: ("people", [Candidate…])…, ("met", [(id, id)…])…, ("match", rules as stored, seed).
Out: ("progress", 0 to 1)…, then ("pairs", [dict…])…, ("left", [dict…])…, ("done", {"certificate",
"what_if"}); or ("bad", the field that makes no sense); or ("broke", kind, place of an error).

It knows no key and no database. When standard input ends, its parent is gone, and so is it.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO, TypeVar

from bot.domain.matching import BadInput, Candidate, LeftOut, Pair, Rules, match, what_if
from bot.logs import described

LENGTH = struct.Struct(">I")
CHUNK = 200
GENTLE = 10
"""How much it gives way to other processes, as `nice` counts."""

_T = TypeVar("_T")


def framed(message: tuple[Any, ...]) -> bytes:
    """A message as it goes through a pipe."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(content)) + content


def opened(content: bytes) -> tuple[Any, ...]:
    """The message of a frame, its length taken off."""
    found: tuple[Any, ...] = pickle.loads(content)  # noqa: S301 - from our own process, by a pipe
    return found


def _messages(source: BinaryIO) -> Iterator[tuple[Any, ...]]:
    """What comes in, up to the order to match; from then on somebody listens for the end."""
    kind = ""
    while kind != "match":
        head = source.read(LENGTH.size)
        if len(head) < LENGTH.size:
            sys.exit(1)
        message = opened(source.read(LENGTH.unpack(head)[0]))
        kind = message[0]
        if kind == "match":
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


def matched(messages: Iterator[tuple[Any, ...]], tell: Callable[..., None]) -> None:
    """Matches the people of whom the messages tell, and tells the result; raises BadInput."""
    people: dict[int, Candidate] = {}
    met: set[frozenset[int]] = set()
    for kind, *told in messages:
        if kind == "match":
            rules, seed = told
            break
        (some,) = told
        if kind == "people":
            people |= {each.id: each for each in some}
        else:
            met |= {frozenset(pair) for pair in some}
    who, asks = list(people.values()), Rules.of(rules)
    result = match(who, met, rules=asks, seed=seed, progress=lambda now: tell("progress", now.done))
    for pairs in _chunks(result.pairs):
        tell("pairs", [pair_as_json(each) for each in pairs])
    for left in _chunks(result.left_out):
        tell("left", [left_as_json(each) for each in left])
    gains = [each.as_json() for each in what_if(who, met, rules=asks, seed=seed)]
    tell("done", {"certificate": result.certificate.as_json(), "what_if": gains})


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
