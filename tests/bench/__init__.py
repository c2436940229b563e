"""Measurements, printed as JSON; ratios and counts rather than pass or fail."""
