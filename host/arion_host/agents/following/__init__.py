"""Utterances that go on from the last one: fragments, corrections, second thoughts."""
