"""One Bot API call: its method and parameters, read from a query, a form, multipart or JSON."""

import json
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from bot.sandbox.shapes import Json, RefusedError, bad

MAX_UPLOAD = 50 * 1024 * 1024
TOO_LARGE = RefusedError(413, "Request Entity Too Large")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    data: bytes


@dataclass(slots=True)
class Call:
    """A call with typed access to its parameters, whatever way they came."""

    method: str
    params: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A parameter as text; "" when it is absent."""
        value = self.params.get(name, "")
        return value if isinstance(value, str) else "" if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A parameter as a whole number; `default` when it is absent or is none."""
        try:
            return int(self.params.get(name, default))
        except (TypeError, ValueError):
            return default

    def number(self, name: str) -> float:
        """A parameter as a number; 0 when it is absent or is none."""
        try:
            return float(self.params.get(name, 0))
        except (TypeError, ValueError):
            return 0.0

    def flag(self, name: str) -> bool:
        """Whether a boolean parameter is set."""
        return str(self.params.get(name, "")).lower() in {"true", "1", "yes"}

    def nested(self, name: str) -> object:
        """A parameter that is JSON, given as JSON or as its text; None when it is absent."""
        value: object = self.params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return cast("object", json.loads(value))
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None

    def object(self, name: str) -> Json:
        """A parameter that is a JSON object; {} when it is absent."""
        value = self.nested(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad(f"object expected as {name.replace('_', ' ')}")
        return value

    def array(self, name: str) -> list[Json]:
        """A parameter that is a JSON array of objects; [] when it is absent."""
        value = self.nested(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise bad(f"array expected as {name.replace('_', ' ')}")
        return value

    def integers(self, name: str) -> list[int]:
        """A parameter that is a JSON array of whole numbers; [] when it is absent."""
        try:
            return [int(item) for item in self.strings(name) or ()]
        except ValueError:
            raise bad(f"{name} must be an Array of Integers") from None

    def strings(self, name: str) -> list[str] | None:
        """A parameter that is a JSON array of plain values, as text; None when it is absent."""
        value = self.nested(name)
        return [str(item) for item in value] if isinstance(value, list) else None


async def read_call(request: web.Request, method: str) -> Call:
    """Read a call. Raises RefusedError for a body that is too large or is not what it says."""
    params: Json = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return Call(method, params)
    kind = request.content_type
    if kind == "multipart/form-data":
        call = Call(method, params)
        await _read_parts(request, call)
        return call
    body = await request.read()
    if kind == "application/json":
        return Call(method, params | _read_json(body))
    if kind == "application/x-www-form-urlencoded":
        params |= parse_qsl(body.decode("utf-8", "surrogatepass"), keep_blank_values=True)
    return Call(method, params)


def _read_json(body: bytes) -> Json:
    try:
        given = json.loads(body) if body else {}
    except ValueError:
        raise bad("can't parse request JSON object") from None
    if not isinstance(given, dict):
        raise bad("object expected as request JSON")
    return given


async def _read_parts(request: web.Request, call: Call) -> None:
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        data = await part.read(decode=True)
        size += len(data)
        if size > MAX_UPLOAD + 1024 * 1024:
            raise TOO_LARGE
        if part.filename is None:
            call.params[part.name] = data.decode("utf-8", "replace")
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            call.files[part.name] = Upload(part.filename, mime, bytes(data))
