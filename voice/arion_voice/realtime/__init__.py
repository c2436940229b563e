"""The voice channel as OpenAI's Realtime API, so that its clients connect unchanged.

A subset, over the same sessions: sound and text in, sound and its transcript out, turn detection
or a held button, interruptions. Tools are Arion's own; those of a client are not called.
Source: https://platform.openai.com/docs/api-reference/realtime
"""
