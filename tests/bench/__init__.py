"""What the bot can do in a second, beside what others can, over the same sandbox."""
