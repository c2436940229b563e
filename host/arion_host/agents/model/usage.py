"""What endpoints count, in the words of the seam."""

from __future__ import annotations

from agents.usage import Usage as SdkUsage
from openai.types.responses import ResponseUsage

from arion_host.agents.model.seam import Usage


def counted(usage: SdkUsage) -> Usage:
    """The tokens of one request; zeros where the endpoint counts none."""
    details = usage.input_tokens_details
    return Usage(
        requests=1,
        input_tokens=usage.input_tokens,
        cached_tokens=details.cached_tokens or 0,
        output_tokens=usage.output_tokens,
        written_tokens=getattr(details, "cache_write_tokens", None) or 0,
    )


def streamed(used: ResponseUsage | None) -> SdkUsage:
    """The tokens of an answer that came in pieces."""
    if used is None:
        return SdkUsage(requests=1)
    return SdkUsage(
        requests=1,
        input_tokens=used.input_tokens,
        input_tokens_details=used.input_tokens_details,
        output_tokens=used.output_tokens,
        output_tokens_details=used.output_tokens_details,
        total_tokens=used.total_tokens,
    )
