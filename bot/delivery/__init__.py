"""The only code that talks to Telegram: receive, work, tick, send."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "1")  # RetryAfter in the type of python-telegram-bot 23
