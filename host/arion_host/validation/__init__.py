"""Checks of a call before it is made."""
