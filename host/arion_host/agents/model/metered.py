"""A model within limits: every request is counted before it is sent and timed while it runs."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from itertools import count

from agents import AgentsException, Model, ModelResponse
from agents.items import TResponseOutputItem
from openai import APITimeoutError, OpenAIError
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseFunctionToolCall,
    ResponseTextDeltaEvent,
)

from arion_host.agents.model.answers import retry_after, unanswered
from arion_host.agents.model.meter import Halt, Meter
from arion_host.agents.model.plain import OnText
from arion_host.agents.model.request import Request, RequestModel
from arion_host.agents.model.seam import Usage
from arion_host.agents.model.tool_words import readable_arguments
from arion_host.agents.model.usage import counted, streamed


class MeteredModel(RequestModel):
    """Any model of the SDK, kept within a meter. All its failures become a `Halt`."""

    def __init__(self, inner: Model, meter: Meter, on_text: OnText | None = None) -> None:
        self._inner = inner
        self._meter = meter
        self._on_text = on_text
        self._heard = False
        """Whether something was passed on, so that it cannot be asked again."""

    async def answer(self, request: Request) -> ModelResponse:
        """Ask the model, if there is time for it; again, if its endpoint is busy.

        Raises:
            Halt: there is no time or money left, or no answer that makes sense.
        """
        reserved = self._meter.reserve(request.size)
        response = await self._patiently(request, reserved)
        self._meter.settle(reserved, counted(response.usage))
        response.output = _own(response.output)
        return response

    async def _patiently(self, request: Request, reserved: int) -> ModelResponse:
        for attempt in count():
            try:
                async with asyncio.timeout(max(self._meter.left_s, 0)):
                    return await self._ask(request)
            except (TimeoutError, APITimeoutError) as error:
                # The endpoint may go on writing, and bill it.
                self._meter.settle(reserved, Usage())
                raise Halt("deadline", "The model has not answered in time.") from error
            except Halt:
                raise
            except AgentsException as error:
                raise Halt("garbage", f"The answer of the model makes no sense: {error}") from error
            except OpenAIError as error:
                wait_s = retry_after(error, attempt)
                again = attempt < request.retries and not self._heard
                if wait_s is None or not again or wait_s >= self._meter.left_s:
                    raise unanswered(error) from error
            except (ValueError, TypeError, AttributeError, LookupError) as error:
                # What the SDK trips over when the endpoint's JSON is not what it should be.
                raise Halt("garbage", f"The endpoint's answer cannot be read: {error!r}") from error
            await asyncio.sleep(wait_s)
        raise AssertionError("attempts never run out")

    async def _ask(self, request: Request) -> ModelResponse:
        # Text before a call is no answer, and a call comes after its text.
        if self._on_text is None or request.tools:
            return await request.send(self._inner)
        whole: Response | None = None
        async for event in request.stream(self._inner):
            if isinstance(event, ResponseTextDeltaEvent):
                self._heard = True
                self._on_text(event.delta)
            elif isinstance(event, ResponseCompletedEvent):
                whole = event.response
        if whole is None:
            raise Halt("garbage", "The answer of the model broke off.")
        return ModelResponse(
            output=list(whole.output), usage=streamed(whole.usage), response_id=None
        )


async def ask(
    model: Model, request: Request, meter: Meter, on_text: OnText | None = None
) -> ModelResponse:
    """Send one request within `meter`; `on_text` gets its answer in pieces.

    Raises:
        Halt: there is no time or money left, or no answer that makes sense.
    """
    return await request.send(MeteredModel(model, meter, on_text))


def _own(output: Sequence[TResponseOutputItem]) -> list[TResponseOutputItem]:
    """The output with its calls under ids of our own, and with arguments that can be read.

    Some endpoints give the same id twice. Ours have nine letters and digits, as Mistral's
    endpoint wants them.
    """
    return [_own_call(it) if isinstance(it, ResponseFunctionToolCall) else it for it in output]


def _own_call(call: ResponseFunctionToolCall) -> ResponseFunctionToolCall:
    arguments = readable_arguments(call.arguments or "{}")
    call_id = secrets.token_hex(5)[:9]
    return call.model_copy(update={"call_id": call_id, "arguments": arguments})
