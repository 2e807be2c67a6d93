"""Settings from the environment: what is malformed is one readable line, secrets stay secret."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bot import logs, settings
from bot.settings import Misconfigured
from bot.store.keys import new_secret

TOKEN = "123456789:" + "A" * 35

MALFORMED = [
    ("TOKEN", "hello", "is not a bot token; BotFather gives one such as 123456789:AAF…"),
    ("TOKEN", "", "is not a bot token; BotFather gives one such as 123456789:AAF…"),
    ("DATABASE_URL", "mysql://x/y", "must start with sqlite:/// or postgresql://"),
    ("DATABASE_URL", "x", "is not a database address such as sqlite:///proxeny.db"),
    ("API_URL", "ftp://example.org", "must be an address such as https://example.org"),
    ("API_URL", "https://", "must be an address such as https://example.org"),
    ("API_URL", "http://[", "must be an address such as https://example.org"),
    ("OWNERS", "12,ana", "must be Telegram ids (numbers) with commas between"),
    ("WEBHOOK_URL", "example.org", "must be an address such as https://example.org"),
    ("WEBHOOK_SECRET", "with spaces", "may have A-Z, a-z, 0-9, _ and - only, 256 at the most"),
    ("LISTEN", "8080", "must be host:port, such as 127.0.0.1:8080"),
    ("LISTEN", "127.0.0.1:99999", "must be host:port, such as 127.0.0.1:8080"),
    ("TRANSLATE_URL", "ftp://example.org", "must be an address such as https://example.org"),
    ("LOG", "loud", "must be debug, info, warning or error"),
]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing set but a token."""
    for name in os.environ:
        if name.startswith("PROXENY_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PROXENY_TOKEN", TOKEN)


@pytest.mark.parametrize(("name", "value", "line"), MALFORMED)
def test_what_is_malformed_is_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(f"PROXENY_{name}", value)
    with pytest.raises(Misconfigured) as caught:
        settings.load()
    assert str(caught.value) == f"PROXENY_{name} {line}"


def test_paid_broadcast_is_yes_or_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXENY_PAID_BROADCAST", "perhaps")
    with pytest.raises(Misconfigured, match=r"PROXENY_PAID_BROADCAST .*boolean"):
        settings.load()


def test_a_missing_token_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROXENY_TOKEN")
    with pytest.raises(Misconfigured) as caught:
        settings.load()
    assert str(caught.value) == (
        "PROXENY_TOKEN is not set (a file with it may be named by PROXENY_TOKEN_FILE)"
    )


def test_a_webhook_needs_a_secret_and_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXENY_WEBHOOK_URL", "https://example.org")
    with pytest.raises(Misconfigured, match="needs PROXENY_WEBHOOK_SECRET and PROXENY_LISTEN"):
        settings.load()


def test_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = settings.load()
    assert loaded.database == "sqlite:///proxeny.db"
    assert loaded.api_url == "https://api.telegram.org"
    assert (loaded.owners, loaded.webhook_url, loaded.listen) == (frozenset(), None, None)
    monkeypatch.setenv("PROXENY_OWNERS", " 12, 13,")
    assert settings.load().owners == frozenset({12, 13})


@pytest.mark.parametrize("name", settings.SECRETS)
def test_each_secret_may_be_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    values = {
        "token": "987654321:" + "B" * 35,
        "secret_key": new_secret(),
        "webhook_secret": "abc_DEF-123",
        "database_url": "postgresql://user:password@host/name",
        "translate_key": "abc",
    }
    file = tmp_path / name
    file.write_text(values[name] + "\n")
    monkeypatch.setenv(f"PROXENY_{name.upper()}_FILE", str(file))
    assert getattr(settings.load(), name).get_secret_value() == values[name]


def test_a_file_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXENY_TOKEN_FILE", "/nowhere/token")
    with pytest.raises(Misconfigured) as caught:
        settings.load()
    line = "PROXENY_TOKEN_FILE: /nowhere/token can't be read (FileNotFoundError)"
    assert str(caught.value) == line


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = new_secret()
    monkeypatch.setenv("PROXENY_SECRET_KEY", secret)
    monkeypatch.setenv("PROXENY_WEBHOOK_SECRET", "the-hook")
    monkeypatch.setenv("PROXENY_DATABASE_URL", "postgresql://user:password@host/name")
    shown = repr(settings.load()) + str(settings.load())
    for each in (TOKEN, secret, "the-hook", "password"):
        assert each not in shown


def test_a_key_file_is_made_for_its_owner_only(tmp_path: Path) -> None:
    first, made = settings.keys(settings.load(), tmp_path)
    assert made == tmp_path / settings.KEY_FILE
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    second, again = settings.keys(settings.load(), tmp_path)
    assert again is None
    assert second.open(first.seal(b"Ana", "x"), "x") == b"Ana"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_file_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    settings.keys(settings.load(), tmp_path)
    file = tmp_path / settings.KEY_FILE
    file.chmod(mode)
    with pytest.raises(Misconfigured) as caught:
        settings.keys(settings.load(), tmp_path)
    assert str(caught.value) == f"{file} can be read by others: chmod 600 {file}"


@pytest.mark.parametrize("content", ["", "hello", "é" * 50, "A" * 20])
def test_a_damaged_key_file_is_one_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / settings.KEY_FILE
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(Misconfigured, match="secret key"):
        settings.keys(settings.load(), tmp_path)


def test_a_malformed_secret_key_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXENY_SECRET_KEY", "too short")
    with pytest.raises(Misconfigured) as caught:
        settings.keys(settings.load())
    assert str(caught.value) in {
        "PROXENY_SECRET_KEY: the secret key is not base64",
        "PROXENY_SECRET_KEY: the secret key is shorter than 32 bytes",
    }


def test_the_log_strikes_out_secrets() -> None:
    import logging

    hiding = logs.Hiding([TOKEN, ""])
    record = logging.LogRecord("x", 30, "f", 1, "GET %s", (f"/bot{TOKEN}/getMe",), None)
    assert hiding.format(record) == "GET /bot…/getMe"
    try:
        raise ValueError(f"{TOKEN} Ana")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", 40, "f", 1, "failed", (), told)
    assert hiding.format(record) == "failed error=ValueError"
