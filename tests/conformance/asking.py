"""What the conformance suite calls that asks the client something before it answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastmcp import Context, FastMCP
from mcp import MCPError
from mcp_types import (
    CreateMessageRequest,
    CreateMessageRequestParams,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    InputRequiredResult,
    ListRootsRequest,
    SamplingMessage,
    TextContent,
)
from mcp_types.jsonrpc import MISSING_REQUIRED_CLIENT_CAPABILITY


def form(**properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def text_form(name: str) -> dict[str, Any]:
    return form(**{name: {"type": "string"}})


def elicit(message: str, schema: dict[str, Any]) -> ElicitRequest:
    return ElicitRequest(params=ElicitRequestFormParams(message=message, requested_schema=schema))


def sample(text: str, max_tokens: int) -> CreateMessageRequest:
    message = SamplingMessage(role="user", content=TextContent(type="text", text=text))
    params = CreateMessageRequestParams(messages=[message], max_tokens=max_tokens)
    return CreateMessageRequest(params=params)


def ask(state: str | None = None, **requests: Any) -> InputRequiredResult:
    return InputRequiredResult(input_requests=requests, request_state=state)


def accepted(ctx: Context, key: str, field: str) -> Any:
    """What the person filled in for `field`; None while there is no good answer."""
    answer = (ctx.input_responses or {}).get(key)
    if not isinstance(answer, ElicitResult) or answer.action != "accept":
        return None
    return (answer.content or {}).get(field)


# Before 2026-07-28: the server asks while the call waits.


async def test_sampling(prompt: str, ctx: Context) -> str:
    """Ask the client's model."""
    message = SamplingMessage(role="user", content=TextContent(type="text", text=prompt))
    answer = await ctx.session.create_message(
        messages=[message], max_tokens=100, related_request_id=ctx.request_id
    )
    return f"LLM response: {answer.content}"


async def _elicited(ctx: Context, message: str, schema: dict[str, Any]) -> str:
    answer = await ctx.session.elicit(
        message=message, requested_schema=schema, related_request_id=ctx.request_id
    )
    return f"Elicitation completed: action={answer.action}, content={answer.content}"


async def test_elicitation(message: str, ctx: Context) -> str:
    """Ask the person who they are."""
    schema = form(
        username={"type": "string", "description": "User's response"},
        email={"type": "string", "description": "User's email address"},
    )
    return await _elicited(ctx, message, schema)


async def test_elicitation_sep1034_defaults(ctx: Context) -> str:
    """Ask with a default for every kind of field."""
    statuses = ["active", "inactive", "pending"]
    fields = {
        "name": {"type": "string", "default": "John Doe"},
        "age": {"type": "integer", "default": 30},
        "score": {"type": "number", "default": 95.5},
        "status": {"type": "string", "enum": statuses, "default": "active"},
        "verified": {"type": "boolean", "default": True},
    }
    return await _elicited(ctx, "Please review", {"type": "object", "properties": fields})


async def test_elicitation_sep1330_enums(ctx: Context) -> str:
    """Ask with every way to offer a choice."""
    plain = ["option1", "option2", "option3"]
    values = zip(("value1", "value2", "value3"), ("First", "Second", "Third"), strict=True)
    titled = [{"const": value, "title": f"{word} Option"} for value, word in values]
    names = ["Option One", "Option Two", "Option Three"]
    fields = {
        "untitledSingle": {"type": "string", "enum": plain},
        "titledSingle": {"type": "string", "oneOf": titled},
        "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"], "enumNames": names},
        "untitledMulti": {"type": "array", "items": {"type": "string", "enum": plain}},
        "titledMulti": {"type": "array", "items": {"anyOf": titled}},
    }
    return await _elicited(ctx, "Please choose", {"type": "object", "properties": fields})


# Since 2026-07-28: the call ends with the question and comes again with the answer.


async def test_input_required_result_elicitation(ctx: Context) -> str | InputRequiredResult:
    """Ask for a name."""
    name = accepted(ctx, "user_name", "name")
    if not isinstance(name, str):
        return ask(user_name=elicit("What is your name?", text_form("name")))
    return f"Hello, {name}!"


async def test_input_required_result_sampling(ctx: Context) -> str | InputRequiredResult:
    """Ask the client's model."""
    answer = (ctx.input_responses or {}).get("capital_question")
    if answer is None:
        return ask(capital_question=sample("What is the capital of France?", 100))
    return f"LLM response: {answer}"


async def test_input_required_result_list_roots(ctx: Context) -> str | InputRequiredResult:
    """Ask for the client's roots."""
    answer = (ctx.input_responses or {}).get("client_roots")
    if answer is None:
        return ask(client_roots=ListRootsRequest())
    return f"Roots: {answer}"


async def test_input_required_result_request_state(ctx: Context) -> str | InputRequiredResult:
    """Ask, and know the question again."""
    if ctx.request_state != "asked" or accepted(ctx, "confirm", "ok") is None:
        schema = form(ok={"type": "boolean"})
        return ask("asked", confirm=elicit("Please confirm", schema))
    return "state-ok"


async def test_input_required_result_multiple_inputs(ctx: Context) -> str | InputRequiredResult:
    """Ask three things at once."""
    wanted = {"user_name", "greeting", "client_roots"}
    if not wanted <= (ctx.input_responses or {}).keys():
        return ask(
            "three",
            user_name=elicit("What is your name?", text_form("name")),
            greeting=sample("Generate a greeting", 50),
            client_roots=ListRootsRequest(),
        )
    return "All three were answered."


async def test_input_required_result_multi_round(ctx: Context) -> str | InputRequiredResult:
    """Ask one thing after the other."""
    name, color = accepted(ctx, "step1", "name"), accepted(ctx, "step2", "color")
    if ctx.request_state is None or (ctx.request_state == "step1" and name is None):
        return ask("step1", step1=elicit("Step 1: What is your name?", text_form("name")))
    if color is None:
        question = elicit("Step 2: What is your favorite color?", text_form("color"))
        return ask(f"step2 {name}", step2=question)
    return f"{ctx.request_state.partition(' ')[2]} likes {color}."


async def test_input_required_result_tampered_state(ctx: Context) -> str | InputRequiredResult:
    """Ask with a state that must come back as it went."""
    if accepted(ctx, "confirm", "ok") is None:
        return ask("sealed", confirm=elicit("Please confirm", form(ok={"type": "boolean"})))
    return f"The state came back: {ctx.request_state}."


async def test_input_required_result_capabilities(ctx: Context) -> str | InputRequiredResult:
    """Ask only what the client can answer."""
    can = ctx.session.client_capabilities
    requests: dict[str, Any] = {}
    if can and can.elicitation:
        requests["user_name"] = elicit("What is your name?", text_form("name"))
    if can and can.sampling:
        requests["greeting"] = sample("Generate a greeting", 50)
    if not requests or ctx.input_responses:
        return "Nothing more to ask."
    return ask(**requests)


async def test_streaming_elicitation(ctx: Context) -> str | InputRequiredResult:
    """Report progress, then ask."""
    await ctx.report_progress(1, 2)
    if accepted(ctx, "confirm", "ok") is None:
        return ask(confirm=elicit("Please confirm", form(ok={"type": "boolean"})))
    return "Confirmed."


async def test_missing_capability(ctx: Context) -> str:
    """Refuse a client without sampling."""
    can = ctx.session.client_capabilities
    if not (can and can.sampling):
        raise MCPError(
            MISSING_REQUIRED_CLIENT_CAPABILITY,
            "This tool needs sampling.",
            {"requiredCapabilities": {"sampling": {}}},
        )
    return "There is sampling."


TOOLS = (
    test_sampling,
    test_elicitation,
    test_elicitation_sep1034_defaults,
    test_elicitation_sep1330_enums,
    test_input_required_result_elicitation,
    test_input_required_result_sampling,
    test_input_required_result_list_roots,
    test_input_required_result_request_state,
    test_input_required_result_multiple_inputs,
    test_input_required_result_multi_round,
    test_input_required_result_tampered_state,
    test_input_required_result_capabilities,
    test_streaming_elicitation,
    test_missing_capability,
)


def add_asking_prompt(mcp: FastMCP) -> None:
    @mcp.prompt
    async def test_input_required_result_prompt(ctx: Context) -> Any:
        """Ask what it should be about."""
        context = accepted(ctx, "user_context", "context")
        if context is None:
            question = "What context should the prompt use?"
            return ask(user_context=elicit(question, text_form("context")))
        return context
