"""The only code that talks to Telegram: receive, work, tick, send."""
