"""A strict local Telegram: Bot API server, chat page, and people to drive from tests.

It knows nothing of the rest of the bot. docs/sandbox.md describes its HTTP interface.
"""

from .clock import Clock
from .people import Message, Person
from .robots import Robot
from .server import Sandbox, new_token, serve
from .world import Door

__all__ = ["Clock", "Door", "Message", "Person", "Robot", "Sandbox", "new_token", "serve"]
