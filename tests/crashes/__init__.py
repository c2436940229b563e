"""Writes that are cut off by `kill -9`, and what recovery makes of them."""
