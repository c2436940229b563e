"""The rules that people gave by voice or in the settings page, kept in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import DateTime, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from arion_host.database import Database, Table, insert_into, utc_now
from arion_host.errors import RequestRefused, StorageFailed
from arion_host.policy.rules import Rule, Strictness, parse_rules
from arion_kit.words import ErrorKind

MOST_RULES = 100
"""Nobody keeps more in mind, and every call is held against all of them."""


class RuleRow(Table):
    """One rule of one person."""

    __tablename__ = "rules"

    principal: Mapped[str] = mapped_column(primary_key=True)
    sentence: Mapped[str] = mapped_column(primary_key=True)
    """As `Rule.sentence` spells it."""
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RuleStore:
    """The rules by person. Every method raises `StorageFailed` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, principal: str) -> Sequence[Rule]:
        """Return a person's rules, the oldest first.

        Raises:
            StorageFailed: one cannot be read; to leave it out could allow what it forbids.
        """
        statement = (
            select(RuleRow.sentence)
            .where(RuleRow.principal == principal)
            .order_by(RuleRow.added_at, RuleRow.sentence)
        )
        async with self._database.transaction() as session:
            sentences = list(await session.scalars(statement))
        try:
            return parse_rules("\n".join(sentences))
        except ValueError as error:
            raise StorageFailed(
                ErrorKind.INTERNAL,
                f"A stored rule cannot be read: {error}.",
                next_step="Forget all rules with: arion rules remove all",
            ) from error

    async def add(self, principal: str, rule: Rule) -> Sequence[Rule]:
        """Keep a rule; return the older ones that it replaces: those about the very same.

        Raises:
            RequestRefused: there are as many rules as there may be.
        """
        async with self._database.transaction() as session:
            kept = set(
                await session.scalars(
                    select(RuleRow.sentence).where(RuleRow.principal == principal)
                )
            )
            if rule.sentence in kept:
                return ()
            replaced = [it for it in _others_about_the_same(rule) if it.sentence in kept]
            if len(kept) - len(replaced) >= MOST_RULES:
                raise RequestRefused(
                    ErrorKind.BAD_INPUT,
                    f"There are {MOST_RULES} rules already.",
                    next_step="Remove one first.",
                )
            await session.execute(
                delete(RuleRow).where(
                    RuleRow.principal == principal,
                    RuleRow.sentence.in_([it.sentence for it in replaced]),
                )
            )
            await session.execute(
                insert_into(session, RuleRow)
                .values(principal=principal, sentence=rule.sentence, added_at=utc_now())
                .on_conflict_do_nothing()
            )
        return tuple(replaced)

    async def remove(self, principal: str, rules: Collection[Rule] | None) -> int:
        """Forget these rules, or with None every one, readable or not; say how many there were."""
        statement = delete(RuleRow).where(RuleRow.principal == principal)
        if rules is not None:
            statement = statement.where(RuleRow.sentence.in_([rule.sentence for rule in rules]))
        async with self._database.transaction() as session:
            return len(list(await session.scalars(statement.returning(RuleRow.sentence))))


def _others_about_the_same(rule: Rule) -> Iterator[Rule]:
    """The rules that say something else of what `rule` is about."""
    for strictness in Strictness:
        if strictness is not rule.strictness:
            yield replace(rule, strictness=strictness)
