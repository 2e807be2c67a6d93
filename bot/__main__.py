"""The command line: `proxeny`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot import app, logs, new_key, settings
from bot.store.backup import copy
from bot.store.keys import Keys, WrongKey

log = structlog.get_logger()
cli = typer.Typer(
    help="Coordinates citizen exchange networks over Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _start() -> tuple[settings.Settings, Keys]:
    loaded = settings.load()
    secrets = [loaded.token, loaded.secret_key, loaded.webhook_secret, loaded.translate_key]
    logs.start(loaded.log, [each.get_secret_value() for each in secrets if each])
    keys, made = settings.keys(loaded)
    if made is not None:
        log.warning(
            "A NEW SECRET KEY WAS MADE: BACK IT UP, without it the data is lost", file=str(made)
        )
    return loaded, keys


def _run(work: Coroutine[Any, Any, None]) -> None:
    """Runs on uvloop where there is one."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


async def _bot(loaded: settings.Settings, keys: Keys) -> None:
    async with app.up(loaded, keys, key_file=settings.key_file(loaded)) as running:
        log.info("the bot is up", bot=running.bot.username)
        if running.claim_link:
            print(f"Nobody owns this bot yet. To claim it, open {running.claim_link}", flush=True)
        await app.stopped()
        log.info("stopping")


@cli.command()
def run() -> None:
    """Runs the bot until it is told to stop."""
    loaded, keys = _start()
    _run(_bot(loaded, keys))


@cli.command()
def migrate() -> None:
    """Brings the database to this version's schema."""
    loaded, keys = _start()

    async def work() -> None:
        await (await app.open_database(loaded, keys)).close()

    _run(work())


@cli.command()
def backup(file: Annotated[Path, typer.Argument(help="Where to; must not exist yet.")]) -> None:
    """Makes a consistent copy of the database, as SQLite, while the bot is running."""
    loaded, keys = _start()
    if file.exists():
        raise settings.Misconfigured(f"{file} is there already; a backup goes to a new file")
    _run(copy(loaded.database, keys, file))


@cli.command("rotate-key")
def rotate_key(
    here: Annotated[
        bool, typer.Option(help="Does the work itself. Only while the bot is stopped.")
    ] = False,
) -> None:
    """Replaces the secret key, while the bot goes on; may be stopped and begun again."""
    loaded, keys = _start()
    _run(new_key.replace(loaded, keys, print, here=here))


@cli.command()
def sandbox(
    port: Annotated[int, typer.Option(help="The page's port on 127.0.0.1.")] = 8088,
    server_only: Annotated[
        bool, typer.Option(help="Without the bot: for any Bot API client.")
    ] = False,
) -> None:
    """Starts a local Telegram with a page to try the bot on; needs no token."""
    from bot import demo

    logs.start("warning", [])
    _run(demo.server(port) if server_only else demo.everything(port))


def main() -> None:
    """The entry point: trouble that has a name is one line, not a traceback."""
    try:
        cli()
    except settings.Misconfigured as error:
        sys.exit(f"proxeny: {error}")
    except WrongKey as error:
        sys.exit(f"proxeny: {error}. Nothing was written.")
    except (SQLAlchemyError, TelegramError, OSError) as error:
        sys.exit(f"proxeny: could not start ({type(error).__name__}): {_short(error)}")


def _short(error: Exception) -> str:
    """What went wrong, without the token that python-telegram-bot likes to quote."""
    if isinstance(error, TelegramError):
        return "Telegram refused the call or can't be reached; is PROXENY_TOKEN right?"
    return str(error).splitlines()[0]


if __name__ == "__main__":
    main()
