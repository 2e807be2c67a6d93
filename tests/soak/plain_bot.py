"""The control: a plain python-telegram-bot bot that counts what it hears in memory, and says so."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def note(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Notes a text in a file, as safely as a file can be written, and says it back."""
    message = update.message
    if message is None:
        return
    line = f"{message.chat_id} {message.text}\n".encode()
    file = os.open(sys.argv[3], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(file, line)
    os.fsync(file)
    os.close(file)
    await message.reply_text(message.text or "")


async def started(_application: object) -> None:
    """Tells whoever started us."""
    print("up", flush=True)


if __name__ == "__main__":
    url, token, file = sys.argv[1:4]
    Path(file).touch()
    application = (
        Application.builder().token(token).base_url(f"{url}/bot").post_init(started).build()
    )
    application.add_handler(MessageHandler(filters.TEXT, note))
    application.run_polling()
