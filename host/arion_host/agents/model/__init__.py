"""The language model: one loop over the tools, behind a gate. Imported only where one is set.

`seam` and `settings` are light; everything else imports the agents SDK, which takes a second.
"""
