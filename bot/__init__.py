"""Proxeny: a Telegram bot that coordinates citizen exchange networks across a divide."""

__version__ = "0.1.0"
