"""What a request is answered with: a reply, or a refusal that is a status and one line of text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

__all__ = ["TEXT", "Headers", "Refusal", "Reply"]

TEXT = "text/plain; charset=utf-8"


class Headers(Protocol):
    """The headers of a request, by name in any case."""

    def get(self, name: str, /) -> str | None:
        """Return a header, or None."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer.

    Attributes:
        body: as it is sent, or the file that holds it.
        type: its media type, with the character set where it is text; "" where there is no body.
        headers: further ones.
        status: of HTTP.
    """

    body: bytes | Path
    type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


class Refusal(Exception):  # noqa: N818  (it is an answer, not an error of the server)
    """A request that is not answered: the status of HTTP, and why in one line."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, " ".join(reason.split())
        self.headers = headers

    def reply(self) -> Reply:
        """Return the refusal as plain text."""
        return Reply(f"{self.reason}\n".encode(), TEXT, self.headers, self.status)
