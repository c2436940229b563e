"""How a request is signed: what a vendor wants to see before it lets us in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import httpx2
from pydantic import SecretStr


class Credentials(Protocol):
    """The keys for one vendor."""

    def missing(self) -> str | None:
        """The setting that has to be filled in first; None when all is there."""
        ...

    def sign(self, request: httpx2.Request) -> None:
        """Adds what the vendor wants to see. Called for every attempt."""
        ...

    def secrets(self) -> tuple[str, ...]:
        """What no message may show."""
        ...


@dataclass(frozen=True)
class Bearer:
    """A token in the `Authorization` header."""

    token: SecretStr | None
    variable: str
    scheme: str = "Bearer"
    """First word of the header."""

    def missing(self) -> str | None:
        """The token's setting, while it is empty."""
        return None if self.token else self.variable

    def sign(self, request: httpx2.Request) -> None:
        """Sets the header."""
        if self.token:
            request.headers["Authorization"] = f"{self.scheme} {self.token.get_secret_value()}"

    def secrets(self) -> tuple[str, ...]:
        """The token."""
        return _shown(self.token)


@dataclass(frozen=True)
class HeaderKey:
    """A key in a header of the vendor's own."""

    header: str
    key: SecretStr | None
    variable: str

    def missing(self) -> str | None:
        """The key's setting, while it is empty."""
        return None if self.key else self.variable

    def sign(self, request: httpx2.Request) -> None:
        """Sets the header."""
        if self.key:
            request.headers[self.header] = self.key.get_secret_value()

    def secrets(self) -> tuple[str, ...]:
        """The key."""
        return _shown(self.key)


@dataclass(frozen=True)
class QueryKey:
    """A key among the query parameters."""

    parameter: str
    key: SecretStr | None
    variable: str

    def missing(self) -> str | None:
        """The key's setting, while it is empty."""
        return None if self.key else self.variable

    def sign(self, request: httpx2.Request) -> None:
        """Sets the parameter."""
        if self.key:
            request.url = request.url.copy_set_param(self.parameter, self.key.get_secret_value())

    def secrets(self) -> tuple[str, ...]:
        """The key."""
        return _shown(self.key)


@dataclass(frozen=True)
class Together:
    """Several keys, each in its own place."""

    parts: tuple[Credentials, ...]

    def missing(self) -> str | None:
        """The first setting that is empty."""
        return next((name for part in self.parts if (name := part.missing())), None)

    def sign(self, request: httpx2.Request) -> None:
        """Adds all of them."""
        for part in self.parts:
            part.sign(request)

    def secrets(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(secret for part in self.parts for secret in part.secrets())


@dataclass(frozen=True)
class Open:
    """None: the vendor lets everybody in."""

    def missing(self) -> str | None:
        """Nothing."""
        return None

    def sign(self, request: httpx2.Request) -> None:
        """Adds nothing."""

    def secrets(self) -> tuple[str, ...]:
        """None."""
        return ()


def _shown(secret: SecretStr | None) -> tuple[str, ...]:
    return (secret.get_secret_value(),) if secret else ()
