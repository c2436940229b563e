"""Audio in, events out: a streaming voice channel that knows no agent and no HTTP.

Start at `speech.load_speech`; `protocol` is the wire, `engines` what an engine has to be.
"""
