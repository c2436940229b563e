"""What Arion has asked and waits to hear, kept across turns and restarts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field, JsonValue, TypeAdapter
from sqlalchemy import DateTime, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from arion_host.database import Database, Table, utc_now
from arion_kit.words import EffectClass, Frozen, Language

ANSWER_WITHIN = timedelta(minutes=2)
"""After this a question is void: a yes that comes later answers nothing."""


class OpenConfirmation(Frozen):
    """A call that waits for a yes. The action id binds the yes to these very arguments."""

    kind: Literal["confirmation"] = "confirmation"
    question: str
    language: Language
    action_id: str
    turn: str
    step: int
    server: str
    tool: str
    arguments: dict[str, JsonValue]
    effect_class: EffectClass


class Option(Frozen):
    """One of the rows that a reference may mean."""

    value: JsonValue
    label: str
    row: dict[str, JsonValue]
    untrusted: bool = False


class OpenChoice(Frozen):
    """An utterance that waits for the person to say which row they mean."""

    kind: Literal["choice"] = "choice"
    question: str
    language: Language
    utterance: str
    now: datetime
    """The time the utterance was said; what it means is found again from here."""
    resolved: dict[str, Option]
    """References that are settled, by slot."""
    slot: str
    options: tuple[Option, ...]


class OpenOutcome(Frozen):
    """A write of which only the person can find out whether it happened."""

    kind: Literal["outcome"] = "outcome"
    question: str
    language: Language
    action_id: str


AnyQuestion = OpenConfirmation | OpenChoice | OpenOutcome
OpenQuestion = Annotated[AnyQuestion, Field(discriminator="kind")]

_QUESTION = TypeAdapter[AnyQuestion](OpenQuestion)


class ConversationRow(Table):
    """The question that is open in one session of one person."""

    __tablename__ = "open_questions"

    principal: Mapped[str] = mapped_column(primary_key=True)
    session: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str]
    """`OpenQuestion` as JSON."""
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Conversations:
    """The open questions of all sessions. Every method raises `StorageFailed` when it cannot."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def ask(self, principal: str, session: str, question: AnyQuestion) -> None:
        """Open a question; one that was open before is void."""
        row = ConversationRow(
            principal=principal,
            session=session,
            question=question.model_dump_json(),
            asked_at=self._clock(),
        )
        async with self._database.transaction() as transaction:
            await transaction.merge(row)

    async def take(self, principal: str, session: str) -> AnyQuestion | None:
        """Close the open question and return it, unless it is too old to be answered.

        Of two turns at once only one gets it.
        """
        here = (ConversationRow.principal == principal, ConversationRow.session == session)
        async with self._database.transaction() as transaction:
            # Nearly always nothing is open, and then nothing is written.
            if (await transaction.execute(select(ConversationRow).where(*here))).first() is None:
                return None
            taken = await transaction.execute(
                delete(ConversationRow)
                .where(*here)
                .returning(ConversationRow.question, ConversationRow.asked_at)
            )
            row = taken.first()
        if row is None:
            return None
        question, asked_at = row
        # SQLite stores no time zone; what went in was UTC.
        age = self._clock() - asked_at.replace(tzinfo=UTC)
        return _QUESTION.validate_json(question) if age <= ANSWER_WITHIN else None
