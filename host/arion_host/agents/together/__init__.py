"""Several commands in one utterance."""
