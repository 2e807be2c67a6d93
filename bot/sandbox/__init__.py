"""A strict local Telegram: Bot API server, chat page, and people to drive from tests.

It knows nothing of the rest of the bot. docs/sandbox.md describes its HTTP interface.
"""

from bot.sandbox.clock import Clock
from bot.sandbox.people import Person
from bot.sandbox.robots import Robot
from bot.sandbox.seen import Message
from bot.sandbox.server import Sandbox, new_token, serve
from bot.sandbox.world import Door

__all__ = ["Clock", "Door", "Message", "Person", "Robot", "Sandbox", "new_token", "serve"]
