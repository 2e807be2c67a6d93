"""python-telegram-bot's transport over aiohttp, which carries several times what httpx does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Call:
    """What is sent with a call, as JSON or, where there are files, as a form.

    It stands where python-telegram-bot has its RequestData, which it hands on untouched; building
    that, and a Message out of each answer, takes longer than sending it.
    """

    params: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def contains_files(self) -> bool:
        """Whether it has to be a form."""
        return bool(self.files)

    @property
    def json_payload(self) -> bytes:
        """The parameters as JSON."""
        return json.dumps(self.params).encode()

    @property
    def json_parameters(self) -> dict[str, str]:
        """The parameters as a form has them."""
        return {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in self.params.items()
        }

    @property
    def multipart_data(self) -> dict[str, tuple[str, bytes, str]]:
        """The files: name of the field, file name, content, type."""
        kind = "application/octet-stream"
        return {name: (file, content, kind) for name, (file, content) in self.files.items()}


def data(params: Mapping[str, Any], files: Mapping[str, tuple[str, bytes]]) -> RequestData:
    """What to give `Bot.request.post` to make a call."""
    return cast("RequestData", Call(params, files))


class AiohttpRequest(BaseRequest):
    """One aiohttp session for all calls. Errors never carry the URL, which holds the token."""

    def __init__(self, connections: int = 256, read_timeout: float = 20.0) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer, unless a call says otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Opens the session."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        """Closes the session and its connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """Sends one request; raises TimedOut or NetworkError."""
        if self._session is None:
            raise NetworkError("the session is closed")
        seconds = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        timeout = aiohttp.ClientTimeout(total=seconds + 5, sock_connect=10)
        headers = None if request_data is None or request_data.contains_files else JSON
        try:
            async with self._session.request(
                method, url, data=_body(request_data), headers=headers, timeout=timeout
            ) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            # aiohttp's own words may hold the URL, and with it the token
            raise NetworkError(type(error).__name__) from None


def _body(request_data: RequestData | None) -> aiohttp.FormData | bytes | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_payload
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
