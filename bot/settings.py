"""Settings from the environment: `PROXENY_*`, each secret also as `PROXENY_*_FILE`."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot import durable
from bot.store.keys import Keys, new_secret

PREFIX = "PROXENY_"
SECRETS = ("token", "secret_key", "webhook_secret", "database_url", "translate_key")
KEY_FILE = Path("proxeny.key")


class Misconfigured(Exception):
    """A setting is missing or malformed; the text is one readable line."""


def _known_database(url: SecretStr) -> SecretStr:
    try:
        backend = make_url(url.get_secret_value()).get_backend_name()
    except ArgumentError:
        raise ValueError("is not a database address such as sqlite:///proxeny.db") from None
    if backend not in {"sqlite", "postgresql"}:
        raise ValueError("must start with sqlite:/// or postgresql://")
    return url


def _token(token: SecretStr) -> SecretStr:
    number, _, rest = token.get_secret_value().partition(":")
    if not number.isdigit() or len(rest) < 30:
        raise ValueError("is not a bot token; BotFather gives one such as 123456789:AAF…")
    return token


def _http(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address such as https://example.org")
    return url.rstrip("/")


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[\w-]{1,256}", secret.get_secret_value(), re.ASCII):
        raise ValueError("may have A-Z, a-z, 0-9, _ and - only, 256 at the most")
    return secret


def _listen(listen: str) -> str:
    host, _, port = listen.rpartition(":")
    if not host or not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise ValueError("must be host:port, such as 127.0.0.1:8080")
    return listen


class Settings(BaseSettings):
    """All settings. Secrets don't show in `repr`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore")

    token: Annotated[SecretStr, AfterValidator(_token)]
    database_url: Annotated[SecretStr, AfterValidator(_known_database)] = SecretStr(
        "sqlite:///proxeny.db"
    )
    api_url: Annotated[str, AfterValidator(_http)] = "https://api.telegram.org"
    owners: Annotated[frozenset[int], NoDecode] = frozenset()
    webhook_url: Annotated[str, AfterValidator(_http)] | None = None
    webhook_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None
    listen: Annotated[str, AfterValidator(_listen)] | None = None
    paid_broadcast: bool = False
    discreet: bool = False
    secret_key: SecretStr | None = None
    translate_url: Annotated[str, AfterValidator(_http)] | None = None
    translate_key: SecretStr | None = None
    log: str = "info"

    @field_validator("owners", mode="before")
    @classmethod
    def _owners(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        ids = [each.strip() for each in given.split(",") if each.strip()]
        if not all(each.isdigit() for each in ids):
            raise ValueError("must be Telegram ids (numbers) with commas between")
        return frozenset(map(int, ids))

    @field_validator("log")
    @classmethod
    def _log(cls, given: str) -> str:
        if given.lower() not in {"debug", "info", "warning", "error"}:
            raise ValueError("must be debug, info, warning or error")
        return given.lower()

    @property
    def hook_secret(self) -> str | None:
        """What Telegram proves itself with when it calls the webhook; None when polling."""
        if self.webhook_url is None or self.webhook_secret is None:
            return None
        return self.webhook_secret.get_secret_value()

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url.get_secret_value()


def load(**given: Any) -> Settings:
    """The settings from the environment, `given` before them; raises Misconfigured."""
    for name in SECRETS:
        if path := os.environ.get(f"{PREFIX}{name.upper()}_FILE"):
            given.setdefault(name, _read(name, Path(path)))
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise Misconfigured(_line(error)) from None
    if settings.webhook_url and not (settings.webhook_secret and settings.listen):
        raise Misconfigured(
            "PROXENY_WEBHOOK_URL needs PROXENY_WEBHOOK_SECRET and PROXENY_LISTEN beside it"
        )
    return settings


def _read(name: str, path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(
            f"{PREFIX}{name.upper()}_FILE: {path} can't be read ({type(error).__name__})"
        ) from None


def _line(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_context=False)[0]
    name = PREFIX + str(first["loc"][0]).upper()
    if first["type"] == "missing":
        return f"{name} is not set (a file with it may be named by {name}_FILE)"
    return f"{name} {first['msg'].removeprefix('Value error, ')}"


def key_file(settings: Settings, folder: Path = Path()) -> Path | None:
    """The file that has the secret key, None where it comes from the environment itself."""
    if named := os.environ.get(f"{PREFIX}SECRET_KEY_FILE"):
        return Path(named)
    return folder / KEY_FILE if settings.secret_key is None else None


def keys(settings: Settings, folder: Path = Path()) -> tuple[Keys, Path | None]:
    """The keys, and the key file when it was made just now.

    They come from `PROXENY_SECRET_KEY` or the key file beside the database; raises Misconfigured.
    """
    if settings.secret_key is not None:
        return keys_of(settings.secret_key.get_secret_value(), f"{PREFIX}SECRET_KEY"), None
    file = folder / KEY_FILE
    if file.exists():
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise Misconfigured(f"{file} can be read by others: chmod 600 {file}")
        return keys_of(file.read_text(), str(file)), None
    secret = new_secret()
    durable.create(file, secret + "\n")
    return Keys.of(secret), file


def keys_of(secret: str, source: str) -> Keys:
    """The keys that a source has; raises Misconfigured, which names it."""
    try:
        return Keys.of(secret)
    except ValueError as error:
        raise Misconfigured(f"{source}: {error}") from None
