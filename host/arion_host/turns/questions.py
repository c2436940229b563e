"""What Arion has asked and waits to hear, kept across turns and restarts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import uuid4

from pydantic import Field, JsonValue, TypeAdapter, ValidationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from arion_host.agents.understood import Evidence
from arion_host.clock import SKEW, SteadyClock
from arion_host.database import Database, Table, insert_into
from arion_kit.words import EffectClass, Frozen, Language

logger = logging.getLogger(__name__)

ANSWER_WITHIN = timedelta(minutes=2)
"""After this a question is void: a yes that comes later answers nothing."""


def _new_id() -> str:
    return uuid4().hex


class AgreedPreview(Frozen):
    """What the server said would happen, when the person was asked."""

    say: str
    details: dict[str, JsonValue] = Field(default_factory=dict[str, JsonValue])


class PlannedCall(Frozen):
    """One call that waits for a yes. The action id binds the yes to these very arguments."""

    action_id: str
    turn: str
    step: int
    server: str
    tool: str
    arguments: dict[str, JsonValue]
    effect_class: EffectClass | None
    """None for a read."""
    evidence: dict[str, Evidence] = Field(default_factory=dict[str, Evidence])
    """Where each argument comes from."""
    preview: AgreedPreview | None = None


class OpenConfirmation(Frozen):
    """One call, or a plan of several, that waits for a yes."""

    kind: Literal["confirmation"] = "confirmation"
    id: str
    question: str
    language: Language
    calls: tuple[PlannedCall, ...]
    """In the order in which they are made."""
    utterance: str
    """What the person said; a correction is made to it."""
    now: datetime
    """When they said it."""
    model: str | None = None
    """Where a language model goes on after the yes."""


class Option(Frozen):
    """One of the rows that a reference may mean."""

    value: JsonValue
    label: str
    row: dict[str, JsonValue]
    untrusted: bool = False
    source: str = ""
    issued: tuple[str, ...] = ()


class OpenChoice(Frozen):
    """An utterance that waits for the person to say which row they mean."""

    kind: Literal["choice"] = "choice"
    id: str = Field(default_factory=_new_id)
    question: str
    language: Language
    utterance: str
    now: datetime
    """The time the utterance was said; what it means is found again from here."""
    resolved: dict[str, Option]
    """References that are settled, by slot."""
    answers: dict[str, str] = Field(default_factory=dict[str, str])
    """As in `OpenSlot`."""
    intent: str = ""
    """As in `OpenSlot`."""
    slot: str
    options: tuple[Option, ...]


class OpenSlot(Frozen):
    """An utterance that lacks something, which the person says next."""

    kind: Literal["slot"] = "slot"
    id: str = Field(default_factory=_new_id)
    question: str
    language: Language
    utterance: str
    now: datetime
    """The time the utterance was said."""
    resolved: dict[str, Option]
    """References that are settled, by slot."""
    answers: dict[str, str]
    """What was asked for before and answered, in the person's words, by slot."""
    intent: str = ""
    """What the utterance asks for, as `server/intent`, where its words alone do not tell."""
    slot: str
    """What is asked for, `:hour` behind it for a time of day."""


class OpenOutcome(Frozen):
    """A write of which only the person can find out whether it happened."""

    kind: Literal["outcome"] = "outcome"
    id: str = Field(default_factory=_new_id)
    question: str
    language: Language
    action_id: str


class OpenUndo(Frozen):
    """Writes that are taken back, the last first, if the person wants it so."""

    kind: Literal["undo"] = "undo"
    id: str = Field(default_factory=_new_id)
    question: str
    language: Language
    action_ids: tuple[str, ...]
    """In the order in which they were made."""


class OpenPast(Frozen):
    """Several writes of which one is to be taken back, once the person has said which."""

    kind: Literal["past"] = "past"
    id: str = Field(default_factory=_new_id)
    question: str
    language: Language
    labels: tuple[str, ...]
    action_ids: tuple[str, ...]
    """In the order of the labels."""


class OpenRule(Frozen):
    """A change of the rules that would let more happen unasked, and so waits for a yes itself."""

    kind: Literal["rule"] = "rule"
    id: str = Field(default_factory=_new_id)
    question: str
    language: Language
    keep: str = ""
    """Rules to keep, as their sentences."""
    forget: str = ""
    """Rules to forget, as their sentences."""


class OpenIntent(Frozen):
    """An utterance that may ask for one of several things, until the person has said for which."""

    kind: Literal["intent"] = "intent"
    id: str = Field(default_factory=_new_id)
    question: str
    language: Language
    utterance: str
    now: datetime
    labels: tuple[str, ...]
    intents: tuple[str, ...]
    """As `server/intent`, in the order of the labels."""


AnyQuestion = (
    OpenConfirmation
    | OpenChoice
    | OpenSlot
    | OpenIntent
    | OpenOutcome
    | OpenUndo
    | OpenPast
    | OpenRule
)
OpenQuestion = Annotated[AnyQuestion, Field(discriminator="kind")]

_QUESTION = TypeAdapter[AnyQuestion](OpenQuestion)


class ConversationRow(Table):
    """The question that is open in one session of one person."""

    __tablename__ = "open_questions"

    principal: Mapped[str] = mapped_column(primary_key=True)
    session: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str]
    """`OpenQuestion` as JSON."""
    asked_at: Mapped[datetime]


class Conversations:
    """The open questions of all sessions. Every method raises `StorageFailed` when it cannot."""

    def __init__(self, database: Database, clock: Callable[[], datetime] | None = None) -> None:
        self._database = database
        self._clock = clock or SteadyClock()

    async def ask(self, principal: str, session: str, question: AnyQuestion) -> None:
        """Open a question; one that was open before is void."""
        asked = {"question": question.model_dump_json(), "asked_at": self._clock()}
        async with self._database.transaction() as transaction:
            await transaction.execute(
                insert_into(transaction, ConversationRow)
                .values(principal=principal, session=session, **asked)
                .on_conflict_do_update(
                    index_elements=[ConversationRow.principal, ConversationRow.session], set_=asked
                )
            )

    async def take(
        self, principal: str, session: str, only: str | None = None
    ) -> AnyQuestion | None:
        """Close the open question and return it, unless it is too old to be answered.

        Of two turns at once only one gets it. With `only`, a question of another id stays open.
        One that cannot be read, because another version asked it, is void.
        """
        here = (ConversationRow.principal == principal, ConversationRow.session == session)
        async with self._database.transaction() as transaction:
            # Nearly always nothing is open, and then nothing is written.
            asked = await transaction.scalar(select(ConversationRow.question).where(*here))
            if asked is None:
                return None
            question = _read(asked)
            if question is not None and only not in (None, question.id):
                return None
            taken = await transaction.execute(
                delete(ConversationRow)
                .where(*here, ConversationRow.question == asked)
                .returning(ConversationRow.asked_at)
            )
            asked_at = taken.scalar()
        if question is None or asked_at is None:
            return None
        # One from the future was asked before the clock was set back: how old it is, nobody knows.
        return question if -SKEW <= self._clock() - asked_at <= ANSWER_WITHIN else None


def _read(asked: str) -> AnyQuestion | None:
    try:
        return _QUESTION.validate_json(asked)
    except ValidationError:
        logger.warning("A question that was open cannot be read, and is void")
        return None
