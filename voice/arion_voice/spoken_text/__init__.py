"""Written text → text as it is said: numbers in words, no markup, no addresses. Pure."""

from __future__ import annotations

from arion_voice.spoken_text.speakable import speakable

__all__ = ["speakable"]
