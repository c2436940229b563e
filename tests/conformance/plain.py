"""What the conformance suite calls, reads and gets that needs no answer from the client."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import struct
import wave
import zlib
from typing import Any

import mcp_types
from fastmcp import Context, FastMCP
from fastmcp.exceptions import ToolError
from fastmcp.prompts import Message
from fastmcp.tools.function_tool import FunctionTool
from fastmcp.utilities.types import Audio, Image
from mcp_types import EmbeddedResource, ImageContent, TextContent, TextResourceContents

STEP_S = 0.05
"""The pause that the suite asks for between two messages of a running tool."""


def red_pixel() -> bytes:
    """A PNG of one pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def silence() -> bytes:
    """A WAV of one sample."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, 16_000, 0, "NONE", ""))
        sound.writeframes(b"\0\0")
    return file.getvalue()


def image_content() -> ImageContent:
    data = base64.b64encode(red_pixel()).decode()
    return ImageContent(type="image", data=data, mime_type="image/png")


def embedded(uri: str, text: str, mime_type: str = "text/plain") -> EmbeddedResource:
    contents = TextResourceContents(uri=uri, mime_type=mime_type, text=text)
    return EmbeddedResource(type="resource", resource=contents)


async def test_simple_text() -> str:
    """Give a text."""
    return "This is a simple text response for testing."


async def test_image_content() -> Image:
    """Give a picture."""
    return Image(data=red_pixel(), format="png")


async def test_audio_content() -> Audio:
    """Give a sound."""
    return Audio(data=silence(), format="wav")


async def test_embedded_resource() -> list[Any]:
    """Give a resource."""
    return [embedded("test://embedded-resource", "This is an embedded resource content.")]


async def test_multiple_content_types() -> list[Any]:
    """Give a text, a picture and a resource."""
    return [
        TextContent(type="text", text="Multiple content types test:"),
        image_content(),
        embedded(
            "test://mixed-content-resource", '{"test":"data","value":123}', "application/json"
        ),
    ]


async def test_error_handling() -> str:
    """Fail."""
    raise ToolError("This tool intentionally returns an error for testing")


async def test_tool_with_logging(ctx: Context) -> str:
    """Log three times on the way."""
    await ctx.info("Tool execution started")
    await asyncio.sleep(STEP_S)
    await ctx.info("Tool processing data")
    await asyncio.sleep(STEP_S)
    await ctx.info("Tool execution completed")
    return "Logged three times."


async def test_logging_tool(ctx: Context) -> str:
    """Log once."""
    await ctx.info("Logged once")
    return "Logged once."


async def test_tool_with_progress(ctx: Context) -> str:
    """Report progress three times."""
    await ctx.report_progress(0, 100)
    await asyncio.sleep(STEP_S)
    await ctx.report_progress(50, 100)
    await asyncio.sleep(STEP_S)
    await ctx.report_progress(100, 100)
    return "Reported three times."


async def _composed(**arguments: Any) -> str:
    return json.dumps(arguments)


def composed_tool() -> FunctionTool:
    """A tool whose schema uses what only JSON Schema 2020-12 has."""
    address = {
        "$anchor": "addressDef",
        "type": "object",
        "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
    }
    by_phone = {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]}
    return FunctionTool(
        fn=_composed,
        name="json_schema_2020_12_tool",
        description="Take what a composed schema allows.",
        parameters={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "$defs": {"address": address},
            "properties": {
                "name": {"type": "string"},
                "address": {"$ref": "#/$defs/address"},
                "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                "phone": {"type": "string"},
                "email": {"type": "string"},
            },
            "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
            "if": by_phone,
            "then": {"required": ["phone"]},
            "else": {"required": ["email"]},
            "additionalProperties": False,
        },
    )


async def _in_region(region: str) -> str:
    return region


def mirrored_tool() -> FunctionTool:
    """A tool with a parameter that clients repeat in an HTTP header."""
    region = {"type": "string", "x-mcp-header": "Region"}
    return FunctionTool(
        fn=_in_region,
        name="test_custom_headers",
        description="Take a parameter that is mirrored in a header.",
        parameters={"type": "object", "properties": {"region": region}, "required": ["region"]},
    )


TOOLS = (
    test_simple_text,
    test_image_content,
    test_audio_content,
    test_embedded_resource,
    test_multiple_content_types,
    test_error_handling,
    test_tool_with_logging,
    test_logging_tool,
    test_tool_with_progress,
)


def add_resources(mcp: FastMCP) -> None:
    @mcp.resource("test://static-text", name="Text", mime_type="text/plain")
    async def text() -> str:
        """A text."""
        return "This is the content of the static text resource."

    @mcp.resource("test://static-binary", name="Picture", mime_type="image/png")
    async def binary() -> bytes:
        """A picture."""
        return red_pixel()

    @mcp.resource("test://watched-resource", name="Watched", mime_type="text/plain")
    async def watched() -> str:
        """A text that somebody may watch."""
        return "This does not change."

    @mcp.resource("test://template/{id}/data", name="Template", mime_type="application/json")
    async def template(id: str) -> str:
        """What belongs to an id."""
        return json.dumps({"id": id, "templateTest": True, "data": f"Data for ID: {id}"})


def add_prompts(mcp: FastMCP) -> None:
    @mcp.prompt
    async def test_simple_prompt() -> str:
        """Give a text."""
        return "This is a simple prompt for testing."

    @mcp.prompt
    async def test_prompt_with_arguments(arg1: str, arg2: str) -> str:
        """Give the arguments back."""
        return f"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'"

    @mcp.prompt
    async def test_prompt_with_embedded_resource(resourceUri: str) -> list[Message]:
        """Give a resource and a text."""
        return [
            Message(embedded(resourceUri, "Embedded resource content for testing.")),
            Message("Please process the embedded resource above."),
        ]

    @mcp.prompt
    async def test_prompt_with_image() -> list[Message]:
        """Give a picture and a text."""
        return [Message(image_content()), Message("Please analyze the image above.")]

    @mcp.completion
    async def complete(
        reference: Any, argument: mcp_types.CompletionArgument, context: Any
    ) -> list[str]:
        cities = ("paris", "park", "party")
        return [city for city in cities if city.startswith(argument.value)]
