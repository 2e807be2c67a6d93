"""The Bot API's methods, a file a group, each with its table of names at the end."""
