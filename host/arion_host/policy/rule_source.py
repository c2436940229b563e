"""The rules that count for a person: those of the settings, and those they have given since."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from arion_host.policy.rules import Rule


class RuleSource:
    """Looks the rules up for every call, so that a new one counts at once."""

    def __init__(
        self,
        fixed: Sequence[Rule] = (),
        given: Callable[[str], Awaitable[Sequence[Rule]]] | None = None,
    ) -> None:
        """`given` returns the rules a principal has added."""
        self._fixed = tuple(fixed)
        self._given = given

    async def of(self, principal: str) -> tuple[Rule, ...]:
        """Return every rule that counts for a person.

        Raises:
            StorageFailed: the rules cannot be read; without them nothing may go on.
        """
        added = await self._given(principal) if self._given else ()
        return (*self._fixed, *added)
