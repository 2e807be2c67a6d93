"""What all of the sandbox shares: JSON as Telegram writes it, and how Telegram refuses."""

from typing import Any

Json = dict[str, Any]


class RefusedError(Exception):
    """A refusal in Telegram's words: the HTTP status, the description and response parameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> Json:
        """The body of the refusal, as the Bot API sends it."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class CannotError(Exception):
    """Something a person cannot do, with the HTTP status the control API answers with."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


def bad(description: str) -> RefusedError:
    """A 400, with the prefix Telegram puts before it."""
    return RefusedError(400, f"Bad Request: {description}")


def forbidden(description: str) -> RefusedError:
    """A 403, with the prefix Telegram puts before it."""
    return RefusedError(403, f"Forbidden: {description}")


def flooded(seconds: int) -> RefusedError:
    """A 429: `seconds` is how long the bot must keep quiet."""
    text = f"Too Many Requests: retry after {seconds}"
    return RefusedError(429, text, {"retry_after": seconds})
